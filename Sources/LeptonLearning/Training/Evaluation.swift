import LeptonTensor

/// How good a model is on examples.
public struct Evaluation: Sendable {
  /// The mean loss.
  public let loss: Double
  /// The share of right labels; nothing where outputs are not compared with classes one by one.
  ///
  /// An example may have several labels; those below 0 are left out.
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
    var (correct, counted) = (Int?.none, 0)
    var seen: (outputs: [Tensor], targets: [Tensor]) = ([], [])
    var errors = RegressionTally()
    let comparesNumbers = !data.isClassified && data.targetParts == nil
    try Prediction.batches(of: model, on: data, saw: saw) { output, targets in
      if case .crossEntropy = loss { try data.checkLabels(below: output.shape.sizes.last ?? 0) }
      sum += try loss.mean(outputs: output, targets: targets, of: data) * Double(targets.shape[0])
      if !metrics.isEmpty {
        seen.outputs.append(output)
        seen.targets.append(targets)
      }
      if let right = try TrainingStep.correct(output, targets) {
        correct = try (correct ?? 0) + right.integerItem()
        counted += try TrainingStep.counted(targets).integerItem()
      } else if comparesNumbers {
        try errors.add(
          predicted: output.elements(as: Double.self), actual: targets.elements(as: Double.self))
      }
    }
    self.loss = sum / Double(data.count)
    self.metrics = try metrics.map { metric in
      Measurement(
        metric.name,
        try metric.value(
          outputs: Tensor.concatenated(seen.outputs), targets: Tensor.concatenated(seen.targets)))
    }
    accuracy = correct.map { Accuracy(correct: $0, count: counted) }
    regression = comparesNumbers ? RegressionScore(errors) : nil
  }
}

extension Loss {
  /// The loss of a batch of a data set, whose mistakes name places in the data.
  fileprivate func mean(outputs: Tensor, targets: Tensor, of data: Dataset) throws -> Double {
    do {
      return try apply(outputs: outputs, targets: targets).item()
    } catch {
      try TargetCheck(self, outputs: outputs.shape).run(on: data)
      throw error
    }
  }
}
