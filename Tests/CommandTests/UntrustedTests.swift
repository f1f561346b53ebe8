import LeptonNotebook
import Testing

/// A stranger's notebook, run by the program.
@Suite struct Untrusted {
  private let workshop: Workshop

  init() throws {
    workshop = try Workshop()
    try workshop.write("listed", to: "listed.txt")
    try workshop.write("kept secret", to: "secret.txt")
    try workshop.write("fn leak() = 1\n", to: "lib.lep")
  }

  private func run(_ text: String, _ more: String...) throws -> Ending {
    try workshop.write(text, to: "n.lnb")
    return try workshop.start("lepton-run", ["n.lnb", "--untrusted", "-q"] + more).wait()
  }

  private static func cell(_ code: String) -> String { "```lepton\n\(code)\n```\n" }

  @Test func `it computes, draws and says what confines it`() throws {
    let ending = try run(
      Self.cell("m = train(flatten() >> dense(10), digits(), epochs=1)\nplot([1, 2])\n6 * 7"))
    #expect(ending.code == 0, "\(ending.messages)")
    #expect(ending.output.contains("```text\n42\n```"))
    #expect(ending.output.contains("*Run as a stranger's notebook, confined by "))
    #expect(workshop.names(in: "n.out") == ["m-1.svg"])
  }

  @Test(arguments: [
    "read_text(\"secret.txt\")", "read_text(\"../../../etc/passwd\")",
    "read_text(\"/proc/self/environ\")", "import \"lib.lep\"", "read_text(\"n.lnb\")",
    "write_text(\"n.out/y.txt\", \"x\")", "write_text(\"listed.txt\", \"x\")",
  ])
  func `it reads what is named and writes nothing`(code: String) throws {
    let ending = try run(
      Self.cell(code) + "\n" + Self.cell("read_text(\"listed.txt\")"), "--allow-read", "listed.txt")
    #expect(ending.code == 1 || ending.code == 4, "\(ending.output)")
    #expect(ending.output.contains("file/denied"), "\(ending.output)")
    #expect(ending.code == 4 || ending.output.contains("\"listed\""))
    for text in [ending.output, ending.messages] { #expect(!text.contains("kept secret")) }
    #expect(workshop.read("listed.txt") == "listed")
  }

  @Test func `what it asks for itself does not count`() throws {
    let head = "---\nmemory: 64GB\ntotal-timeout: 100h\nthreads: 900\n---\n"
    let ending = try run(
      head + Self.cell("x = zeros([30000, 30000])") + "\n"
        + "```lepton timeout=90h cache\nwhile true { }\n```\n", "--total-timeout", "1s")
    #expect(ending.code == 124)
    #expect(ending.output.contains("error[memory/"))
    #expect(!workshop.names(in: "n.out").contains("cells.cache"))
  }

  @Test func `it is granted nothing that a stranger must not have`() throws {
    #expect(try run(Self.cell("1"), "--allow-write", ".").code == 2)
    #expect(try run(Self.cell("1"), "--cache").code == 2)
  }

  @Test func `a program is confined, too`() throws {
    try workshop.write(
      "print(6 * 7)\nprint(try { read_text(\"secret.txt\") } catch e { e.code })\n", to: "p.lep")
    let ending = try workshop.run("lepton-run", "--untrusted", "p.lep")
    #expect(ending.output == "42\nfile/denied\n")
  }

  @Test func `a system that cannot confine refuses it, and says how to go on`() throws {
    try workshop.write(Self.cell("6 * 7"), to: "n.lnb")
    let run = "\(RunningProgram.programs)/lepton-run"
    func on(_ system: String, _ arguments: String...) throws -> Ending {
      try workshop.start("confined", [system, run] + arguments).wait()
    }
    let refused = try on("without-seccomp", "--untrusted", "n.lnb")
    #expect(refused.code == 2 && refused.output == "")
    #expect(refused.messages.contains("this system cannot confine a stranger's program"))
    #expect(refused.messages.contains("= help: leave out --untrusted if you know who wrote it"))
    #expect(try on("without-seccomp", "n.lnb").code == 0)
    let half = try on("without-landlock", "--untrusted", "n.lnb")
    #expect(half.code == 0 && half.output.contains("confined by seccomp.*"), "\(half.output)")
  }

  @Test func `nor does it grade there, unless it may do so without`() throws {
    try workshop.write(
      "```lepton #a exercise points=1\n# BEGIN SOLUTION\nx = 1\n# END SOLUTION\n```\n\n"
        + "```lepton check=a points=1\nexpect x == 1\n```\n", to: "key.lnb")
    try workshop.write("```lepton #a\nx = 1\n```\n", to: "ada.lnb")
    let grade = ["\(RunningProgram.programs)/lepton-run", "grade", "--key", "key.lnb", "ada.lnb"]
    let refused = try workshop.start("confined", ["without-seccomp"] + grade).wait()
    #expect(refused.code == 2 && refused.messages.contains("--no-sandbox"), "\(refused.messages)")
    let graded = try workshop.start("confined", ["without-seccomp"] + grade + ["--no-sandbox"])
      .wait()
    #expect(graded.code == 0 && graded.output.contains("ada,1,1,1"), "\(graded.output)")
  }
}
