import Foundation
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

  private static let stream = """
    fn part(k) {
      x = ones([2500, 1000]) * (k % 2)
      dataset(x, int64(x[:, 0]))
    }
    data = stream(40, part)
    model = train(dense(2), data, batch=100, validation=stream(2, part), seed=1)
    print([evaluate(model, data).accuracy > 0.99, predict(model, data).shape])
    while true { }
    """

  @Test func `four hundred megabytes go through training in a fraction of that memory`() throws {
    let workshop = try Workshop()
    try workshop.write(Self.stream, to: "stream.lep")
    let run = try workshop.start("lepton-run", ["stream.lep"])
    defer { run.send(SIGKILL) }
    try run.waitFor("[true, [100000, 2]]")
    let worker = try #require(run.children.first)
    let status = try String(contentsOfFile: "/proc/\(worker)/status", encoding: .utf8)
    let line = try #require(status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") })
    let kilobytes = try #require(
      line.split(whereSeparator: { " \t".contains($0) }).dropFirst().first)
    #expect(try #require(Int(kilobytes)) < 150_000, "\(line)")
    kill(worker, SIGKILL)
  }
}
