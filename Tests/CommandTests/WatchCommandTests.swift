import Glibc
import Testing

/// A notebook that is run again at each edit.
@Suite struct WatchCommandTests {
  private let workshop: Workshop

  init() throws { workshop = try Workshop() }

  /// What it has said a while after it said something.
  private func said(by watch: RunningProgram, after text: String) -> String {
    for _ in 0..<1000 where !watch.messagesSoFar.hasPrefix(text) { usleep(10_000) }
    usleep(600_000)  // Four times the interval at which it looks at the files.
    return watch.messagesSoFar
  }

  @Test func `an edit runs what it affects, and what the run itself writes runs nothing`() throws {
    try workshop.write("1", to: "in.txt")
    try workshop.write(
      """
      ```lepton
      n = int(read_text("in.txt"))
      write_text("out.txt", f"{n}")
      m = read_text("out.txt")
      ```

      ```lepton
      len(range(1000))
      ```

      """, to: "n.lnb")
    let watch = try workshop.start(
      "lepton-run",
      ["watch", "n.lnb", "-o", "r.md", "--allow-write", "out.txt", "--progress", "none"])
    let first = "n.lnb: 2 of 2 cells passed, 2 computed\n"
    let second = first + "n.lnb: 2 of 2 cells passed, 1 computed\n"
    #expect(said(by: watch, after: first) == first)
    try workshop.write("23", to: "in.txt")
    #expect(said(by: watch, after: second) == second)
    #expect(workshop.read("out.txt") == "23")
    watch.send(SIGINT)
    #expect(watch.wait().code == 0)
  }

  @Test(arguments: [
    ["n.lnb", "--cache"], ["n.lnb", "--junit", "j.xml"], ["n.lep"], ["n.lnb", "m.lnb"],
    ["n.lnb", "--sweep", "x=1,2"], ["n.lnb", "--repeat", "2"],
  ])
  func `what it does not do is refused`(arguments: [String]) throws {
    try workshop.write("```lepton\n1\n```\n", to: "n.lnb")
    try workshop.write("1\n", to: "n.lep")
    #expect(try workshop.start("lepton-run", ["watch"] + arguments).wait().code == 2)
  }
}
