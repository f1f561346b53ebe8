import LeptonTensor

/// What one step of training computes, as the engine traces it.
final class TrainingStep {
  let layer: any Layer
  let paths: [String]
  let statePaths: [String]
  let loss: Loss
  /// What tries the loss on targets of which the values are known.
  let targetCheck: TargetCheck
  let penalty: Penalty?
  let metrics: [TrainingMetric]
  /// Is told of the layers as they are traced.
  var observer: LayerSpans?
  /// Whether some labels are below 0, which are no class and do not count as right or wrong.
  let leavesOut: Bool
  /// Whether what training makes small is a sum too, the last.
  let reportsObjective: Bool
  /// The names of the values that the model watches, known when the step has been traced.
  private(set) var watched: [String] = []

  init(
    _ declaration: Declaration, of layer: any Layer, loss: Loss, penalty: Penalty?,
    metrics: [TrainingMetric], leavesOut: Bool = false, reportsObjective: Bool = false
  ) {
    self.layer = layer
    paths = declaration.parameters.map(\.path)
    statePaths = declaration.states.map(\.path)
    self.loss = loss
    targetCheck = TargetCheck(loss, outputs: declaration.output)
    self.penalty = penalty
    self.metrics = metrics
    self.leavesOut = leavesOut
    self.reportsObjective = reportsObjective
  }

  /// Traces a step: the loss, as sums the batch's loss and how many examples were right, and what becomes
  /// of the states.
  func trace(_ step: TrainingPlan.Inputs) throws -> TrainingPlan.Outputs {
    let parameters = ParameterTree(paths, step.parameters)
    let states = ParameterTree(statePaths, step.states)
    let scope = ParameterScope(isTraining: true, key: step.key) {
      try ($0.isState ? states : parameters).tensor(for: $0)
    }
    let (inputs, targets) = (step.examples[0], step.examples[1])
    observer?.trace = inputs.trace
    scope.observer = observer
    let outputs = try scope.applyRoot(layer, to: inputs)
    // Behind inputs and targets stands how much each example counts, if not all count as much.
    let value =
      try step.examples.count > 2
      ? loss.apply(outputs: outputs, targets: targets, weights: step.examples[2])
      : loss.apply(outputs: outputs, targets: targets)
    var sums = [try value.multiplying(Double(inputs.shape[0]))]
    if let correct = try TrainingStep.correct(outputs, targets) {
      let places = leavesOut ? 1 : TrainingStep.places(in: targets)
      sums.append(try places == 1 ? correct : correct.dividing(Double(places)))
      if leavesOut { sums.append(try TrainingStep.counted(targets)) }
    }
    let count = Double(inputs.shape[0])
    sums += try metrics.map {
      try $0.apply(outputs: outputs, targets: targets).multiplying(count)
    }
    let prices = try [penalty?.apply(to: step.parameters)].compactMap(\.self) + scope.charges
    let watched = scope.watched(with: inputs)
    self.watched = watched.map(\.name)
    let objective = try prices.reduce(value) { try $0.adding($1) }
    if reportsObjective { sums.append(try objective.multiplying(count)) }
    return .init(
      loss: objective, sums: sums,
      watched: watched.map(\.value),
      states: zip(statePaths, step.states).map { scope.carried[$0] ?? $1 })
  }

  /// How many places have their largest output at their class; nothing where targets are no classes of
  /// places of the output, as in labels of sequences.
  static func correct(_ outputs: Tensor, _ targets: Tensor) throws -> Tensor? {
    guard !targets.elementType.isFloat,
      outputs.shape.rank > 0, Array(outputs.shape.sizes.dropLast()) == targets.shape.sizes
    else { return nil }
    return try outputs.argmax(axis: -1).equal(to: targets).sum()
  }

  /// How many labels are classes: those from 0 on.
  static func counted(_ targets: Tensor) throws -> Tensor {
    try targets.greaterOrEqual(to: 0).sum()
  }

  /// How many classes an example has: one, or one for each of its places.
  static func places(in targets: Tensor) -> Int {
    max(targets.shape.count / max(targets.shape.sizes.first ?? 1, 1), 1)
  }
}
