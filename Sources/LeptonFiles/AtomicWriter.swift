/// Writes a file so that at any moment there is the old one or the new one, whole.
///
/// The bytes go to a temporary file beside the target, which is flushed to the disk, renamed over
/// the target, and made lasting by flushing the folder. Whatever goes wrong before leaves the old
/// file as it was and no temporary file.
public enum AtomicWriter {
  /// Writes a whole file; the target may be missing or a regular file, or a link to one.
  public static func write(_ bytes: [UInt8], to path: String) throws(FileError) {
    throw FileError(code: "file/write", message: "not yet")
  }

  /// Writes a whole text file.
  public static func write(_ text: String, to path: String) throws(FileError) {
    try write(Array(text.utf8), to: path)
  }
}
