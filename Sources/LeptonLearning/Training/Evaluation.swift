import LeptonTensor

/// How good a model is on examples.
public struct Evaluation: Sendable {
  /// The mean loss.
  public let loss: Double
  /// The accuracy; nothing for regression.
  public let accuracy: Accuracy?
  /// What else was measured.
  public let metrics: [Measurement]
  /// The errors of predicted numbers; nothing for classes.
  public let regression: RegressionScore?

  /// Runs a model over a dataset.
  ///
  /// A metric sees the outputs of all examples together, so that it need not be a mean over them.
  ///
  /// - Throws: `TensorError` if model, loss and data do not go together.
  public init(
    of model: Model, on data: Dataset, loss: Loss? = nil, metrics: [TrainingMetric] = [],
    saw: ((Sighting) -> Void)? = nil
  ) throws {
    guard data.count > 0 else {
      throw TensorError("data/empty", "there are no examples to judge the model by")
    }
    let loss = loss ?? .standard(for: data.targetType)
    var sum = 0.0
    var correct = 0
    var seen: (outputs: [Tensor], targets: [Tensor]) = ([], [])
    var outputs: [Double] = []
    try Prediction.batches(of: model, on: data, saw: saw) { output, targets in
      let count = Double(targets.shape[0])
      if case .crossEntropy = loss { try data.checkLabels(below: output.shape.sizes.last ?? 0) }
      sum += try loss.apply(outputs: output, targets: targets).item() * count
      if !metrics.isEmpty {
        seen.outputs.append(output)
        seen.targets.append(targets)
      }
      if let right = try TrainingStep.correct(output, targets) {
        correct += try right.integerItem()
      } else {
        outputs += try output.elements(as: Double.self)
      }
    }
    let isClassified = data.isClassified
    self.loss = sum / Double(data.count)
    self.metrics = try metrics.map { metric in
      Measurement(
        metric.name,
        try metric.value(
          outputs: Tensor.concatenated(seen.outputs), targets: Tensor.concatenated(seen.targets)))
    }
    accuracy = isClassified ? Accuracy(correct: correct, count: data.count) : nil
    regression =
      isClassified || data.targetParts != nil
      ? nil
      : RegressionScore(
        predicted: outputs, actual: try data.targets().elements(as: Double.self))
  }
}
