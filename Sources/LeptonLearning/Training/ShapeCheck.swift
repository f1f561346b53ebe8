import LeptonTensor

/// Tries model, loss and data on shapes alone, so that a mismatch is told before training.
public enum ShapeCheck {
  /// Runs the check; without a loss that which suits the targets is taken.
  ///
  /// - Throws: `LayerError` with the layer in which the mismatch shows, and the mend; `TensorError`
  ///   with code `model/parameter` if there is nothing to train.
  @discardableResult
  public static func run(
    _ layer: any Layer, on data: Dataset, loss: Loss? = nil
  ) throws -> Declaration {
    try data.checkPrepared()
    let loss = loss ?? .standard(for: data.targetType)
    let declaration = try Declaration(
      layer, exampleShape: data.exampleShape, type: data.allInputs.elementType,
      probe: data.count == 0 ? nil : data.probe(data.allInputs))
    do {
      try check(declaration.output, data, loss)
    } catch let error as TensorError where error.code == "shape/target" {
      throw declaration.blamed(error)
    }
    guard !declaration.parameters.isEmpty else {
      throw TensorError(
        "model/parameter", "the model has no parameters, so there is nothing to train",
        help: ["put in a layer that has some: dense(10)"])
    }
    return declaration
  }

  private static func check(_ output: Shape, _ data: Dataset, _ loss: Loss) throws {
    let value = try tried(loss, on: output, data)
    guard value.shape.count == 1 else {
      throw TensorError(
        "shape/loss", "the loss must be one number, but it has shape \(value.shape.perExample)",
        help: ["take its mean"])
    }
    try checkClasses(output, data, loss)
  }

  /// The loss of outputs of a shape, of which only that is known; if it asks for values, of zeros.
  private static func tried(_ loss: Loss, on output: Shape, _ data: Dataset) throws -> Tensor {
    let trace = Trace()
    let outputs = try trace.input(Form(output, .float32))
    let targets = try trace.input(
      Form(Shape([Declaration.batch] + data.targetShape), data.targetType))
    do {
      let value = try loss.apply(outputs: outputs, targets: targets)
      if !trace.wasRead { try checkDependence(of: value, on: outputs) }
      return value
    } catch  where trace.wasRead && data.count > 0 {
      return try loss.apply(
        outputs: Tensor(repeating: 0.0, shape: output.sizes), targets: data.probe(data.allTargets))
    }
  }

  /// Refuses a loss of which the outputs change nothing, so that training would change nothing either.
  private static func checkDependence(of loss: Tensor, on outputs: Tensor) throws {
    guard loss.elementType.isFloat, loss.shape.count == 1 else { return }
    // What is no number is told of by its first step.
    if !loss.isTraced, try !loss.item().isFinite { return }
    let slopes = try gradients(of: loss, withRespectTo: [outputs])[0]
    guard !slopes.isTraced, try slopes.absolute().max().item() == 0 else { return }
    throw TensorError(
      "gradient/none", "the loss does not depend on what the model gives",
      help: [
        "it is called with outputs and targets, (outputs, targets) -> …; what counts, compares or rounds has no gradient"
      ])
  }

  /// Refuses a model that has fewer outputs than there are classes.
  private static func checkClasses(_ output: Shape, _ data: Dataset, _ loss: Loss) throws {
    guard data.isClassified, case .crossEntropy = loss, let outputs = output.sizes.last else {
      return
    }
    try data.checkLabels(below: .max)
    let classes = try data.classes?.count ?? data.labelBound()
    guard outputs >= classes else {
      throw TensorError(
        "shape/target", "the model ends in \(outputs) outputs, but there are \(classes) classes",
        help: ["end the model with dense(\(classes))"])
    }
  }
}

extension Dataset {
  /// The first examples of one of its tensors, as many as a declaration tries.
  fileprivate func probe(_ tensor: Tensor) throws -> Tensor {
    let last = (stream == nil ? count : tensor.shape[0]) - 1
    let rows = (0..<Declaration.batch).map { row(min($0, last)) }
    return try tensor.gathered(Tensor(rows, shape: [rows.count]))
  }
}
