import LeptonLearning
import LeptonTensor
import Testing

@Suite struct ModelTests {
  private func network() throws -> Sequential {
    Sequential([
      Flatten(), try Dense(128, activation: .relu), try Dense(64, activation: .relu), try Dense(10),
    ])
  }

  @Test func `a model prints as the Lepton that makes it`() throws {
    #expect(
      try network().source
        == "flatten() >> dense(128, relu) >> dense(64, relu) >> dense(10)")
    let bare = try Dense(3, activation: .tanh, kernel: .heNormal, bias: nil)
    #expect(bare.source == "dense(3, tanh, kernel=he_normal, bias=nothing)")
  }

  @Test func `the article's program has 109,386 parameters`() throws {
    let summary = try Summary(network(), exampleShape: [28, 28])
    #expect(summary.parameters == 109_386)
    #expect(summary.multiplyAdds == 784 * 128 + 128 * 64 + 64 * 10)
    #expect(summary.bytes == 437_544)
    #expect(summary.layers.map(\.outputShape) == [[784], [128], [64], [10]])
  }

  @Test func `parameters are named by their path`() throws {
    let paths = try Declaration(network(), exampleShape: [28, 28]).parameters.map(\.path)
    #expect(paths.first == "1.dense.kernel" && paths.last == "3.dense.bias")
    #expect(
      try Declaration(Dense(2), exampleShape: [3]).parameters.map(\.path)
        == ["0.dense.kernel", "0.dense.bias"])
  }

  @Test func `the same layer used twice shares its parameters, two alike do not`() throws {
    let layer = try Dense(4)
    let shared = Sequential([layer, ActivationLayer(.relu), layer])
    let apart = Sequential([layer, ActivationLayer(.relu), try Dense(4)])
    #expect(try Summary(shared, exampleShape: [4]).parameters == 20)
    #expect(try Summary(apart, exampleShape: [4]).parameters == 40)
  }

  @Test func `sequences do not nest`() throws {
    let inner = try Dense(2).followed(by: ActivationLayer(.relu))
    #expect(try inner.followed(by: Dense(3).followed(by: Dense(1))).layers.count == 4)
  }

  @Test func `a mismatch names the layer and its input`() throws {
    let layer = try Dense(4)
    let model = Sequential([layer, try Dense(3), layer])
    let error = #expect(throws: LayerError.self) {
      try Declaration(model, exampleShape: [5])
    }
    #expect(error?.layer === layer)
    #expect(error?.circumstance == "its input here is [batch, 3]")
    #expect(error?.described.message.contains("in the layer dense(4)") == true)
  }

  @Test func `a function may be a layer and ask for parameters`() throws {
    let scale = FunctionLayer(name: "scale", source: "scale") { x, scope in
      try x.multiplying(scope.parameter("factor", [1], .constant(3)))
    }
    let model = try initialised(Sequential([scale]), exampleShape: [2])
    #expect(model.parameters.paths == ["0.scale.factor"])
    #expect(try model(Tensor([1, 2] as [Float], shape: [1, 2])).elements() == [3, 6] as [Float])
  }

  @Test func `layers inside a function stand below it`() throws {
    let inner = try Dense(2)
    let residual = FunctionLayer(name: "residual", source: "residual") { x, scope in
      try x.adding(scope.apply(inner, to: x))
    }
    let paths = try Declaration(residual, exampleShape: [2]).parameters.map(\.path)
    #expect(paths == ["0.residual.dense.kernel", "0.residual.dense.bias"])
  }

  @Test func `dense computes the activation of x @ kernel + bias`() throws {
    let dense = try Dense(2, activation: .relu, kernel: .ones, bias: .constant(-4))
    let model = try initialised(dense, exampleShape: [2])
    let x = try Tensor([1, 2, 3, 4] as [Float], shape: [2, 2])
    #expect(try model(x).elements() == [0, 0, 3, 3] as [Float])
  }

  @Test func `dropout does nothing outside training`() throws {
    let model = try initialised(Dropout(0.5), exampleShape: [2])
    let x = try Tensor([1, 2] as [Float], shape: [1, 2])
    #expect(try model(x).elements() == [1, 2] as [Float])
  }

  private func initialised(_ layer: any Layer, exampleShape: [Int]) throws -> Model {
    let declaration = try Declaration(layer, exampleShape: exampleShape)
    return Model(
      layer: layer, parameters: try declaration.initialParameters(key: RandomKey(seed: 1)),
      exampleShape: exampleShape)
  }
}

@Suite struct `A model that is called again` {
  private func model(_ activation: Activation) throws -> Model {
    let layer = Sequential([
      try ConvolutionLayer(
        3, Sliding(size: [3, 3], stride: [1, 1], padding: .same),
        ending: LayerEnding(activation: activation)),
      try PoolingLayer(.largest, size: [2]), Flatten(), try Dense(4), ActivationLayer(.softmax),
    ])
    let parameters = try Declaration(layer, exampleShape: [6, 6])
      .initialParameters(key: RandomKey(seed: 2))
    return Model(layer: layer, parameters: parameters, exampleShape: [6, 6])
  }

  @Test func `gives what it gave before, in parts too`() throws {
    let model = try model(.relu)
    for count in [1, 3, 300] {
      let x = try RandomKey(seed: 5).uniform([count, 6, 6])
      let outputs = try (0..<4).map { _ in try model(x).elements(as: Float.self) }
      #expect(outputs.allSatisfy { $0 == outputs[0] } && outputs[0].count == 4 * count)
    }
    #expect(throws: (any Error).self) { try model(RandomKey(seed: 5).uniform([2, 5, 5])) }
  }

  @Test func `does anew what a function of one's own does`() throws {
    var calls = 0
    let counting = Activation(source: "counting", isFixed: false) { x in
      calls += 1
      return try x.multiplying(Double(calls))
    }
    let model = try model(counting)
    let x = try RandomKey(seed: 5).uniform([2, 6, 6])
    let outputs = try (0..<3).map { _ in try model(x).elements(as: Float.self) }
    #expect(calls >= 3 && outputs[1] != outputs[2])
  }

  @Test func `has derivatives with respect to its parameters`() throws {
    let model = try model(.relu)
    let x = try RandomKey(seed: 5).uniform([2, 6, 6])
    for _ in 0..<3 {
      let trace = Trace(evaluates: true)
      let traced = try model.with(
        parameters: model.parameters.mapped { try trace.input(like: $0) }, states: model.states)
      let loss = try traced(x).multiplying(traced(x)).sum()
      let slopes = try gradients(
        of: loss, withRespectTo: traced.parameters.entries.map(\.tensor))
      #expect(try slopes[0].absolute().sum().item() > 0)
    }
  }
}
