import CKernels
import Glibc
import Synchronization

/// Threads that wait for work: they spin briefly, then yield, then sleep.
///
/// One piece of work runs on the pool at a time; who finds it busy computes alone, which gives the
/// same bits.
final class ThreadPool: @unchecked Sendable {
  /// What a thread does: the context, its number, and the number of threads.
  typealias Body = @convention(c) (UnsafeRawPointer, Int, Int) -> Void

  static let shared = ThreadPool()

  /// The wanted number of threads, this one included.
  let wanted = Atomic(1)
  private let isBusy = Atomic(false)
  private let round = Atomic(0)
  private let unfinished = Atomic(0)
  private let sleepers = Atomic(0)
  private let job: UnsafeMutablePointer<Job>
  private let lock: UnsafeMutablePointer<pthread_mutex_t>
  private let wake: UnsafeMutablePointer<pthread_cond_t>
  private var started = 1

  private struct Job {
    var body: Body = { _, _, _ in }
    var context = UnsafeRawPointer(bitPattern: 64)
    var threads = 1
  }

  private init() {
    job = .allocate(capacity: 1)
    job.initialize(to: Job())
    lock = .allocate(capacity: 1)
    lock.initialize(to: pthread_mutex_t())
    wake = .allocate(capacity: 1)
    wake.initialize(to: pthread_cond_t())
    pthread_mutex_init(lock, nil)
    pthread_cond_init(wake, nil)
    wanted.store(ThreadPool.processors, ordering: .relaxed)
  }

  /// The processors that this process may use, at most 64.
  static var processors: Int { min(max(Int(sysconf(Int32(_SC_NPROCESSORS_ONLN))), 1), 64) }

  /// Runs a body on all threads at once; it is told how many there are.
  func run(_ context: UnsafeRawPointer, _ body: Body) {
    let threads = wanted.load(ordering: .relaxed)
    guard threads > 1, !isBusy.exchange(true, ordering: .acquiring) else {
      return body(context, 0, 1)
    }
    while started < threads && start() {}
    let running = min(threads, started)
    job.pointee = Job(body: body, context: context, threads: running)
    unfinished.store(started - 1, ordering: .relaxed)
    round.add(1, ordering: .sequentiallyConsistent)
    if sleepers.load(ordering: .sequentiallyConsistent) > 0 {
      pthread_mutex_lock(lock)
      pthread_cond_broadcast(wake)
      pthread_mutex_unlock(lock)
    }
    body(context, 0, running)
    var spin = Spin()
    while unfinished.load(ordering: .acquiring) > 0 { spin.wait() }
    isBusy.store(false, ordering: .releasing)
  }

  private func start() -> Bool {
    var thread = pthread_t()
    let seat = UnsafeMutablePointer<Int>.allocate(capacity: 2)
    seat[0] = started
    seat[1] = round.load(ordering: .relaxed)
    let failed = pthread_create(
      &thread, nil,
      { seat in
        guard let seat = seat?.assumingMemoryBound(to: Int.self) else { return nil }
        let (number, round) = (seat[0], seat[1])
        seat.deallocate()
        ThreadPool.shared.serve(number, after: round)
      }, seat)
    if failed != 0 {
      seat.deallocate()
      return false
    }
    pthread_detach(thread)
    started += 1
    return true
  }

  private func serve(_ number: Int, after first: Int) -> Never {
    var seen = first
    while true {
      var spin = Spin()
      while round.load(ordering: .acquiring) == seen {
        if !spin.wait() { sleep(unlessAfter: seen) }
      }
      seen += 1
      let job = job.pointee
      if let context = job.context, number < job.threads {
        job.body(context, number, job.threads)
      }
      unfinished.subtract(1, ordering: .releasing)
    }
  }

  private func sleep(unlessAfter seen: Int) {
    pthread_mutex_lock(lock)
    sleepers.add(1, ordering: .sequentiallyConsistent)
    while round.load(ordering: .sequentiallyConsistent) == seen { pthread_cond_wait(wake, lock) }
    sleepers.subtract(1, ordering: .sequentiallyConsistent)
    pthread_mutex_unlock(lock)
  }
}

/// Waiting that first spins and then yields, because a pure spin collapses when another process
/// wants the processor.
struct Spin {
  private var count = 0

  /// Waits a moment; false once it has waited long.
  @inline(__always)
  @discardableResult
  mutating func wait() -> Bool {
    count += 1
    if count < 2000 {
      lk_pause()
    } else {
      sched_yield()
    }
    return count < 2200
  }
}

/// A place where threads wait for each other.
final class Barrier: Sendable {
  private let arrived = Atomic(0)
  private let round = Atomic(0)

  /// Returns once `threads` threads have called.
  @inline(__always)
  func wait(_ threads: Int) {
    if threads == 1 { return }
    let now = round.load(ordering: .relaxed)
    if arrived.add(1, ordering: .acquiringAndReleasing).newValue == threads {
      arrived.store(0, ordering: .relaxed)
      round.store(now + 1, ordering: .releasing)
    } else {
      var spin = Spin()
      while round.load(ordering: .acquiring) == now { spin.wait() }
    }
  }
}
