import LeptonTensor
import Testing

/// How a step changes parameters, and what the state keeps of them.
@Suite(.serialized) struct UpdateTests {
  let images: Tensor
  let labels: Tensor
  static let adam = Update.Rule.adam(beta1: 0.9, beta2: 0.999, epsilon: 1e-7)

  init() throws {
    images = try RandomKey(seed: 3).uniform([200, 50])
    labels = try RandomKey(seed: 4).integers([200], from: 0, to: 10)
  }

  private func plan(_ state: TrainingState, batch: Int, updates: Bool = true) throws -> TrainingPlan
  {
    try TrainingPlan(
      state: state, examples: [images, labels], batch: batch, key: RandomKey(seed: 5),
      updates: updates
    ) { step in
      let loss = try Network.loss(step.examples[0], step.examples[1], step.parameters)
      return TrainingPlan.Outputs(loss: loss, sums: [loss])
    }
  }

  private func state(_ update: Update, _ settings: ParameterSettings? = nil) throws -> TrainingState
  {
    let parameters = try Network([50, 40, 10]).parameters
    return try TrainingState(
      parameters: parameters, names: ["a.kernel", "a.bias", "b.kernel", "b.bias"], update: update,
      settings: settings.map { settings in parameters.map { _ in settings } })
  }

  /// All parts of the state after some steps.
  private func trained(_ state: TrainingState, steps: Int = 8) throws -> [[Float]] {
    let plan = try plan(state, batch: 25)
    for step in 1...steps {
      let places = (0..<25).map { ($0 * 7 + step * 13) % 200 }
      try plan.replay(places[...], learningRate: 0.01, step: step, averaging: 0.1)
    }
    return try state.tensors.map { try $0.elements(as: Float.self) }
  }

  /// Momentum, as a rule of one's own that also counts its steps.
  private static let custom = CustomRule(
    source: "custom", slots: [MemorySlot("velocity"), MemorySlot("count", .number)]
  ) { inputs in
    let velocity = try inputs.memory[0].multiplying(0.9)
      .subtracting(inputs.gradient.multiplying(inputs.rate))
    return [try inputs.parameter.adding(velocity), velocity, try inputs.memory[1].adding(1.0)]
  }

  static let updates = [
    Update(.custom(custom), weightDecay: 0.01, decoupled: true, clipNorm: 1),
    Update(adam, averages: true), Update(adam, clipValue: 0.01, accumulates: true),
    Update(.adam(beta1: 0.9, beta2: 0.999, epsilon: 1e-7, amsgrad: true), clipNorm: 1),
  ]

  @Test(arguments: updates)
  func `everything that is kept is the same bits for any number of threads`(
    _ update: Update
  ) throws {
    var settings = ParameterSettings()
    settings.constraint = .maxNorm(1)
    let runs = try [1, 2, 3, 8].map { threads in
      Execution.threads = threads
      return try [trained(state(update)), trained(state(update, settings))]
    }
    #expect(runs.allSatisfy { $0 == runs[0] })
  }

  @Test func `a rule that is traced gives what its kernel gives`() throws {
    Execution.threads = 2
    let plain = try trained(state(Update(Self.adam, weightDecay: 0.01, decoupled: true)))
    let traced = try trained(
      state(Update(Self.adam, weightDecay: 0.01, decoupled: true, averages: true)))
    for (one, other) in zip(plain.prefix(4), traced.prefix(4)) {
      #expect(zip(one, other).allSatisfy { abs($0 - $1) < 1e-5 })
    }
  }

