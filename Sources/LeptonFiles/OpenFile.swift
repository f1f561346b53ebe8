import Glibc

/// A file that stays open, of which any bytes can be read.
///
/// It is one descriptor from the first look to the last byte: what stands under its path meanwhile
/// does not matter. Its bytes must stay what they were when it was opened.
public final class OpenFile: Sendable {
  /// The path of the file.
  public let name: String
  /// How many bytes it has.
  public let count: Int
  private let file: Descriptor
  private let changed: Moment

  init(_ file: consuming Descriptor, _ status: stat, name: String) {
    self.name = name
    self.file = file
    count = Int(status.st_size)
    changed = Moment(status)
  }

  /// Fills memory with the bytes from a place on.
  ///
  /// - Throws: `file/changed` if the file is another one than when it was opened, or ends before;
  ///   `file/read`.
  public func read(
    into target: UnsafeMutableRawBufferPointer, at place: Int
  ) throws(FileError) {
    try FileError.wording(FileError.reading, name) {
      let filled = try file.read(into: target, at: place)
      let status = try file.status()
      guard filled == target.count, status.st_size == count, Moment(status) == changed else {
        throw FileError.changed(name)
      }
    }
  }

  /// The bytes from a place on.
  ///
  /// - Throws: What reading into memory throws.
  public func read(_ count: Int, at place: Int) throws(FileError) -> [UInt8] {
    var bytes: [UInt8] = []
    try read(count, at: place, onto: &bytes)
    return bytes
  }

  /// Adds the bytes from a place on to others.
  ///
  /// - Throws: What reading into memory throws.
  func read(_ count: Int, at place: Int, onto bytes: inout [UInt8]) throws(FileError) {
    try bytes.append(addingCapacity: count) { room throws(FileError) in
      try room.withUnsafeMutableBufferPointer { buffer, filled throws(FileError) in
        let target = UnsafeMutableRawBufferPointer(buffer)[filled...].prefix(count)
        try read(into: UnsafeMutableRawBufferPointer(rebasing: target), at: place)
        filled += count
      }
    }
  }

  /// When the bytes of a file were last changed.
  private struct Moment: Equatable {
    let seconds: Int
    let nanoseconds: Int

    init(_ status: stat) {
      seconds = Int(status.st_mtim.tv_sec)
      nanoseconds = Int(status.st_mtim.tv_nsec)
    }
  }
}

extension FileBroker {
  /// Opens a file of any size, of which bytes are then read wherever they stand.
  ///
  /// Where reads are noted all its bytes are gone through, because a note tells of them all.
  ///
  /// - Throws: What `read` throws, but for `file/size`.
  public func opened(_ path: String) throws(FileError) -> OpenFile {
    if let place = DataFolders.place(of: path) {
      return try DataFolders.ofThisProcess().opened(place)
    }
    return try naming(path) { () throws(FileError) in
      do throws(FileError) {
        let file = try FileError.wording(FileError.reading, path) {
          let file = try open(path)
          let status = try file.status()
          guard status.isRegular else { throw FileError.notRegular(path, status) }
          return OpenFile(file, status, name: path)
        }
        if let log { log.note(read: path, in: folder, digest: try SHA256.hex(of: file)) }
        return file
      } catch {
        log?.note(read: path, in: folder, digest: nil)
        throw error
      }
    }
  }
}
