import Glibc
import LeptonDisplay
import LeptonLink
import LeptonNotebook
import LeptonSession

/// Reads lessons and starts the workers in which answers to them run.
struct Lesson {
  /// What an answer may use, where nothing else is said.
  static let limits = (seconds: 20.0, memory: 2 << 30, output: 1 << 20)

  /// The notebook of a file; what is wrong with it is told.
  static func notebook(_ path: String) throws(RunRefusal) -> Notebook {
    let notebook = Notebook(parsing: try Reader.read(path), name: Places.name(of: path))
    let stream = StandardStream(STDERR_FILENO)
    for failure in notebook.failures {
      stream.say(FailureText.plain(notebook.located(failure, path: path)))
    }
    guard notebook.isRunnable else { throw RunRefusal(.unreadable, "\(path) has mistakes") }
    return notebook
  }

  /// What a run of an answer may use.
  static var options: RunOptions {
    RunOptions(
      timeout: limits.seconds, totalTimeout: limits.seconds * 10, outputLimit: limits.output)
  }

  /// Starts a worker that reads the folder of a lesson and nothing else, and writes nothing.
  static func start(in folder: String, threads: Int?) -> ExerciseRun.Start {
    { () throws(RunRefusal) in
      let worker = try WorkerClient.started(
        WorkerOptions(
          readableRoots: [Places.absolute(folder)], threads: threads ?? 1,
          addressSpaceLimit: limits.memory))
      let control = RunControl(interrupt: worker.interrupt, terminate: worker.terminate)
      return (worker, control)
    }
  }
}