  @Test func `momentum as a rule of one's own gives what the kernel gives`() throws {
    let kernel = try trained(state(Update(.descent(momentum: 0.9, nesterov: false))))
    let custom = try state(Update(.custom(Self.custom)))
    for (one, other) in zip(kernel.prefix(4), try trained(custom)) {
      #expect(zip(one, other).allSatisfy { abs($0 - $1) < 1e-6 })
    }
    #expect(
      custom.names.suffix(4) == ["a.kernel", "a.bias", "b.kernel", "b.bias"].map { $0 + "/count" })
    #expect(try custom.tensors[8].item() == 8)
  }

  @Test func `several batches make the step that one large batch makes`() throws {
    let whole = try state(Update(Self.adam, clipNorm: 0.5))
    try plan(whole, batch: 30).replay(Array(0..<30)[...], learningRate: 0.01, step: 1)
    let parts = try state(Update(Self.adam, clipNorm: 0.5, accumulates: true))
    try plan(parts, batch: 20, updates: false)
      .replay(Array(0..<20)[...], learningRate: 0.01, step: 1, share: 2.0 / 3)
    try plan(parts, batch: 10)
      .replay(Array(20..<30)[...], learningRate: 0.01, step: 1, share: 1.0 / 3)
    for (one, other) in zip(try whole.parameters, try parts.parameters) {
      let pairs = zip(try one.elements(as: Float.self), try other.elements(as: Float.self))
      #expect(pairs.allSatisfy { abs($0 - $1) < 2e-5 })
    }
    let sums = zip(parts.names, try parts.tensors).filter { $0.0.hasSuffix("/gradient") }
    #expect(try sums.count == 4 && sums.allSatisfy { try $0.1.absolute().max().item() == 0 })
  }

  @Test func `an average is the one that its shares say`() throws {
    let state = try state(Update(.descent(momentum: 0, nesterov: false), averages: true))
    let plan = try plan(state, batch: 10)
    var expected = try state.parameters[0].elements(as: Float.self)
    for step in 1...3 {
      try plan.replay(Array(0..<10)[...], learningRate: 0.1, step: step, averaging: 0.25)
      let new = try state.parameters[0].elements(as: Float.self)
      expected = zip(expected, new).map { $0 + 0.25 * ($1 - $0) }
    }
    let found = try state.results[0].elements(as: Float.self)
    #expect(zip(found, expected).allSatisfy { abs($0 - $1) < 1e-6 })
  }

  @Test func `what is frozen stays, and what has another rate goes another way`() throws {
    let parameters = try Network([50, 10]).parameters
    var settings = [ParameterSettings(), ParameterSettings()]
    settings[0].isFrozen = true
    settings[1].rateFactor = 0.5
    let update = Update(.descent(momentum: 0.9, nesterov: false))
    let changed = try TrainingState(parameters: parameters, update: update, settings: settings)
    let whole = try TrainingState(parameters: parameters, update: update)
    for state in [changed, whole] {
      try plan(state, batch: 10).replay(Array(0..<10)[...], learningRate: 0.1, step: 1)
    }
    #expect(changed.names == ["0", "1", "1/velocity"])
    #expect(
      try changed.parameters[0].elements(as: Float.self) == parameters[0].elements(as: Float.self))
    let moves = try [changed, whole].map { try $0.parameters[1].subtracting(parameters[1]) }
    #expect(try moves[0].multiplying(2).subtracting(moves[1]).absolute().max().item() < 1e-6)
  }

  @Test func `a constraint holds after each step`() throws {
    for (constraint, range) in [
      (Constraint.maxNorm(0.5), 0.0...0.500_01), (.unitNorm, 0.999_9...1.000_1),
    ] {
      var settings = ParameterSettings()
      settings.constraint = constraint
      let state = try state(Update(Self.adam), settings)
      _ = try trained(state, steps: 2)
      let norms = try state.parameters[0].norm(axes: [0]).elements(as: Double.self)
      #expect(norms.allSatisfy(range.contains))
    }
  }

  @Test func `a state that is put back goes on as if it had never stopped`() throws {
    let update = Update(Self.adam, averages: true)
    let whole = try state(update)
    let plan = try plan(whole, batch: 10)
    for step in 1...2 { try plan.replay(Array(0..<10)[...], learningRate: 0.1, step: step) }
    let kept = try whole.tensors
    try plan.replay(Array(0..<10)[...], learningRate: 0.1, step: 3, averaging: 0.5)
    let other = try state(update)
    try other.restore(kept)
    try self.plan(other, batch: 10)
      .replay(Array(0..<10)[...], learningRate: 0.1, step: 3, averaging: 0.5)
    for (one, again) in zip(try whole.tensors, try other.tensors) {
      #expect(try one.elements(as: Float.self) == again.elements(as: Float.self))
    }
    #expect(throws: TensorError.self) { try other.restore(Array(kept.dropLast())) }
  }
}
