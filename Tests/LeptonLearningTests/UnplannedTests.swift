import LeptonLearning
import LeptonTensor
import Testing

/// Steps that cannot be planned, and what training finds out when its loss is no number.
@Suite struct UnplannedTests {
  private func pictures(_ count: Int = 22) throws -> Dataset {
    try Dataset(
      name: "", source: "", inputs: RandomKey(seed: 2).uniform([count, 4, 4]),
      targets: Tensor((0..<count).map { $0 % 2 }, shape: [count]))
  }

  /// A layer that asks for the value of its input.
  private var curious: any Layer {
    FunctionLayer(name: "curious", source: "curious") { x, _ in
      try x.max().item() > 1e6 ? x.multiplying(0) : x
    }
  }

  private var running: any Layer {
    FunctionLayer(name: "running", source: "running") { x, scope in
      let mean = try scope.state("mean", [16], .zeros) {
        try $0.adding(x.mean(axes: [0])).multiplying(0.5)
      }
      return try x.subtracting(mean.multiplying(0.1))
    }
  }

  private func trained(
    _ layers: [any Layer], _ optimizer: Optimizer, listener: (any TrainingListener)? = nil
  ) throws -> Model {
    var options = TrainingOptions()
    options.epochs = 3
    options.batch = 4
    options.optimizer = optimizer
    options.augmentation = Augmentation([.shift(pixels: 1)])
    return try Training.run(
      Sequential(layers), on: pictures(), options: options, key: RandomKey(seed: 3),
      listener: listener)
  }

  private func numbers(_ model: Model) throws -> [Float] {
    try model.tensors.flatMap { try $0.tensor.elements(as: Float.self) }
  }

  @Test(arguments: [
    Optimizer.sgd(rate: 0.1, momentum: 0.9), .adam(AdamRule(rate: 0.01, weightDecay: 0.01)),
    .custom(
      rate: 0.02,
      CustomRule(source: "plain", slots: [MemorySlot("mean")]) {
        [try $0.parameter.subtracting($0.gradient.multiplying($0.rate)), $0.gradient]
      }),
  ])
  func `a step without a plan does what a planned one does`(optimizer: Optimizer) throws {
    func layers(_ first: any Layer) throws -> [any Layer] {
      [first, Flatten(), running, try Dense(5, activation: .tanh), try Dropout(0.3), try Dense(2)]
    }
    let listener = Noting()
    let planned = try trained(layers(Passing()), optimizer, listener: listener)
    #expect(listener.reasons == [])
    let unplanned = try trained(layers(curious), optimizer, listener: listener)
    #expect(listener.reasons == [.readsValues])
    for (one, other) in try zip(numbers(planned), numbers(unplanned)) {
      #expect(abs(one - other) <= 1e-5 * max(1, abs(one)))
    }
    let losses = [planned, unplanned].map { $0.history?.epochs.map(\.loss) ?? [] }
    for (one, other) in zip(losses[0], losses[1]) { #expect(abs(one - other) < 1e-5) }
    #expect(planned.record?.isPlanned == true && unplanned.record?.isPlanned == false)
  }

  private func divergence(_ layers: [any Layer], _ data: Dataset, rate: LearningRate = 0.1) throws
    -> String
  {
    var options = TrainingOptions()
    options.batch = 2
    options.epochs = 50
    options.shuffles = false
    options.optimizer = .sgd(rate: rate)
    options.loss = .meanSquaredError
    let error = #expect(throws: TensorError.self) {
      try Training.run(
        Sequential(layers), on: data, options: options, key: RandomKey(seed: 1))
    }
    #expect(error?.code == "train/diverged")
    return error?.message ?? ""
  }

  private func line(_ x: [Float]) throws -> Dataset {
    try Dataset(
      name: "", source: "", inputs: Tensor(x, shape: [x.count, 1]),
      targets: Tensor(x, shape: [x.count]))
  }

  @Test func `the first operation that gives no number is named with its layer and step`() throws {
    let root = FunctionLayer(name: "root", source: "root") { x, _ in try x.squareRoot() }
    let message = try divergence(
      [root, Dense(1)], line([1, 2, 3, 4, -5, 6]))
    #expect(message.hasPrefix("the loss is no longer a number in epoch 1, step 3: "))
    #expect(message.hasSuffix("made the first 1 nan, of 2 elements, in the layer root (0.root)"))
  }

  @Test func `an example that is no number is named`() throws {
    let message = try divergence([Dense(1)], line([1, 2, 3, .infinity]))
    #expect(message.hasSuffix("step 2: the inputs of example 1 of the batch hold inf"))
  }

  @Test func `a gradient that is no number is named with its parameter`() throws {
    // The root of 0 is 0, but its slope is infinite.
    let root = FunctionLayer(name: "root", source: "root") { x, _ in
      try x.multiplying(0).squareRoot()
    }
    let message = try divergence([Dense(1, kernel: .ones), root], line([1, 2]))
    #expect(message.contains("in the gradient of 0.dense."), "\(message)")
  }

  @Test func `steps that are too long are told from operations that are wrong`() throws {
    let message = try divergence([Dense(1)], line([1, 2]), rate: 1e30)
    #expect(message.contains("epoch "), "\(message)")
    #expect(message.contains("step "), "\(message)")
  }
}

/// Gives its input on.
private final class Passing: Layer {
  var name: String { "curious" }
  var source: String { "curious" }
  func apply(_ x: Tensor, in scope: ParameterScope) throws -> Tensor { x }
}

/// Notes why steps were not planned.
private final class Noting: TrainingListener {
  var reasons: [UnplannedReason] = []

  func trainingProgressed(_ progress: TrainingProgress) {}
  func trainingShouldStop() -> Bool { false }
  func trainingRunsUnplanned(_ reason: UnplannedReason) { reasons.append(reason) }
}
