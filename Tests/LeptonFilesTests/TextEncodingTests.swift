import LeptonFiles
import Testing

@Suite struct TextEncodingTests {
  private func text(
    _ bytes: [UInt8], _ encoding: TextEncoding?, size: Int = 1000
  ) throws -> String {
    let stream = try MemoryStream(bytes, name: "t.txt", blockSize: size).inUTF8(from: encoding)
    // Twice, because a table may be read a second time.
    for _ in 0..<2 {
      while try !stream.next().isEmpty {}
      try stream.rewind()
    }
    var all: [UInt8] = []
    while try stream.next(onto: &all) {}
    return try #require(String(validating: all, as: UTF8.self))
  }

  /// Text in UTF-16, the lower byte first.
  private func utf16(_ text: String) -> [UInt8] {
    text.utf16.flatMap { [UInt8(truncatingIfNeeded: $0), UInt8($0 >> 8)] }
  }

  @Test("UTF-16 is known by its mark, however it arrives", arguments: 2...9)
  func marked(size: Int) throws {
    let written = "a\té\r\n我𝄞;"
    #expect(try text([0xFF, 0xFE] + utf16(written), nil, size: size) == written)
    let swapped = utf16("\u{FEFF}" + written)
    let bigEndian = stride(from: 0, to: swapped.count, by: 2).flatMap {
      [swapped[$0 + 1], swapped[$0]]
    }
    #expect(try text(bigEndian, nil, size: size) == written)
    #expect(try text(utf16(written), .utf16, size: size) == written)
  }

  @Test("One byte for each character")
  func singleBytes() throws {
    #expect(try text([0x4B, 0xF6, 0x6C, 0x6E, 0x80, 0x96, 0x81], .windows1252) == "Köln€–\u{81}")
    #expect(try text([0xE9, 0x80], .latin1) == "é\u{80}")
    #expect(try text(Array("é".utf8), nil) == "é")
    #expect(try text([], nil).isEmpty)
  }

  @Test(
    "Half a character and a lone surrogate are refused",
    arguments: [[0x61], [0x00, 0xD8], [0x00, 0xDC, 0x61, 0]])
  func damaged(bytes: [UInt8]) {
    let error = #expect(throws: FileError.self) { try text(bytes, .utf16) }
    #expect(error?.code == "file/text")
  }
}
