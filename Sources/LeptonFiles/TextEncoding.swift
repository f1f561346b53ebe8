/// How a text stands in bytes.
public enum TextEncoding: String, Sendable, Hashable, CaseIterable {
  /// Unicode in one to four bytes.
  case utf8 = "utf-8"
  /// Unicode in units of two bytes, the lower one first unless the first unit says otherwise.
  case utf16 = "utf-16"
  /// Western European letters in one byte, as Windows and Excel wrote them.
  case windows1252 = "windows-1252"
  /// The first 256 characters of Unicode, one byte each (ISO 8859-1).
  case latin1 = "latin-1"
}

extension ByteStream {
  /// The same text in UTF-8; where no encoding is named, one that begins with UTF-16's mark is in that.
  ///
  /// - Throws: `file/read`.
  public func inUTF8(from encoding: TextEncoding?) throws(FileError) -> any ByteStream {
    switch encoding {
    case .utf8: return self
    case let encoding?: return UTF8Stream(self, encoding)
    case nil:
      let mark = try peek(2)
      return mark == [0xFF, 0xFE] || mark == [0xFE, 0xFF] ? UTF8Stream(self, .utf16) : self
    }
  }
}

/// Text of another encoding as UTF-8, block by block.
final class UTF8Stream: ByteStream {
  private let source: any ByteStream
  private let encoding: TextEncoding
  /// Bytes that are no whole character yet.
  private var rest: [UInt8] = []
  private var isBigEndian = false
  private var hasBegun = false
  /// The characters of the upper half of the bytes.
  private let characters: [[UInt8]]

  init(_ source: any ByteStream, _ encoding: TextEncoding) {
    self.source = source
    self.encoding = encoding
    characters = (UInt8(0x80)...0xFF).map { byte in
      let place = Int(byte) - 0x80
      let special = encoding == .windows1252 && place < 32 ? Self.windows[place] : 0
      return Array(String(Unicode.Scalar(special == 0 ? UInt16(byte) : special) ?? " ").utf8)
    }
  }

  var name: String { source.name }

  func next() throws(FileError) -> [UInt8] {
    let bytes = try source.next()
    if encoding == .utf16 { return try utf16(bytes) }
    var text: [UInt8] = []
    text.reserveCapacity(bytes.count + bytes.count / 8)
    for byte in bytes {
      if byte < 0x80 { text.append(byte) } else { text += characters[Int(byte) - 0x80] }
    }
    return text
  }

  func rewind() throws(FileError) {
    try source.rewind()
    (rest, isBigEndian, hasBegun) = ([], false, false)
  }

  /// The whole characters among bytes that come behind others.
  private func utf16(_ bytes: [UInt8]) throws(FileError) -> [UInt8] {
    var all = rest + bytes
    if !hasBegun, all.count >= 2 {
      hasBegun = true
      isBigEndian = all.starts(with: [0xFE, 0xFF])
      if isBigEndian || all.starts(with: [0xFF, 0xFE]) { all.removeFirst(2) }
    }
    var units = stride(from: 0, to: all.count - 1, by: 2).map { place in
      let (first, second) = (UInt16(all[place]), UInt16(all[place + 1]))
      return isBigEndian ? first << 8 | second : second << 8 | first
    }
    // The first half of a character waits for the second.
    if let last = units.last, last & 0xFC00 == 0xD800, !bytes.isEmpty { units.removeLast() }
    rest = Array(all[(units.count * 2)...])
    if bytes.isEmpty, !rest.isEmpty { throw damaged }
    guard let text = String(validating: units, as: UTF16.self) else { throw damaged }
    // What has come may be no whole character yet, which is not the end.
    if text.isEmpty, !bytes.isEmpty { return try next() }
    return Array(text.utf8)
  }

  private var damaged: FileError {
    FileError(
      code: "file/text", message: "\(name.quoted) is not text in UTF-16",
      help: ["name another encoding, or save it as UTF-8"])
  }

  /// What stands from 0x80 to 0x9F in Windows-1252; nothing is a control character as in Latin-1.
  private static let windows: [UInt16] = [
    0x20AC, 0, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039,
    0x0152, 0, 0x017D, 0, 0, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC,
    0x2122, 0x0161, 0x203A, 0x0153, 0, 0x017E, 0x0178,
  ]
}
