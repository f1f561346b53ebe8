import Foundation
import Testing

@Suite("The prompt, from a pipe or the command line")
struct BatchTests {
  private let workshop: Workshop
  init() throws { workshop = try Workshop() }

  @Test("An expression is evaluated and its value printed")
  func expression() throws {
    let ending = try workshop.run("lepton-repl", "-e", "20 + 22", "-e", "print(\"two\")")
    #expect(ending.code == 0)
    #expect(ending.output == "42\ntwo\n")
    #expect(ending.messages == "")
  }

  @Test("What comes from a pipe is one program, with neither banner nor prompt nor colour")
  func pipe() throws {
    let ending = try workshop.run(
      "lepton-repl", input: "fn twice(x) {\n  x * 2\n}\n\nx = [1,\n  2]\ntwice(4)\nx;\nx[1]\n")
    #expect(ending.code == 0)
    #expect(ending.output == "8\n2\n")
    #expect(ending.messages == "")
  }

  @Test("The first error ends it with 1, what was shown before stays")
  func error() throws {
    let ending = try workshop.run("lepton-repl", input: "1 + 1\n[1, 2][5]\n3\n")
    #expect(ending.code == 1)
    #expect(ending.output == "2\n")
    #expect(ending.messages.hasPrefix("<stdin>:2:"))
    #expect(ending.messages.contains("error["))
    #expect(ending.messages.contains("^"))
  }

  @Test("Nothing to evaluate is no mistake")
  func empty() throws {
    #expect(try workshop.run("lepton-repl", input: "").code == 0)
    #expect(try workshop.run("lepton-repl", input: "# only a comment\n\n").output == "")
  }

  @Test(
    "A wrong command line ends with 2 and says what is wrong",
    arguments: [
      ["--bogus"], ["--threads", "0"], ["--seed", "x"], ["file.lep"], ["-e"],
    ])
  func usage(arguments: [String]) throws {
    let ending = try workshop.start("lepton-repl", arguments).wait()
    #expect(ending.code == 2)
    #expect(ending.output == "")
    #expect(ending.messages.hasPrefix("Error: "))
  }

  @Test("Its version")
  func version() throws {
    #expect(try workshop.run("lepton-repl", "--version").output.hasPrefix("lepton "))
  }

  @Test("Output that cannot be written ends it with 6")
  func fullDisk() throws {
    let ending = try workshop.run("lepton-repl", "-e", "1", output: "/dev/full")
    #expect(ending.code == 6)
    #expect(ending.messages.contains("could not be written"))
  }
}

@Suite("The prompt, at a terminal")
struct PromptTests {
  private let workshop: Workshop
  private let history: String
  init() throws {
    workshop = try Workshop()
    history = workshop.folder + "/state/history"
  }

  private func prompt() throws -> Terminal {
    try workshop.write("set enable-bracketed-paste off\n", to: "inputrc")
    let home = workshop.folder
    let terminal = try Terminal(
      "lepton-repl",
      environment: ["LEPTON_HISTORY=\(history)", "HOME=\(home)", "INPUTRC=\(home)/inputrc"])
    terminal.waitFor("lepton[1]> ")
    return terminal
  }

  @Test("Values are shown, the entries are numbered, Ctrl-D leaves")
  func values() throws {
    let terminal = try prompt()
    terminal.type("x = 20\r")
    terminal.waitFor("lepton[2]> ")
    terminal.type("x + 22\r")
    terminal.waitFor("\n42")
    terminal.waitFor("lepton[3]> ")
    terminal.type("\u{4}")
    #expect(terminal.wait() == 0)
    #expect(!terminal.shown.contains("\u{1B}[3"))
  }

  @Test("An entry goes on until it is whole, and its lines are indented")
  func severalLines() throws {
    let terminal = try prompt()
    terminal.type("fn f(x) {\r")
    terminal.waitFor("...>   ")
    terminal.type("x * 3\r")
    terminal.waitFor("...> ")
    terminal.type("}\r")
    terminal.waitFor("lepton[2]> ")
    terminal.type("f(5)\r")
    terminal.waitFor("\n15")
  }

  @Test("A mistake is shown with a caret, and the prompt comes again")
  func mistake() throws {
    let terminal = try prompt()
    terminal.type("prinnt(1)\r")
    terminal.waitFor("error[")
    terminal.waitFor("^^^^^^")
    terminal.waitFor("lepton[2]> ")
  }

  @Test("Ctrl-C gives up a line, and an entry of several lines")
  func clearing() throws {
    let terminal = try prompt()
    terminal.type("nonsense(")
    terminal.waitFor("nonsense(")
    terminal.type("\u{3}")
    terminal.waitFor("^C")
    terminal.waitFor("lepton[1]> ")
    terminal.type("1 + 1\r")
    terminal.waitFor("\n2")
  }

  @Test("Ctrl-C stops what runs, and the names stay")
  func interrupting() throws {
    let terminal = try prompt()
    terminal.type("kept = 7\r")
    terminal.waitFor("lepton[2]> ")
    terminal.type("print(\"go\"); while true { }\r")
    terminal.waitFor("\ngo")
    terminal.type("\u{3}")
    terminal.waitFor("^C\n<prompt 2>:1:")
    terminal.waitFor("lepton[3]> ")
    terminal.type("kept\r")
    terminal.waitFor("\n7")
  }

  @Test("If the worker dies, it is said and another takes its place")
  func death() throws {
    let terminal = try prompt()
    terminal.type("x = 1\r")
    terminal.waitFor("lepton[2]> ")
    let worker = try #require(terminal.children.first)
    terminal.type("print(\"go\"); while true { }\r")
    terminal.waitFor("\ngo")
    kill(worker, SIGKILL)
    terminal.waitFor("error[run/worker]")
    terminal.waitFor("A new worker is running")
    terminal.waitFor("lepton[3]> ")
    terminal.type("40 + 2\r")
    terminal.waitFor("\n42")
  }

  @Test("Up recalls an entry, also one of an earlier session, and only the owner may read them")
  func recall() throws {
    let first = try prompt()
    first.type("a_name = 6 * 7\r")
    first.waitFor("lepton[2]> ")
    first.type("\u{4}")
    #expect(first.wait() == 0)
    let second = try prompt()
    second.type("\u{1B}[A")
    second.waitFor("a_name = 6 * 7")
    var status = stat()
    #expect(stat(history, &status) == 0 && status.st_mode & 0o777 == 0o600)
    let kept = try #require(workshop.read("state/history")).split(separator: "\t")
    #expect(kept.count == 2 && kept[1] == "a_name = 6 * 7\n" && Int(kept[0]) ?? 0 > 1_700_000_000)
  }

  @Test("Tab completes a word")
  func completion() throws {
    let terminal = try prompt()
    terminal.type("cross_ent\t")
    terminal.waitFor("cross_entropy")
    terminal.type("\u{3}")
    terminal.waitFor("lepton[1]> ")
    terminal.type("tra\t")
    terminal.waitFor("train")
    terminal.waitFor("transpose")
  }

  @Test("A terminal that closes, and a scheduler's end, leave no process")
  func ending() throws {
    let terminal = try prompt()
    let worker = try #require(terminal.children.first)
    terminal.send(SIGTERM)
    #expect(terminal.wait() == 143)
    for _ in 0..<500 where kill(worker, 0) == 0 { usleep(10_000) }
    #expect(kill(worker, 0) == -1)
  }
}
