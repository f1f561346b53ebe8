import LeptonTensor

/// What training makes small: one number for a batch of outputs and targets.
public enum Loss {
  /// The mean of `−log softmax(logits)[target]`; with `smoothing` ε the target is `1 − ε` on the
  /// true class and ε spread over all (Szegedy et al. 2016).
  case crossEntropy(smoothing: Double = 0)
  /// The mean of the squared differences.
  case meanSquaredError
  /// A function of outputs and targets, with the Lepton that makes it.
  case custom(source: String, function: (Tensor, Tensor) throws -> Tensor)

  /// The Lepton that makes it.
  public var source: String {
    switch self {
    case .crossEntropy(let smoothing):
      smoothing == 0 ? "cross_entropy" : "cross_entropy(smoothing=\(shortest(smoothing)))"
    case .meanSquaredError: "mean_squared_error"
    case .custom(let source, _): source
    }
  }

  /// The loss that suits targets: cross entropy for whole numbers, else the mean squared error.
  public static func standard(for targets: ElementType) -> Loss {
    targets.isFloat ? .meanSquaredError : .crossEntropy()
  }
}

/// A price on large weights, added to the loss while training: kernels only, biases are free.
public struct Penalty: Sendable, Hashable {
  /// The factor of `Σ |w|`.
  public var l1: Double
  /// The factor of `Σ w²`.
  public var l2: Double

  /// Makes a penalty.
  public init(l1: Double = 0, l2: Double = 0) {
    self.l1 = l1
    self.l2 = l2
  }

  /// The Lepton that makes it.
  public var source: String {
    switch (l1 != 0, l2 != 0) {
    case (true, true): "elastic(\(shortest(l1)), \(shortest(l2)))"
    case (true, false): "l1(\(shortest(l1)))"
    default: "l2(\(shortest(l2)))"
    }
  }
}
