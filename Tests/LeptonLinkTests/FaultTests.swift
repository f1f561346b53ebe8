import Glibc
import LeptonLink
import LeptonSession
import Testing

extension LinkTests {
  @Suite("The other side misbehaves")
  struct FaultTests {
    /// Makes a client whose other side has sent these bytes and nothing else.
    private func client(hearing bytes: [UInt8], thenClosed: Bool) throws -> (WorkerClient, Int32) {
      let (front, back) = try socketPair()
      #expect(write(back, bytes, bytes.count) == bytes.count)
      if thenClosed { close(back) }
      return (try WorkerClient(socket: front), thenClosed ? -1 : back)
    }

    private func welcome() throws -> [UInt8] { try Frame(Reply.welcome).bytes }

    @Test("A connection that closes before the greeting is a worker that did not start")
    func closedAtOnce() throws {
      let (client, _) = try client(hearing: [], thenClosed: true)
      #expect(throws: SessionError.notStarted("the worker closed the connection")) {
        try client.isComplete("")
      }
    }

    @Test("A connection that closes within a frame is the worker's death, told again every time")
    func closedWithinFrame() throws {
      let event = try Frame(Reply.event(.heartbeat(line: 12))).bytes
      let half = try Frame(Reply.ended(.finished)).bytes.dropLast(3)
      let (client, _) = try client(hearing: welcome() + event + half, thenClosed: true)
      let death = SessionError.workerDied(how: "closed the connection", cell: "train", line: 12)
      #expect(throws: death) { try client.run(cell("x", id: "train")) { _ in } }
      #expect(throws: death) { try client.isComplete("") }
    }

    @Test("What the worker said before it died is heard")
    func lastWords() throws {
      let words = try Frame(Reply.event(.output(.text("last")))).bytes
      let result = try Frame(Reply.ended(.finished)).bytes
      let (client, _) = try client(hearing: welcome() + words + result, thenClosed: true)
      var events: [Event] = []
      #expect(try client.run(cell("x")) { events.append($0) } == .finished)
      #expect(events == [.output(.text("last"))])
    }

    @Test(
      "Garbage is a mismatch of versions",
      arguments: [
        Array("Segmentation fault".utf8), [UInt8](repeating: 0, count: 64),
        [UInt8(ascii: "L"), UInt8(ascii: "P"), 9, 0, 0, 0, 0, 0],
        [UInt8(ascii: "L"), UInt8(ascii: "P"), Frame.version, 0, 255, 255, 255, 255],
      ])
    func garbage(bytes: [UInt8]) throws {
      let (client, back) = try client(hearing: welcome() + bytes, thenClosed: false)
      #expect {
        try client.isComplete("")
      } throws: {
        if case SessionError.protocolMismatch = $0 { true } else { false }
      }
      close(back)
    }

    @Test("An answer to another question is a mismatch, not a wrong result")
    func wrongAnswer() throws {
      let answer = try Frame(Reply.completions([])).bytes
      let (client, back) = try client(hearing: welcome() + answer, thenClosed: false)
      #expect(throws: SessionError.self) { try client.run(cell("x")) { _ in } }
      close(back)
    }

    @Test("A worker that stops reading is given up, and the caller is not blocked for ever")
    func stopsReading() throws {
      let (client, back) = try client(hearing: welcome(), thenClosed: false)
      client.patience.writing = 50
      let text = String(repeating: "x", count: 4 << 20)
      #expect {
        try client.isComplete(text)
      } throws: {
        if case SessionError.workerDied = $0 { true } else { false }
      }
      close(back)
    }
  }
}
