/// The one place where the whole program opens files: it knows what may be read and what may be
/// written, and lets the kernel confine every path to that.
///
/// A path is relative to `folder` unless it is absolute. Roots are folders, with everything in
/// them, or single files. What is denied wins over what is allowed. Only regular files are opened.
public struct FileBroker: Sendable, Hashable {
  /// What relative paths are relative to.
  public var folder: String
  /// Folders and files that may be read.
  public var readable: [String]
  /// Folders and files that may be written; they may be read too.
  public var writable: [String]
  /// Folders and files that may not be touched, whatever else allows them.
  public var denied: [String]
  /// How many bytes a file that is read may have.
  public var sizeLimit: Int

  /// Makes a broker; without roots it opens nothing.
  public init(
    folder: String = ".", readable: [String] = [], writable: [String] = [], denied: [String] = [],
    sizeLimit: Int = 1 << 31
  ) {
    self.folder = folder
    self.readable = readable
    self.writable = writable
    self.denied = denied
    self.sizeLimit = sizeLimit
  }

  /// Reads a whole file.
  public func read(_ path: String, limit: Int? = nil) throws(FileError) -> [UInt8] {
    throw FileError(code: "file/missing", message: "not yet")
  }

  /// Reads a whole file that must be text in UTF-8.
  public func readText(_ path: String, limit: Int? = nil) throws(FileError) -> String {
    throw FileError(code: "file/missing", message: "not yet")
  }

  /// Whether `read` would find a regular file there that may be read.
  public func exists(_ path: String) -> Bool { false }

  /// Writes a whole file atomically, making the folders it stands in where they are missing.
  public func write(_ bytes: [UInt8], to path: String) throws(FileError) {
    throw FileError(code: "file/write", message: "not yet")
  }
}
