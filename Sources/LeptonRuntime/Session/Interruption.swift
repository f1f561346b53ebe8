import Synchronization

/// The user's wish that the running cell stop; any thread may make it known.
final class Interruption: Sendable {
  private let flag = Atomic<Bool>(false)

  /// Whether the user asked for a stop.
  var isRequested: Bool { flag.load(ordering: .relaxed) }

  /// Asks for a stop.
  func request() { flag.store(true, ordering: .relaxed) }

  /// Takes note of the wish.
  func settle() { flag.store(false, ordering: .relaxed) }
}
