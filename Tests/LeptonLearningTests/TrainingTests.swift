import LeptonLearning
import LeptonTensor
import Testing

@Suite struct TrainingTests {
  /// Points on the line y = 2 x + 1.
  private func line() throws -> Dataset {
    let x = (0..<10).map { Float($0) / 10 }
    return try Dataset(
      name: "line", source: "line", inputs: Tensor(x, shape: [10, 1]),
      targets: Tensor(x.map { 2 * $0 + 1 }, shape: [10]))
  }

  /// Three clouds of points in the plane, which lines separate.
  private func clouds() throws -> Dataset {
    let centres: [(Float, Float)] = [(0, 0), (1, 0), (0, 1)]
    let noise = try RandomKey(seed: 9).normal([90, 2], deviation: 0.1).elements(as: Float.self)
    let points = (0..<90).flatMap { index in
      [
        centres[index % 3].0 + noise[2 * index], centres[index % 3].1 + noise[2 * index + 1],
      ]
    }
    return try Dataset(
      name: "clouds", source: "clouds", inputs: Tensor(points, shape: [90, 2]),
      targets: Tensor((0..<90).map { $0 % 3 }, shape: [90], type: .uint8),
      classes: ["a", "b", "c"])
  }

  private func options(_ epochs: Int, _ optimizer: Optimizer, batch: Int = 10) -> TrainingOptions {
    var options = TrainingOptions()
    options.epochs = epochs
    options.batch = batch
    options.optimizer = optimizer
    return options
  }

  private func train(
    _ layer: any Layer, _ data: Dataset, _ options: TrainingOptions, seed: UInt64 = 1,
    listener: (any TrainingListener)? = nil
  ) throws -> Model {
    try Training.run(
      layer, on: data, options: options, key: RandomKey(seed: seed), listener: listener)
  }

  @Test func `a line is learnt from numbers`() throws {
    let model = try train(Dense(1), line(), options(300, .sgd(rate: 0.3, momentum: 0.5)))
    #expect(abs(try model(Tensor([3] as [Float], shape: [1, 1])).item() - 7) < 0.01)
    let result = try Evaluation(of: model, on: line())
    #expect((result.regression?.r2 ?? 0) > 0.9999)
    #expect(result.accuracy == nil)
  }

  @Test func `classes are learnt, and history tells how`() throws {
    let model = try train(
      Sequential([Dense(16, activation: .relu), Dense(3)]), clouds(),
      options(30, .adam(AdamRule(rate: 0.03)), batch: 20))
    let epochs = try #require(model.history).epochs
    #expect(epochs.count == 30)
    #expect(epochs[29].loss < epochs[0].loss / 4)
    #expect((epochs[29].accuracy ?? 0) > 0.95)
    #expect((try Evaluation(of: model, on: clouds()).accuracy?.value ?? 0) > 0.95)
    #expect(model.classes == ["a", "b", "c"])
  }

  @Test func `the same seed gives the same model, another seed another`() throws {
    let models = try [4, 4, 5].map {
      try train(
        Sequential([Dense(4, activation: .tanh), Dropout(0.2), Dense(3)]), clouds(),
        options(2, .adam(AdamRule()), batch: 32), seed: $0)
    }
    let kernels = try models.map {
      try #require($0.parameters["0.dense.kernel"]).elements(as: Float.self)
    }
    #expect(kernels[0] == kernels[1])
    #expect(kernels[0] != kernels[2])
  }

  @Test func `the last, short batch teaches too`() throws {
    // Without shuffling and with a rate of 0 the mean loss is that over all ten examples.
    var options = options(1, .sgd(rate: 0), batch: 4)
    options.shuffles = false
    let model = try train(Dense(1, kernel: .zeros), line(), options)
    let loss = try #require(model.history?.epochs.first?.loss)
    #expect(abs(loss - (try Evaluation(of: model, on: line()).loss)) < 1e-5)
  }

  @Test func `a batch larger than the data is the data`() throws {
    let model = try train(Dense(1), line(), options(1, .sgd(), batch: 1000))
    #expect(model.history?.epochs.count == 1)
  }

  @Test func `no epochs leave the first parameters`() throws {
    let model = try train(Dense(1, kernel: .ones), line(), options(0, .sgd()))
    #expect(try model(Tensor([3] as [Float], shape: [1, 1])).item() == 3)
  }

