import Glibc
import LeptonLink
import LeptonSession
import Testing

extension LinkTests {
  @Suite("The worker itself")
  struct RealWorkerTests {
    private func isAlive(_ process: Int32) -> Bool { kill(process, 0) == 0 }

    /// Runs an endless cell and does something to the client once it is known to run.
    private func runForEver(
      _ client: WorkerClient, meanwhile: @escaping @Sendable () -> Void
    ) throws -> CellResult {
      var hasBegun = false
      return try client.run(cell("x = 1\nwhile true {\n  x = 2\n}", id: "loop")) { event in
        guard !hasBegun, case .heartbeat = event else { return }
        hasBegun = true
        _ = BigStackThread.start(meanwhile)
      }
    }

    @Test("A cell gives its value, and the next one knows its names")
    func runs() throws {
      let client = try WorkerClient()
      #expect(try client.run(cell("x = 20")) { _ in } == .finished)
      var events: [Event] = []
      #expect(try client.run(cell("x + 22")) { events.append($0) } == .finished)
      #expect(events.contains(.output(.value(ValueText("42", type: "int")))))
    }

    @Test("A worker that is killed in a cell is reported with the cell and its line")
    func killed() throws {
      let client = try WorkerClient()
      let process = client.processIdentifier
      do {
        _ = try runForEver(client) { kill(process, SIGKILL) }
        Issue.record("it went on")
      } catch SessionError.workerDied(let how, let cell, let line) {
        #expect(how.contains("SIGKILL"))
        #expect(cell == "loop")
        #expect((1...4).contains(line ?? 0))
      }
      #expect(!isAlive(process))
    }

    @Test("An endless loop stops when asked to, and the names stay")
    func interrupted() throws {
      let client = try WorkerClient()
      #expect(try client.run(cell("kept = 7")) { _ in } == .finished)
      #expect(try runForEver(client) { client.interrupt() } == .interrupted)
      var events: [Event] = []
      #expect(try client.run(cell("kept")) { events.append($0) } == .finished)
      #expect(events.contains(.output(.value(ValueText("7", type: "int")))))
    }

    @Test("A worker that is stopped by the program that started it says so")
    func terminated() throws {
      let client = try WorkerClient()
      do {
        _ = try runForEver(client) { client.terminate() }
        Issue.record("it went on")
      } catch SessionError.workerDied(let how, _, _) {
        #expect(how == "was stopped")
      }
    }

    @Test("A worker in an endless loop ends when its front end is gone")
    func orphaned() throws {
      var client: WorkerClient? = try WorkerClient()
      let process = client?.processIdentifier ?? 0
      #expect(try client?.isComplete("1") == .complete)
      client = nil
      #expect(!isAlive(process))
    }
  }
}
