import LeptonTensor

/// What one step of training computes, as the engine traces it.
struct TrainingStep {
  let layer: any Layer
  let paths: [String]
  let loss: Loss
  let penalty: Penalty?

  /// Traces a step: the loss, and as sums the batch's loss and how many examples were right.
  func trace(_ step: TrainingPlan.Inputs) throws -> TrainingPlan.Outputs {
    var tree = ParameterTree()
    for (path, parameter) in zip(paths, step.parameters) { tree[path] = parameter }
    let scope = ParameterScope(isTraining: true, key: step.key) { try tree.tensor(for: $0) }
    let (inputs, targets) = (step.examples[0], step.examples[1])
    let outputs = try scope.applyRoot(layer, to: inputs)
    let value = try loss.apply(outputs: outputs, targets: targets)
    var sums = [try value.multiplying(Double(inputs.shape[0]))]
    if let correct = try TrainingStep.correct(outputs, targets) { sums.append(correct) }
    let price = try penalty?.apply(to: step.parameters)
    return .init(loss: try price.map(value.adding) ?? value, sums: sums)
  }

  /// How many examples have their largest output at their class; nothing where targets are no classes.
  static func correct(_ outputs: Tensor, _ targets: Tensor) throws -> Tensor? {
    guard !targets.elementType.isFloat, outputs.shape.rank == targets.shape.rank + 1 else {
      return nil
    }
    return try outputs.argmax(axis: -1).equal(to: targets).sum()
  }
}

/// Tries model, data and loss on shapes alone, so that a mismatch is told before training.
enum ShapeCheck {
  /// Runs the check.
  ///
  /// - Throws: `TensorError` that names the layer or the mismatch, and the mend.
  static func run(_ layer: any Layer, on data: Dataset, loss: Loss) throws -> Declaration {
    let declaration = try Declaration(
      layer, exampleShape: data.exampleShape, type: data.allInputs.elementType)
    let trace = Trace()
    let outputs = try trace.input(
      Form(Shape([Declaration.batch] + declaration.outputShape), .float32))
    let targets = try trace.input(
      Form(Shape([Declaration.batch] + data.targetShape), data.targetType))
    let value = try loss.apply(outputs: outputs, targets: targets)
    guard value.shape.count == 1 else {
      throw TensorError(
        "shape/loss", "the loss must be one number, but it has shape \(value.shape)",
        help: ["take its mean"])
    }
    try checkClasses(declaration.outputShape, data, loss)
    return declaration
  }

  /// Refuses a model that has fewer outputs than there are classes.
  private static func checkClasses(_ output: [Int], _ data: Dataset, _ loss: Loss) throws {
    guard case .crossEntropy = loss, let outputs = output.last else { return }
    let classes = try data.classNames().count
    guard outputs >= classes else {
      throw TensorError(
        "shape/target", "the model ends in \(outputs) outputs, but there are \(classes) classes",
        help: ["end the model with dense(\(classes))"])
    }
  }
}
