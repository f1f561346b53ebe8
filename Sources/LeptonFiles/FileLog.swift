import Synchronization

/// What was read and written through a broker, noted for whoever wants to know whether it is still so.
public final class FileLog: Sendable {
  /// A file that was touched.
  public struct Touch: Sendable, Hashable {
    /// Its path, from the root.
    public var path: String
    /// The SHA-256 of what was read; nothing where the file could not be read.
    public var digest: String?
    /// Whether it was written.
    public var isWritten: Bool
  }

  private let touches = Mutex<[Touch]>([])

  /// Makes an empty log.
  public init() {}

  /// Notes that a file was read, with the SHA-256 of its bytes, or could not be.
  func note(read path: String, in folder: String, digest: String?) {
    append(path, folder, digest: digest, isWritten: false)
  }

  /// Notes that a file was written.
  func note(written path: String, in folder: String) {
    append(path, folder, digest: nil, isWritten: true)
  }

  private func append(_ path: String, _ folder: String, digest: String?, isWritten: Bool) {
    guard let name = try? PathName(path, in: folder).text else { return }
    touches.withLock { $0.append(Touch(path: name, digest: digest, isWritten: isWritten)) }
  }

  /// Gives what was noted since it was last asked.
  public func take() -> [Touch] {
    touches.withLock { touches in
      defer { touches = [] }
      return touches
    }
  }
}

extension FileLog: Hashable {
  /// Whether it is the same log.
  public static func == (one: FileLog, other: FileLog) -> Bool { one === other }
  /// Hashes its identity.
  public func hash(into hasher: inout Hasher) { hasher.combine(ObjectIdentifier(self)) }
}
