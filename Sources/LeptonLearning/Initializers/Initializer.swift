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

  /// Glorot & Bengio 2010: uniform in ±√(6 / (inputs + outputs)).
  public static let glorotUniform = variance(scale: 1, fan: .average, shape: .uniform)
  /// Glorot & Bengio 2010, truncated normal.
  public static let glorotNormal = variance(scale: 1, fan: .average, shape: .truncatedNormal)
  /// He et al. 2015: uniform in ±√(6 / inputs).
  public static let heUniform = variance(scale: 2, fan: .inputs, shape: .uniform)
  /// He et al. 2015, truncated normal.
  public static let heNormal = variance(scale: 2, fan: .inputs, shape: .truncatedNormal)
  /// LeCun et al. 1998: uniform in ±√(3 / inputs).
  public static let lecunUniform = variance(scale: 1, fan: .inputs, shape: .uniform)
  /// LeCun et al. 1998, truncated normal.
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
    case .uniform(let low, let high): "uniform(\(shortest(low)), \(shortest(high)))"
    case .normal(let mean, let deviation): "normal(\(shortest(mean)), \(shortest(deviation)))"
    default: Initializer.named.first { $0.initializer == self }?.name ?? "zeros"
    }
  }
}
