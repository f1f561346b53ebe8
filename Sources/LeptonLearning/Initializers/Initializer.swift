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
  /// Normal, without what lies beyond two deviations.
  case truncatedNormal(mean: Double, deviation: Double)
  /// Uniform or truncated normal with the variance `scale / fan`.
  case variance(scale: Double, fan: Fan, shape: Distribution)
  /// A random matrix with orthonormal columns or rows, times a gain (Saxe and others 2014).
  case orthogonal(gain: Double)
  /// A matrix with a number on its diagonal; of a kernel of more axes it stands in the middle of the others.
  case identity(gain: Double)
  /// A function of one's own.
  case custom(CustomInitializer)

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

  /// The initialisers that have a name and no numbers; of two names the first is the usual one.
  public static let named: [(name: String, initializer: Initializer)] = [
    ("glorot", glorotUniform), ("glorot_uniform", glorotUniform), ("xavier", glorotUniform),
    ("glorot_normal", glorotNormal), ("he", heUniform), ("he_uniform", heUniform),
    ("kaiming", heUniform), ("he_normal", heNormal), ("lecun", lecunUniform),
    ("lecun_uniform", lecunUniform),
    ("lecun_normal", lecunNormal),
    ("zeros", .zeros), ("ones", .ones),
  ]

  /// The Lepton that makes it.
  public var source: String {
    switch self {
    case .constant(let value): "constant(\(shortest(value)))"
    case .uniform(let low, let high): "random_uniform(\(shortest(low)), \(shortest(high)))"
    case .normal(let mean, let deviation):
      "random_normal(\(shortest(mean)), \(shortest(deviation)))"
    case .truncatedNormal(let mean, let deviation):
      "truncated_normal(\(shortest(mean)), \(shortest(deviation)))"
    case .identity(let gain):
      gain == 1 ? "identity_matrix()" : "identity_matrix(\(shortest(gain)))"
    case .orthogonal(let gain):
      gain == 1 ? "orthogonal()" : "orthogonal(\(shortest(gain)))"
    case .custom(let custom): custom.source
    case .zeros, .ones, .variance:
      Initializer.named.first { $0.initializer == self }?.name ?? "zeros"
    }
  }
}

/// A function from a shape and a key of chance to a first value, called by the thread that made it only.
public struct CustomInitializer: @unchecked Sendable, Hashable {
  /// The Lepton that makes it.
  public let source: String
  let draw: (_ shape: [Int], _ key: RandomKey) throws -> Tensor

  /// Makes an initialiser of a function.
  public init(
    source: String, draw: @escaping (_ shape: [Int], _ key: RandomKey) throws -> Tensor
  ) {
    self.source = source
    self.draw = draw
  }

  /// Two are the same if they print the same.
  public static func == (a: CustomInitializer, b: CustomInitializer) -> Bool {
    a.source == b.source
  }

  /// Hashes what it prints.
  public func hash(into hasher: inout Hasher) { hasher.combine(source) }
}
