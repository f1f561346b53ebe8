import LeptonTensor

extension Loss {
  /// The loss of a batch: one number.
  ///
  /// For cross entropy `outputs` holds logits `[batch, …, classes]` and `targets` whole numbers
  /// `[batch, …]`; for the mean squared error both have one shape, save for axes of size 1 at the end.
  ///
  /// - Throws: `TensorError` with code `shape/target` if outputs and targets do not go together.
  public func apply(outputs: Tensor, targets: Tensor) throws -> Tensor {
    switch self {
    case .crossEntropy(let smoothing):
      try Loss.crossEntropy(outputs, targets, smoothing: smoothing)
    case .meanSquaredError:
      try Loss.squaredError(outputs, targets)
    case .custom(_, let function):
      try function(outputs, targets)
    }
  }

  private static func crossEntropy(
    _ logits: Tensor, _ labels: Tensor, smoothing: Double
  ) throws -> Tensor {
    try checkClasses(logits.shape, labels)
    let exact = try logits.softmaxCrossEntropy(labels: labels).mean()
    guard smoothing != 0 else { return exact }
    let spread = try logits.logSoftmax().mean().negated()
    return try exact.multiplying(1 - smoothing).adding(spread.multiplying(smoothing))
  }

  private static func squaredError(_ outputs: Tensor, _ targets: Tensor) throws -> Tensor {
    let count = targets.shape.sizes
    guard outputs.shape.sizes.trimmed == count.trimmed else {
      throw TensorError(
        "shape/target",
        "the model ends in \(outputs.shape.perExample), but the targets have shape "
          + targets.shape.perExample,
        help: ["end the model with dense(\(max(1, count.dropFirst().last ?? 1)))"])
    }
    let difference = try outputs.subtracting(targets.reshaped(to: outputs.shape.sizes))
    return try difference.multiplying(difference).mean()
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

extension Penalty {
  /// The price of a model's kernels, which are its parameters of two axes and more.
  func apply(to parameters: [Tensor]) throws -> Tensor? {
    var total: Tensor?
    for kernel in parameters where kernel.shape.rank >= 2 {
      var price = try kernel.multiplying(kernel).sum().multiplying(l2)
      if l1 != 0 { price = try price.adding(kernel.absolute().sum().multiplying(l1)) }
      total = try total?.adding(price) ?? price
    }
    return total
  }
}

extension [Int] {
  /// The sizes without ones at the end, the first kept.
  fileprivate var trimmed: [Int] {
    var sizes = self
    while sizes.count > 1, sizes.last == 1 { sizes.removeLast() }
    return sizes
  }
}
