import Foundation
import LeptonJSON
import Testing

/// A notebook of cells; each begins with its attributes and a bar: `#a raises|x = 1`.
private func notebook(_ cells: String...) -> String {
  cells.map { cell in
    let parts = cell.split(separator: "|", maxSplits: 1, omittingEmptySubsequences: false)
    let info = parts[0].isEmpty ? "" : " " + parts[0]
    return "```lepton\(info)\n\(parts[1])\n```\n"
  }.joined(separator: "\n")
}

@Suite struct RunCommand {
  private let workshop: Workshop
  init() throws { workshop = try Workshop() }

  private func run(_ text: String, _ arguments: String..., output: String = "stdout") throws
    -> Ending
  {
    try workshop.write(text, to: "n.lnb")
    return try workshop.start("lepton-run", ["n.lnb"] + arguments, output: output).wait()
  }

  // 0

  @Test func `a notebook in which all holds gives its report and 0`() throws {
    let ending = try run(
      "# Sum\n\n```lepton #sum\nx = 1 + 1\nx\nprint(\"two\", x)\n```\n\n```expect\n2\ntwo 2\n```\nEnd *here*.\n"
    )
    #expect(ending.code == 0)
    #expect(
      ending.output == """
        # Sum

        ```lepton #sum
        x = 1 + 1
        x
        print("two", x)
        ```

        <!-- lepton:out -->

        ```text
        2
        two 2
        ```

        <!-- lepton:end -->

        ```expect
        2
        two 2
        ```
        End *here*.

        <!-- lepton:summary -->

        ## Summary

        The expectation holds.

        <!-- lepton:end -->

        """)
    #expect(!ending.messages.contains("error"))
  }

  @Test func `the report of a report is the report`() throws {
    let first = try run(
      "---\nparams:\n  n: 3\n---\n# H\n" + notebook("|x = n\nx", "|fail(\"no\")", "|x + 1"))
    #expect(first.code == 1)
    let second = try run(first.output)
    #expect(second.output == first.output)
    #expect(second.code == 1)
  }

  @Test func `two runs give the same bytes, and so do one thread and two`() throws {
    let text = notebook(
      "|x = normal([40, 40])\nx @ x", "|y = uniform([3])\ny", "|record m = sum(x)")
    let first = try run(text, "--threads", "1", "--results", "1.json")
    let second = try run(text, "--threads", "2", "--results", "2.json")
    #expect(first.code == 0, "\(first.messages)")
    #expect(first.output == second.output)
    #expect(workshop.read("1.json") == workshop.read("2.json"))
    #expect(try run(text, "--repeat", "2").code == 0)
  }

  @Test func `standard input and a file for the report`() throws {
    let ending = try workshop.run(
      "lepton-run", "-", "-o", "r.md", input: notebook("|1 + 1"))
    #expect(ending.code == 0)
    #expect(ending.output == "")
    #expect(workshop.read("r.md")?.contains("\n2\n") == true)
  }

  @Test func `parameters and results`() throws {
    let text =
      "---\nparams:\n  n: {type: int, default: 3, max: 9}\n---\n"
      + notebook("#a|record m = n * 0.5")
    #expect(try run(text, "-p", "n=5", "--results", "r.json").code == 0)
    let json = try JSON(parsing: workshop.read("r.json") ?? "")
    #expect(json["metrics"] == ["m": 2.5])
    #expect(json["parameters"] == ["n": 5])
    #expect(json["cells"]?[0]?["status"] == "passed")
  }

  // 1

  @Test func `a cell that fails is told with its place, and the others run`() throws {
    let ending = try run(
      notebook("#a|x = zeros([2, 3]) @ zeros([2, 3])", "#b|x", "#c|\"still here\""))
    #expect(ending.code == 1)
    #expect(ending.output.contains("n.lnb:2:5: error[shape/inner]"))
    #expect(ending.output.contains("needs `x` from `a`"))
    #expect(ending.output.contains("still here"))
    #expect(ending.messages.contains("n.lnb:2:5: error[shape/inner]"))
  }

  @Test func `an error that must come`() throws {
    #expect(try run(notebook("raises=shape/inner|zeros([2, 3]) @ zeros([2, 3])")).code == 0)
    #expect(try run(notebook("raises=name/unknown|nowhere")).code == 0)
    #expect(try run(notebook("raises=shape/inner|1 + 1")).code == 1)
  }

  // 2

  @Test(
    "A wrong command line gives 2 and runs nothing",
    arguments: [
      [], ["--nonsense", "n.lnb"], ["n.lnb", "--repeat", "0"], ["n.lnb", "--timeout", "soon"],
      ["n.lnb", "-p", "n=x"], ["n.lnb", "-p", "nn=1"], ["n.lnb", "-p", "n"], ["missing.lnb"], ["."],
      ["n.lnb", "--threads", "many"], ["n.lnb", "--", "x"], ["n.lnb", "--progress", "loud"],
    ])
  func usage(arguments: [String]) throws {
    try workshop.write("---\nparams:\n  n: 3\n---\n" + notebook("|1"), to: "n.lnb")
    let ending = try workshop.start("lepton-run", arguments).wait()
    #expect(ending.code == 2)
    #expect(ending.output == "")
    #expect(!ending.messages.isEmpty)
  }

  @Test func `a misspelt parameter is told the right one`() throws {
    let ending = try run("---\nparams:\n  epochs: 3\n---\n" + notebook("|1"), "-p", "epoch=1")
    #expect(ending.messages.contains("did you mean `epochs`?"))
  }

  @Test(arguments: ["--help", "--version"])
  func `asking is no error`(flag: String) throws {
    let ending = try workshop.run("lepton-run", flag)
    #expect(ending.code == 0)
    #expect(ending.messages == "")
    #expect(ending.output.contains("epton"))
  }

  @Test func `help fits the smallest screen, and names what has more`() throws {
    let help = try workshop.run("lepton-run", "--help").output
    let lines = help.split(separator: "\n", omittingEmptySubsequences: false)
    #expect(lines.count <= 25 && lines.allSatisfy { $0.count <= 80 }, "\(help)")
    for topic in ["run", "grade", "watch", "notebook", "teaching", "exits", "man"] {
      #expect(help.contains(topic))
      let page = try workshop.run("lepton-run", "help", topic)
      #expect(page.code == 0 && page.output.count > 200, "\(topic)")
    }
  }

  // 3

  @Test(
    "What does not hold gives 3 and is told",
    arguments: [
      notebook("|1 + 1") + "```expect\n3\n```\n", notebook("|expect 1 > 2"),
      "---\nmetrics:\n  m: {min: 1}\n---\n" + notebook("|record m = 0.5"),
      "---\nmetrics:\n  m: {min: 1}\n---\n" + notebook("|1"),
    ])
  func expectations(text: String) throws {
    let ending = try run(text)
    #expect(ending.code == 3)
    #expect(ending.output.contains("## Summary"))
  }

  // 4

  @Test(
    "What cannot be run is reported with its place, and nothing runs",
    arguments: [
      ("# H\n\n```lepton\nprint(1)\n", "n.lnb:3:1: error[notebook/fence]"),
      (notebook("|print(1)", "|nowhere + 1"), "n.lnb:6:1: error[name/unknown]"),
      (notebook("|print(1)", "|x = ("), "n.lnb:6:"),
      (notebook("nonsense|print(1)"), "n.lnb:1:11: error[notebook/attribute]"),
      (notebook("#a|print(1)", "#a|1"), "n.lnb:5:1: error[notebook/id]"),
      ("---\nseed: many\n---\n" + notebook("|print(1)"), "n.lnb:2:1: error[notebook/front-matter]"),
    ])
  func unreadable(text: String, message: String) throws {
    let ending = try run(text)
    #expect(ending.code == 4)
    #expect(ending.messages.contains(message), "\(ending.messages)")
    #expect(ending.output.contains(message), "\(ending.output)")
    #expect(!ending.output.contains("```text\n1\n```"))
    #expect(ending.output.contains("print(1)"))
  }

  @Test func `what is no text is refused`() throws {
    for bytes in [Data([0x23, 0x00]), Data([0x23, 0x0A, 0xFF]), Data(count: 100 << 20)] {
      try workshop.write(bytes, to: "n.lnb")
      let ending = try workshop.run("lepton-run", "n.lnb")
      #expect(ending.code == 4)
      #expect(ending.messages.contains("n.lnb"))
    }
  }

  // 5

  @Test(arguments: ["", "\n\n", "# Only prose\n", "```python\n1\n```\n"])
  func `where nothing is to run the code is 5`(text: String) throws {
    let ending = try run(text)
    #expect(ending.code == 5)
    #expect(ending.output == text)
    #expect(ending.messages.contains("there is no cell to run"))
  }

  // 6

  @Test func `a report that cannot be written gives 6 and a message`() throws {
    let full = try run(notebook("|1"), output: "/dev/full")
    #expect(full.code == 6)
    #expect(full.messages.contains("No space left"))
    let folder = try run(notebook("|1"), "-o", "nowhere/r.md")
    #expect(folder.code == 6)
    #expect(folder.messages.contains("nowhere/r.md"))
    let results = try run(notebook("|1"), "--results", "nowhere/r.json")
    #expect(results.code == 6)
    #expect(results.messages.contains("nothing was run"))
    try FileManager.default.createDirectory(
      atPath: "\(workshop.folder)/r.json", withIntermediateDirectories: false)
    let late = try run(notebook("|1"), "--results", "r.json")
    #expect(late.code == 6)
    #expect(late.output.contains("```text\n1\n```"))
  }

  @Test func `a closed pipe ends the run without a word`() throws {
    try workshop.write(notebook("|print(1)", "|print(2)"), to: "n.lnb")
    let script = "\(RunningProgram.programs)/lepton-run n.lnb -q | true; exit ${PIPESTATUS[0]}"
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/bash")
    process.arguments = ["-c", script]
    process.currentDirectoryURL = URL(fileURLWithPath: workshop.folder)
    let messages = Pipe()
    process.standardError = messages
    try process.run()
    process.waitUntilExit()
    #expect(process.terminationStatus == 6)
    #expect(try messages.fileHandleForReading.readToEnd() ?? Data() == Data())
  }

  // 70, 124, 130, 143

  @Test func `a worker that is killed leaves a whole report and 70`() throws {
    try workshop.write(
      notebook("#a|print(\"before\")", "#b|print(\"in b\")\nwhile true { }", "#c|print(\"after\")")
        + "Last words.\n", to: "n.lnb")
    let program = try workshop.start("lepton-run", ["n.lnb", "--results", "r.json"])
    try program.waitFor("before\n```")
    let worker = try #require(program.children.first)
    usleep(200_000)
    kill(worker, SIGKILL)
    let ending = program.wait()
    #expect(ending.code == 70)
    #expect(ending.output.contains("before"))
    #expect(ending.output.contains("**The worker died**"))
    #expect(ending.output.contains("the worker died in `b`"))
    #expect(ending.output.contains("Last words.\n"))
    let json = try JSON(parsing: workshop.read("r.json") ?? "")
    #expect(json["cells"]?[1]?["status"] == "worker died")
  }

  @Test func `where there is no worker this is said, and the code is 70`() throws {
    try FileManager.default.copyItem(
      atPath: "\(RunningProgram.programs)/lepton-run", toPath: "\(workshop.folder)/lepton-run")
    try workshop.write(notebook("#a|1"), to: "n.lnb")
    for more in [[], ["--cache"]] {
      let ending = try workshop.start("\(workshop.folder)/lepton-run", ["n.lnb"] + more).wait()
      #expect(ending.code == 70)
      #expect(ending.messages.contains("error[run/worker]: the worker could not be started"))
    }
  }

  @Test func `a cell that takes too long is stopped with 124, the next one runs`() throws {
    let ending = try run(notebook("#a timeout=200ms|while true { }", "#b|\"next\""))
    #expect(ending.code == 124)
    #expect(ending.output.contains("stopped after 0.2 s, the time limit"))
    #expect(ending.output.contains("next"))
    #expect(try run(notebook("|while true { }"), "--timeout", "200ms").code == 124)
  }

  @Test func `training that a time limit cuts short is not taken for finished`() throws {
    let training = "train(dense(3), iris(), epochs=100000000)"
    let ending = try run(notebook("#a timeout=500ms|\(training)", "#b|\"next\""))
    #expect(ending.code == 124)
    #expect(ending.output.contains("its time limit of 0.5 s was reached"))
    #expect(ending.output.contains("next"))
  }

  @Test func `a cell that prints without end is stopped and fails`() throws {
    let ending = try run(notebook("#a|while true { print(\"more\") }", "#b|\"next\""))
    #expect(ending.code == 1)
    #expect(ending.output.contains("error[limit/output]"))
    #expect(ending.output.contains("next"))
  }

  @Test(arguments: [(SIGINT, 130), (SIGTERM, 143)] as [(Int32, Int32)])
  func `a signal ends the run and leaves a whole report`(signal: Int32, code: Int32) throws {
    try workshop.write(
      notebook("#a|print(\"before\")", "#b|while true { }", "#c|print(\"after\")")
        + "Last words.\n",
      to: "n.lnb")
    let program = try workshop.start("lepton-run", ["n.lnb"])
    try program.waitFor("before\n```")
    usleep(200_000)
    program.send(signal)
    let ending = program.wait()
    #expect(ending.code == code)
    #expect(ending.output.contains("> **Not run**: the run was "))
    #expect(ending.output.contains("Last words.\n"))
    #expect(!ending.output.contains("```text\nafter"))
  }

  @Test func `training that Ctrl-C stops gives the model so far, and nothing is lost`() throws {
    try workshop.write(
      notebook(
        "#a|data = iris()\nprint(\"before\")",
        "#b|m = train(dense(3), data, epochs=100000000)\nlen(m.history.loss) > 0",
        "#c|print(\"after\")"),
      to: "n.lnb")
    let program = try workshop.start("lepton-run", ["n.lnb"])
    try program.waitFor("before\n```")
    usleep(400_000)
    program.send(SIGINT)
    let ending = program.wait()
    #expect(ending.code == 130)
    #expect(
      ending.output.contains(
        "> Note: training was interrupted; this is the model so far\n\n```text\ntrue\n"),
      "\(ending.output)")
    #expect(ending.output.contains("> **Interrupted.**"))
    #expect(ending.output.contains("| b    |    6 | interrupted   |"), "\(ending.output)")
    #expect(!ending.output.contains("```text\nafter"))
  }

  @Test func `what was not run is told in one line, however much it is`() throws {
    let cells = ["#bad|fail(\"no\")"] + (1...9).map { "#c\($0)|\($0)" }
    let text = cells.map { notebook($0) }.joined(separator: "\n")
    let stopped = try run(text, "--on-error", "stop")
    #expect(stopped.messages.hasSuffix("[1/10] bad: failed, 0.0 s\nc1 to c9: not run (9 cells)\n"))
    #expect(stopped.output.contains("| c1 to c9 |    5 | not run (9 cells)   |"))
    let needy = ["#a|x = fail(\"no\")"] + (1...5).map { "#c\($0)|x + \($0)" } + ["#d|1"]
    let contained = try run(needy.map { notebook($0) }.joined(separator: "\n"))
    #expect(contained.messages.contains("\nc1 to c5: not run (5 cells)\n[7/7] d: passed"))
    #expect(contained.output.contains("| c1 to c5 |    5 | not run: needs x from a (5 cells) |"))
    let timed = try run(
      text.replacing("fail(\"no\")", with: "while true { }"), "--total-timeout", "1s")
    #expect(timed.messages.contains("\nc1 to c9: not run (9 cells)\n"))
    #expect(timed.output.contains("| c1 to c9 |    5 | not run (9 cells)"))
  }

  @Test(arguments: [(SIGINT, 130), (SIGTERM, 143), (SIGHUP, 143)] as [(Int32, Int32)])
  func `a signal while the worker still starts is no fault of the worker`(
    signal: Int32, code: Int32
  )
    throws
  {
    let folder = workshop.folder
    for name in ["lepton-run", "lepton-worker"] {
      try FileManager.default.copyItem(
        atPath: "\(RunningProgram.programs)/\(name)",
        toPath: "\(folder)/\(name == "lepton-run" ? name : "real")")
    }
    try workshop.write("#!/bin/sh\nsleep 2\nexec \(folder)/real \"$@\"\n", to: "lepton-worker")
    chmod("\(folder)/lepton-worker", 0o755)
    try workshop.write(notebook("#a|print(1)") + "Last words.\n", to: "n.lnb")
    let program = try workshop.start("\(folder)/lepton-run", ["n.lnb"])
    for _ in 0..<500 where program.children.isEmpty { usleep(10_000) }
    usleep(300_000)
    program.send(signal)
    let ending = program.wait()
    #expect(ending.code == code, "\(ending.output)\n\(ending.messages)")
    #expect(ending.output.contains("> **Not run**: the run was "))
    #expect(ending.output.contains("Last words.\n"))
  }

  // Streams

  @Test func `progress goes to standard error only, and can be silenced`() throws {
    let text = notebook("#a|1")
    let plain = try run(text, "--progress", "plain")
    #expect(plain.messages.contains("[1/1] a: passed"))
    #expect(!plain.output.contains("[1/1]"))
    #expect(try run(text, "-q").messages == "")
    #expect(try run(text, "--progress", "bar").messages.contains("\r"))
  }

  @Test func `pictures stand beside the report, or in it`() throws {
    let text = notebook("#curve|images([zeros([2, 2])])")
    let ending = try run(text)
    #expect(ending.code == 0, "\(ending.messages)")
    #expect(ending.output.contains("](n.out/curve-1.svg)"))
    #expect(workshop.names(in: "n.out") == ["curve-1.svg"])
    let embedded = try run(text, "--embed")
    #expect(embedded.output.contains("](data:image/svg+xml;base64,"))
    try FileManager.default.createDirectory(
      atPath: workshop.folder + "/sub", withIntermediateDirectories: true)
    _ = try run(text, "-o", "sub/r.md")
    #expect(workshop.names(in: "sub") == ["n.out", "r.md"])
    _ = try run(text, output: "sub/s.md")
    #expect(workshop.names(in: "sub/n.out") == ["curve-1.svg"])
  }

  // Programs

  @Test func `what a program was asked to time is told apart from what it prints`() throws {
    try workshop.write("print(time(() -> 41 + 1))\n", to: "t.lep")
    let ending = try workshop.run("lepton-run", "t.lep")
    #expect(ending.output == "42\n")
    #expect(ending.messages.contains("took "))
    let shown = try workshop.run("lepton-run", "--timings", "t.lep")
    #expect(shown.output.hasSuffix("\n42\n"))
    #expect(shown.messages == "")
  }

  @Test func `a plain program with arguments`() throws {
    try workshop.write("#!/usr/bin/env lepton-run\nprint(arguments[0])\n1 + 1\n", to: "p.lep")
    let ending = try workshop.run("lepton-run", "p.lep", "--", "hello", "--x")
    #expect(ending.code == 0, "\(ending.messages)")
    #expect(ending.output == "hello\n2\n")
    try workshop.write("1\nfail(\"no\")\n2\n", to: "p.lep")
    let failing = try workshop.run("lepton-run", "p.lep")
    #expect(failing.code == 1)
    #expect(failing.output == "1\n")
    #expect(failing.messages.contains("p.lep:2:1: error["))
    try workshop.write("nowhere\n", to: "p.lep")
    #expect(try workshop.run("lepton-run", "p.lep").code == 4)
  }

  @Test func `what stands behind a program's name is the program's`() throws {
    try workshop.write("print(arguments)\n", to: "p.lep")
    let ending = try workshop.run("lepton-run", "--quiet", "p.lep", "-x", "--quiet", "--", "a.lep")
    #expect(ending.output == "[\"-x\", \"--quiet\", \"--\", \"a.lep\"]\n", "\(ending.messages)")
    let none = try workshop.run("lepton-run", "p.lep", "--")
    #expect(none.output == "[]\n")
    try workshop.write("```lepton\n1\n```\n", to: "n.lnb")
    let refused = try workshop.run("lepton-run", "n.lnb", "--", "a")
    #expect(refused.code == 2)
    #expect(refused.messages.contains("-p name=value"))
  }

  @Test func `a file that begins with the program's name runs like any other program`() throws {
    try workshop.write(
      "#!/usr/bin/env lepton-run\nprint(len(arguments), arguments)\nfail(\"end\")\n", to: "tool")
    let path = "\(workshop.folder)/tool"
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: path)
    let ending = try workshop.run(
      "/usr/bin/env", "PATH=\(RunningProgram.programs):/usr/bin:/bin", path, "a b", "--help")
    #expect(ending.code == 1)
    #expect(ending.output == "2 [\"a b\", \"--help\"]\n")
    #expect(
      ending.messages.hasPrefix("\(path):3:1: error[program/failure]: end"), "\(ending.messages)")
  }
}
