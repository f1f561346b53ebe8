import Testing

@Suite struct MemoryOfPrograms {
  private static let program = """
    fn grow_lists() {
      xs = [1]
      while true { xs = concat(xs, xs) }
    }
    fn grow_texts() {
      text = "ab"
      while true { text = text + text }
    }
    fn grow_holes() {
      text = "ab"
      while true { text = f"{text}{text}" }
    }
    fn grow_tensors() {
      x = zeros([1])
      while true { x = concat(x, x) }
    }
    for grow in [grow_lists, grow_texts, grow_holes, grow_tensors] {
      print(try { grow() } catch e { e.code })
    }
    """

  @Test func `a program that takes all memory gets an error that it can catch`() throws {
    let workshop = try Workshop()
    try workshop.write(Self.program, to: "grow.lep")
    let command = "ulimit -v 3000000; exec \(RunningProgram.programs)/lepton-run grow.lep"
    let ending = try workshop.run("/bin/sh", "-c", command)
    #expect(ending.messages == "")
    #expect(ending.output == String(repeating: "memory/limit\n", count: 4))
    #expect(ending.code == 0)
  }
}
