import LeptonJSON
import Testing

@Suite struct BatchCommand {
  private let workshop: Workshop
  init() throws {
    workshop = try Workshop()
    try workshop.write("```lepton #one\n1 + 1\n```\n\n```expect\n2\n```\n", to: "good.lnb")
    try workshop.write("```lepton #two\nx = 1\nfail(\"no\")\n```\n", to: "bad.lnb")
    try workshop.write("```lepton nonsense\n```\n", to: "wrong.lnb")
  }

  @Test func `several notebooks give one table, and the worst of them the code`() throws {
    let ending = try workshop.run("lepton-run", "good.lnb", "bad.lnb", "-j", "2", "-q")
    #expect(ending.code == 1)
    #expect(ending.output.hasPrefix("# 1 of 2 notebooks passed\n"))
    #expect(ending.output.contains("| good.lnb |     1 |      1 |            1 |    1 | all holds"))
    #expect(workshop.names() == ["bad.lnb", "good.lnb", "stderr", "stdout", "wrong.lnb"])
  }

  @Test func `the results of several are held against those of an earlier run`() throws {
    func write(loss: Double) throws {
      try workshop.write(
        "---\nmetrics: {loss: {value: 1, rtol: 0.1}}\n---\n```lepton\nrecord loss = \(loss)\n```\n",
        to: "loss.lnb")
    }
    func run(_ more: String...) throws -> Ending {
      try workshop.start("lepton-run", ["good.lnb", "loss.lnb", "-q"] + more).wait()
    }
    try write(loss: 1)
    #expect(try run("--results", "r.json").code == 0)
    #expect(try run("--baseline", "r.json").code == 0)
    try write(loss: 1.05)
    #expect(try run("--baseline", "r.json", "--results", "s.json").code == 0)
    #expect(try workshop.run("lepton-run", "compare", "r.json", "s.json").code == 3)
    try write(loss: 1.5)
    let moved = try run("--baseline", "r.json")
    #expect(moved.code == 3)
    #expect(moved.messages.contains("error[run/baseline]: the results are not those of r.json"))
    #expect(moved.messages.contains("| loss.lnb::loss |"), "\(moved.messages)")
    #expect(try run("--baseline", "none.json").code == 2)
  }

  @Test func `their reports go into a folder, their records into one file`() throws {
    let ending = try workshop.run(
      "lepton-run", "good.lnb", "bad.lnb", "wrong.lnb", "-j", "3", "-o", "out", "--junit", "j.xml",
      "--results", "r.json")
    #expect(ending.code == 4)
    #expect(workshop.names(in: "out") == ["bad.md", "good.md", "wrong.md"])
    #expect(ending.output.contains("[good.lnb](out/good.md)"))
    let junit = workshop.read("j.xml") ?? ""
    #expect(junit.matches(of: /<testsuite\s/).count == 3)
    let results = try JSON(parsing: Array((workshop.read("r.json") ?? "").utf8))
    #expect(results["notebooks"]?[0]?["expectations"]?["holding"]?.intValue == 1)
    #expect(results["notebooks"]?[2]?["exit"]?.intValue == 4)
    let alone = try workshop.run("lepton-run", "good.lnb").output
    #expect(workshop.read("out/good.md") == alone)
  }

  @Test func `a folder for the reports takes that of one notebook, too`() throws {
    let ending = try workshop.run(
      "lepton-run", "good.lnb", "-o", "out/", "--junit", "out/j.xml", "-q")
    #expect(ending.code == 0 && ending.output.contains("[good.lnb](out/good.md)"))
    #expect(workshop.names(in: "out") == ["good.md", "j.xml"])
  }

  @Test func `time limits hold for more notebooks at once than there are processors`() throws {
    let names = (1...12).map { "loop\($0).lnb" }
    for name in names {
      try workshop.write(
        "```lepton #loop timeout=1s\nwhile true { }\n```\n\n" + "```lepton\n6 * 7\n```\n", to: name)
    }
    let ending = try workshop.start(
      "lepton-run", names + ["-j", "12", "-q", "--threads", "1"]
    ).wait(seconds: 50)
    #expect(ending.code == 124, "\(ending.messages)")
    #expect(ending.output.hasPrefix("# 0 of 12 notebooks passed\n"))
  }

  @Test(arguments: [
    ["good.lnb", "bad.lnb", "--sweep", "x=1,2"], ["good.lnb", "-"],
    ["good.lnb", "good.lnb", "-o", "x"],
    ["good.lnb", "--jobs", "0"], ["good.lnb", "--max-memory", "5"],
    ["good.lnb", "--on-error", "x"],
    ["good.lnb", "--max-output", "much"], ["good.lnb", "--total-timeout", "soon"],
  ])
  func `what does not go together is refused`(arguments: [String]) throws {
    let ending = try workshop.start("lepton-run", arguments).wait()
    #expect(ending.code == 2)
    #expect(ending.output == "")
    #expect(!ending.messages.isEmpty)
  }

  @Test func `the runs of a sweep go on at once and give the same table`() throws {
    let text = "---\nparams: {x: 1}\n---\n```lepton\nrecord y = x * 2\n```\n"
    try workshop.write(text, to: "s.lnb")
    let one = try workshop.run("lepton-run", "s.lnb", "--sweep", "x=1,2,3", "-q")
    let three = try workshop.run("lepton-run", "s.lnb", "--sweep", "x=1,2,3", "-j", "3", "-q")
    #expect(one.code == 0)
    #expect(one.output == three.output)
    #expect(one.output.contains("|   3 |   3 |   6 |"))
  }

  @Test func `progress is lines of JSON where a program waits`() throws {
    let ending = try workshop.run(
      "lepton-run", "bad.lnb", "--progress", "json", output: "/dev/null")
    let lines = ending.messages.split(separator: "\n")
    let events = try lines.map { try JSON(parsing: Array($0.utf8)) }
    #expect(events.map { $0["event"]?.stringValue } == ["cell", "failure", "cell"])
    #expect(events[1]["line"]?.intValue == 3)
    #expect(events[2]["status"]?.stringValue == "failed")
  }

  @Test func `a smoke run of an hour's training takes one step`() throws {
    try workshop.write(
      """
      ```lepton
      m = train(flatten() >> dense(10), digits(), epochs=1000000)
      len(m.history.loss)
      expect false
      ```
      """, to: "long.lnb")
    let ending = try workshop.run("lepton-run", "long.lnb", "--smoke", "-q")
    #expect(ending.code == 0)
    #expect(ending.output.contains("```text\n1\n```"))
  }

  @Test func `the least memory that is accepted holds a run`() throws {
    try workshop.write("print(sum(ones([10])))\n", to: "small.lep")
    let refused = try workshop.run("lepton-run", "--max-memory", "1MB", "small.lep")
    let least = try #require(refused.messages.firstMatch(of: /at least ([0-9]+MB)/)).output.1
    let ending = try workshop.run("lepton-run", "--max-memory", String(least), "small.lep")
    #expect(ending.code == 0, "\(ending.messages)")
    #expect(ending.output == "10.0\n")
  }

  @Test func `memory that is not to be had is an error of its cell`() throws {
    try workshop.write(
      "```lepton #big\nx = zeros([20000, 20000])\n```\n\n```lepton #small\n1\n```\n", to: "m.lnb")
    let ending = try workshop.run("lepton-run", "m.lnb", "--max-memory", "1GB", "-q")
    #expect(ending.code == 1)
    #expect(ending.output.contains("error[memory/"))
    #expect(ending.output.contains("```text\n1\n```"))
  }
}
