import LeptonTensor
import Testing

/// A small network for tests: sizes of layers, parameters, logits.
struct Network {
  let parameters: [Tensor]

  init(_ sizes: [Int], seed: UInt64 = 1) throws {
    parameters = try zip(sizes, sizes.dropFirst()).enumerated().flatMap { index, pair in
      let key = RandomKey(seed: seed).folded(UInt64(index))
      let limit = (6 / Double(pair.0 + pair.1)).squareRoot()
      return [
        try key.uniform([pair.0, pair.1], from: -limit, to: limit),
        try key.folded(9).uniform([pair.1], from: -0.1, to: 0.1),
      ]
    }
  }

  static func logits(_ x: Tensor, _ parameters: [Tensor]) throws -> Tensor {
    var x = x
    for index in stride(from: 0, to: parameters.count, by: 2) {
      x = try x.matmul(parameters[index]).adding(parameters[index + 1])
      if index + 2 < parameters.count { x = try x.relu() }
    }
    return x
  }

  static func loss(_ x: Tensor, _ labels: Tensor, _ parameters: [Tensor]) throws -> Tensor {
    try logits(x, parameters).softmaxCrossEntropy(labels: labels).mean()
  }
}

@Suite(.serialized) struct `A plan computes what was traced` {
  let images: Tensor
  let labels: Tensor

  init() throws {
    images = try RandomKey(seed: 3).uniform([200, 50])
    labels = try RandomKey(seed: 4).integers([200], from: 0, to: 10)
  }

  @Test func `loss and gradients are those of eager computation`() throws {
    let network = try Network([50, 33, 20, 10])
    let (x, y) = (try images.sliced([Slice(to: 37)]), try labels.sliced([Slice(to: 37)]))
    func outputs(_ trace: Trace) throws -> (inputs: [Tensor], outputs: [Tensor]) {
      let inputs = try ([x, y] + network.parameters).map { try trace.input(like: $0) }
      let parameters = Array(inputs.dropFirst(2))
      let loss = try Network.loss(inputs[0], inputs[1], parameters)
      return (inputs, [loss] + (try gradients(of: loss, withRespectTo: parameters)))
    }
    let eager = try outputs(Trace(evaluates: true)).outputs.map { try $0.evaluated() }
    let trace = Trace()
    let traced = try outputs(trace)
    let plan = try Plan(trace, inputs: traced.inputs, outputs: traced.outputs)
    for threads in [1, 2, 3, 8] {
      Execution.threads = threads
      let planned = try plan.replay([x, y] + network.parameters)
      for (one, other) in zip(eager, planned) {
        let pairs = zip(try one.elements(as: Double.self), try other.elements(as: Double.self))
        #expect(pairs.allSatisfy { abs($0 - $1) < 1e-6 }, "\(threads) threads\n\(plan.description)")
      }
    }
    #expect(plan.peakBytes > 0)
  }

  @Test func `training gives the same bits for any number of threads`() throws {
    for rule in [
      Update.Rule.adam(beta1: 0.9, beta2: 0.999, epsilon: 1e-7),
      .descent(momentum: 0.9, nesterov: true), .descent(momentum: 0, nesterov: false),
    ] {
      let runs = try [1, 2, 3, 8].map { threads in
        Execution.threads = threads
        return try train(Update(rule, weightDecay: 1e-3, decoupled: true, clipNorm: 1))
      }
      #expect(runs.allSatisfy { $0 == runs[0] })
    }
  }

  @Test func `training makes the loss small and counts what is right`() throws {
    Execution.threads = 2
    let state = try TrainingState(
      parameters: Network([50, 64, 10]).parameters,
      update: Update(.adam(beta1: 0.9, beta2: 0.999, epsilon: 1e-7)))
    let plan = try plan(state, batch: 40, dropout: 0)
    var losses: [Double] = []
    for epoch in 0..<60 {
      plan.resetSums()
      for batch in 0..<5 {
        let places = Array(batch * 40..<batch * 40 + 40)
        try plan.replay(places[...], learningRate: 0.01, step: epoch * 5 + batch + 1)
      }
      losses.append(plan.sums[0] / 200)
    }
    #expect(abs(losses[0] - 2.4) < 0.3)
    #expect(losses[59] < 0.2)
    #expect(plan.sums[1] == 200)
  }

