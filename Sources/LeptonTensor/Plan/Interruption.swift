import Glibc
import Synchronization

/// The wish that what runs be stopped: the user's, or that of a limit of its time; any thread may make it
/// known and ask for it.
public final class Interruption: Sendable {
  private let flag = Atomic<Bool>(false)
  /// The second at which the time is over, as its bits.
  private let end = Atomic<UInt64>(Double.infinity.bitPattern)

  /// Makes a wish that nobody has.
  public init() {}

  /// Whether a stop was asked for.
  public var isRequested: Bool { flag.load(ordering: .relaxed) }

  /// Asks for a stop.
  public func request() { flag.store(true, ordering: .relaxed) }

  /// Takes note of the wish.
  public func settle() { flag.store(false, ordering: .relaxed) }

  /// Sets the second of the clock at which a stop is asked for by itself.
  public func limit(to second: Double) { end.store(second.bitPattern, ordering: .relaxed) }

  /// Looks at the clock; gives whether a stop was asked for.
  public func look() -> Bool {
    if Self.seconds >= Double(bitPattern: end.load(ordering: .relaxed)) { request() }
    return isRequested
  }

  /// The seconds of a clock that never goes back.
  public static var seconds: Double {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
  }
}

extension Execution {
  /// What may stop the computations of this thread that take long.
  @TaskLocal public static var interruption: Interruption?
}

extension TensorError {
  /// What was asked to stop has stopped.
  public static let interrupted = TensorError("run/interrupted", "stopped by the user")
}

/// How work that takes long is left before its end: whoever computes asks now and then, and what has been
/// written by then is worth nothing.
struct EarlyEnd: Sendable {
  private let interruption: Interruption
  /// What tells whoever ran the work.
  let failure = Failure { _, _ in .interrupted }

  /// Multiplications and additions that no user waits for in vain.
  private static let patience = 1 << 34

  /// Makes one for so many multiplications and additions; nothing where they are done soon, or where
  /// nobody could ask for it.
  init?(operations: [Int]) {
    var count = 1
    for factor in operations { count = count.multipliedReportingOverflow(by: factor).partialValue }
    guard count > Self.patience, let interruption = Execution.interruption else { return nil }
    self.interruption = interruption
  }

  /// Whether the rest is not to be computed.
  var isWanted: Bool {
    guard interruption.look() else { return false }
    failure.report(0, 0)
    return true
  }
}
