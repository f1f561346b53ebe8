import Glibc

/// The time since training began, and whether something is due again.
final class Clock {
  private let start = Clock.now()
  private var last = 0.0

  /// Seconds since the start.
  var seconds: Double { Clock.now() - start }

  /// Whether a tenth of a second has gone by since this was last so.
  func isDue() -> Bool {
    let now = seconds
    guard now - last >= 0.1 else { return false }
    last = now
    return true
  }

  private static func now() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) + 1e-9 * Double(time.tv_nsec)
  }
}
