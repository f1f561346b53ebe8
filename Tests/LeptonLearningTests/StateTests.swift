import LeptonLearning
import LeptonTensor
import Testing

/// States of layers: what training carries on and no gradient changes.
@Suite struct StateTests {
  /// The numbers 0 to 9, to be doubled.
  private func numbers() throws -> Dataset {
    let x = (0..<10).map { Float($0) }
    return try Dataset(
      name: "", source: "", inputs: Tensor(x, shape: [10, 1]),
      targets: Tensor(x.map { 2 * $0 }, shape: [10]))
  }

  /// Half of a running mean, half of the mean of the batch.
  private func follower(scale: Bool = false) -> FunctionLayer {
    FunctionLayer(name: "follower", source: "follower") { x, scope in
      let factor = try scope.parameter("factor", [1], .ones)
      let mean = try (scale ? x.multiplying(factor) : x).mean(axes: [0])
      _ = try scope.state("centre", [1]) {
        try $0.multiplying(0.5).adding(mean.multiplying(0.5))
      }
      return try x.multiplying(factor)
    }
  }

  private func trained(
    _ layer: any Layer, epochs: Int = 1, batch: Int = 4, rate: LearningRate = 0, from: Model? = nil
  ) throws -> Model {
    var options = TrainingOptions()
    options.epochs = epochs
    options.batch = batch
    options.optimizer = .sgd(rate: rate)
    options.shuffles = false
    return try Training.run(
      layer, from: from, on: numbers(), options: options, key: RandomKey(seed: 1))
  }

  private func centre(_ model: Model, _ path: String = "0.follower.centre") throws -> Double {
    try #require(model.states[path]).item()
  }

  @Test func `every batch carries a state on, the short last one too`() throws {
    // The means of the batches are 1.5, 5.5 and 8.5.
    #expect(try centre(trained(follower())) == 0.125 * 1.5 + 0.25 * 5.5 + 0.5 * 8.5)
  }

  @Test func `training goes on from the states of a model`() throws {
    let layer = follower()
    let once = try trained(layer)
    #expect(try centre(trained(layer, from: once)) == centre(trained(layer, epochs: 2)))
  }

  @Test func `a layer that stands twice carries its state on twice in a step`() throws {
    let layer = follower()
    let model = try trained(Sequential([layer, layer]), batch: 10)
    #expect(try centre(model) == 0.75 * 4.5)
    #expect(model.states.paths == ["0.follower.centre"])
  }

  @Test func `no gradient passes through a state`() throws {
    let factors = try [false, true].map { scale in
      let layer = follower(scale: scale)
      let twice = Sequential([layer, layer])
      return try #require(trained(twice, rate: 0.01).parameters["0.follower.factor"]).item()
    }
    #expect(factors[0] == factors[1] && factors[0] != 1)
  }

  @Test func `a state may become a parameter as it was, or another state`() throws {
    let swap = FunctionLayer(name: "swap", source: "swap") { x, scope in
      let weight = try scope.parameter("weight", [1], .ones)
      let a = try scope.state("a", [1], .constant(2), next: nil)
      _ = try scope.state("b", [1], .constant(3)) { _ in a }
      _ = try scope.state("a", [1], .constant(2)) { _ in weight }
      return try x.multiplying(weight)
    }
    let model = try trained(swap, batch: 10, rate: 0.01)
    #expect(try model.states["0.swap.a"]?.item() == 1)
    #expect(try model.states["0.swap.b"]?.item() == 2)
    #expect(try model.parameters["0.swap.weight"]?.item() != 1)
  }

  @Test func `a model that is used does not change its states, and reads them`() throws {
    let layer = FunctionLayer(name: "shift", source: "shift") { x, scope in
      let mean = try x.mean(axes: [0])
      let shift = try scope.state("shift", [1]) { _ in mean }
      return try x.adding(shift).multiplying(scope.parameter("factor", [1], .ones))
    }
    let model = try trained(layer, batch: 10)
    let x = try Tensor([1, 2] as [Float], shape: [2, 1])
    #expect(try model(x).elements(as: Double.self) == [5.5, 6.5])
    #expect(try Prediction.run(model, on: x).elements(as: Double.self) == [5.5, 6.5])
  }

  @Test func `patience goes back to the states of the best epoch`() throws {
    var options = TrainingOptions()
    (options.epochs, options.batch, options.patience) = (9, 10, 2)
    options.optimizer = .sgd(rate: 0)
    options.validation = try numbers()
    let model = try Training.run(
      follower(), on: numbers(), options: options, key: RandomKey(seed: 1))
    #expect(model.history?.epochs.count == 3)
    #expect(try centre(model) == 0.5 * 4.5)
  }

  @Test func `the summary counts states apart`() throws {
    let summary = try Summary(
      Sequential([follower(), Dense(2)]), exampleShape: [1])
    #expect(summary.parameters == 5 && summary.states == 1 && summary.bytes == 24)
    #expect(summary.layers[0].states == 1 && summary.layers[1].states == 0)
  }

  @Test func `a state that would change its shape is refused`() throws {
    let layer = FunctionLayer(name: "wide", source: "wide") { x, scope in
      _ = try scope.state("m", [1]) { _ in x }
      return try x.multiplying(scope.parameter("factor", [1], .ones))
    }
    let mistake = #expect(throws: LayerError.self) { try trained(layer) }
    #expect(mistake?.error.code == "shape/state")
  }
}
