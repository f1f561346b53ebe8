import Glibc
import Synchronization

/// Does pieces of work, several at once, each on a thread that may wait for a worker.
///
/// The threads of Swift's concurrency are not made for waiting: the clocks of time limits run on them.
enum Pool {
  /// What each of so many pieces of work gives, in their order.
  static func map<Result: Sendable>(
    _ count: Int, atOnce: Int, _ work: @escaping @Sendable (Int) -> Result
  ) -> [Result] {
    let next = Mutex(0)
    let results = Mutex([Result?](repeating: nil, count: count))
    let loop: @Sendable () -> Void = {
      while let index = next.withLock({ next -> Int? in
        defer { next += 1 }
        return next < count ? next : nil
      }) {
        let result = work(index)
        results.withLock { $0[index] = result }
      }
    }
    let threads = (1..<max(1, min(atOnce, count))).compactMap { _ in start(loop) }
    loop()
    for thread in threads { pthread_join(thread, nil) }
    return results.withLock { $0.compactMap(\.self) }
  }

  private final class Body: Sendable {
    let run: @Sendable () -> Void
    init(_ run: @escaping @Sendable () -> Void) { self.run = run }
  }

  private static func start(_ run: @escaping @Sendable () -> Void) -> pthread_t? {
    let body = Unmanaged.passRetained(Body(run))
    var thread = pthread_t()
    let failed = pthread_create(
      &thread, nil,
      { argument in
        if let argument { Unmanaged<Body>.fromOpaque(argument).takeRetainedValue().run() }
        return nil
      }, body.toOpaque())
    guard failed != 0 else { return thread }
    body.release()
    return nil
  }
}
