import Foundation
import LeptonLink
import Testing

extension LinkTests {
  @Suite("What a stranger's program can still do", .enabled(if: Confinement.means != nil))
  struct ConfinementTests {
    /// The number of the error that an attempt gives; 0 if it succeeds.
    private func error(_ attempt: String) throws -> Int32 {
      let folder = NSTemporaryDirectory() + "lepton-confined-" + UUID().uuidString
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
      defer { try? FileManager.default.removeItem(atPath: folder) }
      for name in ["listed", "other"] {
        try Data("x".utf8).write(to: URL(fileURLWithPath: "\(folder)/\(name)"))
      }
      let process = Process()
      let tests = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
      process.executableURL = URL(fileURLWithPath: tests).deletingLastPathComponent()
        .appendingPathComponent("confined")
      process.arguments = [attempt, "\(folder)/listed", "\(folder)/other"]
      try process.run()
      process.waitUntilExit()
      #expect(process.terminationReason == .exit && process.terminationStatus != 255)
      return process.terminationStatus
    }

    @Test("It reads what is listed, and computes with threads")
    func may() throws {
      #expect(try error("reads-listed") == 0)
      #expect(try error("starts-thread") == 0)
    }

    @Test(
      "It does nothing else",
      arguments: [
        "writes", "starts-process", "starts-program", "opens-socket", "signals-parent",
        "makes-code", "raises-limit", "traces",
      ])
    func mayNot(attempt: String) throws {
      #expect(try error(attempt) == EPERM)
    }

    @Test(
      "It reads nothing else, where the kernel has Landlock",
      .enabled(if: Confinement.means?.contains("Landlock") == true))
    func readsNothingElse() throws {
      #expect(try error("reads-other") == EACCES)
    }

    @Test("A worker is confined before it hears a word, and still computes")
    func worker() throws {
      let confinement = Confinement(readable: [], memory: 2 << 30, processorSeconds: 60)
      let client = try WorkerClient(options: WorkerOptions(threads: 2, confinement: confinement))
      let program = "m = train(flatten() >> dense(10), digits(), epochs=1)\nlen(m.history.loss)"
      var events: [String] = []
      #expect(try client.run(cell(program)) { events.append("\($0)") } == .finished)
      #expect(events.contains { $0.contains("\"1\"") }, "\(events)")
      let status = try text(of: "status", client)
      #expect(status.contains("NoNewPrivs:\t1"))
      #expect(status.contains("Seccomp:\t2"))
      let limits = try text(of: "limits", client)
      #expect(limits.contains(/Max file size\s+0\s+0/) && limits.contains(/Max open files\s+64/))
      #expect(limits.contains(/Max core file size\s+0\s+0/))
      #expect(limits.contains(/Max cpu time\s+60/) && limits.contains(/Max address space\s+2147/))
    }

    @Test("What stands on a worker's command line is read strictly")
    func nonsense() throws {
      #expect(try Confinement(arguments: ["worker"]) == nil)
      for wrong in [["w", "x"], ["w", "confined"], ["w", "confined", "{}"], ["w", "x", "{}"]] {
        #expect(throws: (any Error).self) { try Confinement(arguments: wrong) }
      }
    }

    private func text(of name: String, _ client: WorkerClient) throws -> String {
      try String(contentsOfFile: "/proc/\(client.processIdentifier)/\(name)", encoding: .utf8)
    }
  }
}
