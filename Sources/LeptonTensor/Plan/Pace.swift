import Glibc

/// Whether a plan runs on all threads or on one, which is tried out now and then while it runs.
///
/// The threads of a small step hand results over every few microseconds. Where the system gives one
/// of their processors to somebody else, or processors that reach each other slowly, one thread alone is
/// faster. Which it is never changes a result, only how long it takes; so a clock may decide.
package struct Pace {
  /// Runs from one trial to the next: fewer where one thread was found faster, because what took the
  /// other's processor away may be over, and then half of the machine would stand idle.
  private var period: Int { isAloneFaster ? 256 : 1024 }
  /// Runs of each kind in a trial.
  private static let trial = 10
  /// The first runs of a kind, which find the caches cold and do not count.
  private static let warmUp = 2

  private var position = 0
  private var isAloneFaster = false
  private var together = Spent()
  private var alone = Spent()

  /// Begins with a trial.
  package init() {}

  /// Runs a body that may have so many threads, telling it whether one is to do it alone.
  ///
  /// While there is but one, because a thread beside those of the pool computes, nothing is tried out:
  /// both ways would be the same, and what chance says of them would hold when the other is back.
  package mutating func run(threads: Int, _ body: (_ isAlone: Bool) -> Void) {
    guard threads > 1 else { return body(false) }
    defer { position = (position + 1) % period }
    switch position {
    case ..<Pace.trial: together.measure(position) { body(false) }
    case ..<(2 * Pace.trial): alone.measure(position - Pace.trial) { body(true) }
    default:
      if position == 2 * Pace.trial { isAloneFaster = alone.seconds < together.seconds }
      body(isAloneFaster)
    }
  }

  /// The time of the runs of one kind, without the longest, in which the system did something else.
  private struct Spent {
    private var sum = 0.0
    private var longest = 0.0

    var seconds: Double { sum - longest }

    /// Measures the run with a number from 0.
    mutating func measure(_ number: Int, _ body: () -> Void) {
      if number == 0 { self = Spent() }
      let start = Spent.now
      body()
      guard number >= Pace.warmUp else { return }
      let time = Spent.now - start
      sum += time
      longest = max(longest, time)
    }

    private static var now: Double {
      var time = timespec()
      clock_gettime(CLOCK_MONOTONIC, &time)
      return Double(time.tv_sec) + 1e-9 * Double(time.tv_nsec)
    }
  }
}
