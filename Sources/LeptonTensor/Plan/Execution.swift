/// The threads on which the engine computes.
public enum Execution {
  /// The number of threads, at least 1. It changes how long a computation takes, never its result.
  public static var threads: Int {
    get { 1 }
    set { _ = newValue }
  }

  static func run(_ work: Work, _ pointers: [UnsafeMutableRawPointer]) {}
}
struct Work: Sendable {}
typealias BlockLoop = @Sendable () -> Void
enum Philox { static func mixed(_ key: UInt64, with number: UInt64) -> UInt64 { key &+ number } }
