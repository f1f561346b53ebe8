/// Bytes that come block by block, and can come again from the start.
public protocol ByteStream: AnyObject {
  /// What messages call the bytes.
  var name: String { get }
  /// How many there are, where that is known.
  var byteCount: Int? { get }

  /// The next bytes; none at the end.
  ///
  /// - Throws: `file/read`.
  func next() throws(FileError) -> [UInt8]

  /// Adds the next bytes to others; false at the end.
  ///
  /// - Throws: `file/read`.
  func next(onto bytes: inout [UInt8]) throws(FileError) -> Bool

  /// Begins again.
  ///
  /// - Throws: `file/read`.
  func rewind() throws(FileError)

  /// The first bytes, at most so many, of a stream of which nothing has been read; it begins again.
  ///
  /// - Throws: `file/read`.
  func peek(_ count: Int) throws(FileError) -> [UInt8]
}

extension ByteStream {
  /// It is not known.
  public var byteCount: Int? { nil }

  /// Adds what `next` gives.
  ///
  /// - Throws: `file/read`.
  public func next(onto bytes: inout [UInt8]) throws(FileError) -> Bool {
    let more = try next()
    if bytes.isEmpty { bytes = more } else { bytes += more }
    return !more.isEmpty
  }

  /// The beginning of what `next` gives.
  ///
  /// - Throws: `file/read`.
  public func peek(_ count: Int) throws(FileError) -> [UInt8] {
    let first = try next().prefix(count)
    try rewind()
    return Array(first)
  }
}

/// Bytes in memory.
public final class MemoryStream: ByteStream {
  /// What messages call it.
  public let name: String
  private let bytes: [UInt8]
  private let blockSize: Int
  private var position = 0

  /// Takes the bytes, which come all at once unless in blocks of a size.
  public init(_ bytes: [UInt8], name: String, blockSize: Int = .max) {
    self.bytes = bytes
    self.name = name
    self.blockSize = blockSize
  }

  /// How many bytes there are.
  public var byteCount: Int? { bytes.count }

  /// The next block; shorter than the others only at the end.
  public func next() -> [UInt8] {
    let block = bytes[position...].prefix(blockSize)
    position = block.endIndex
    // All of them are handed over without a copy.
    return block.count == bytes.count ? bytes : Array(block)
  }

  /// Begins again.
  public func rewind() { position = 0 }
}

/// The bytes of an open file, of which one block at a time is in memory.
public final class FileStream: ByteStream {
  private let file: OpenFile
  private let blockSize: Int
  private var position = 0

  init(_ file: OpenFile, blockSize: Int) {
    self.file = file
    self.blockSize = blockSize
  }

  /// The path of the file.
  public var name: String { file.name }
  /// How many bytes it has.
  public var byteCount: Int? { file.count }

  /// The next block; shorter than the others only at the end.
  public func next() throws(FileError) -> [UInt8] {
    var bytes: [UInt8] = []
    _ = try next(onto: &bytes)
    return bytes
  }

  /// Adds the next block to others; where they have room for it, their memory is used again.
  public func next(onto bytes: inout [UInt8]) throws(FileError) -> Bool {
    let count = min(blockSize, file.count - position)
    if count == 0 { return false }
    try file.read(count, at: position, onto: &bytes)
    position += count
    return true
  }

  /// Goes back to the first byte.
  public func rewind() { position = 0 }

  /// The first bytes.
  public func peek(_ count: Int) throws(FileError) -> [UInt8] {
    try file.read(min(count, file.count), at: 0)
  }
}
