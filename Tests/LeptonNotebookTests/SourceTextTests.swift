import LeptonNotebook
import Testing

@Suite struct SourceTexts {
  private func decode(_ bytes: [UInt8]) throws(RunRefusal) -> String {
    try SourceText(decoding: bytes, name: "n.lnb").text
  }

  @Test func `byte order marks and carriage returns go`() throws {
    #expect(try decode([0xEF, 0xBB, 0xBF] + Array("a\r\nb\rc\r".utf8)) == "a\nb\nc\n")
    #expect(try decode(Array("a\nb".utf8)) == "a\nb")
    #expect(try decode([]) == "")
  }

  @Test func `a zero byte is binary, with its line`() {
    let error = #expect(throws: RunRefusal.self) { try decode(Array("a\nb\u{0}".utf8)) }
    #expect(error?.message.hasPrefix("n.lnb:2: error[notebook/binary]") == true)
    #expect(error?.exit == .unreadable)
  }

  @Test(
    "What is not UTF-8 is refused with its line",
    arguments: [[0xFF], [0xC3], [0xED, 0xA0, 0x80], [0xC0, 0x80]] as [[UInt8]])
  func notUTF8(bytes: [UInt8]) {
    let error = #expect(throws: RunRefusal.self) { try decode(Array("é\n日\n".utf8) + bytes) }
    #expect(error?.message.hasPrefix("n.lnb:3: error[notebook/encoding]") == true)
  }

  @Test func `a file over the limit is refused`() {
    let bytes = [UInt8](repeating: 0x61, count: SourceText.sizeLimit + 1)
    let error = #expect(throws: RunRefusal.self) { try decode(bytes) }
    #expect(error?.message.contains("error[notebook/size]") == true)
  }
}
