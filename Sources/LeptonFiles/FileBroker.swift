import CPlatform
import Glibc

/// The one place where the whole program opens files to read them: it knows what may be read and
/// what may be written, and lets the kernel confine every path to that.
///
/// A path is relative to `folder` unless it is absolute. Roots are folders, with everything in
/// them, or single files. What is denied wins over what is allowed. Only regular files are opened.
/// A path that begins with `data:` names a file of a data set (`DataFolders`), which anybody may read.
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
  /// What notes the files that are touched; nothing where nobody wants to know.
  public var log: FileLog?

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
  ///
  /// - Parameter limit: how many bytes it may have, where that is less than `sizeLimit`.
  /// - Throws: `file/missing`, `file/denied`, `file/permission`, `file/kind` (a folder, a pipe, a
  ///   device), `file/size`, `file/path`, `file/read`.
  public func read(_ path: String, limit: Int? = nil) throws(FileError) -> [UInt8] {
    if let place = DataFolders.place(of: path) {
      return try DataFolders.ofThisProcess().read(place, limit: min(limit ?? sizeLimit, sizeLimit))
    }
    return try naming(path) { () throws(FileError) in
      do throws(FileError) {
        let bytes = try contents(of: path, limit: max(0, min(limit ?? sizeLimit, sizeLimit)))
        log?.note(read: path, in: folder, digest: SHA256.hex(bytes))
        return bytes
      } catch {
        log?.note(read: path, in: folder, digest: nil)
        throw error
      }
    }
  }

  private func contents(of path: String, limit: Int) throws(FileError) -> [UInt8] {
    try FileError.wording(FileError.reading, path) {
      let file = try open(path)
      let status = try file.status()
      guard status.isRegular else { throw FileError.notRegular(path, status) }
      guard status.st_size <= limit else { throw FileError.tooLarge(path, limit: limit) }
      guard let bytes = try file.contents(limit: limit, expected: status.st_size) else {
        throw FileError.tooLarge(path, limit: limit)
      }
      return bytes
    }
  }

  /// Opens a file of any size, to be read block by block.
  ///
  /// - Throws: What `opened` throws.
  public func stream(
    _ path: String, blockSize: Int = 1 << 23
  ) throws(FileError) -> any ByteStream {
    FileStream(try opened(path), blockSize: blockSize)
  }

  /// Adds to the error of a missing file what stands beside it.
  func naming<Result>(
    _ path: String, _ body: () throws(FileError) -> Result
  ) throws(FileError) -> Result {
    do {
      return try body()
    } catch {
      var error = error
      if error.code == "file/missing" { error.missing = missing(path) }
      throw error
    }
  }

  /// Reads a whole file that must be text in UTF-8.
  ///
  /// - Throws: What `read` throws, and `file/text`.
  public func readText(_ path: String, limit: Int? = nil) throws(FileError) -> String {
    try String(read(path, limit: limit), in: path)
  }

  /// Whether there is a regular file that `read` may read.
  public func exists(_ path: String) -> Bool {
    if let place = DataFolders.place(of: path) {
      return DataFolders.ofThisProcess().folder(holding: place) != nil
    }
    // Whoever looks whether there is a file depends on it as if it were read.
    if log != nil { return (try? read(path)) != nil }
    guard let file = try? open(path), let status = try? file.status() else { return false }
    return status.isRegular
  }

  /// Writes a whole file atomically, making the folders it stands in where they are missing.
  ///
  /// - Parameter ending: keeps the old file beside the new one, with this behind its name.
  /// - Throws: `file/denied`, `file/permission`, `file/kind`, `file/full`, `file/path`,
  ///   `file/write`; the old file is then as it was.
  public func write(
    _ bytes: [UInt8], to path: String, keepingOldWith ending: String? = nil
  ) throws(FileError) {
    log?.note(written: path, in: folder)
    let target = try PathName(path, in: folder)
    guard let name = target.name else { throw FileError.denied(path, "written") }
    try FileError.wording(FileError.writing, path) {
      let place = try openFolder(of: target, for: path)
      let file = try AtomicFile(name, in: place, called: path)
      try file.append(bytes)
      try file.commit(keepingOldAs: ending.map { name + $0 })
    }
  }
}

