import Foundation
import LeptonJSON
import Testing

/// What `lepton-run` writes beside the report, and in other forms than Markdown.
@Suite struct ReportCommandTests {
  private let workshop: Workshop

  init() throws {
    workshop = try Workshop()
    try workshop.write(
      """
      ---
      title: T
      params:
        lr: {default: 0.5, min: 0, max: 1}
      metrics:
        m: {min: 0.4}
      ---
      # T

      ```lepton #a
      lr * 3
      record m = lr
      ```

      ```expect
      1.7
      ```

      """, to: "n.lnb")
  }

  private func run(_ arguments: String...) throws -> Ending {
    let isCommand = ["compare", "convert"].contains(arguments[0])
    let all = isCommand ? arguments : ["--progress", "none"] + arguments
    return try workshop.start("lepton-run", all).wait()
  }

  @Test func `a form is chosen by name or by the ending of the file`() throws {
    #expect(try run("n.lnb", "--format", "html").output.hasPrefix("<!doctype html>"))
    #expect(try run("n.lnb", "-o", "n.html").code == 3)
    #expect(workshop.read("n.html")?.contains("<h1>T</h1>") == true)
    #expect(try run("n.lnb", "-o", "n.ipynb").code == 3)
    let jupyter = try JSON(parsing: #require(workshop.read("n.ipynb")))
    #expect(jupyter["nbformat"] == 4)
    let json = try JSON(parsing: run("n.lnb", "--format", "json").output)
    #expect(json["cells"]?[0]?["outputs"]?[0]?["text"] == "1.5")
  }

  @Test func `records are written, and a metric that moved from its baseline is 3`() throws {
    let first = try run(
      "n.lnb", "--junit", "j.xml", "--results", "r.json", "--annotations", "github")
    #expect(first.code == 3)
    #expect(first.messages.contains("::error file=n.lnb,line=16,title=a%3A%3Aexpect::"))
    #expect(workshop.read("j.xml")?.contains(#"tests="3" failures="1" errors="0""#) == true)
    #expect(try run("n.lnb", "--accept").code == 0)
    #expect(try run("n.lnb", "--baseline", "r.json").code == 0)
    let moved = try run("n.lnb", "-p", "lr=0.51", "--baseline", "r.json")
    #expect(moved.code == 3 && moved.messages.contains("error[run/baseline]"))
    #expect(try run("n.lnb", "-p", "lr=0.51", "--results", "s.json").code == 0)
    #expect(try run("compare", "r.json", "s.json").code == 3)
    #expect(try run("compare", "r.json", "s.json", "--rtol", "0.05").code == 0)
    #expect(try run("compare", "r.json", "n.lnb").code == 2)
    #expect(try run("n.lnb", "--baseline", "none.json").code == 2)
    #expect(try run("n.lnb", "--junit", "/dev/full").code == 6)
  }

  @Test func `an expectation in code is told at its own line`() throws {
    try workshop.write(
      "```lepton\nx = 0.5\nexpect x < 1\n\nexpect x == 2\nfn f() { expect x == 3 }\nf()\n```\n",
      to: "e.lnb")
    let ending = try run("e.lnb", "--annotations", "github")
    #expect(ending.code == 3)
    #expect(ending.messages.contains("line=5,"), "\(ending.messages)")
    #expect(ending.messages.contains("line=6,"), "\(ending.messages)")
  }

  @Test func `accepting mends the fence and nothing else`() throws {
    let before = try #require(workshop.read("n.lnb"))
    let corrected = try run("n.lnb", "--corrected")
    #expect(corrected.code == 3 && workshop.read("n.lnb") == before)
    #expect(workshop.read("n.lnb.corrected") == before.replacing("1.7", with: "1.5"))
    #expect(try run("n.lnb", "--accept-new").code == 3)
    #expect(workshop.read("n.lnb") == before)
    let accepted = try run("n.lnb", "--accept")
    #expect(accepted.code == 0 && accepted.messages.contains("1 `expect` fence mended"))
    #expect(workshop.read("n.lnb") == before.replacing("1.7", with: "1.5"))
    #expect(try run("n.lnb", "--check", "--accept").code == 2)
  }

  @Test func `parameters come from files and the environment too`() throws {
    try workshop.write("lr: 0.6\n", to: "p.yaml")
    #expect(try run("n.lnb", "-f", "p.yaml").output.contains("| lr        | 0.6   | p.yaml |"))
    #expect(try run("n.lnb", "-f", "p.yaml", "-p", "lr=0.7").output.contains("| given |"))
    try workshop.write("lrr: 0.6\n", to: "q.yaml")
    let wrong = try run("n.lnb", "-f", "q.yaml")
    #expect(wrong.code == 2 && wrong.messages.contains("did you mean `lr`?"))
  }

  @Test func `a sweep gives one table, a report and results for each run`() throws {
    let sweep = try run("n.lnb", "--sweep", "lr=0.3,0.57", "-o", "s.md", "--results", "s.json")
    #expect(sweep.code == 3)
    let report = try #require(workshop.read("s.md"))
    #expect(report.contains("|   1 |  0.3 |  0.3 | a::expect, metric::m |"))
    #expect(report.contains("|   2 | 0.57 | 0.57 |                      |"))
    #expect(workshop.names(in: "n.out") == ["run-1.md", "run-2.md"])
    #expect(try JSON(parsing: #require(workshop.read("s.json")))["runs"]?.arrayValue?.count == 2)
    #expect(try run("n.lnb", "--sweep", "lr=0.3,2").code == 2)
    #expect(try run("n.lnb", "--sweep", "lrr=1").code == 2)
  }

  @Test func `a notebook goes to Jupyter's format and back`() throws {
    #expect(try run("convert", "n.lnb", "-o", "n.ipynb").code == 0)
    #expect(try run("convert", "n.ipynb").output == workshop.read("n.lnb"))
    #expect(try run("convert", "n.lnb", "--to", "lnb").code == 4)
  }

  @Test func `a program takes none of these`() throws {
    try workshop.write("1\n", to: "p.lep")
    #expect(try run("p.lep").code == 0)
    #expect(try run("--junit", "j.xml", "p.lep").code == 2)
    #expect(try run("--format", "html", "p.lep").code == 2)
  }
}
