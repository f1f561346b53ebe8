import Foundation
import Testing

@Suite("The prompt, at work")
struct PromptWorkTests {
  private let workshop: Workshop
  init() throws { workshop = try Workshop() }

  private func prompt(_ arguments: [String] = [], environment: [String] = []) throws -> Terminal {
    let terminal = try Terminal(
      "lepton-repl", arguments, folder: workshop.folder,
      environment: [
        "LEPTON_HISTORY=\(workshop.folder)/history", "HOME=\(workshop.folder)", "INPUTRC=/dev/null",
      ] + environment)
    terminal.waitFor("lepton[1]> ")
    return terminal
  }

  private func enter(_ entries: String..., in terminal: Terminal, from first: Int = 1) {
    for (index, entry) in entries.enumerated() {
      terminal.type("\u{1B}[200~\(entry)\u{1B}[201~\r")
      terminal.waitFor("lepton[\(first + index + 1)]> ")
    }
  }

  @Test("A question mark asks for help, a colon calls a word without brackets")
  func aids() throws {
    let terminal = try prompt()
    terminal.type("?one_hot\r")
    terminal.waitFor("one_hot(")
    terminal.waitFor("lepton[2]> ")
    terminal.type("??bytes_text\r")
    terminal.waitFor("fn bytes_text(count)")
    terminal.waitFor("lepton[3]> ")
    terminal.type(":words one_hot\r")
    terminal.waitFor("For each label")
    terminal.waitFor("lepton[4]> ")
    terminal.type(":bench 1 + 1\r")
    terminal.waitFor("fastest")
    terminal.waitFor("lepton[5]> ")
    terminal.type(":time 6 * 7\r")
    terminal.waitFor("\ntook ")
    terminal.waitFor("s\n42\n")
    terminal.waitFor("lepton[6]> ")
    terminal.type("?for\r")
    terminal.waitFor("for name in values { … }")
    terminal.waitFor("lepton[7]> ")
    terminal.type(":seed 7\r")
    terminal.waitFor("have the seed 7")
  }

  @Test("A saved session is a notebook that holds")
  func saving() throws {
    let terminal = try prompt()
    enter(
      "xs = normal([2, 3])\nxs", "mean(xs)", "nonsense(1)", "fn twice(x) {\n  2 * x\n}",
      "twice(_2)", "_ + 1", "print(\"```\")", "clock()", "later = _8 > 0", "later", "?abs",
      "time(() -> twice(1))", "{rate: 0.1}", "table({a: [1, 2], b: [\"x\", \"±\"]})",
      in: terminal)
    terminal.type("seed(5)\r")
    terminal.waitFor("lepton[16]> ")
    enter("uniform([2])", in: terminal, from: 16)
    terminal.type("save_session(\"work.lnb\")\r")
    terminal.waitFor("work.lnb holds 13 entries")
    let text = try #require(workshop.read("work.lnb"))
    #expect(text.contains("```lepton #in-1\nxs = normal([2, 3])\nxs\n```\n\n```expect\n"))
    #expect(text.contains("_2 = mean(xs)\n_2\n"))
    #expect(text.contains("#in-16 seed=5"))
    #expect(text.contains("```lepton #in-8 volatile\n"))
    #expect(!text.contains("nonsense") && !text.contains("abs"))
    let ending = try workshop.run("lepton-run", "--check", "work.lnb")
    #expect(ending.code == 0, "\(ending.messages)\(ending.output)")
    try workshop.write("# My notebook\n", to: "mine.lnb")
    terminal.type("save_session(\"mine.lnb\")\r")
    terminal.waitFor("mine.lnb exists and is no saved session")
    #expect(workshop.read("mine.lnb") == "# My notebook\n")
  }

  @Test("A notebook and a program are loaded as if they had been entered")
  func loading() throws {
    try workshop.write(
      "# A\n\n```lepton #first\na = 20\n```\n\n```lepton\na + 22\n```\n", to: "a.lnb")
    try workshop.write("b = 2\nb * 50\n", to: "b.lep")
    let terminal = try prompt()
    terminal.type("load(\"a.lnb\")\r")
    terminal.waitFor("\n42")
    terminal.waitFor("lepton[2]> ")
    terminal.type(":load b.lep\r")
    terminal.waitFor("\n100")
    terminal.waitFor("lepton[3]> ")
    terminal.type("a + b\r")
    terminal.waitFor("\n22")
  }