  @Test func `a step of Adam is the one that its paper states`() throws {
    let network = try Network([50, 10])
    let update = Update(.adam(beta1: 0.9, beta2: 0.999, epsilon: 1e-7))
    let state = try TrainingState(parameters: network.parameters, update: update)
    let plan = try plan(state, batch: 16, dropout: 0)
    let trace = Trace(evaluates: true)
    let parameters = try network.parameters.map { try trace.input(like: $0) }
    let loss = try Network.loss(
      images.sliced([Slice(to: 16)]), labels.sliced([Slice(to: 16)]), parameters)
    let slopes = try gradients(of: loss, withRespectTo: parameters)
    try plan.replay(Array(0..<16)[...], learningRate: 0.01, step: 1)
    for ((new, old), slope) in zip(zip(try state.parameters, network.parameters), slopes) {
      let triples = zip(
        try new.elements(as: Double.self),
        zip(try old.elements(as: Double.self), try slope.elements(as: Double.self)))
      for (w, (w0, g)) in triples {
        // After one step m / (1 − β₁) = g and v / (1 − β₂) = g².
        let root = 0.001.squareRoot()
        let expected = w0 - 0.01 * root / 0.1 * 0.1 * g / (root * abs(g) + 1e-7)
        #expect(abs(w - expected) < 2e-6)
      }
    }
  }

  @Test func `other examples may take the place of the resident ones`() throws {
    let network = try Network([50, 10])
    let update = Update(.descent(momentum: 0, nesterov: false))
    let backwards = try (images.flipped(axes: [0]), labels.flipped(axes: [0]))
    let parameters = try [false, true].map { swaps in
      let state = try TrainingState(parameters: network.parameters, update: update)
      let plan = try plan(state, batch: 16, dropout: 0)
      if swaps { try plan.supply([backwards.0, backwards.1]) }
      let places = swaps ? Array(184..<200).reversed() : Array(0..<16)
      try plan.replay(places[...], learningRate: 0.1, step: 1)
      #expect(throws: TensorError.self) { try plan.supply([labels, images]) }
      return try state.parameters.map { try $0.elements(as: Float.self) }
    }
    #expect(parameters[0] == parameters[1])
  }

  @Test func `every number of a loop is taken once`() throws {
    let doubled = try Tensor(form: Form(Shape([1000]), .int64)) { bytes in
      nonisolated(unsafe) let numbers = bytes.bindMemory(to: Int.self)
      for number in 0..<1000 { numbers[number] = number }
      Execution.forEach(1000) { numbers[$0] *= 2 }
    }
    #expect(try doubled.elements(as: Int.self) == (0..<1000).map { 2 * $0 })
  }

  private func plan(_ state: TrainingState, batch: Int, dropout: Double) throws -> TrainingPlan {
    try TrainingPlan(
      state: state, examples: [images, labels], batch: batch, key: RandomKey(seed: 5)
    ) {
      step in
      var x = step.examples[0]
      if dropout > 0 {
        let kept = try step.key.folded("dropout").bernoulli(1 - dropout, x.shape.sizes)
        x = try Tensor.select(kept, x.multiplying(1 / (1 - dropout)), 0.0)
      }
      let logits = try Network.logits(x, step.parameters)
      let losses = try logits.softmaxCrossEntropy(labels: step.examples[1])
      let correct = try logits.argmax(axis: 1).equal(to: step.examples[1]).sum()
      return TrainingPlan.Outputs(loss: try losses.mean(), sums: [try losses.sum(), correct])
    }
  }

  /// The parameters and sums after some steps with dropout, as bits.
  private func train(_ update: Update) throws -> [[UInt64]] {
    let state = try TrainingState(parameters: Network([50, 40, 10]).parameters, update: update)
    let plans = [
      32: try plan(state, batch: 32, dropout: 0.2), 9: try plan(state, batch: 9, dropout: 0.2),
    ]
    for step in 1...12 {
      let size = step % 4 == 0 ? 9 : 32
      let places = (0..<size).map { ($0 * 7 + step * 13) % 200 }
      try plans[size]?.replay(places[...], learningRate: 0.01, step: step)
    }
    let sums = plans[32]?.sums.map(\.bitPattern) ?? []
    return [sums]
      + (try state.parameters.map { try $0.elements(as: Double.self).map(\.bitPattern) })
  }
}
