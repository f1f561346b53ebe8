import LeptonLearning
import LeptonTensor
import Testing

@Suite struct DatasetTests {
  /// Twelve examples of two columns, whose classes are 0, 0, 0, 1 again and again.
  private func data() throws -> Dataset {
    try Dataset(
      name: "small", source: "small()",
      inputs: Tensor((0..<24).map { Float($0) }, shape: [12, 2]),
      targets: Tensor((0..<12).map { $0 % 4 == 3 ? 1 : 0 }, shape: [12]), classes: ["a", "b"])
  }

  @Test func `a part shares the rows of the whole`() throws {
    let part = try data().subset([3, 1], source: "part").take(1)
    #expect(part.count == 1)
    #expect(try part.inputs().elements(as: Int.self) == [6, 7])
    #expect(try part.targets().elements(as: Int.self) == [1])
    #expect(part.source == "take(part, 1)")
  }

  @Test func `taking more than there is takes all`() throws {
    #expect(try data().take(100).count == 12)
    #expect(try data().take(-1).count == 0)
  }

  @Test func `a split is stratified, complete and without overlap`() throws {
    let (rest, part) = try data().split(1.0 / 3, key: RandomKey(seed: 5))
    #expect(part.count == 4)
    #expect(part.filter { $0 % 4 == 3 }.count == 1)
    #expect((rest + part).sorted() == Array(0..<12))
  }

  @Test func `the same seed draws the same part, another seed another`() throws {
    let data = try Dataset(
      name: "", source: "", inputs: Tensor(repeating: 0.0, shape: [100, 1]),
      targets: Tensor(repeating: 0.0, shape: [100]))
    let parts = try [1, 1, 2].map { try data.split(0.5, key: RandomKey(seed: $0)).part }
    #expect(parts[0] == parts[1])
    #expect(parts[0] != parts[2])
  }

  @Test func `inputs and targets must have one row each for an example`() throws {
    #expect(throws: TensorError.self) {
      try Dataset(
        name: "", source: "", inputs: Tensor(repeating: 0.0, shape: [3, 1]),
        targets: Tensor(repeating: 0.0, shape: [2]))
    }
  }

  @Test func `a target that is no class is refused`() throws {
    let error = #expect(throws: TensorError.self) {
      try Dataset(
        name: "", source: "", inputs: Tensor(repeating: 0.0, shape: [2, 1]),
        targets: Tensor([0, 2], shape: [2]), classes: ["a", "b"])
    }
    #expect(error?.code == "data/class")
  }
}
