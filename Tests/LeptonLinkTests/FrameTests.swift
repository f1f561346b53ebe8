import LeptonLink
import Testing

extension LinkTests {
  @Suite("Frames")
  struct FrameTests {
    @Test(
      "A frame comes back as it was, however the bytes are cut", arguments: [1, 2, 3, 7, 8, 100])
    func cutAnywhere(size: Int) throws {
      let payloads = [[], Array("{}".utf8), [UInt8](repeating: 7, count: 1000)]
      let bytes = try payloads.flatMap { try Frame(payload: $0).bytes }
      var decoder = FrameDecoder()
      var found: [[UInt8]] = []
      for start in stride(from: 0, to: bytes.count, by: size) {
        decoder.append(bytes[start..<min(start + size, bytes.count)])
        while let frame = try decoder.next() { found.append(frame.payload) }
      }
      #expect(found == payloads)
      #expect(!decoder.isInsideFrame)
    }

    @Test(
      "What is printed comes back as it was",
      arguments: ["", "line", "{\"text\": 1}", "\"\\\n\t\u{1}\u{1F600}", "e\u{301}\r\n"])
    func printed(text: String) throws {
      let reply = Reply.event(.output(.text(text)))
      #expect(try Frame(reply: reply).reply() == reply)
      #expect(try Frame(reply).reply() == reply)
    }

    @Test("A frame is refused when its first wrong byte arrives")
    func garbage() throws {
      var decoder = FrameDecoder()
      decoder.append([UInt8(ascii: "L")])
      #expect(try decoder.next() == nil)
      decoder.append([UInt8(ascii: "Q")])
      #expect(throws: FrameError.foreign) { try decoder.next() }
    }

    @Test("A frame of another version is refused by its header")
    func otherVersion() throws {
      var bytes = try Frame(payload: []).bytes
      bytes[2] = Frame.version + 1
      var decoder = FrameDecoder()
      decoder.append(bytes)
      #expect(throws: FrameError.version(Frame.version + 1)) { try decoder.next() }
    }

    @Test("A huge length is refused by the header alone")
    func hugeLength() throws {
      var bytes = Array(try Frame(payload: []).bytes.prefix(4))
      bytes += [0xFF, 0xFF, 0xFF, 0xFF]
      var decoder = FrameDecoder()
      decoder.append(bytes)
      #expect(throws: FrameError.tooLong(0xFFFF_FFFF)) { try decoder.next() }
    }

    @Test("A message that is not JSON is unreadable and does not trap")
    func unreadable() throws {
      let frame = try Frame(payload: Array("{\"run\":".utf8))
      #expect(throws: FrameError.self) { try frame.message(as: Request.self) }
      let unknown = try Frame(payload: Array("{\"dance\":{}}".utf8))
      #expect(throws: FrameError.self) { try unknown.message(as: Request.self) }
    }
  }
}
