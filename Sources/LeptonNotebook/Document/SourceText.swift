/// The text of a notebook or script, made of the bytes of its file.
public struct SourceText: Sendable {
  /// How many bytes a notebook or script may have.
  public static let sizeLimit = 16 << 20

  /// The text: without byte order mark, every line ended by a line feed alone.
  public let text: String

  /// Decodes a file.
  ///
  /// - Throws: `RunRefusal` for what is too large, binary or not UTF-8.
  public init(decoding bytes: [UInt8], name: String) throws(RunRefusal) {
    guard bytes.count <= Self.sizeLimit else {
      throw .tooLarge(name, limit: Self.sizeLimit)
    }
    if let offset = bytes.firstIndex(of: 0) {
      throw .binary(name, line: Self.line(of: offset, in: bytes))
    }
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw .notUTF8(name, line: Self.line(of: Self.firstInvalid(bytes), in: bytes))
    }
    self.text = Self.withPlainLineEnds(text)
  }

  private static func withPlainLineEnds(_ text: String) -> String {
    let mark = "\u{FEFF}".utf8
    var bytes =
      text.utf8.starts(with: mark) ? Array(text.utf8.dropFirst(mark.count)) : Array(text.utf8)
    guard bytes.contains(UInt8(ascii: "\r")) else { return String(decoding: bytes, as: UTF8.self) }
    var kept: [UInt8] = []
    kept.reserveCapacity(bytes.count)
    bytes.append(0)
    for (byte, next) in zip(bytes, bytes.dropFirst())
    where byte != UInt8(ascii: "\r") || next != UInt8(ascii: "\n") {
      kept.append(byte == UInt8(ascii: "\r") ? UInt8(ascii: "\n") : byte)
    }
    return String(decoding: kept, as: UTF8.self)
  }

  private static func line(of offset: Int, in bytes: [UInt8]) -> Int {
    bytes.prefix(offset).count { $0 == UInt8(ascii: "\n") } + 1
  }

  /// The offset of the first byte at which the bytes stop being UTF-8.
  private static func firstInvalid(_ bytes: [UInt8]) -> Int {
    var low = 0
    var decoder = UTF8()
    var iterator = bytes.makeIterator()
    while case .scalarValue(let scalar) = decoder.decode(&iterator) {
      low += UTF8.width(scalar)
    }
    return low
  }
}
