import LeptonTensor

extension Loss {
  /// The loss of a batch: one number.
  ///
  /// For cross entropy `outputs` holds logits `[batch, …, classes]` and `targets` whole numbers
  /// `[batch, …]` or probabilities of the logits' shape; for the mean squared error both have one shape, save for axes of size 1 at the end.
  ///
  /// - Throws: `TensorError` with code `shape/target` if outputs and targets do not go together.
  public func apply(outputs: Tensor, targets: Tensor) throws -> Tensor {
    switch self {
    case .crossEntropy(let smoothing):
      try CrossEntropy(smoothing: smoothing).apply(logits: outputs, targets: targets)
    case .meanSquaredError:
      try Loss.squaredErrors(outputs, targets).mean()
    case .custom(_, let function):
      try function(outputs, targets)
    }
  }

  /// The squared differences of outputs and targets.
  ///
  /// - Throws: `TensorError` with code `shape/target` if they do not go together.
  public static func squaredErrors(_ outputs: Tensor, _ targets: Tensor) throws -> Tensor {
    let count = targets.shape.sizes
    guard outputs.shape.sizes.trimmed == count.trimmed else {
      throw TensorError(
        "shape/target",
        "the model ends in \(outputs.shape.perExample), but the targets have shape "
          + targets.shape.perExample,
        help: ["end the model with dense(\(max(1, count.dropFirst().last ?? 1)))"])
    }
    let difference = try outputs.subtracting(targets.reshaped(to: outputs.shape.sizes))
    return try difference.multiplying(difference)
  }
}

extension Penalty {
  /// The price of a model's kernels, which are its parameters of two axes and more.
  func apply(to parameters: [Tensor]) throws -> Tensor? {
    try parameters.filter { $0.shape.rank >= 2 }.reduce(Tensor?.none) { total, kernel in
      let price = try price(of: kernel)
      return try total?.adding(price) ?? price
    }
  }

  /// `l1 · Σ |x| + l2 · Σ x²`.
  func price(of x: Tensor) throws -> Tensor {
    let squares = try x.multiplying(x).sum().multiplying(l2)
    return try l1 == 0 ? squares : squares.adding(x.absolute().sum().multiplying(l1))
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
