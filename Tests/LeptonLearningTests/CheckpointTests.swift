import LeptonLearning
import LeptonTensor
import Testing

/// Runs that go on from a checkpoint, against the run that never stopped.
@Suite struct CheckpointTests {
  private static let optimizers: [Optimizer] = [
    .sgd(rate: 0.1, momentum: 0.9, nesterov: true), .adam(AdamRule(rate: 0.01, weightDecay: 0.01)),
    .custom(
      rate: 0.02,
      CustomRule(source: "signs", slots: [MemorySlot("mean")]) { inputs in
        let mean = try inputs.memory[0].adding(inputs.gradient).multiplying(0.5)
        return [try inputs.parameter.subtracting(mean.sign().multiplying(inputs.rate)), mean]
      }),
  ]

  /// Small pictures, in two classes, that do not fill the last batch.
  private func pictures(_ count: Int = 22) throws -> Dataset {
    try Dataset(
      name: "", source: "", inputs: RandomKey(seed: 2).uniform([count, 4, 4]),
      targets: Tensor((0..<count).map { $0 % 2 }, shape: [count]))
  }

  private func model(_ units: Int = 6) throws -> any Layer {
    Sequential([
      Flatten(), centred, try Dense(units, activation: .tanh), try Dropout(0.3), try Dense(2),
    ])
  }

  /// Takes half of a running mean off, which training carries on.
  private var centred: any Layer {
    FunctionLayer(name: "centred", source: "centred") { x, scope in
      let centre = try scope.state("centre", [16], .zeros) {
        try $0.adding(x.mean(axes: [0])).multiplying(0.5)
      }
      return try x.subtracting(centre.multiplying(0.5))
    }
  }

  private func options(_ optimizer: Optimizer) throws -> TrainingOptions {
    var options = TrainingOptions()
    options.epochs = 3
    options.batch = 4
    options.optimizer = optimizer
    options.schedule = .oneCycle()
    options.augmentation = Augmentation([.shift(pixels: 1), .rotate(degrees: 20)])
    options.validation = try pictures(10)
    options.patience = 2
    return options
  }

  private func bits(_ model: Model) throws -> [UInt32] {
    try model.tensors.flatMap { try $0.tensor.elements(as: Float.self) }.map(
      \.bitPattern)
  }

  /// A checkpoint as a file would give it back.
  private func written(_ checkpoint: Checkpoint) throws -> Checkpoint {
    let shuffled = try checkpoint.tensors().sorted { $0.name < $1.name }
    return try Checkpoint(tensors: shuffled, texts: checkpoint.texts)
  }

  private func withoutSeconds(_ history: History?) -> [History.Epoch] {
    (history?.epochs ?? []).map {
      var epoch = $0
      epoch.seconds = 0
      return epoch
    }
  }

  @Test(arguments: optimizers.indices)
  func `a run goes on from any batch to the very same bits`(optimizer: Int) throws {
    var options = try options(Self.optimizers[optimizer])
    var kept: [Checkpoint] = []
    options.checkpoints = CheckpointRule(every: 1) { kept.append($0) }
    let key = RandomKey(seed: 5)
    let whole = try Training.run(model(), on: pictures(), options: options, key: key)
    #expect(kept.count >= 3 * 6 + 3)
    for checkpoint in kept {
      options.checkpoints = CheckpointRule(start: try written(checkpoint)) { _ in }
      let resumed = try Training.run(model(), on: pictures(), options: options, key: key)
      let place = checkpoint.place
      #expect(try bits(resumed) == bits(whole), "from \(place)")
      #expect(withoutSeconds(resumed.history) == withoutSeconds(whole.history), "from \(place)")
      #expect(resumed.history?.stopped == whole.history?.stopped)
    }
  }

  @Test func `a chunk of augmented pictures is made again where a run goes on inside of it`() throws
  {
    // Chunks hold 2048 pictures at most, so the second begins within the epoch.
    var options = try options(.sgd(rate: 0.1))
    options.epochs = 1
    options.batch = 500
    var kept: [Checkpoint] = []
    options.checkpoints = CheckpointRule(every: 1) { kept.append($0) }
    let whole = try Training.run(
      model(), on: pictures(2600), options: options, key: RandomKey(seed: 5))
    for checkpoint in kept {
      options.checkpoints = CheckpointRule(start: checkpoint) { _ in }
      let resumed = try Training.run(
        model(), on: pictures(2600), options: options, key: RandomKey(seed: 5))
      #expect(try bits(resumed) == bits(whole), "from \(checkpoint.place)")
    }
  }