// What stands beside a missing file.
extension FileBroker {
  /// How many names are looked at.
  private static let nameLimit = 10_000

  /// The name that a path ends in, and the names in its folder, as far as they may be seen.
  private func missing(_ path: String) -> FileError.Missing? {
    guard let target = try? PathName(path, in: folder), let name = target.name,
      let place = try? open(target.folder.text, O_DIRECTORY),
      let stream = fdopendir(dup(place.number))
    else { return nil }
    defer { closedir(stream) }
    var others: [String] = []
    while others.count < Self.nameLimit, let entry = readdir(stream) {
      others.append(
        withUnsafePointer(to: &entry.pointee.d_name) {
          $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
        })
    }
    return FileError.Missing(name: name, others: others.sorted())
  }
}

// How paths are confined.
extension FileBroker {
  /// Opens what may be read, without waiting for the other end of a pipe.
  func open(_ path: String, _ more: Int32 = 0) throws -> Descriptor {
    let target = try PathName(path, in: folder)
    let (root, parts) = try root(of: target, among: readable + writable, for: path, "read")
    let flags = O_RDONLY | O_NONBLOCK | O_NOCTTY | more
    let file =
      parts.isEmpty
      ? try Descriptor.opening(root.text, flags)
      : try Descriptor.opening(
        parts, beneath: Descriptor.opening(root.text, LEPTON_O_PATH | O_DIRECTORY), flags)
    try refuseIfDenied(file, path, "read")
    return file
  }

  /// The narrowest root that allows a path, and the parts of the path below it.
  private func root(
    of target: PathName, among roots: [String], for path: String, _ verb: String
  ) throws(FileError) -> (PathName, [String]) {
    for root in denied where try target.parts(below: PathName(root, in: folder)) != nil {
      throw FileError.denied(path, verb)
    }
    var best: (PathName, [String])?
    for root in roots {
      let root = try PathName(root, in: folder)
      guard let parts = target.parts(below: root) else { continue }
      if parts.count < best?.1.count ?? .max { best = (root, parts) }
    }
    guard let best else { throw FileError.denied(path, verb) }
    return best
  }

  /// Refuses what was reached through a link from an allowed place into a denied one.
  private func refuseIfDenied(
    _ file: borrowing Descriptor, _ path: String, _ verb: String
  ) throws {
    if denied.isEmpty { return }
    let real = try PathName(try file.path())
    for root in denied {
      let place = try? Descriptor.opening(PathName(root, in: folder).text, LEPTON_O_PATH)
      guard let realRoot = try place?.path() else { continue }
      if try real.parts(below: PathName(realRoot)) != nil { throw FileError.denied(path, verb) }
    }
  }

  /// Opens the folder in which a file is to be written, making what is missing of it.
  private func openFolder(of target: PathName, for path: String) throws -> Descriptor {
    let (root, parts) = try root(of: target, among: writable, for: path, "written")
    if parts.isEmpty { return try Descriptor.opening(target.folder.text, O_RDONLY | O_DIRECTORY) }
    try makeFolder(root)
    var place = try Descriptor.opening(root.text, O_RDONLY | O_DIRECTORY)
    for name in parts.dropLast() {
      if mkdirat(place.number, name, 0o777) != 0, errno != EEXIST { throw SystemError(errno) }
      place = try Descriptor.opening([name], beneath: place, O_RDONLY | O_DIRECTORY)
    }
    try refuseIfDenied(place, path, "written")
    return place
  }

  /// Makes a folder, and those above it, where they are missing.
  private func makeFolder(_ folder: PathName) throws {
    if mkdir(folder.text, 0o777) == 0 || errno == EEXIST { return }
    guard errno == ENOENT, !folder.parts.isEmpty else { throw SystemError(errno) }
    try makeFolder(folder.folder)
    if mkdir(folder.text, 0o777) != 0, errno != EEXIST { throw SystemError(errno) }
  }
}
