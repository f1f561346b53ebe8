import CZlib

/// The files in a ZIP archive (PKWARE's APPNOTE), in memory; their names are never taken for paths.
///
/// Encrypted, split and 64-bit archives are refused, as are other methods than `stored` and `deflate`.
public struct ZipArchive: Sendable {
  /// A file in the archive.
  public struct Entry: Sendable, Hashable {
    /// Its name.
    public let name: String
    /// How many bytes it unpacks to.
    public let size: Int
    fileprivate let packedSize: Int
    fileprivate let method: Int
    fileprivate let check: UInt32
    fileprivate let offset: Int
  }

  /// The files, in the order of the directory.
  public let entries: [Entry]
  private let bytes: [UInt8]
  private let name: String

  /// How many files an archive may have.
  private static let entryLimit = 10_000

  /// Reads the directory.
  ///
  /// - Throws: `file/damaged` if it is none, is damaged, or names a file twice; `file/size` if its files
  ///   unpack to more than `limit` bytes.
  public init(
    _ bytes: [UInt8], limit: Int = 1 << 31, name: String = "ZIP data"
  ) throws(FileError) {
    self.bytes = bytes
    self.name = name
    var directory = try Directory(bytes, name: name)
    guard directory.count <= Self.entryLimit else {
      throw .zip(name, "it has \(directory.count) files, more than \(Self.entryLimit)")
    }
    var entries: [Entry] = []
    var total = 0
    for _ in 0..<directory.count {
      let entry = try directory.next()
      guard !entries.contains(where: { $0.name == entry.name }) else {
        throw .zip(name, "two of its files are called \(entry.name.quoted)")
      }
      total += entry.size
      guard total <= limit else {
        throw FileError(
          code: "file/size", message: "\(name.quoted) would unpack to more than \(limit) bytes")
      }
      entries.append(entry)
    }
    self.entries = entries
  }

  /// The bytes of a file.
  ///
  /// - Throws: `file/damaged`.
  public func contents(of entry: Entry) throws(FileError) -> [UInt8] {
    let fields = LittleEndian(bytes)
    guard fields[4, at: entry.offset] == 0x0403_4B50,
      let nameSize = fields[2, at: entry.offset + 26],
      let extraSize = fields[2, at: entry.offset + 28]
    else { throw .zip(name, "the file \(entry.name.quoted) is not where it should be") }
    let start = entry.offset + 30 + nameSize + extraSize
    guard start + entry.packedSize <= bytes.count else {
      throw .zip(name, "the file \(entry.name.quoted) ends too early")
    }
    let packed = bytes[start..<start + entry.packedSize]
    let contents = entry.method == 0 ? Array(packed) : inflated(packed, count: entry.size)
    guard contents.count == entry.size, checksum(contents) == entry.check else {
      throw .zip(name, "the file \(entry.name.quoted) does not unpack to what it should")
    }
    return contents
  }

  /// Writes an archive of files that are not packed.
  public static func bytes(of files: [(name: String, contents: [UInt8])]) -> [UInt8] {
    var (archive, directory): ([UInt8], [UInt8]) = ([], [])
    for file in files {
      let name = Array(file.name.utf8)
      let size = file.contents.count
      // Version 2.0, UTF-8 names, stored; the first day that the format knows.
      let common: [(Int, Int)] = [
        (20, 2), (0x0800, 2), (0, 2), (0, 2), (0x21, 2), (Int(checksum(file.contents)), 4),
        (size, 4), (size, 4), (name.count, 2), (0, 2),
      ]
      directory.add([(0x0201_4B50, 4), (20, 2)] + common)
      directory.add([(0, 2), (0, 2), (0, 2), (0, 4), (archive.count, 4)])
      directory += name
      archive.add([(0x0403_4B50, 4)] + common)
      archive += name + file.contents
    }
    let start = archive.count
    archive += directory
    archive.add([
      (0x0605_4B50, 4), (0, 2), (0, 2), (files.count, 2), (files.count, 2), (directory.count, 4),
      (start, 4), (0, 2),
    ])
    return archive
  }
}

/// The list of files that stands at the end of an archive.
private struct Directory {
  let count: Int
  private let fields: LittleEndian
  private let bytes: [UInt8]
  private let name: String
  private var position: Int
  private let end: Int

