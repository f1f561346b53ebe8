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
    let loss = loss ?? .standard(for: data.targetType)
    let declaration = try Declaration(
      layer, exampleShape: data.exampleShape, type: data.allInputs.elementType)
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
    let trace = Trace()
    let outputs = try trace.input(Form(output, .float32))
    let targets = try trace.input(
      Form(Shape([Declaration.batch] + data.targetShape), data.targetType))
    let value = try loss.apply(outputs: outputs, targets: targets)
    guard value.shape.count == 1 else {
      throw TensorError(
        "shape/loss", "the loss must be one number, but it has shape \(value.shape.perExample)",
        help: ["take its mean"])
    }
    try checkClasses(output, data, loss)
  }

  /// Refuses a model that has fewer outputs than there are classes.
  private static func checkClasses(_ output: Shape, _ data: Dataset, _ loss: Loss) throws {
    guard case .crossEntropy = loss, let outputs = output.sizes.last else { return }
    let classes = try data.classNames().count
    guard outputs >= classes else {
      throw TensorError(
        "shape/target", "the model ends in \(outputs) outputs, but there are \(classes) classes",
        help: ["end the model with dense(\(classes))"])
    }
  }
}
