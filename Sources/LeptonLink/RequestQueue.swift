import Glibc
import Synchronization

/// What the reading thread hands to the evaluating thread.
final class RequestQueue: Sendable {
  private struct State {
    var requests: [Request] = []
    var isClosed = false
    /// The run that is being evaluated.
    var current: Int?
    /// Runs that were interrupted before they began.
    var interrupted: Set<Int> = []
  }
  private let state = Mutex(State())
  // Unchecked: a semaphore is made for use by several threads.
  private nonisolated(unsafe) let semaphore: UnsafeMutablePointer<sem_t>

  init() {
    semaphore = .allocate(capacity: 1)
    sem_init(semaphore, 0, 0)
  }

  deinit {
    sem_destroy(semaphore)
    semaphore.deallocate()
  }

  /// Puts a request at the end.
  func append(_ request: Request) {
    state.withLock { $0.requests.append(request) }
    sem_post(semaphore)
  }

  /// From now on there is nothing more to do.
  func close() {
    state.withLock { $0.isClosed = true }
    sem_post(semaphore)
  }

  /// Waits for the first request; nothing once the queue is closed.
  func next() -> Request? {
    while true {
      while sem_wait(semaphore) != 0 {}
      let (request, isClosed) = state.withLock { state -> (Request?, Bool) in
        if state.isClosed || state.requests.isEmpty { return (nil, state.isClosed) }
        return (state.requests.removeFirst(), false)
      }
      if isClosed || request != nil { return request }
    }
  }

  /// Notes that a run begins.
  ///
  /// - Returns: Whether it may; not if it was interrupted already.
  func begin(run: Int) -> Bool {
    state.withLock { state in
      guard state.interrupted.remove(run) == nil else { return false }
      state.current = run
      return true
    }
  }

  /// Notes that the current run has ended.
  func end() {
    state.withLock { $0.current = nil }
  }

  /// Notes the wish to interrupt a run.
  ///
  /// - Returns: Whether that run is being evaluated now.
  func interrupt(run: Int) -> Bool {
    state.withLock { state in
      if state.current == run { return true }
      let waits = state.requests.contains {
        if case .run(_, run) = $0 { true } else { false }
      }
      if waits { state.interrupted.insert(run) }
      return false
    }
  }
}