  init(_ bytes: [UInt8], name: String) throws(FileError) {
    self.bytes = bytes
    self.name = name
    fields = LittleEndian(bytes)
    let fields = fields
    // The end record is followed by a comment of at most 65,535 bytes.
    let places = stride(from: bytes.count - 22, through: max(0, bytes.count - 22 - 0xFFFF), by: -1)
    guard let record = places.first(where: { fields[4, at: $0] == 0x0605_4B50 }),
      let count = fields[2, at: record + 10], let size = fields[4, at: record + 12],
      let start = fields[4, at: record + 16]
    else { throw .zip(name, "it has no directory: it is no archive, or not the whole one") }
    guard fields[2, at: record + 4] == 0, fields[2, at: record + 8] == count, count != 0xFFFF,
      start + size <= record
    else { throw .zip(name, "its directory is damaged, or of a kind that is not read") }
    self.count = count
    position = start
    end = start + size
  }

  mutating func next() throws(FileError) -> ZipArchive.Entry {
    let start = position
    guard start + 46 <= end, fields[4, at: start] == 0x0201_4B50,
      let flags = fields[2, at: start + 8], let method = fields[2, at: start + 10],
      let check = fields[4, at: start + 16], let packed = fields[4, at: start + 20],
      let size = fields[4, at: start + 24], let nameSize = fields[2, at: start + 28],
      let extraSize = fields[2, at: start + 30], let commentSize = fields[2, at: start + 32],
      let offset = fields[4, at: start + 42], start + 46 + nameSize <= end,
      let title = String(validating: bytes[start + 46..<start + 46 + nameSize], as: UTF8.self)
    else { throw .zip(name, "its directory is damaged") }
    guard flags & 1 == 0 else { throw .zip(name, "the file \(title.quoted) is encrypted") }
    guard method == 0 || method == 8 else {
      throw .zip(name, "the file \(title.quoted) is packed in a way that is not read")
    }
    // Deflate cannot pack 1032 bytes into less than one.
    guard method == 0 ? size == packed : size / 1032 <= packed else {
      throw .zip(name, "the file \(title.quoted) cannot be as large as it says")
    }
    position = start + 46 + nameSize + extraSize + commentSize
    return ZipArchive.Entry(
      name: title, size: size, packedSize: packed, method: method,
      check: UInt32(truncatingIfNeeded: check), offset: offset)
  }
}

/// Numbers in bytes, the least significant byte first; `nil` where the bytes end.
private struct LittleEndian {
  let bytes: [UInt8]

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  subscript(count: Int, at place: Int) -> Int? {
    guard place >= 0, place + count <= bytes.count else { return nil }
    return bytes[place..<place + count].reversed().reduce(0) { $0 << 8 | Int($1) }
  }
}

extension [UInt8] {
  /// Adds numbers, each of so many bytes, the least significant byte first.
  fileprivate mutating func add(_ fields: [(value: Int, count: Int)]) {
    for (value, count) in fields {
      for place in 0..<count { append(UInt8(truncatingIfNeeded: value >> (8 * place))) }
    }
  }
}

/// The CRC-32 of bytes.
private func checksum(_ bytes: [UInt8]) -> UInt32 {
  bytes.withUnsafeBufferPointer { buffer in
    UInt32(truncatingIfNeeded: crc32_z(0, buffer.baseAddress, buffer.count))
  }
}

/// What raw deflate data unpack to, but no more than so many bytes; fewer if they are damaged.
private func inflated(_ packed: ArraySlice<UInt8>, count: Int) -> [UInt8] {
  var packed = Array(packed)
  var stream = z_stream()
  let size = Int32(MemoryLayout<z_stream>.size)
  guard inflateInit2_(&stream, -15, ZLIB_VERSION, size) == Z_OK else { return [] }
  defer { inflateEnd(&stream) }
  return [UInt8](unsafeUninitializedCapacity: count) { output, filled in
    packed.withUnsafeMutableBufferPointer { input in
      stream.next_in = input.baseAddress
      stream.avail_in = uInt(clamping: input.count)
      stream.next_out = output.baseAddress
      stream.avail_out = uInt(clamping: count)
      let status = inflate(&stream, Z_FINISH)
      filled = status == Z_STREAM_END ? count - Int(stream.avail_out) : 0
    }
  }
}

extension FileError {
  fileprivate static func zip(_ name: String, _ what: String) -> FileError {
    FileError(
      code: "file/damaged", message: "\(name.quoted) is no archive that can be read: \(what)")
  }
}
