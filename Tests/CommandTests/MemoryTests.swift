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
    #expect(try peak(of: "stream.lep", in: workshop, until: "[true, [100000, 2]]") < 150_000)
  }

  private static let array = """
    x = array_file("x.npy")
    data = dataset(x, int64(npy("y.npy")))
    model = train(dense(2), data, batch=100, seed=1)
    print([evaluate(model, data).accuracy > 0.99, x.shape])
    while true { }
    """

  @Test func `one array of four hundred megabytes goes through training by rows`() throws {
    let workshop = try Workshop()
    try workshop.write(Self.array, to: "array.lep")
    try writeArray(to: "\(workshop.folder)/x.npy", "(100000, 1000)", parts: 100) { part in
      [Float](repeating: Float(part % 2), count: 1_000_000)
    }
    try writeArray(to: "\(workshop.folder)/y.npy", "(100000,)", parts: 100) { part in
      [Float](repeating: Float(part % 2), count: 1000)
    }
    #expect(
      try peak(of: "array.lep", in: workshop, until: "[true, [100000, 1000]]") < 150_000)
  }

  /// Writes a file of NumPy's format, part by part.
  private func writeArray(
    to path: String, _ shape: String, parts: Int, _ part: (Int) -> [Float]
  ) throws {
    var header = "{'descr': '<f4', 'fortran_order': False, 'shape': \(shape), }"
    header += String(repeating: " ", count: 117 - header.utf8.count) + "\n"
    _ = FileManager.default.createFile(
      atPath: path,
      contents: Data([0x93] + Array("NUMPY".utf8) + [1, 0, 118, 0] + Array(header.utf8)))
    let file = try #require(FileHandle(forWritingAtPath: path))
    try file.seekToEnd()
    for number in 0..<parts {
      try part(number).withUnsafeBytes { try file.write(contentsOf: Data($0)) }
    }
    try file.close()
  }

  /// The most memory in kilobytes that a program has used when it has printed a line.
  private func peak(of program: String, in workshop: Workshop, until line: String) throws -> Int {
    let run = try workshop.start("lepton-run", [program])
    defer { run.send(SIGKILL) }
    try run.waitFor(line)
    let worker = try #require(run.children.first)
    defer { kill(worker, SIGKILL) }
    let status = try String(contentsOfFile: "/proc/\(worker)/status", encoding: .utf8)
    let words = try #require(status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") })
      .split(whereSeparator: { " \t".contains($0) })
    return try #require(words.dropFirst().first.flatMap { Int($0) })
  }
}
