import Glibc
import Synchronization

/// How long the steps of plans and single operations take, while somebody wants to know.
public final class Profile: Sendable {
  /// A kind of step.
  public struct Entry: Sendable {
    /// What it computes.
    public var name: String
    /// How often it ran.
    public var runs: Int
    /// How long that took, on all threads together.
    public var seconds: Double
  }

  private struct Times {
    var steps: [String: (runs: Int, nanoseconds: UInt64)] = [:]
    var passed: UInt64 = 0
  }

  private static let shared = Profile()
  private let watchers = Atomic(0)
  private let times = Mutex(Times())

  /// Whether somebody wants to know.
  static var isOn: Bool { shared.watchers.load(ordering: .relaxed) > 0 }

  /// The nanoseconds of a clock that never goes back.
  static var now: UInt64 {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return UInt64(time.tv_sec) &* 1_000_000_000 &+ UInt64(time.tv_nsec)
  }

  /// Takes note of steps, and of how long the engine computed for them.
  static func note(_ steps: [(name: String, nanoseconds: UInt64)], passed: UInt64) {
    shared.times.withLock { times in
      times.passed &+= passed
      for (name, nanoseconds) in steps {
        let known = times.steps[name] ?? (0, 0)
        times.steps[name] = (known.runs + 1, known.nanoseconds &+ nanoseconds)
      }
    }
  }

  /// Does something and tells what the engine computed meanwhile, what took longest first, and for how
  /// many seconds it computed at all.
  public static func measuring<Result>(
    _ body: () throws -> Result
  ) rethrows -> (result: Result, entries: [Entry], seconds: Double) {
    shared.times.withLock { $0 = Times() }
    shared.watchers.add(1, ordering: .relaxed)
    defer { shared.watchers.subtract(1, ordering: .relaxed) }
    let result = try body()
    let times = shared.times.withLock { $0 }
    let entries = times.steps.map {
      Entry(name: $0.key, runs: $0.value.runs, seconds: Double($0.value.nanoseconds) * 1e-9)
    }
    return (
      result, entries.sorted { ($1.seconds, $0.name) < ($0.seconds, $1.name) },
      Double(times.passed) * 1e-9
    )
  }
}
