import LeptonLearning
import LeptonTensor
import Testing

/// Examples that come in parts.
@Suite struct StreamTests {
  private static let sizes = [5, 0, 9, 3, 6]

  /// Counts how often each part is asked for.
  private final class Ledger {
    var calls = [Int](repeating: 0, count: StreamTests.sizes.count)
    var sizes = StreamTests.sizes
  }

  /// Examples of one column, which holds their numbers.
  private func stream(_ ledger: Ledger = Ledger()) throws -> Dataset {
    try Dataset(name: "", source: "", parts: ledger.sizes.count) { number in
      ledger.calls[number] += 1
      let start = ledger.sizes.prefix(number).reduce(0, +)
      let count = ledger.sizes[number]
      return try Dataset(
        name: "", source: "",
        inputs: Tensor((0..<count).map { Float(start + $0) }, shape: [count, 1]),
        targets: Tensor((0..<count).map { (start + $0) % 2 }, shape: [count]))
    }
  }

  private func options(batch: Int = 4) -> TrainingOptions {
    var options = TrainingOptions()
    options.epochs = 2
    options.batch = batch
    return options
  }

  private func bits(_ model: Model) throws -> [UInt32] {
    try model.tensors.flatMap { try $0.tensor.elements(as: Float.self) }.map(\.bitPattern)
  }

  private func layer() throws -> any Layer {
    Sequential([try Dense(3), try Dropout(0.2), try Dense(2)])
  }

  @Test func `an epoch asks for each part once`() throws {
    let ledger = Ledger()
    let data = try stream(ledger)
    #expect(ledger.calls == [1, 1, 1, 1, 1])
    _ = try Training.run(layer(), on: data, options: options(), key: RandomKey(seed: 1))
    #expect(ledger.calls.allSatisfy { $0 <= 3 })
    #expect(data.count == 23)
  }

  @Test func `parts that are kept are made once more at the most, and train as they did`() throws {
    let ledger = Ledger()
    let data = try stream(ledger)
    let kept = data.kept
    let key = RandomKey(seed: 1)
    let model = try Training.run(layer(), on: kept, options: options(), key: key)
    #expect(ledger.calls == [2, 1, 2, 2, 2] || ledger.calls == [2, 2, 2, 2, 2], "\(ledger.calls)")
    #expect(try bits(model) == bits(Training.run(layer(), on: data, options: options(), key: key)))
  }

  @Test func `an epoch goes through every example once, part by part`() throws {
    let order = try stream().order(by: RandomKey(seed: 1))
    try order.begin(epoch: 0)
    let epoch = try stride(from: 0, to: 23, by: 7).flatMap {
      try order.examples(at: $0..<min(23, $0 + 7))
    }
    #expect(epoch.sorted() == Array(0..<23))
    #expect(epoch != Array(0..<23))
    var parts = epoch.map { example in
      Self.sizes.indices.first { example < Self.sizes.prefix($0 + 1).reduce(0, +) }
    }
    parts = zip(parts, parts.dropFirst() + [nil]).filter { $0 != $1 }.map(\.0)
    #expect(parts.count == 4, "parts take turns: \(parts)")
  }

  @Test func `a run goes on from any batch to the very same bits`() throws {
    var options = options()
    var kept: [Checkpoint] = []
    options.checkpoints = CheckpointRule(every: 1) { kept.append($0) }
    let key = RandomKey(seed: 5)
    let whole = try Training.run(layer(), on: stream(), options: options, key: key)
    #expect(kept.count >= 12)
    for checkpoint in kept {
      options.checkpoints = CheckpointRule(start: checkpoint) { _ in }
      let resumed = try Training.run(layer(), on: stream(), options: options, key: key)
      #expect(try bits(resumed) == bits(whole), "from \(checkpoint.place)")
    }
  }

  @Test func `chunks end within a part, and go on there`() throws {
    // Chunks hold 2048 examples at most.
    let ledger = Ledger()
    ledger.sizes = [1500, 1500, 2600]
    var options = options(batch: 500)
    var kept: [Checkpoint] = []
    options.checkpoints = CheckpointRule(every: 1) { kept.append($0) }
    let whole = try Training.run(
      layer(), on: stream(ledger), options: options, key: RandomKey(seed: 2))
    for checkpoint in kept {
      options.checkpoints = CheckpointRule(start: checkpoint) { _ in }
      let resumed = try Training.run(
        layer(), on: stream(ledger), options: options, key: RandomKey(seed: 2))
      #expect(try bits(resumed) == bits(whole), "from \(checkpoint.place)")
    }
  }

  @Test func `a part that has changed is refused`() throws {
    let ledger = Ledger()
    let data = try stream(ledger)
    ledger.sizes[3] = 4
    let error = #expect(throws: TensorError.self) {
      try Training.run(layer(), on: data, options: options(), key: RandomKey(seed: 1))
    }
    #expect(error?.code == "data/part")
  }
}
