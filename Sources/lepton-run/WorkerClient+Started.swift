import LeptonLink
import LeptonNotebook
import LeptonSession

extension WorkerClient {
  /// Starts a worker, or says in the words of a run why none can be had.
  static func started(_ options: WorkerOptions) throws(RunRefusal) -> WorkerClient {
    do {
      return try WorkerClient(options: options)
    } catch SessionError.notStarted(let why) {
      throw RunRefusal(.internalFault, "error[run/worker]: the worker could not be started: \(why)")
    } catch {
      throw RunRefusal(.internalFault, "error[run/worker]: the worker could not be started")
    }
  }
}
