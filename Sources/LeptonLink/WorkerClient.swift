import LeptonSession

/// A session in a worker process: starts it, watches it, carries every request to it.
///
/// Requests are made from one thread at a time. `interrupt` and `terminate` may come from any thread
/// and, through `interruptDescriptor`, from a signal handler.
public final class WorkerClient: Session, @unchecked Sendable {
  /// Starts a worker and greets it.
  ///
  /// - Parameter program: The worker's executable; found beside this program's if not given.
  /// - Throws: `SessionError.notStarted` or `.protocolMismatch`.
  public init(options: WorkerOptions = WorkerOptions(), program: String? = nil) throws {
    throw SessionError.notStarted("not yet")
  }

  /// A descriptor that interrupts the running cell when a byte is written to it: the way in for
  /// signal handlers.
  public var interruptDescriptor: Int32 { -1 }

  /// The worker's process identifier.
  public var processIdentifier: Int32 { 0 }

  public func check(_ cells: [Cell]) throws -> [CellCheck] { [] }
  public func run(_ cell: Cell, receive: (Event) -> Void) throws -> CellResult { .failed }
  public func isComplete(_ text: String) throws -> Completeness { .invalid }
  public func complete(_ text: String, at offset: Int) throws -> [Completion] { [] }
  public func describe(_ text: String, at offset: Int) throws -> WordDescription? { nil }
  public func interrupt() {}

  /// Kills the worker; a request under way throws `SessionError.workerDied`.
  public func terminate() {}

  /// Ends the worker in good order and waits for it; done by itself when the client goes.
  public func close() {}
}
