import Foundation
import Testing

/// `lepton-run fmt`, used as a user uses it.
@Suite struct FormatCommandTests {
  let workshop: Workshop

  init() throws { workshop = try Workshop() }

  @Test func `programs and the cells of notebooks are rewritten in place, all else stays`() throws {
    let prose = "---\ntitle:   x\n---\n#  Odd   prose\r\n\n* a\n\n"
    try workshop.write(
      prose + "```lepton   #a  seed=1 \n#| volatile: true\nx=1 ;\n# note\ny = [ x,2 ]\n```\nend",
      to: "a.lnb")
    try workshop.write("x=1;y=2", to: "b.lep")
    let ending = try workshop.run("lepton-run", "fmt", "a.lnb", "b.lep")
    #expect(ending.code == 0, "\(ending.messages)")
    #expect(ending.output == "" && ending.messages == "")
    #expect(
      workshop.read("a.lnb") == prose
        + "```lepton   #a  seed=1 \n#| volatile: true\nx = 1\n# note\ny = [x, 2]\n```\nend")
    #expect(workshop.read("b.lep") == "x = 1\ny = 2\n")
    #expect(try workshop.run("lepton-run", "fmt", "--check", "a.lnb", "b.lep").code == 0)
  }

  @Test func `ends of lines and a mark at the beginning stay as they are`() throws {
    try workshop.write("\u{FEFF}x=1\r\n\r\ny=2\r\n", to: "a.lep")
    try workshop.write("p\r\n\r\n   ```lepton\r\n   x=1\r\n\r\n     y=2\r\n   ```\r\n", to: "a.lnb")
    #expect(try workshop.run("lepton-run", "fmt", "a.lep", "a.lnb").code == 0)
    #expect(workshop.read("a.lep") == "\u{FEFF}x = 1\r\n\r\ny = 2\r\n")
    #expect(
      workshop.read("a.lnb") == "p\r\n\r\n   ```lepton\r\n   x = 1\r\n\r\n   y = 2\r\n   ```\r\n")
  }

  @Test func `what is not formatted is listed and not changed`() throws {
    try workshop.write("x=1\n", to: "a.lep")
    try workshop.write("x = 1\n", to: "b.lep")
    let ending = try workshop.run("lepton-run", "fmt", "--check", "a.lep", "b.lep")
    #expect(ending.code == 1)
    #expect(ending.output == "a.lep\n")
    #expect(workshop.read("a.lep") == "x=1\n")
  }

  @Test func `a file with mistakes is told of and not touched, the others are formatted`() throws {
    let wrong = "```lepton\nx=1\n```\n\n```lepton\ny = (\n```\n"
    try workshop.write(wrong, to: "a.lnb")
    try workshop.write("x=1\n", to: "b.lep")
    let ending = try workshop.run("lepton-run", "fmt", "a.lnb", "b.lep")
    #expect(ending.code == 4)
    #expect(ending.messages.hasPrefix("a.lnb:6:5: error[syntax/bracket]"))
    #expect(workshop.read("a.lnb") == wrong)
    #expect(workshop.read("b.lep") == "x = 1\n")
  }

  @Test func `cells that must fail or never run may hold anything`() throws {
    let odd = "```lepton raises=syntax/bracket\ny=(\n```\n\n```lepton eval=false\n???\n```\n"
    try workshop.write(odd + "\n```lepton\nx=1\n```\n", to: "a.lnb")
    #expect(try workshop.run("lepton-run", "fmt", "a.lnb").code == 0)
    #expect(workshop.read("a.lnb") == odd + "\n```lepton\nx = 1\n```\n")
  }

  @Test func `standard input is filtered`() throws {
    let program = try workshop.run("lepton-run", "fmt", "-", input: "x=1")
    #expect(program.output == "x = 1\n")
    let notebook = try workshop.run("lepton-run", "fmt", "-", input: "# T\n```lepton\nx=1\n```\n")
    #expect(notebook.output == "# T\n```lepton\nx = 1\n```\n")
    let wrong = try workshop.run("lepton-run", "fmt", "-", input: "x=(")
    #expect(wrong.code == 4)
    #expect(wrong.output == "")
  }

  @Test func `a report is formatted like its notebook`() throws {
    try workshop.write("```lepton\nx=1\nx\n```\n\n```lepton\ny=x\ny\n```\n", to: "a.lnb")
    try workshop.run("lepton-run", "a.lnb", "-o", "a.md")
    #expect(try workshop.run("lepton-run", "fmt", "a.lnb", "a.md").code == 0)
    try workshop.run("lepton-run", "a.lnb", "-o", "b.md")
    #expect(workshop.read("a.md") == workshop.read("b.md"))
  }

  @Test func `what may not be written is told`() throws {
    try workshop.write("x=1\n", to: "a.lep")
    try FileManager.default.setAttributes(
      [.posixPermissions: 0o444], ofItemAtPath: "\(workshop.folder)/a.lep")
    let ending = try workshop.run("lepton-run", "fmt", "a.lep", "gone.lep")
    #expect([2, 6].contains(ending.code))
    #expect(ending.messages.contains("there is no file `gone.lep`"))
  }
}
