/// Writes a file so that at any moment there is the old one or the new one, whole.
///
/// Whatever goes wrong leaves the old file as it was and no temporary file. For a file that is
/// written in pieces there is `AtomicFile`, for one whose path must be confined `FileBroker`.
public enum AtomicWriter {
  /// Writes a whole file; the target may be missing, a regular file, or a link to one.
  ///
  /// - Throws: `file/missing` (no such folder), `file/kind`, `file/permission`, `file/full`,
  ///   `file/path`, `file/write`.
  public static func write(_ bytes: [UInt8], to path: String) throws(FileError) {
    let file = try AtomicFile(path)
    try file.append(bytes)
    try file.commit()
  }

  /// Writes a whole text file.
  public static func write(_ text: String, to path: String) throws(FileError) {
    try write(Array(text.utf8), to: path)
  }
}
