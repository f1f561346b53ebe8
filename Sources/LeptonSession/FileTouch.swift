/// A file that a cell read or wrote.
public struct FileTouch: Sendable, Hashable, Codable {
  /// Its path, from the root.
  public var path: String
  /// The SHA-256 of what was read, in hexadecimal digits; nothing where it could not be read.
  public var digest: String?
  /// Whether it was written.
  public var isWritten: Bool

  /// Makes a touched file.
  public init(path: String, digest: String?, isWritten: Bool) {
    self.path = path
    self.digest = digest
    self.isWritten = isWritten
  }
}
