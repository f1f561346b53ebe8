/// Bytes that come block by block, and can come again from the start.
public protocol ByteStream: AnyObject {
  /// What messages call the bytes.
  var name: String { get }

  /// The next bytes; none at the end.
  ///
  /// - Throws: `file/read`.
  func next() throws(FileError) -> [UInt8]

  /// Begins again.
  ///
  /// - Throws: `file/read`.
  func rewind() throws(FileError)
}

/// Bytes in memory, which come all at once.
public final class MemoryStream: ByteStream {
  /// What messages call it.
  public let name: String
  private let bytes: [UInt8]
  private var isAtEnd = false

  /// Takes the bytes.
  public init(_ bytes: [UInt8], name: String) {
    self.bytes = bytes
    self.name = name
  }

  /// All the bytes, the first time.
  public func next() -> [UInt8] {
    if isAtEnd { return [] }
    isAtEnd = true
    return bytes
  }

  /// Begins again.
  public func rewind() { isAtEnd = false }
}

/// The bytes of an open file, of which one block at a time is in memory.
public final class FileStream: ByteStream {
  /// The path of the file.
  public let name: String
  private let file: Descriptor
  private let blockSize: Int

  init(_ file: consuming Descriptor, name: String, blockSize: Int) {
    self.file = file
    self.name = name
    self.blockSize = blockSize
  }

  /// The next block; shorter than the others only at the end.
  public func next() throws(FileError) -> [UInt8] {
    try FileError.wording(FileError.reading, name) { try file.read(upTo: blockSize) }
  }

  /// Goes back to the first byte.
  public func rewind() throws(FileError) {
    try FileError.wording(FileError.reading, name) { try file.rewind() }
  }
}