  @Test func `an interrupted run keeps where it stood`() throws {
    var options = try options(.adam(AdamRule()))
    options.checkpoints = nil
    let whole = try Training.run(
      model(), on: pictures(), options: options, key: RandomKey(seed: 5))
    var kept: Checkpoint?
    options.checkpoints = CheckpointRule { kept = $0 }
    let part = try Training.run(
      model(), on: pictures(), options: options, key: RandomKey(seed: 5),
      listener: Stopping(after: 8))
    #expect(part.history?.stopped == .interrupted)
    let checkpoint = try #require(kept)
    #expect(checkpoint.place.step == 8 && checkpoint.history.stopped == nil)
    options.checkpoints = CheckpointRule(start: try written(checkpoint)) { _ in }
    let resumed = try Training.run(
      model(), on: pictures(), options: options, key: RandomKey(seed: 5))
    #expect(try bits(resumed) == bits(whole))
  }

  @Test
  func `more epochs go on where a run ended, if the rate does not depend on how many there are`()
    throws
  {
    var options = try options(.adam(AdamRule()))
    options.schedule = .constant
    options.patience = nil
    var kept: Checkpoint?
    options.checkpoints = CheckpointRule { kept = $0 }
    _ = try Training.run(model(), on: pictures(), options: options, key: RandomKey(seed: 5))
    options.epochs = 5
    options.checkpoints = CheckpointRule(start: kept) { _ in }
    let prolonged = try Training.run(
      model(), on: pictures(), options: options, key: RandomKey(seed: 5))
    options.checkpoints = nil
    let whole = try Training.run(
      model(), on: pictures(), options: options, key: RandomKey(seed: 5))
    #expect(try bits(prolonged) == bits(whole))
    options.schedule = .oneCycle()
    options.checkpoints = CheckpointRule(start: kept) { _ in }
    #expect(throws: TensorError.self) {
      try Training.run(model(), on: pictures(), options: options, key: RandomKey(seed: 5))
    }
  }

  private func refusal(
    _ units: Int = 6, of checkpoint: Checkpoint?,
    _ change: (inout TrainingOptions) -> Void = { _ in }
  ) throws -> TensorError? {
    var options = try options(.adam(AdamRule()))
    change(&options)
    options.checkpoints = CheckpointRule(start: checkpoint) { _ in }
    return #expect(throws: TensorError.self) {
      try Training.run(model(units), on: pictures(), options: options, key: RandomKey(seed: 5))
    }
  }

  @Test func `a checkpoint of another run is refused by name`() throws {
    var options = try options(.adam(AdamRule()))
    var kept: Checkpoint?
    options.checkpoints = CheckpointRule { kept = $0 }
    _ = try Training.run(model(), on: pictures(), options: options, key: RandomKey(seed: 5))
    let other = try refusal(7, of: kept)
    #expect(other?.code == "train/checkpoint")
    #expect(
      other?.message
        == "the parameter 2.dense.kernel is float32 of shape [16, 6] there and float32 of shape [16, 7] here"
    )
    let batch = try refusal(of: kept) { $0.batch = 5 }
    #expect(batch?.message == "it is of a run with another batch: 4 there, 5 here")
    let rate = try refusal(of: kept) { $0.optimizer = .adam(AdamRule(rate: 0.1)) }
    #expect(rate?.message.contains("another optimizer: adam(0.001) there, adam(0.1) here") == true)
    kept?.place.position = 3
    #expect(try refusal(of: kept)?.message == "its place in the run cannot be")
  }

  @Test func `what lacks a part or says what cannot be is no checkpoint`() throws {
    var options = try options(.adam(AdamRule()))
    var kept: Checkpoint?
    options.checkpoints = CheckpointRule { kept = $0 }
    _ = try Training.run(model(), on: pictures(), options: options, key: RandomKey(seed: 5))
    let (tensors, texts) = (try #require(kept).tensors, try #require(kept).texts)
    func refusal(_ change: (inout [(name: String, tensor: Tensor)], inout [String: String]) -> Void)
      throws -> String?
    {
      var (tensors, texts) = (try tensors(), texts)
      change(&tensors, &texts)
      let changed = try? Checkpoint(tensors: tensors, texts: texts)
      guard let changed else { return "form" }
      return try self.refusal(of: changed)?.message
    }
    #expect(try refusal { _, texts in texts["format"] = "lepton model 1" } == "form")
    #expect(try refusal { _, texts in texts["step"] = "-1" } == "form")
    #expect(try refusal { _, texts in texts["key"] = "no number" } == "form")
    #expect(try refusal { tensors, _ in tensors.removeAll { $0.name == "seconds" } } == "form")
    #expect(try refusal { tensors, _ in tensors.removeAll { $0.name == "history/loss" } } == "form")
    #expect(
      try refusal { tensors, _ in tensors.removeAll { $0.name == "parameters/2.dense.bias" } }
        == "it lacks the parameter 2.dense.bias")
    #expect(
      try refusal { tensors, _ in tensors.removeAll { $0.name.hasSuffix("/square") } }?
        .contains("lacks the memory of the optimizer") == true)
  }
}

/// Stops training after so many steps.
private final class Stopping: TrainingListener {
  private var steps: Int

  init(after steps: Int) { self.steps = steps }

  func trainingProgressed(_ progress: TrainingProgress) {}

  func trainingShouldStop() -> Bool {
    steps -= 1
    return steps <= 0
  }
}