  @Test("A notebook that is loaded has the parameters of its front matter, and the chance of a run")
  func loadingParameters() throws {
    try workshop.write(
      """
      ---
      seed: 3
      params:
        rate: 0.25
        names: [a, b]
      ---

      ```lepton
      draws = normal([2])
      draws
      ```

      ```lepton raises=name/unknown
      nonsense
      ```

      ```lepton
      print(rate, names)
      ```

      """, to: "p.lnb")
    let run = try workshop.run("lepton-run", "p.lnb")
    let draws = try #require(run.output.split(separator: "\n").first { $0.hasPrefix("tensor([") })
    let terminal = try prompt()
    terminal.type("load(\"p.lnb\")\r")
    terminal.waitFor(String(draws))
    terminal.waitFor("0.25 [\"a\", \"b\"]")
    terminal.waitFor("lepton[2]> ")
    let batch = try workshop.run("lepton-repl", "-i", "p.lnb", "-e", "rate")
    #expect(batch.output.hasSuffix("0.25\n"), "\(batch)")
    try workshop.write("---\nparams:\n  rate: {type: float}\n---\n", to: "q.lnb")
    terminal.type("load(\"q.lnb\")\r")
    terminal.waitFor("has no default and was not given")
  }

  @Test("Of a long value the begin and the end are shown, and the pager has all of it")
  func longOutput() throws {
    let terminal = try prompt(environment: ["PAGER=wc -l"])
    terminal.type("print(join([f\"line {i}\" for i in range(30000)], \"\\n\"))\r")
    terminal.waitFor("lines are not shown")
    terminal.waitFor("line 29999")
    terminal.waitFor("lepton[2]> ")
    terminal.type("page(join([f\"line {i}\" for i in range(3000)], \"\\n\"))\r")
    terminal.waitFor("3000 /")
  }

  @Test("What is no saved session is not written over, even if it is no text")
  func foreignFile() throws {
    let picture = workshop.folder + "/picture.lnb"
    try Data([0x89, 0x50, 0xFF, 0xFE]).write(to: URL(fileURLWithPath: picture))
    let terminal = try prompt()
    enter("1 + 1", in: terminal)
    terminal.type("save_session(\"picture.lnb\")\r")
    terminal.waitFor("is not text in UTF-8")
    terminal.waitFor("lepton[3]> ")
    #expect(try Data(contentsOf: URL(fileURLWithPath: picture)).count == 4)
    terminal.type(":load pictrue.lnb\r")
    terminal.waitFor("did you mean `picture.lnb`?")
  }

  @Test("The editor of the user gets the last entry, and what it leaves can be entered")
  func editing() throws {
    // No script: one just written is busy while another test starts a program.
    let terminal = try prompt(environment: ["EDITOR=sed -i s/20/40/"])
    terminal.type("20 + 2\r")
    terminal.waitFor("\n22")
    terminal.waitFor("lepton[2]> ")
    terminal.type("edit()\r")
    terminal.waitFor("lepton[3]> 40 + 2")
    terminal.type("\r")
    terminal.waitFor("\n42")
  }

  @Test("Names can be listed and forgotten, entries be found again")
  func forgetting() throws {
    let terminal = try prompt()
    enter("weights = zeros([3, 4])", in: terminal)
    terminal.type("vars()\r")
    terminal.waitFor("tensor  float32 [3, 4]")
    terminal.waitFor("lepton[3]> ")
    terminal.type("reset()\r")
    terminal.waitFor("nothing is defined")
    terminal.waitFor("lepton[4]> ")
    terminal.type("weights\r")
    terminal.waitFor("error[name/unknown]")
    terminal.waitFor("lepton[5]> ")
    terminal.type("entries(\"weights =\")\r")
    terminal.waitFor("weights = zeros([3, 4])")
    terminal.waitFor("lepton[6]> ")
    terminal.type("quit()\r")
    #expect(terminal.wait() == 0)
  }

