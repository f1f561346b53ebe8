import CPlatform
import Glibc

/// An open file or folder, closed when it goes out of use.
struct Descriptor: ~Copyable {
  let number: Int32

  private init(_ number: Int32) {
    self.number = number
  }

  deinit {
    close(number)
  }

  /// Opens a path wherever it leads.
  static func opening(
    _ path: String, _ flags: Int32, at folder: Int32 = AT_FDCWD, mode: mode_t = 0
  ) throws(SystemError) -> Descriptor {
    let number = openat(folder, path, flags | O_CLOEXEC, mode)
    guard number >= 0 else { throw SystemError(errno) }
    return Descriptor(number)
  }

  /// Opens a path below a folder and never outside it.
  ///
  /// - Parameter confinement: who sees to it; the kernel unless a test says otherwise.
  static func opening(
    _ path: [String], beneath folder: borrowing Descriptor, _ flags: Int32,
    confinement: Confinement = .kernel
  ) throws(SystemError) -> Descriptor {
    let joined = path.isEmpty ? "." : path.joined(separator: "/")
    if confinement == .kernel {
      let number = lepton_open_beneath(folder.number, joined, flags, 0)
      if number >= 0 { return Descriptor(number) }
      // A filter of system calls that is older than the call answers EPERM.
      guard number == -ENOSYS || number == -EPERM else { throw SystemError(-number) }
    }
    return try walking(path, from: folder, flags)
  }

  /// Opens a path name by name, following no link at all.
  private static func walking(
    _ path: [String], from folder: borrowing Descriptor, _ flags: Int32
  ) throws(SystemError) -> Descriptor {
    guard !path.contains("..") else { throw SystemError(EXDEV) }
    var here = try opening(".", LEPTON_O_PATH | O_DIRECTORY, at: folder.number)
    for name in path.dropLast() {
      here = try opening(name, LEPTON_O_PATH | O_DIRECTORY | O_NOFOLLOW, at: here.number)
    }
    return try opening(path.last ?? ".", flags | O_NOFOLLOW, at: here.number)
  }

  /// Who sees to it that a path does not lead out of its folder.
  enum Confinement {
    /// The kernel, by `openat2`; links that stay inside are followed.
    case kernel
    /// This program, by following no links.
    case steps
  }
}

extension Descriptor {
  /// What is known about the file.
  func status() throws(SystemError) -> stat {
    var status = stat()
    guard fstat(number, &status) == 0 else { throw SystemError(errno) }
    return status
  }

  /// The path under which the kernel knows the file.
  func path() throws(SystemError) -> String {
    try SystemError.link("/proc/self/fd/\(number)")
  }

  /// Reads to the end; nil if more than `limit` bytes come.
  func contents(limit: Int, expected: Int) throws(SystemError) -> [UInt8]? {
    var bytes: [UInt8] = []
    // One more than expected, so that the end is seen without another allocation.
    var room = min(max(expected, 0), limit) + 1
    while true {
      let chunk = try read(upTo: room)
      if bytes.isEmpty { bytes = chunk } else { bytes += chunk }
      if bytes.count > limit { return nil }
      if chunk.count < room { return bytes }
      room = min(max(bytes.count, 1 << 16), limit - bytes.count + 1)
    }
  }

  /// Reads so many bytes, or fewer at the end of the file.
  func read(upTo count: Int) throws(SystemError) -> [UInt8] {
    var failure: Int32 = 0
    let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
      LargePages.advise(UnsafeMutableRawBufferPointer(buffer))
      while filled < count, let start = buffer.baseAddress {
        let step = Glibc.read(number, start + filled, count - filled)
        if step > 0 { filled += step }
        if step == 0 { break }
        if step < 0, errno != EINTR {
          failure = errno
          break
        }
      }
    }
    guard failure == 0 else { throw SystemError(failure) }
    return bytes
  }

  /// Fills memory with the bytes from a place on, and tells how many there were.
  func read(into target: UnsafeMutableRawBufferPointer, at place: Int) throws(SystemError) -> Int {
    LargePages.advise(target)
    var filled = 0
    while filled < target.count, let start = target.baseAddress {
      let step = pread(number, start + filled, target.count - filled, off_t(place + filled))
      if step > 0 { filled += step }
      if step == 0 { break }
      if step < 0, errno != EINTR { throw SystemError(errno) }
    }
    return filled
  }

  /// Writes all the bytes.
  func write(_ bytes: [UInt8]) throws(SystemError) {
    var written = 0
    while written < bytes.count {
      let step = bytes[written...].withUnsafeBytes { Glibc.write(number, $0.baseAddress, $0.count) }
      if step >= 0 { written += step } else if errno != EINTR { throw SystemError(errno) }
    }
  }

  /// Waits until what was written is on the disk.
  func flush() throws(SystemError) {
    while fsync(number) != 0 {
      // Some file systems have nothing to flush for a folder.
      if errno == EINVAL || errno == EROFS { return }
      if errno != EINTR { throw SystemError(errno) }
    }
  }
}

/// What the system answered instead of doing what it was asked.
struct SystemError: Error {
  let number: Int32

  init(_ number: Int32) {
    self.number = number
  }

  /// The system's words for it.
  var words: String { strerror(number).map { String(cString: $0) } ?? "error \(number)" }

  /// Where a link leads.
  static func link(_ path: String) throws(SystemError) -> String {
    var failure: Int32 = 0
    let target = String(unsafeUninitializedCapacity: Int(PATH_MAX)) { buffer in
      let count = buffer.withMemoryRebound(to: CChar.self) { characters in
        characters.baseAddress.map { readlink(path, $0, characters.count) } ?? 0
      }
      if count < 0 { failure = errno }
      return max(count, 0)
    }
    guard failure == 0 else { throw SystemError(failure) }
    return target
  }
}
