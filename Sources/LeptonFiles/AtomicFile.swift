import Glibc

/// A file that is being written and takes its name only when it is whole.
///
/// Its bytes go to a temporary file beside the target. `commit` flushes that to the disk, renames
/// it over the target and flushes the folder; a file that is never committed leaves nothing.
public final class AtomicFile {
  private let folder: Descriptor
  private let file: Descriptor
  private let name: String
  private let temporaryName: String
  private let path: String
  private var isCommitted = false

  /// Begins a file; the target may be missing, a regular file, or a link to one.
  ///
  /// - Throws: `file/kind` if something else is there, and what `FileBroker.write` throws.
  public convenience init(_ path: String) throws(FileError) {
    let target = try FileError.wording(FileError.writing, path) { try AtomicFile.target(of: path) }
    let folder = try FileError.wording(FileError.writing, path) {
      try Descriptor.opening(target.folder.text, O_RDONLY | O_DIRECTORY)
    }
    try self.init(target.name ?? ".", in: folder, called: path)
  }

  /// Begins a file in a folder.
  ///
  /// - Parameter path: what messages call it.
  init(
    _ name: String, in folder: consuming Descriptor, called path: String
  ) throws(FileError) {
    let temporaryName = ".lepton-\(String(UInt64.random(in: .min ... .max), radix: 36)).tmp"
    let place = folder.number
    file = try FileError.wording(FileError.writing, path) {
      try AtomicFile.begin(temporaryName, replacing: name, in: place, called: path)
    }
    self.folder = folder
    self.name = name
    self.temporaryName = temporaryName
    self.path = path
  }

  deinit {
    if !isCommitted { unlinkat(folder.number, temporaryName, 0) }
  }

  /// Writes more bytes.
  public func append(_ bytes: [UInt8]) throws(FileError) {
    do {
      try file.write(bytes)
    } catch {
      throw FileError.writing(path, error)
    }
  }

  /// Makes the file take its name; nothing may be written after.
  ///
  /// The file that had the name before is kept under another one, where one is given.
  public func commit(keepingOldAs oldName: String? = nil) throws(FileError) {
    try FileError.wording(FileError.writing, path) {
      try file.flush()
      if let oldName { try keepOld(as: oldName) }
      guard renameat(folder.number, temporaryName, folder.number, name) == 0 else {
        throw SystemError(errno)
      }
      isCommitted = true
      try folder.flush()
    }
  }

  /// Gives the file that is there a second name, so that at no moment the first is without a file.
  private func keepOld(as oldName: String) throws {
    unlinkat(folder.number, oldName, 0)
    if linkat(folder.number, name, folder.number, oldName, 0) == 0 || errno == ENOENT { return }
    // A file system without hard links.
    guard renameat(folder.number, name, folder.number, oldName) == 0 else {
      throw SystemError(errno)
    }
  }

  /// Where a path leads, links followed.
  private static func target(of path: String) throws -> PathName {
    let target = try PathName(path)
    guard let real = realpath(target.text, nil) else {
      if errno == ENOENT, (try? SystemError.link(target.text)) == nil { return target }
      throw SystemError(errno)
    }
    defer { free(real) }
    return try PathName(String(cString: real))
  }

  /// Makes the temporary file, with the permissions of the file that it will replace.
  private static func begin(
    _ temporaryName: String, replacing name: String, in folder: Int32, called path: String
  ) throws -> Descriptor {
    var status = stat()
    let isThere = fstatat(folder, name, &status, AT_SYMLINK_NOFOLLOW) == 0
    if !isThere, errno != ENOENT { throw SystemError(errno) }
    if isThere, !status.isRegular { throw FileError.notRegular(path, status) }
    let flags = O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW
    let file = try Descriptor.opening(temporaryName, flags, at: folder, mode: 0o666)
    if isThere { fchmod(file.number, status.st_mode & 0o777) }
    return file
  }
}
