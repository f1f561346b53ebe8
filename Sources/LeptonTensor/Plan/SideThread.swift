import Glibc

/// A thread of its own beside those of the pool, which does one job at a time for its owner.
///
/// While it works the pool takes one thread fewer, so that as many compute as are wanted.
public final class SideThread {
  private let desk = Desk()
  private var thread = pthread_t()

  /// Starts a thread; nothing if the system gives none.
  public init?() {
    let desk = Unmanaged.passRetained(desk)
    let failed = pthread_create(
      &thread, nil,
      { desk in
        guard let desk else { return nil }
        Unmanaged<Desk>.fromOpaque(desk).takeRetainedValue().serve()
        return nil
      }, desk.toOpaque())
    if failed != 0 {
      desk.release()
      return nil
    }
  }

  deinit {
    desk.close()
    pthread_join(thread, nil)
  }

  /// Begins a job, once the one before it is done.
  public func begin(_ job: @escaping @Sendable () -> Void) { desk.put(job) }

  /// Waits until the job is done that was begun last.
  public func wait() { desk.wait() }

  /// Where jobs are put down.
  private final class Desk: @unchecked Sendable {
    private let lock = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
    private let change = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
    private var job: (@Sendable () -> Void)?
    private var isClosed = false

    init() {
      lock.initialize(to: pthread_mutex_t())
      change.initialize(to: pthread_cond_t())
      pthread_mutex_init(lock, nil)
      pthread_cond_init(change, nil)
    }

    deinit {
      pthread_mutex_destroy(lock)
      pthread_cond_destroy(change)
      lock.deallocate()
      change.deallocate()
    }

    func put(_ job: @escaping @Sendable () -> Void) {
      locked {
        while self.job != nil { pthread_cond_wait(change, lock) }
        self.job = job
        ThreadPool.shared.others.add(1, ordering: .relaxed)
      }
    }

    func wait() {
      locked { while job != nil { pthread_cond_wait(change, lock) } }
    }

    func close() { locked { isClosed = true } }

    /// Does jobs until the desk is closed.
    func serve() {
      while let job = next() {
        job()
        locked {
          self.job = nil
          ThreadPool.shared.others.subtract(1, ordering: .relaxed)
        }
      }
    }

    private func next() -> (@Sendable () -> Void)? {
      locked {
        while job == nil, !isClosed { pthread_cond_wait(change, lock) }
        return job
      }
    }

    private func locked<Result>(_ body: () -> Result) -> Result {
      pthread_mutex_lock(lock)
      defer {
        pthread_cond_broadcast(change)
        pthread_mutex_unlock(lock)
      }
      return body()
    }
  }
}
