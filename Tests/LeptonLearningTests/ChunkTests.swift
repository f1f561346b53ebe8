import LeptonLearning
import LeptonTensor
import Testing

/// Chunks of changed pictures, each made while the one before is trained on.
@Suite struct ChunkTests {
  /// Whether another thread makes chunks shows in no number; each test tries it both ways.
  private static let threads = [1, 2]
  private static let change = Augmentation([
    .shift(pixels: 1), .rotate(degrees: 20), .elastic(pixels: 2, grid: 5), .noise(deviation: 0.1),
  ])

  /// Pictures, in two classes, that fill some chunks of 2048 and a part of one.
  private func pictures(_ count: Int = 5000) throws -> Dataset {
    try Dataset(
      name: "", source: "", inputs: RandomKey(seed: 2).uniform([count, 4, 4]),
      targets: Tensor((0..<count).map { $0 % 2 }, shape: [count]))
  }

  private func options(_ augmentation: Augmentation = change) -> TrainingOptions {
    var options = TrainingOptions()
    options.epochs = 2
    options.batch = 256
    options.augmentation = augmentation
    return options
  }

  private func trained(
    on data: Dataset, _ options: TrainingOptions, threads: Int,
    listener: (any TrainingListener)? = nil
  ) throws -> Model {
    let before = Execution.threads
    Execution.threads = threads
    defer { Execution.threads = before }
    return try Training.run(
      Sequential([Flatten(), try Dense(2)]), on: data, options: options, key: RandomKey(seed: 5),
      listener: listener)
  }

  private func bits(_ model: Model) throws -> [UInt32] {
    try model.tensors.flatMap { try $0.tensor.elements(as: Float.self) }.map(\.bitPattern)
  }

  @Test(arguments: [
    change, change.followed(by: Augmentation([.mixUp(alpha: 0.4)])),
    Augmentation([.crop(pixels: 1), .cutOut(size: 2), .cutMix(alpha: 1)]),
  ])
  func `what another thread makes ahead has the same bits`(augmentation: Augmentation) throws {
    let models = try Self.threads.map {
      try trained(on: pictures(), options(augmentation), threads: $0)
    }
    #expect(try bits(models[0]) == bits(models[1]))
    let plain = try trained(on: pictures(), options(Augmentation([])), threads: 2)
    #expect(try bits(plain) != bits(models[1]))
  }

  @Test func `a run goes on from any batch to the very same bits`() throws {
    var options = options()
    var kept: [Checkpoint] = []
    options.checkpoints = CheckpointRule(every: 3) { kept.append($0) }
    let whole = try trained(on: pictures(), options, threads: 2)
    #expect(kept.count > 12)
    for (number, checkpoint) in kept.enumerated() {
      options.checkpoints = CheckpointRule(start: checkpoint) { _ in }
      let resumed = try trained(on: pictures(), options, threads: number % 2 + 1)
      #expect(try bits(resumed) == bits(whole), "from \(checkpoint.place)")
    }
  }

  @Test(arguments: threads)
  func `a run that is stopped between chunks ends there`(threads: Int) throws {
    let listener = Counting(stopsAfter: 11)
    let model = try trained(on: pictures(), options(), threads: threads, listener: listener)
    #expect(model.history?.stopped == .interrupted)
    #expect(listener.steps == 11)
  }

  @Test(arguments: threads)
  func `a part that cannot be had is missed when it is needed, not before`(threads: Int) throws {
    struct Missing: Error {}
    var calls = 0
    // Each part is a chunk. All are seen once before; the third time of training fails.
    let data = try Dataset(name: "", source: "", parts: 3) { _ in
      calls += 1
      if calls == 6 { throw Missing() }
      return try pictures(2048)
    }
    var options = options()
    options.shuffles = false
    let listener = Counting()
    #expect(throws: Missing.self) {
      try trained(on: data, options, threads: threads, listener: listener)
    }
    #expect(listener.steps == 16)
  }

  @Test func `pictures that are no fractions are refused before the first step`() throws {
    let data = try Dataset(
      name: "", source: "", inputs: Tensor([Int](repeating: 1, count: 80), shape: [5, 4, 4]),
      targets: Tensor([0, 1, 0, 1, 0], shape: [5]))
    let error = #expect(throws: TensorError.self) {
      try trained(on: data, options(), threads: 2)
    }
    #expect(error?.code == "type/picture")
  }
}

/// Counts steps, and stops training after so many.
private final class Counting: TrainingListener {
  private(set) var steps = 0
  private let limit: Int

  init(stopsAfter limit: Int = .max) { self.limit = limit }

  func trainingProgressed(_ progress: TrainingProgress) {}

  func trainingShouldStop() -> Bool {
    steps += 1
    return steps >= limit
  }
}
