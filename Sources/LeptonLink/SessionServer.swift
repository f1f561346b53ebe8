import LeptonSession

/// Serves a session to the front end on the other side of a descriptor.
public final class SessionServer: Sendable {
  /// Makes a server.
  ///
  /// - Parameter makeSession: Makes the session once the front end has told its options.
  public init(
    descriptor: Int32, makeSession: @escaping @Sendable (WorkerOptions) throws -> any Session
  ) {}

  /// Serves until the front end says goodbye or is gone.
  public func serve() {}
}