  @Test(
    "If the worker dies, what was defined is told, and what was entered can still be saved",
    arguments: [SIGKILL, SIGILL, SIGSEGV, SIGTRAP])
  func death(signal: Int32) throws {
    let terminal = try prompt()
    enter("alpha = 1\nalpha", "beta = 2", in: terminal)
    let worker = try #require(terminal.children.first)
    terminal.type("print(\"go\"); while true { }\r")
    terminal.waitFor("\ngo")
    kill(worker, signal)
    terminal.waitFor("error[run/worker]")
    terminal.waitFor("what was defined is lost: alpha, beta.")
    terminal.waitFor("lepton[4]> ")
    terminal.type("save_session(\"rest.lnb\")\r")
    terminal.waitFor("rest.lnb holds 2 entries")
    let kept = try #require(workshop.read("history"))
    #expect(kept.contains("\talpha = 1\\nalpha\n") && kept.contains("while true"))
    terminal.waitFor("lepton[5]> ")
    terminal.type("\u{1B}[A\u{1B}[A")
    terminal.waitFor("while true")
  }

  @Test("A first file is evaluated, and the user's own before it, unless it is not wanted")
  func programs() throws {
    try FileManager.default.createDirectory(
      atPath: workshop.folder + "/.config/lepton", withIntermediateDirectories: true)
    try workshop.write("mine = 40\n", to: ".config/lepton/init.lep")
    try workshop.write("given = mine + 2\ngiven\n", to: "first.lep")
    let terminal = try prompt(["-q", "-i", "first.lep"])
    #expect(terminal.shown.hasPrefix("42\n"))
    terminal.type("mine\r")
    terminal.waitFor("\n40")
    let bare = try prompt(["--no-init"])
    bare.type("mine\r")
    bare.waitFor("error[name/unknown]")
    let pipe = try workshop.run("lepton-repl", "-i", "first.lep", input: "1\n")
    #expect(pipe.code == 1 && pipe.messages.contains("mine"))
    #expect(try workshop.run("lepton-repl", "-i", "none.lep", input: "").code == 1)
  }

  @Test("The tutorial goes on step by step, and ends when it is not wanted")
  func tutorial() throws {
    let terminal = try prompt()
    terminal.type("tutorial()\r")
    terminal.waitFor("Enter: 1 + 2 * 3^2")
    terminal.type("\r")
    terminal.waitFor("\n19")
    terminal.waitFor("(2 of ")
    terminal.type("1 + 1\r")
    terminal.waitFor("\n2\n")
    terminal.waitFor("Enter: side = 3")
    terminal.type("\u{3}")
    terminal.waitFor("the tutorial ends here")
  }

  @Test("A training leaves a table of its epochs, and Ctrl-C keeps the model so far")
  func training() throws {
    let terminal = try prompt()
    enter(
      "data = dataset(normal([512, 16]), int64(uniform([512]) > 0.5))\nm = dense(8, relu) >> dense(2)",
      in: terminal)
    terminal.type("t = train(m, data, epochs=3)\r")
    terminal.waitFor("train: loss")
    terminal.waitFor("epoch")
    terminal.waitFor("lepton[3]> ")
    terminal.type("t = train(m, data, epochs=1000000)\r")
    terminal.waitFor("epoch 2/1000000")
    terminal.type("\u{3}")
    terminal.waitFor("this is the model so far")
    terminal.waitFor("lepton[4]> ")
    terminal.type("len(t.history.loss) > 1\r")
    terminal.waitFor("\ntrue")
  }

  @Test("A second Ctrl-C ends a worker that does not listen")
  func stubborn() throws {
    let terminal = try prompt()
    let worker = try #require(terminal.children.first)
    enter("kept = 1", in: terminal)
    terminal.type("print(\"go\"); while true { }\r")
    terminal.waitFor("\ngo")
    kill(worker, SIGSTOP)
    terminal.type("\u{3}")
    terminal.waitFor("still busy; Ctrl-C again")
    terminal.type("\u{3}")
    terminal.waitFor("what was defined is lost: kept.")
    terminal.waitFor("lepton[3]> ")
  }

  @Test("From a pipe comes what lepton-run shows for the same program")
  func sameAsRun() throws {
    let program = """
      xs = [1, 2,
        3]
      xs
      table({a: [1, 2]})
      tensor([[1.0, 2.0]])
      print("é")
      x = 5;
      x
      """
    try workshop.write(program, to: "p.lep")
    let run = try workshop.run("lepton-run", "p.lep")
    let repl = try workshop.run("lepton-repl", input: program)
    #expect(run.output == repl.output && repl.code == 0)
  }
}
