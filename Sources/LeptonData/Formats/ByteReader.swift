import LeptonFiles

/// Reads numbers off the front of bytes, each checked to be there.
struct ByteReader {
  private var bytes: [UInt8]
  /// Where bytes come from as they are asked for; nothing where all are in memory.
  private let file: OpenFile?
  private let count: Int
  private(set) var position = 0
  /// What messages call the bytes.
  let name: String

  init(_ bytes: [UInt8], name: String) {
    self.bytes = bytes
    self.name = name
    file = nil
    count = bytes.count
  }

  /// Reads off the front of a file no more than is asked for.
  init(_ file: OpenFile) {
    self.file = file
    bytes = []
    name = file.name
    count = file.count
  }

  /// How many bytes are left.
  var rest: Int { count - position }

  /// The next bytes, or as many of them as there are.
  mutating func peek(_ count: Int) throws(FileError) -> ArraySlice<UInt8> {
    let end = position + min(max(0, count), rest)
    try load(upTo: end)
    return bytes[position..<end]
  }

  /// Takes so many bytes.
  mutating func take(_ count: Int, _ what: String) throws(FileError) -> ArraySlice<UInt8> {
    guard count >= 0, count <= rest else {
      throw .damaged(name, "\(what) needs \(count) bytes, but \(rest) are left")
    }
    defer { position += count }
    return try peek(count)
  }

  /// Takes a number with its most significant byte first.
  mutating func bigEndian(_ count: Int, _ what: String) throws(FileError) -> Int {
    try take(count, what).reduce(0) { $0 << 8 | Int($1) }
  }

  /// Takes a number with its least significant byte first; nil if it is no `Int`.
  mutating func littleEndian(_ count: Int, _ what: String) throws(FileError) -> Int? {
    let value = try take(count, what).reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    return Int(exactly: value)
  }

  private mutating func load(upTo end: Int) throws(FileError) {
    guard let file, end > bytes.count else { return }
    bytes += try file.read(end - bytes.count, at: bytes.count)
  }
}

extension FileError {
  /// What was read is not what its format promises.
  static func damaged(_ name: String, _ what: String, help: [String] = []) -> FileError {
    FileError(code: "file/damaged", message: "\(name.quoted) is damaged: \(what)", help: help)
  }
}

/// The product of sizes; nil if one is negative or the product, times `limit` bytes of room, overflows.
func product(of sizes: some Sequence<Int>) -> Int? {
  var count = 1
  for size in sizes {
    let (next, overflow) = count.multipliedReportingOverflow(by: size)
    if overflow || size < 0 { return nil }
    count = next
  }
  return count
}
