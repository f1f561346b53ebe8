import Foundation
import Testing

/// Where nothing more can be written, the run says so with 6, and no file is half of anything.
@Suite struct FullDiskTests {
  private let workshop: Workshop

  init() throws {
    workshop = try Workshop()
    try workshop.write(
      """
      # N

      ```lepton #long
      for k in range(200) { print(join([k for _ in range(100)], "\\n")) }
      plot(range(500))
      ```

      """, to: "n.lnb")
  }

  /// Runs a line of the shell, in which `$RUN` is the program.
  private func shell(_ line: String) throws -> Ending {
    let run = "\(RunningProgram.programs)/lepton-run"
    return try workshop.run("/bin/bash", "-c", "RUN=\(run); \(line)")
  }

  @Test(arguments: ["md", "html", "ipynb", "json"])
  func `a device without space is told in every form`(form: String) throws {
    let ending = try shell("$RUN n.lnb -q --embed --format \(form) > /dev/full")
    #expect(ending.code == 6)
    #expect(ending.messages.contains("No space left"), "\(ending.messages)")
  }

  @Test(arguments: ["md", "html", "ipynb", "json"])
  func `a pipe that nobody reads ends the run without a word`(form: String) throws {
    let ending = try shell("$RUN n.lnb -q --embed --format \(form) | true; exit ${PIPESTATUS[0]}")
    #expect(ending.code == 6)
    #expect(ending.messages == "")
  }

  @Test(arguments: ["r.md", "r.html", "r.ipynb", "r.json"])
  func `a file that would get too large leaves the old one whole`(name: String) throws {
    try workshop.write("the old one", to: name)
    // A limit on the size of files stands in for a full disk: it needs no rights.
    let ending = try shell("ulimit -f 8; $RUN n.lnb -q --embed -o \(name)")
    #expect(ending.code == 6, "\(ending.messages)")
    #expect(ending.messages.contains("no space left to write"), "\(ending.messages)")
    #expect(workshop.read(name) == "the old one")
    #expect(
      workshop.names().filter { $0 != "n.out" }
        == [".local", "n.lnb", name, "stderr", "stdout"].sorted())
    // The limit is that of the place where the report would be kept, too, and half a one is none.
    #expect(ending.messages.contains("nor could the report be kept elsewhere"))
    #expect(workshop.names(in: ".local/state/lepton") == ["recovered"])
    #expect(workshop.names(in: ".local/state/lepton/recovered") == [])
  }

  @Test(arguments: ["--results", "--junit"])
  func `records, too`(option: String) throws {
    try workshop.write("old", to: "record")
    let cells = (0..<100).map { "```lepton #cell-of-many-\($0)\nexpect \($0) >= 0\n```\n" }
    try workshop.write(cells.joined(separator: "\n"), to: "n.lnb")
    let ending = try shell("ulimit -f 1; $RUN n.lnb -q \(option) record > /dev/null")
    #expect(ending.code == 6, "\(ending.messages)")
    #expect(workshop.read("record") == "old")
    #expect(workshop.names() == ["n.lnb", "record", "stderr", "stdout"])
  }

  @Test func `a program that fills the disk gets an error that it can catch`() throws {
    try workshop.write(
      """
      ```lepton
      big = join([f"{k}" for k in range(20000)], "\\n")
      print(try { write_text("n.out/big.txt", big) } catch e { e.code })
      ```
      """, to: "n.lnb")
    let ending = try shell("ulimit -f 8; $RUN n.lnb -q")
    #expect(ending.code == 0, "\(ending.messages)")
    #expect(ending.output.contains("file/full"), "\(ending.output)")
    #expect(workshop.names(in: "n.out") == [])
  }

  @Test("A disk that is really full", .enabled(if: geteuid() == 0, "only root mounts a small disk"))
  func disk() throws {
    let ending = try shell(
      """
      mkdir disk; mount -t tmpfs -o size=16k none disk 2>/dev/null || exit 77
      echo old > disk/r.md; $RUN n.lnb -q --embed -o disk/r.md; code=$?
      cat disk/r.md; ls -A disk; umount disk; exit $code
      """)
    guard ending.code != 77 else { return }
    #expect(ending.code == 6)
    #expect(ending.output == "old\nr.md\n")
    #expect(ending.messages.contains("no space left to write"))
  }
}