  @Test func `training goes on from a model`() throws {
    let first = try train(Dense(1), line(), options(3, .sgd(rate: 0.1)))
    let next = try Training.run(
      first.layer, from: first, on: line(), options: options(0, .sgd()),
      key: RandomKey(seed: 2))
    #expect(
      try next.parameters["0.dense.kernel"]?.item() == first.parameters["0.dense.kernel"]?.item())
  }

  @Test func `a loss that is no number stops training and says what to do`() throws {
    let error = #expect(throws: TensorError.self) {
      try train(Dense(1), line(), options(200, .sgd(rate: 1e6)))
    }
    #expect(error?.code == "train/diverged")
    #expect(error?.help.first?.contains("learning rate") == true)
  }

  @Test func `an interruption gives the model so far`() throws {
    let listener = Impatient(steps: 15)
    let model = try train(Dense(1), line(), options(100, .sgd(), batch: 1), listener: listener)
    #expect(model.history?.stopped == .interrupted)
    #expect(model.history?.epochs.count == 2)
  }

  @Test func `patience stops when the validation gets no better`() throws {
    var options = options(100, .sgd(rate: 0))
    options.validation = try line()
    options.patience = 3
    let model = try train(Dense(1), line(), options)
    #expect(model.history?.stopped == .patience)
    #expect(model.history?.epochs.count == 4)
    #expect(model.history?.epochs[0].validationLoss != nil)
  }

  @Test func `a penalty makes weights smaller`() throws {
    var options = options(200, .sgd(rate: 0.1))
    let free = try train(Dense(1), line(), options)
    options.penalty = Penalty(l2: 0.5)
    let priced = try train(Dense(1), line(), options)
    let weights = try [free, priced].map {
      try #require($0.parameters["0.dense.kernel"]).item()
    }
    #expect(abs(weights[1]) < abs(weights[0]) / 2)
  }

  @Test func `augmented pictures are the same whatever the batch`() throws {
    let pictures = try RandomKey(seed: 2).uniform([10, 4, 4])
    let data = try Dataset(
      name: "", source: "", inputs: pictures, targets: Tensor((0..<10).map { $0 % 2 }, shape: [10]))
    let model = try Sequential([Flatten(), Dense(2)])
    let losses = try [3, 10].map { batch in
      var options = options(2, .sgd(rate: 0), batch: batch)
      options.augmentation = Augmentation([.shift(pixels: 1), .rotate(degrees: 20)])
      let history = try #require(try train(model, data, options).history)
      return history.epochs.map(\.loss)
    }
    #expect(abs(losses[0][0] - losses[1][0]) < 1e-6 && abs(losses[0][1] - losses[1][1]) < 1e-6)
    #expect(losses[0][0] != losses[0][1])
  }

  @Test func `too few outputs for the classes are found before training`() throws {
    let mistake = #expect(throws: LayerError.self) {
      try train(Dense(2), clouds(), options(1, .sgd()))
    }
    #expect(mistake?.error.code == "shape/target")
    #expect(mistake?.error.help == ["end the model with dense(3)"])
  }

  @Test func `probabilities add up to 1 and are ranked`() throws {
    let model = try train(Dense(3), clouds(), options(1, .sgd()))
    let found = try Classification(model, on: clouds().take(2).inputs())
    #expect(abs(found.probabilities[0].reduce(0, +) - 1) < 1e-6)
    let ranked = found.ranking(of: 0).map { found.probabilities[0][$0] }
    #expect(ranked == ranked.sorted(by: >))
  }

  @Test func `a batch of another shape is refused`() throws {
    let model = try train(Dense(3), clouds(), options(0, .sgd()))
    #expect(throws: TensorError.self) {
      try Prediction.run(model, on: Tensor(repeating: 0.0, shape: [4, 3]))
    }
  }
}

/// Stops training after so many steps.
private final class Impatient: TrainingListener {
  var steps: Int

  init(steps: Int) { self.steps = steps }

  func trainingProgressed(_ progress: TrainingProgress) {}

  func trainingShouldStop() -> Bool {
    steps -= 1
    return steps <= 0
  }
}
