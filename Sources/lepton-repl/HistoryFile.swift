import Glibc

/// A file of lines to which several programs append at once.
enum HistoryFile {
  /// Appends a line, whole or not at all, and makes the folders of the file where they are missing.
  ///
  /// - Returns: Whether it could be written.
  static func append(_ line: String, to path: String) -> Bool {
    makeFolders(of: path)
    guard let file = locked(path) else { return false }
    defer { close(file) }
    let end = lseek(file, 0, SEEK_END)
    // A line that somebody could not end stays a line of its own.
    var last = UInt8(ascii: "\n")
    pread(file, &last, 1, end - 1)
    let isWritten = StandardStream(file).write(last == UInt8(ascii: "\n") ? line : "\n" + line)
    if !isWritten, end >= 0 { ftruncate(file, end) }
    return isWritten
  }

  /// Puts a file that ends with the same lines in the place of one that has grown long.
  static func keep(last count: Int, of path: String) {
    guard let file = locked(path) else { return }
    defer { close(file) }
    guard let bytes = end(of: path, limit: .max) else { return }
    let lines = bytes.split(separator: UInt8(ascii: "\n")).suffix(count)
    let name = "\(path).\(getpid())"
    let shorter = open(name, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
    guard shorter >= 0 else { return }
    let text = lines.map { String(decoding: $0, as: UTF8.self) + "\n" }.joined()
    let isWritten = StandardStream(shorter).write(text) && fsync(shorter) == 0
    close(shorter)
    if !isWritten || rename(name, path) != 0 { unlink(name) }
  }

  /// The end of a file, from its first whole line on if it is longer than that.
  static func end(of path: String, limit: Int) -> [UInt8]? {
    let file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard file >= 0 else { return nil }
    defer { close(file) }
    var status = stat()
    let isLonger = fstat(file, &status) == 0 && status.st_size > limit
    if isLonger { lseek(file, off_t(-limit), SEEK_END) }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while case let count = read(file, &buffer, buffer.count), count > 0, bytes.count < limit {
      bytes += buffer[..<count]
    }
    return isLonger ? Array(bytes.drop { $0 != UInt8(ascii: "\n") }) : bytes
  }

  /// Opens the file that stands at a path, under the lock of all who write to it.
  ///
  /// Whoever waited for the lock may find that the file has been replaced meanwhile.
  private static func locked(_ path: String) -> Int32? {
    for _ in 0..<100 {
      let file = open(path, O_RDWR | O_APPEND | O_CREAT | O_CLOEXEC | O_NONBLOCK, 0o600)
      guard file >= 0 else { return nil }
      while flock(file, LOCK_EX) != 0 && errno == EINTR {}
      var (ours, present) = (stat(), stat())
      if fstat(file, &ours) == 0, stat(path, &present) == 0, ours.st_ino == present.st_ino {
        return file
      }
      close(file)
    }
    return nil
  }

  /// Makes the folders of a file, for its owner alone, where they are missing.
  static func makeFolders(of path: String) {
    var folder = ""
    for part in path.split(separator: "/", omittingEmptySubsequences: false).dropLast() {
      folder += part + "/"
      mkdir(folder, 0o700)
    }
  }
}
