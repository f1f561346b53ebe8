import Foundation
import LeptonJSON
import Testing

/// `lepton-run check`, used as a user uses it.
@Suite struct CheckCommandTests {
  let workshop: Workshop

  init() throws { workshop = try Workshop() }

  @Test func `every mistake of every file is told, and counted`() throws {
    try workshop.write(
      "# T\n\n```lepton\nx = nope\n```\n\n```lepton\ny = x + gone\n```\n", to: "a.lnb")
    try workshop.write("fn f(a) = a\nf()\nf(1, 2)\n", to: "b.lep")
    let ending = try workshop.run("lepton-run", "check", "a.lnb", "b.lep")
    #expect(ending.code == 4)
    let headings = ending.output.split(separator: "\n").filter { $0.contains("error[") }
    #expect(
      headings == [
        "a.lnb:4:5: error[name/unknown]: there is no `nope`",
        "a.lnb:8:9: error[name/unknown]: there is no `gone`",
        "b.lep:2:1: error[call/missing]: `f` needs `a`",
        "b.lep:3:6: error[call/excess]: `f` takes one argument, and 2 are given",
      ])
    #expect(ending.output.hasSuffix("\nchecked 2 files: 4 errors, no warnings\n"))
    #expect(ending.messages == "")
  }

  @Test func `warnings stop nothing unless they are to`() throws {
    try workshop.write("sum = 1\n", to: "w.lep")
    #expect(try workshop.run("lepton-run", "check", "w.lep").code == 0)
    #expect(try workshop.run("lepton-run", "check", "--strict", "w.lep").code == 4)
    try workshop.write("x = 1\nx\n", to: "w.lep")
    let ending = try workshop.run("lepton-run", "check", "--strict", "w.lep")
    #expect(ending.code == 0)
    #expect(ending.output == "checked 1 file: no mistakes\n")
  }

  @Test func `mistakes in the checks of a lesson are told, though a run waits for them`() throws {
    try workshop.write(
      "```lepton #a exercise points=1\n# BEGIN SOLUTION\nx = 1\n# END SOLUTION\n```\n\n"
        + "```lepton check=a points=1\nexpect y == 1\n```\n", to: "master.lnb")
    let ending = try workshop.run("lepton-run", "check", "master.lnb")
    #expect(ending.code == 4)
    #expect(ending.output.contains("master.lnb:8:8: error[name/unknown]: there is no `y`"))
    #expect(try workshop.run("lepton-run", "master.lnb", "-q").code == 3)
  }

  @Test func `parameters, arguments and cells that must fail are no mistakes`() throws {
    try workshop.write(
      """
      ---
      params:
        epochs: {type: int}
      ---
      ```lepton
      epochs + 1
      ```

      ```lepton raises=name/unknown
      nope
      ```

      """, to: "p.lnb")
    try workshop.write("#!/usr/bin/env lepton-run\nprint(arguments[0])\n", to: "p")
    let ending = try workshop.run("lepton-run", "check", "p.lnb", "p")
    #expect(ending.output == "checked 2 files: no mistakes\n")
    #expect(ending.code == 0)
  }

  @Test func `what files import is looked into, beside each of them`() throws {
    for folder in ["a", "b"] {
      try FileManager.default.createDirectory(
        atPath: "\(workshop.folder)/\(folder)", withIntermediateDirectories: true)
    }
    try workshop.write("fn area(r) = 3 * r^2\n", to: "a/shapes.lep")
    try workshop.write("import \"shapes.lep\"\nshapes.area()\n", to: "a/use.lep")
    try workshop.write("import \"shapes.lep\"\nshapes.area()\n", to: "b/use.lep")
    try workshop.write("fn area() = nope\n", to: "b/shapes.lep")
    let ending = try workshop.run("lepton-run", "check", "a/use.lep", "b/use.lep")
    let headings = ending.output.split(separator: "\n").filter { $0.contains("[") }
    #expect(
      headings == [
        "a/use.lep:2:1: error[call/missing]: `area` needs `r`",
        "b/use.lep:1:8: warning[name/unknown]: `shapes.lep` cannot be imported: there is no `nope`",
      ])
  }

  @Test func `lines are those of the file, though it be a report`() throws {
    try workshop.write("```lepton\n1\n```\n\n```lepton\nfn f(x) {\n  x\n  x\n}\n```\n", to: "r.lnb")
    try workshop.run("lepton-run", "r.lnb", "-o", "r.md")
    let ending = try workshop.run("lepton-run", "check", "r.md")
    let report = try #require(workshop.read("r.md")).split(
      separator: "\n", omittingEmptySubsequences: false)
    let line = try #require(report.firstIndex(of: "  x")) + 1
    #expect(ending.output.hasPrefix("r.md:\(line):3: warning[value/unused]"))
  }

  @Test func `findings are had as JSON and as annotations`() throws {
    let json = try workshop.run("lepton-run", "check", "--format", "json", "-", input: "x = nope\n")
    let document = try JSON(parsing: json.output)
    #expect(document["errors"]?.intValue == 1)
    #expect(document["files"]?[0]?["file"]?.stringValue == "stdin")
    let failure = document["files"]?[0]?["failures"]?[0]
    #expect(failure?["code"]?.stringValue == "name/unknown")
    #expect(failure?["place"]?["column"]?.intValue == 5)
    let github = try workshop.run(
      "lepton-run", "check", "--format", "github", "-", input: "x = nope\n")
    #expect(
      github.output
        == "::error file=stdin,line=1,col=5,endColumn=9,title=name/unknown::there is no `nope`\n")
  }

  @Test func `standard input is a notebook if it has a cell, and what its name says`() throws {
    let notebook = "Prose (\n\n```lepton\n1\n```\n"
    #expect(try workshop.run("lepton-run", "check", "-", input: notebook).code == 0)
    let named = try workshop.run(
      "lepton-run", "check", "--stdin-name", "n.lep", "-", input: notebook)
    #expect(named.code == 4)
    #expect(named.output.hasPrefix("n.lep:1:"))
  }

  @Test func `what cannot be read is told, and the rest is checked`() throws {
    try workshop.write("1\n", to: "a.lep")
    let ending = try workshop.run("lepton-run", "check", "gone.lep", "a.lep")
    #expect(ending.code == 2)
    #expect(ending.messages.contains("error[file/missing]: there is no file `gone.lep`"))
    #expect(ending.output == "checked 1 file: no mistakes\n")
    #expect(try workshop.run("lepton-run", "check").code == 2)
    #expect(try workshop.run("lepton-run", "check", "--format", "xml", "a.lep").code == 2)
  }

  @Test func `a notebook called like a command is reached by its path`() throws {
    try workshop.write("```lepton\n1 + 1\n```\n", to: "check")
    let ending = try workshop.run("lepton-run", "./check")
    #expect(ending.code == 0, "\(ending.messages)")
    #expect(ending.output.contains("1 + 1"))
    #expect(try workshop.run("lepton-run", "help", "check").output.contains("--strict"))
    #expect(try workshop.run("lepton-run", "--help").output.contains("Lay out programs"))
  }
}
