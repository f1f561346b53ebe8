import Foundation
import Testing

@Suite("The prompt's history")
struct PromptHistoryTests {
  private let workshop: Workshop
  init() throws { workshop = try Workshop() }

  private func prompt(_ settings: String...) throws -> Terminal {
    let terminal = try Terminal(
      "lepton-repl", folder: workshop.folder,
      environment: ["HOME=\(workshop.folder)", "INPUTRC=/dev/null"] + settings)
    terminal.waitForLine("lepton[1]>")
    return terminal
  }

  private func enter(_ entry: String, as number: Int, in terminal: Terminal) {
    terminal.type(entry + "\r")
    terminal.waitForLine("lepton[\(number + 1)]>")
  }

  /// Whether a process ends within ten seconds, be it that nobody asks how it ended.
  private func isOver(_ process: pid_t) -> Bool {
    for _ in 0..<1000 {
      let status = FileManager.default.contents(atPath: "/proc/\(process)/stat") ?? Data()
      let text = String(decoding: status, as: UTF8.self)
      if text.isEmpty || text.contains(") Z ") { return true }
      usleep(10_000)
    }
    return false
  }

  @Test("It is found where the environment says, else below the home, for its owner alone")
  func place() throws {
    for (settings, path) in [
      (["LEPTON_HISTORY=own/h"], "own/h"),
      (["XDG_STATE_HOME=\(workshop.folder)/st"], "st/lepton/history"),
      ([], ".local/state/lepton/history"),
    ] {
      let terminal = try prompt(settings.first ?? "A=b")
      enter("a = 1", as: 1, in: terminal)
      #expect(workshop.read(path)?.hasSuffix("\ta = 1\n") == true, "\(path)")
      var status = stat()
      #expect(stat("\(workshop.folder)/\(path)", &status) == 0 && status.st_mode & 0o777 == 0o600)
    }
  }

  @Test(
    "It is kept when a scheduler ends the prompt, or the terminal vanishes",
    arguments: [SIGTERM, SIGHUP])
  func signals(signal: Int32) throws {
    let terminal = try prompt("LEPTON_HISTORY=h")
    enter("a = 1", as: 1, in: terminal)
    terminal.type("unfinished")
    terminal.waitForLine("lepton[2]> unfinished")
    let worker = try #require(terminal.children.first)
    terminal.send(signal)
    #expect(terminal.wait() == (signal == SIGTERM ? 143 : 0))
    #expect(workshop.read("h")?.hasSuffix("\ta = 1\n") == true)
    #expect(isOver(worker))
  }

  @Test("A terminal that closes ends the prompt and what it runs")
  func closing() throws {
    let terminal = try prompt("LEPTON_HISTORY=h")
    let worker = try #require(terminal.children.first)
    terminal.type("print(\"go\"); while true { }\r")
    terminal.waitUntil { $0.lines.contains("go") }
    terminal.hangUp()
    #expect(isOver(worker))
    #expect(workshop.read("h")?.contains("while true") == true)
  }

  @Test(
    "Where it cannot be kept, that is said once, and the prompt works",
    arguments: ["/dev/full", "/dev/null/h", ".", "/proc/h"])
  func impossible(path: String) throws {
    let terminal = try prompt("LEPTON_HISTORY=\(path)")
    enter("a = 1", as: 1, in: terminal)
    enter("b = 2", as: 2, in: terminal)
    let notices = terminal.screen.text.split(separator: "cannot be written;").count - 1
    #expect(notices == 1, "\(terminal.screen.text)")
    terminal.type("\u{1B}[A\u{1B}[A")
    terminal.waitForLine("lepton[3]> a = 1")
  }

  @Test("What is damaged in it is passed over, and an endless line does not matter")
  func damaged() throws {
    let endless = String(repeating: "x", count: 100_000)
    var bytes = Data(
      "1\tgood = 1\n2\t\(endless)\nabc\tdef\n\t\n\n99999999999999999999\tbig = 2\n".utf8)
    bytes += Data([0x33, 0x09, 0xFF, 0xFE, 0x0A]) + Data("4\tlast = 4".utf8)
    try workshop.write(bytes, to: "h")
    let terminal = try prompt("LEPTON_HISTORY=h")
    terminal.type("\u{1B}[A")
    terminal.waitForLine("lepton[1]> last = 4")
    terminal.type("\u{15}go\u{1B}[A")
    terminal.waitForLine("lepton[1]> good = 1")
    terminal.type("\u{15}c = 3\r")
    terminal.waitForLine("lepton[2]>")
    #expect(workshop.read("h")?.hasSuffix("\tc = 3\n") == true)
    #expect(workshop.read("h")?.contains("4\tlast = 4\n") == true)
  }

  @Test("Ctrl-Z stops the prompt, whether it waits or works, and fg goes on")
  func stopping() throws {
    let shell = try Terminal(
      "/bin/sh", ["-c", "set -m; exec sh -i"], folder: workshop.folder,
      environment: ["HOME=\(workshop.folder)", "INPUTRC=/dev/null", "PS1=shell: ", "ENV="])
    shell.waitForLine("shell:")
    shell.type("LEPTON_HISTORY=h \(RunningProgram.programs)/lepton-repl -q\r")
    shell.waitForLine("lepton[1]>")
    enter("x = 5", as: 1, in: shell)
    shell.type("x + ")
    shell.waitForLine("lepton[2]> x +")
    shell.type("\u{1A}")
    shell.waitForLine("shell:")
    // The shell has its lines again.
    shell.type("echo back\r")
    shell.waitUntil { $0.lines.contains("back") }
    shell.type("fg\r")
    shell.waitForLine("lepton[2]> x +")
    shell.type("1\r")
    shell.waitForLine("lepton[3]>")
    #expect(shell.screen.lines.contains("6"))
    shell.type("print(\"go\"); while true { }\r")
    shell.waitUntil { $0.lines.contains("go") }
    shell.type("\u{1A}")
    shell.waitForLine("shell:")
    shell.type("fg\r")
    usleep(100_000)
    shell.type("\u{3}")
    shell.waitForLine("lepton[4]>")
  }
}
