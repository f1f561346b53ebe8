import LeptonTensor

/// Cross entropy with all that can be said about it.
public struct CrossEntropy {
  /// The share ε of a target that is spread over all classes (Szegedy and others 2016).
  public var smoothing: Double
  /// How much each class counts.
  public var classWeights: Tensor?
  /// The label of what does not count.
  public var ignored: Int?

  /// Makes a cross entropy.
  public init(smoothing: Double = 0, classWeights: Tensor? = nil, ignored: Int? = nil) {
    self.smoothing = smoothing
    self.classWeights = classWeights
    self.ignored = ignored
  }

  /// The loss of each example, and how much it counts in a mean; without counts all count the same.
  ///
  /// `logits` is `[batch, …, classes]`; `targets` are whole numbers `[batch, …]`, or probabilities of the
  /// shape of the logits. As in PyTorch a class weight is a factor of a loss, and where targets are
  /// labels the mean is that over the weights.
  ///
  /// - Throws: `TensorError` with code `shape/target` if logits and targets do not go together.
  public func losses(
    logits: Tensor, targets: Tensor
  ) throws -> (losses: Tensor, counts: Tensor?) {
    if targets.elementType.isFloat, targets.shape == logits.shape {
      try CrossEntropy.checkProbabilities(targets)
      return (try soft(logits, targets), nil)
    }
    try CrossEntropy.checkClasses(logits.shape, targets)
    try checkWeights(logits.shape.sizes.last ?? 0)
    guard smoothing != 0 || classWeights != nil || ignored != nil else {
      return (try logits.softmaxCrossEntropy(labels: targets), nil)
    }
    return try hard(logits, targets)
  }

  /// Refuses rows, if their values are known, that are no probabilities; sums may be off by what float16 rounds.
  private static func checkProbabilities(_ targets: Tensor) throws {
    guard !targets.isTraced, targets.shape.rank > 0, targets.shape.count > 0 else { return }
    let sums = try targets.sum(axes: [-1])
    let isRow = try Tensor.select(
      targets.min(axes: [-1]).greaterOrEqual(to: 0), sums.subtracting(1).absolute(), 1.0
    ).less(than: 1e-2).elements(as: Int.self)
    guard let place = isRow.firstIndex(of: 0) else { return }
    let classes = targets.shape[targets.shape.rank - 1]
    let row = try targets.reshaped(to: [sums.shape.count, classes]).gathered(
      Tensor([place], shape: [1]))
    let told = try row.elements(as: Float.self).prefix(8).map { "\($0)" }.joined(separator: ", ")
    throw TensorError(
      "data/target",
      "cross entropy needs classes, or rows of probabilities that add up to 1, and at "
        + "\(sums.shape.indices(of: place)) stands [\(told)\(classes > 8 ? ", …" : "")]",
      help: [
        "where an example may have several labels, loss=binary_cross_entropy takes each for itself"
      ])
  }

  /// The mean loss of a batch.
  func apply(logits: Tensor, targets: Tensor) throws -> Tensor {
    let (losses, counts) = try losses(logits: logits, targets: targets)
    return try losses.mean(weighedBy: counts, includesWeights: true)
  }

  /// Refuses weights that are not one number from 0 on for each class.
  private func checkWeights(_ classes: Int) throws {
    guard let classWeights, !classWeights.isTraced else { return }
    _ = try Dataset.checked(classWeights, classes, of: "classes")
  }

  private func soft(_ logits: Tensor, _ targets: Tensor) throws -> Tensor {
    let classes = Double(logits.shape[logits.shape.rank - 1])
    let mixed =
      smoothing == 0
      ? targets : try targets.multiplying(1 - smoothing).adding(smoothing / classes)
    return try mixed.multiplying(surprises(logits)).sum(axes: [-1])
  }

  private func hard(_ logits: Tensor, _ labels: Tensor) throws -> (Tensor, Tensor?) {
    let known = try ignored.map { try labels.notEqual(to: $0) }
    let labels =
      try known.map { try Tensor.select($0, labels, 0).cast(to: labels.elementType) } ?? labels
    var losses = try logits.softmaxCrossEntropy(labels: labels)
    var counts = try classWeights.map {
      try $0.cast(to: losses.elementType).gathered(labels.cast(to: .int64))
    }
    if let counts { losses = try losses.multiplying(counts) }
    if smoothing != 0 {
      let spread = try surprises(logits).mean(axes: [-1])
      losses = try losses.multiplying(1 - smoothing).adding(spread.multiplying(smoothing))
    }
    if let known {
      losses = try Tensor.select(known, losses, 0.0)
      counts =
        try counts.map { try Tensor.select(known, $0, 0.0) } ?? known.cast(to: losses.elementType)
    }
    return (losses, counts)
  }

  /// −log softmax(logits), times the weights of the classes.
  private func surprises(_ logits: Tensor) throws -> Tensor {
    let surprises = try logits.logSoftmax().negated()
    return try classWeights.map { try surprises.multiplying($0.cast(to: surprises.elementType)) }
      ?? surprises
  }

  /// Refuses logits that do not hold one row for each label.
  private static func checkClasses(_ outputs: Shape, _ labels: Tensor) throws {
    guard !labels.elementType.isFloat else {
      throw TensorError(
        "shape/target",
        "cross entropy needs classes as whole numbers, but the targets are "
          + labels.elementType.rawValue,
        help: ["use loss=mean_squared_error for numbers"])
    }
    guard Array(outputs.sizes.dropLast()) == labels.shape.sizes else {
      let flat = outputs.rank > labels.shape.rank + 1
      throw TensorError(
        "shape/target",
        "the model ends in \(outputs.perExample), but the labels are one class for each example",
        help: [
          outputs.rank > 3
            ? "put flatten() or global_avg_pool() before it"
            : flat ? "put flatten() before it" : "end the model with dense(CLASSES)"
        ])
    }
  }
}

extension Tensor {
  /// The mean of losses: the sum of losses times weights over the sum of the weights, which are one for each
  /// example or for each loss; the losses may be multiplied with them already.
  ///
  /// - Throws: `TensorError` with code `shape/broadcast` if there are not as many weights as examples.
  public func mean(weighedBy weights: Tensor?, includesWeights: Bool = false) throws -> Tensor {
    guard let weights = try weights?.weights(for: self) else { return try mean() }
    let sum = try (includesWeights ? self : multiplying(weights)).sum()
    return try sum.dividing(weights.sum().maximum(1e-12))
  }

  /// Weights of examples as weights of losses.
  public func weights(for losses: Tensor) throws -> Tensor {
    var weights = try cast(to: losses.elementType)
    while weights.shape.rank < losses.shape.rank { weights = try weights.expanded(at: -1) }
    return try weights.broadcast(to: losses.shape.sizes)
  }
}
