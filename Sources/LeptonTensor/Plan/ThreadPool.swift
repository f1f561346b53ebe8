import CKernels
import Glibc
import Synchronization

/// Threads that wait for work: they spin briefly, then yield, then sleep.
///
/// Work comes in phases, and a phase in parts that may be computed at the same time. Each thread
/// takes its own parts first and then those that nobody has begun, so that a thread which the
/// system has put aside holds up nobody; a part is the same work whoever computes it. One piece of
/// work runs on the pool at a time; who finds the pool busy computes alone.
final class ThreadPool: @unchecked Sendable {
  /// Computes a part of a phase: the context, the phase, the part, the number of parts, and the
  /// number of the thread, for scratch memory.
  typealias Body = @convention(c) (UnsafeRawPointer, Int, Int, Int, Int) -> Void

  static let shared = ThreadPool()

  /// The most threads.
  static let limit = 64

  /// The wanted number of threads, the caller's included.
  let wanted = Atomic(1)
  /// How many threads that are not of the pool compute beside it; it takes as many fewer.
  let others = Atomic(0)
  /// How many threads, the caller's included, a computation that begins now may have.
  var free: Int { wanted.load(ordering: .relaxed) - others.load(ordering: .relaxed) }
  private let isBusy = Atomic(false)
  private let sleepers = Atomic(0)
  private let job = UnsafeMutablePointer<Job>.allocate(capacity: 1)
  /// For each thread the state of its invitation to the job with a number: 4 n open, 4 n + 1
  /// accepted, 4 n + 2 over.
  private let seats = Counters(count: ThreadPool.limit)
  /// For each part how many phases of the job have been begun on it.
  private let begun = Counters(count: 2 * ThreadPool.limit)
  /// How many parts of the job are done.
  private let done = Counters(count: 1)
  private let lock = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
  private let wake = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
  private var started = 1
  private var number = 0

  private struct Job {
    var context: UnsafeRawPointer
    var body: Body
    var phases: Int
    var parts: Int
    var threads: Int
  }

  private init() {
    lock.initialize(to: pthread_mutex_t())
    wake.initialize(to: pthread_cond_t())
    pthread_mutex_init(lock, nil)
    pthread_cond_init(wake, nil)
    wanted.store(ThreadPool.processors, ordering: .relaxed)
  }

  /// The processors of this machine.
  private static var processors: Int {
    min(max(Int(sysconf(Int32(_SC_NPROCESSORS_ONLN))), 1), limit)
  }

  /// Computes all parts of all phases, one phase after the other; the caller alone where it asks
  /// for that.
  func run(
    _ context: UnsafeRawPointer, phases: Int = 1, isAlone: Bool = false, _ body: Body
  ) {
    let threads = isAlone ? 1 : free
    guard threads > 1, !isBusy.exchange(true, ordering: .acquiring) else {
      for phase in 0..<phases { body(context, phase, 0, 1, 0) }
      return
    }
    while started < threads && start() {}
    let running = min(threads, started)
    let parts = 2 * running
    job.initialize(
      to: Job(context: context, body: body, phases: phases, parts: parts, threads: running))
    for part in 0..<parts { begun[part].store(0) }
    done[0].store(0)
    invite(running)
    work(0)
    dismiss(running)
    isBusy.store(false, ordering: .releasing)
  }

  private func invite(_ threads: Int) {
    number += 1
    for thread in 1..<max(threads, 1) {
      seats[thread].store(4 * number)
    }
    if sleepers.load(ordering: .sequentiallyConsistent) > 0 {
      pthread_mutex_lock(lock)
      pthread_cond_broadcast(wake)
      pthread_mutex_unlock(lock)
    }
  }

  /// Withdraws invitations that were not accepted and waits for the others to end.
  private func dismiss(_ threads: Int) {
    let (open, over) = (4 * number, 4 * number + 2)
    for thread in 1..<max(threads, 1) {
      let seat = seats[thread]
      if seat.compareExchange(expected: open, desired: over) { continue }
      var spin = Spin()
      while seat.load() != over { spin.wait() }
    }
  }

  /// Goes through the phases of the job and takes parts.
  private func work(_ thread: Int) {
    let job = job.pointee
    for phase in 0..<job.phases {
      for turn in 0..<job.parts {
        let part = (2 * thread + turn) % job.parts
        guard begun[part].load() == phase,
          begun[part].compareExchange(expected: phase, desired: phase + 1)
        else { continue }
        job.body(job.context, phase, part, job.parts, thread)
        done[0].increment()
      }
      var spin = Spin()
      while done[0].load() < (phase + 1) * job.parts { spin.wait() }
    }
  }

  private func start() -> Bool {
    var thread = pthread_t()
    let seat = UnsafeMutablePointer<Int>.allocate(capacity: 1)
    seat.initialize(to: started)
    let failed = pthread_create(
      &thread, nil,
      { seat in
        guard let seat = seat?.assumingMemoryBound(to: Int.self) else { return nil }
        let number = seat.pointee
        seat.deallocate()
        ThreadPool.shared.serve(number)
      }, seat)
    if failed != 0 {
      seat.deallocate()
      return false
    }
    pthread_detach(thread)
    started += 1
    return true
  }

  private func serve(_ thread: Int) -> Never {
    let seat = seats[thread]
    while true {
      var spin = Spin()
      while !isInvited(seat) {
        if !spin.wait() { sleep(until: seat) }
      }
      let open = seat.load()
      if open & 3 == 0, seat.compareExchange(expected: open, desired: open + 1) {
        work(thread)
        seat.store(open + 2)
      }
    }
  }

  private func isInvited(_ seat: Counters.Counter) -> Bool {
    let state = seat.load()
    return state > 0 && state & 3 == 0
  }

  private func sleep(until seat: Counters.Counter) {
    pthread_mutex_lock(lock)
    sleepers.add(1, ordering: .sequentiallyConsistent)
    while !isInvited(seat) { pthread_cond_wait(wake, lock) }
    sleepers.subtract(1, ordering: .sequentiallyConsistent)
    pthread_mutex_unlock(lock)
  }
}

/// Atomic numbers, each in a cache line of its own.
private final class Counters: @unchecked Sendable {
  private let memory: UnsafeMutablePointer<Atomic<Int>>
  private static let distance = 64 / MemoryLayout<Atomic<Int>>.stride

  init(count: Int) {
    let raw = UnsafeMutableRawPointer.allocate(byteCount: count * 64, alignment: 64)
    memory = raw.bindMemory(to: Atomic<Int>.self, capacity: count * Counters.distance)
    for index in 0..<count * Counters.distance {
      (memory + index).initialize(to: Atomic(0))
    }
  }

  /// One of the numbers.
  struct Counter {
    let memory: UnsafeMutablePointer<Atomic<Int>>

    @inline(__always)
    func load() -> Int { memory.pointee.load(ordering: .acquiring) }

    @inline(__always)
    func store(_ value: Int) { memory.pointee.store(value, ordering: .sequentiallyConsistent) }

    @inline(__always)
    func increment() { memory.pointee.add(1, ordering: .acquiringAndReleasing) }

    @inline(__always)
    func compareExchange(expected: Int, desired: Int) -> Bool {
      memory.pointee.compareExchange(
        expected: expected, desired: desired, ordering: .acquiringAndReleasing
      ).exchanged
    }
  }

  subscript(index: Int) -> Counter { Counter(memory: memory + index * Counters.distance) }
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
