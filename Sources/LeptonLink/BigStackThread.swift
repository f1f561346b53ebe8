import Glibc

/// A thread with room for deep recursion.
///
/// The system's threads have 8 MB, which a parser or an evaluator can exhaust long before its own
/// counted depth limit is reached; that would be a silent death.
public enum BigStackThread {
  /// The stack that a thread gets: 512 MiB of address space, of which only what is used is memory.
  public static let stackSize = 512 << 20

  private final class Body: Sendable {
    let run: @Sendable () -> Void
    init(_ run: @escaping @Sendable () -> Void) { self.run = run }
  }

  /// Starts a thread, with a smaller stack if the address space does not give that much.
  ///
  /// - Returns: Whether it could be started.
  public static func start(_ run: @escaping @Sendable () -> Void) -> Bool {
    var size = stackSize
    while size >= 8 << 20 {
      if start(run, stackSize: size) { return true }
      size /= 4
    }
    return false
  }

  private static func start(_ run: @escaping @Sendable () -> Void, stackSize: Int) -> Bool {
    var attributes = pthread_attr_t()
    pthread_attr_init(&attributes)
    defer { pthread_attr_destroy(&attributes) }
    pthread_attr_setstacksize(&attributes, stackSize)
    pthread_attr_setdetachstate(&attributes, Int32(PTHREAD_CREATE_DETACHED))
    let body = Unmanaged.passRetained(Body(run))
    var thread = pthread_t()
    let result = pthread_create(
      &thread, &attributes,
      { argument in
        if let argument { Unmanaged<Body>.fromOpaque(argument).takeRetainedValue().run() }
        return nil
      }, body.toOpaque())
    if result != 0 { body.release() }
    return result == 0
  }
}
