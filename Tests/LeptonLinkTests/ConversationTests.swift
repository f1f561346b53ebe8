import Glibc
import LeptonLink
import LeptonSession
import Testing

extension LinkTests {
  @Suite("A front end and a server talk")
  struct ConversationTests {
    @Test("Every request gets its answer")
    func everyRequest() throws {
      let client = try clientOfScriptedServer()
      #expect(try client.check([cell("y")]).first?.defines == ["y"])
      #expect(try client.isComplete("abc") == .incomplete(indent: 3))
      let completion = try client.complete("tra", at: 3).first
      #expect(completion == Completion(text: "tra", replaces: 3, summary: "a \"quoted\" \u{1}"))
      #expect(try client.describe("dense", at: 1)?.heading == "dense(units)")
      #expect(try client.describe("other", at: 1) == nil)
      #expect(try client.run(cell("fail")) { _ in } == .failed)
    }

    @Test("Events arrive in order, and before the result")
    func events() throws {
      let client = try clientOfScriptedServer()
      var events: [Event] = []
      let result = try client.run(cell("print hello", firstLine: 7)) { events.append($0) }
      #expect(result == .finished)
      #expect(events == [.heartbeat(line: 7), .output(.text("print hello"))])
    }

    @Test("The options reach the session")
    func options() throws {
      let client = try clientOfScriptedServer(WorkerOptions(readableRoots: ["/a", "/b"]))
      var events: [Event] = []
      _ = try client.run(cell("options")) { events.append($0) }
      #expect(events.last == .output(.text("/a,/b")))
    }

    @Test("A message larger than the socket's buffer passes both ways")
    func largeMessage() throws {
      let client = try clientOfScriptedServer()
      let text = "print " + String(repeating: "0123456789", count: 500_000)
      var events: [Event] = []
      _ = try client.run(cell(text)) { events.append($0) }
      #expect(events.last == .output(.text(text)))
    }

    @Test("Many events pass")
    func flood() throws {
      let client = try clientOfScriptedServer()
      var count = 0
      _ = try client.run(cell("flood 5000")) { _ in count += 1 }
      #expect(count == 5001)
    }

    @Test("A cell that runs can be interrupted from another thread, and the next one runs whole")
    func interruption() throws {
      let client = try clientOfScriptedServer()
      for _ in 0..<5 {
        let result = try client.run(cell("wait")) { event in
          if case .heartbeat = event { _ = BigStackThread.start { client.interrupt() } }
        }
        #expect(result == .interrupted)
        #expect(try client.run(cell("print x")) { _ in } == .finished)
      }
    }

    @Test("A byte written to the interrupt descriptor interrupts, as a signal handler would")
    func interruptDescriptor() throws {
      let client = try clientOfScriptedServer()
      Signals.watch(SIGUSR1, waking: client.interruptDescriptor)
      let before = Signals.count(of: SIGUSR1)
      let result = try client.run(cell("wait")) { event in
        if case .heartbeat = event { kill(getpid(), SIGUSR1) }
      }
      #expect(result == .interrupted)
      #expect(Signals.count(of: SIGUSR1) == before + 1)
      Signals.watch(SIGUSR1)
    }

    @Test("A session that cannot be made says why")
    func sessionNotMade() throws {
      let (front, back) = try socketPair()
      let server = SessionServer(descriptor: back) { _ in
        throw SessionError.notStarted("the data are missing")
      }
      _ = BigStackThread.start { _ = server.serve() }
      let client = try WorkerClient(socket: front)
      #expect(throws: SessionError.notStarted("the data are missing")) {
        try client.isComplete("")
      }
    }

    @Test("A server ends when its front end says goodbye, and when it is gone without a word")
    func serverEnds() throws {
      let (front, back) = try socketPair()
      let server = SessionServer(descriptor: back) { _ in ScriptedSession() }
      try WorkerClient(socket: front).close()
      #expect(server.serve() == .goodbye)

      let (silent, other) = try socketPair()
      close(silent)
      #expect(
        SessionServer(descriptor: other) { _ in ScriptedSession() }.serve() == .disconnected)
    }

    @Test("A server refuses what is no request")
    func serverRefuses() throws {
      let (front, back) = try socketPair()
      let server = SessionServer(descriptor: back) { _ in ScriptedSession() }
      write(front, "GET / HTTP/1.1", 14)
      #expect(server.serve() == .misunderstood(FrameError.foreign.message))
      close(front)
    }
  }
}
