import LeptonTensor

/// How the first value of a parameter is drawn, with Keras's definitions.
public enum Initializer: Sendable, Hashable {
  /// All 0.
  case zeros
  /// All 1.
  case ones
  /// All the same.
  case constant(Double)
  /// Uniform in `[low, high)`.
  case uniform(low: Double, high: Double)
  /// Normal.
  case normal(mean: Double, deviation: Double)
  /// Uniform or truncated normal with the variance `scale / fan`.
  case variance(scale: Double, fan: Fan, shape: Distribution)

  /// By which of a parameter's sides its variance is scaled.
  public enum Fan: Sendable, Hashable {
    /// The number of inputs.
    case inputs
    /// The mean of the numbers of inputs and outputs.
    case average
  }

  /// The shape of a distribution.
  public enum Distribution: Sendable, Hashable {
    /// Uniform in ±√(3 · variance).
    case uniform
    /// Normal, without what lies beyond two standard deviations, with the variance restored.
    case truncatedNormal
  }

  /// Uniform in ±√(6 / (inputs + outputs)) (Glorot & Bengio 2010).
  public static let glorotUniform = variance(scale: 1, fan: .average, shape: .uniform)
  /// Truncated normal with variance 2 / (inputs + outputs) (Glorot & Bengio 2010).
  public static let glorotNormal = variance(scale: 1, fan: .average, shape: .truncatedNormal)
  /// Uniform in ±√(6 / inputs) (He and others 2015).
  public static let heUniform = variance(scale: 2, fan: .inputs, shape: .uniform)
  /// Truncated normal with variance 2 / inputs (He and others 2015).
  public static let heNormal = variance(scale: 2, fan: .inputs, shape: .truncatedNormal)
  /// Uniform in ±√(3 / inputs) (LeCun and others 1998).
  public static let lecunUniform = variance(scale: 1, fan: .inputs, shape: .uniform)
  /// Truncated normal with variance 1 / inputs (LeCun and others 1998).
  public static let lecunNormal = variance(scale: 1, fan: .inputs, shape: .truncatedNormal)

  /// The initialisers that have a name and no numbers.
  public static let named: [(name: String, initializer: Initializer)] = [
    ("glorot_uniform", glorotUniform), ("glorot_normal", glorotNormal),
    ("he_uniform", heUniform), ("he_normal", heNormal),
    ("lecun_uniform", lecunUniform), ("lecun_normal", lecunNormal),
    ("zeros", .zeros), ("ones", .ones),
  ]

  /// The Lepton that makes it.
  public var source: String {
    switch self {
    case .constant(let value): "constant(\(shortest(value)))"
    case .uniform(let low, let high): "random_uniform(\(shortest(low)), \(shortest(high)))"
    case .normal(let mean, let deviation):
      "random_normal(\(shortest(mean)), \(shortest(deviation)))"
    default: Initializer.named.first { $0.initializer == self }?.name ?? "zeros"
    }
  }
}
