import Foundation
import Testing

/// Reports that cannot be written where they are to go, and folders that another run writes into.
@Suite struct RecoveryTests {
  private let workshop: Workshop
  private static let text = "---\ntitle: T\n---\n```lepton #a\nprint(6 * 7)\nplot([1, 2, 3])\n```\n"

  init() throws {
    workshop = try Workshop()
    try workshop.write(Self.text, to: "n.lnb")
  }

  @Test(arguments: ["md", "html", "ipynb", "json"])
  func `a report that cannot be written is kept elsewhere, whole and in its form`(form: String)
    throws
  {
    let wanted = try workshop.run("lepton-run", "n.lnb", "-o", "n.\(form)", "-q")
    #expect(wanted.code == 0, "\(wanted.messages)")
    try FileManager.default.createDirectory(
      atPath: "\(workshop.folder)/way/n.\(form)", withIntermediateDirectories: true)
    for number in ["", "-2"] {
      let ending = try workshop.run(
        "lepton-run", "n.lnb", "-o", "way/n.\(form)", "--cache", "-q")
      #expect(ending.code == 6, "\(ending.messages)")
      let kept = ".local/state/lepton/recovered/n\(number)/n.\(form)"
      #expect(ending.messages.contains("the report is kept in \(workshop.folder)/\(kept)"))
      let report = workshop.read(kept)
      if form == "md" {
        // Its pictures had no place, and stand in it.
        #expect(report?.contains("](data:image/svg+xml;base64,") == true)
      } else {
        #expect(report == workshop.read("n.\(form)"))
      }
    }
  }

  @Test(arguments: [
    ["n.lnb", "-o", "missing/n.md"], ["n.lnb", "-o", "missing/n.md", "--sweep", "p=1,2"],
    ["n.lnb", "-o", "n.md", "--results", "missing/r.json"],
    ["n.lnb", "-o", "n.md", "--junit", "missing/r.json"],
    ["n.lnb", "m.lnb", "--results", "missing/r.json"], ["n.lnb", "m.lnb", "-o", "missing/reports"],
  ])
  func `no folder is made on the way to a file, and nothing runs in vain`(arguments: [String])
    throws
  {
    try workshop.write("---\nparams: {p: 1}\n---\n```lepton\nprint(p)\n```\n", to: "n.lnb")
    try workshop.write("```lepton\n1\n```\n", to: "m.lnb")
    let ending = try workshop.start("lepton-run", arguments).wait()
    #expect(ending.code == 6)
    #expect(ending.messages.contains("missing/"))
    #expect(!ending.messages.contains("passed"))
    #expect(workshop.names() == ["m.lnb", "n.lnb", "stderr", "stdout"])
  }

  @Test func `of two first runs into one folder the second is refused it`() throws {
    let text = """
      ```lepton
      plot([1, 2, 3])
      ```

      ```lepton
      while true { }
      ```

      """
    try workshop.write(text, to: "n.lnb")
    let first = try workshop.start("lepton-run", ["n.lnb", "--timeout", "50s"], output: "first")
    try first.waitFor("n.out/cell-1-1.svg")
    try workshop.write("```lepton\nplot([3, 2])\n```\n", to: "n.lnb")
    let picture = workshop.read("n.out/cell-1-1.svg")
    let second = try workshop.run("lepton-run", "n.lnb", "-o", "n.md", "-q")
    #expect(second.code == 6)
    #expect(second.messages.contains("error[file/busy]: process \(first.identifier)"))
    #expect(workshop.read("n.out/cell-1-1.svg") == picture)
    first.send(SIGINT)
    #expect(first.wait().code == 130)
  }

  @Test(arguments: ["md", "html", "ipynb", "json"])
  func `where a folder is in the way, nothing is put beside it`(form: String) throws {
    try FileManager.default.createDirectory(
      atPath: "\(workshop.folder)/n.\(form)", withIntermediateDirectories: false)
    let ending = try workshop.run("lepton-run", "n.lnb", "-o", "n.\(form)", "-q")
    #expect(ending.code == 6, "\(ending.messages)")
    #expect(workshop.names(in: ".local/state/lepton/recovered/n") == ["n.\(form)"])
    #expect(!workshop.names().contains("n.out"))
  }

  @Test func `what a full disk cut off is kept as far as it went`() throws {
    let ending = try workshop.run("lepton-run", "n.lnb", "-q", output: "/dev/full")
    #expect(ending.code == 6)
    #expect(
      workshop.read(".local/state/lepton/recovered/n/n.md")?.hasPrefix("---\ntitle: T\n") == true)
  }

  @Test func `nothing is kept of a report that nobody wants to read`() throws {
    let shell = "\(RunningProgram.programs)/lepton-run n.lnb -q | true; sleep 1"
    _ = try workshop.start("/bin/sh", ["-c", shell]).wait()
    #expect(workshop.names(in: ".local") == [])
  }

  @Test func `a picture that cannot be kept beside the report stands in it`() throws {
    try workshop.write("in the way", to: "n.out")
    let ending = try workshop.run("lepton-run", "n.lnb", "-o", "n.md", "-q")
    #expect(ending.code == 6)
    #expect(workshop.read("n.md")?.contains("](data:image/svg+xml;base64,") == true)
    #expect(ending.messages.contains("help: the report is whole"))
    #expect(workshop.names(in: ".local") == [])
  }

  @Test func `a second run into the same folder is refused, and told which process is at it`()
    throws
  {
    try workshop.run("lepton-run", "n.lnb", "-o", "n.md", "-q")
    #expect(workshop.names(in: "n.out") == ["a-2.svg"])
    // A cell is written when it has ended: the first one tells that the run began.
    try workshop.write(
      "```lepton\nprint(\"before\")\n```\n\n```lepton\nwhile true { }\n```\n", to: "n.lnb")
    let first = try workshop.start("lepton-run", ["n.lnb", "--timeout", "50s"], output: "first")
    try first.waitFor("before\n```")
    let second = try workshop.run("lepton-run", "n.lnb", "-o", "n.md", "--timeout", "200ms")
    #expect(second.code == 6, "\(second.messages)")
    #expect(
      second.messages.contains(
        "error[file/busy]: process \(first.identifier) is writing into `\(workshop.folder)/n.out`"))
    let elsewhere = try workshop.run(
      "lepton-run", "n.lnb", "-o", "other.md", "--timeout", "200ms", "--embed", "-q")
    #expect(elsewhere.code == 6)
    first.send(SIGINT)
    #expect(first.wait().code == 130)
    #expect(try workshop.run("lepton-run", "n.lnb", "-o", "n.md", "--timeout", "200ms").code == 124)
    // A run that was killed holds nothing either.
    let killed = try workshop.start("lepton-run", ["n.lnb", "--timeout", "50s"], output: "killed")
    try killed.waitFor("before\n```")
    killed.send(SIGKILL)
    #expect(killed.wait().code == -SIGKILL)
    #expect(try workshop.run("lepton-run", "n.lnb", "-o", "n.md", "--timeout", "200ms").code == 124)
  }

  @Test func `neither clock nor language nor time zone of the machine changes a report`() throws {
    let plain = try workshop.run("lepton-run", "n.lnb", "--embed", "-q").output
    for settings in [
      "LC_ALL=de_DE.UTF-8 LANG=de_DE.UTF-8 TZ=Asia/Kathmandu", "LC_ALL=tr_TR.UTF-8", "LC_ALL=C",
    ] {
      let shell = "\(settings) exec \(RunningProgram.programs)/lepton-run n.lnb --embed -q"
      #expect(try workshop.run("/bin/sh", "-c", shell).output == plain)
    }
  }
}
