import LeptonLink
import LeptonSession
import Synchronization

/// A session in a process of its own.
protocol WorkerSession: Session, Sendable {
  /// Kills the process.
  func terminate()
  /// Ends it in good order and waits for it.
  func close()
}

extension WorkerClient: WorkerSession {}

/// A worker that is started when something is asked of it: a run in which everything is known needs none.
final class WorkerOnDemand: WorkerSession {
  private struct State {
    var worker: WorkerClient?
    var isInterrupted = false
    var isTerminated = false
  }
  private let options: WorkerOptions
  private let state = Mutex(State())

  init(_ options: WorkerOptions) { self.options = options }

  /// The worker, which from now on is there.
  ///
  /// What was asked of it before it was there counts.
  private func worker() throws -> WorkerClient {
    if let worker = state.withLock({ $0.worker }) { return worker }
    let worker = try WorkerClient(options: options)
    let before = state.withLock { state in
      state.worker = worker
      return state
    }
    if before.isInterrupted { worker.interrupt() }
    if before.isTerminated { worker.terminate() }
    return worker
  }

  func check(_ cells: [Cell]) throws -> [CellCheck] { try worker().check(cells) }

  func run(_ cell: Cell, receive: (Event) -> Void) throws -> CellResult {
    try worker().run(cell, receive: receive)
  }

  func isComplete(_ text: String) throws -> Completeness { try worker().isComplete(text) }

  func complete(_ text: String, at offset: Int) throws -> [Completion] {
    try worker().complete(text, at: offset)
  }

  func describe(_ text: String, at offset: Int) throws -> WordDescription? {
    try worker().describe(text, at: offset)
  }

  func touches() throws -> [FileTouch] { try worker().touches() }

  func interrupt() {
    let worker = state.withLock { state in
      state.isInterrupted = true
      return state.worker
    }
    worker?.interrupt()
  }

  func terminate() {
    let worker = state.withLock { state in
      state.isTerminated = true
      return state.worker
    }
    worker?.terminate()
  }

  func close() { state.withLock { $0.worker }?.close() }
}
