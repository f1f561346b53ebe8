/// Something that an update rule remembers of each parameter.
public struct MemorySlot: Sendable, Hashable {
  /// What it is at first.
  public enum Start: Sendable, Hashable {
    /// A tensor of the parameter's shape, all 0.
    case zeros
    /// The parameter itself.
    case parameter
    /// A single number, 0.
    case number
  }

  /// What it is called: `mean`.
  public let name: String
  /// What it is at first.
  public let start: Start

  /// Makes a slot.
  public init(_ name: String, _ start: Start = .zeros) {
    self.name = name
    self.start = start
  }

  /// What it looks like for a parameter.
  func form(for parameter: Form) -> Form {
    start == .number ? Form(.scalar, .float32) : parameter
  }
}

/// What an update does to one parameter in its own way.
public struct ParameterSettings: Sendable, Hashable {
  /// By what the learning rate is multiplied.
  public var rateFactor = 1.0
  /// The weight decay, if not the rule's.
  public var weightDecay: Double?
  /// Whether it stays as it is; its gradient is not computed.
  public var isFrozen = false
  /// What it is held to after each update.
  public var constraint: Constraint?

  /// Makes settings that change nothing.
  public init() {}
}

/// What a parameter of two axes and more is held to after each update.
public enum Constraint: Sendable, Hashable {
  /// The norm of the weights that lead to one output is at most this.
  case maxNorm(Double)
  /// The norm of the weights that lead to one output is 1.
  case unitNorm
  /// No weight is below 0.
  case nonNegative

  /// The parameter as it may be; one axis alone is left as it is.
  func apply(to w: Tensor) throws -> Tensor {
    guard w.shape.rank >= 2 else { return w }
    if self == .nonNegative { return try w.maximum(0.0) }
    let axes = Array(0..<w.shape.rank - 1)
    let norm = try w.multiplying(w).sum(axes: axes, keepingDimensions: true).squareRoot()
    let small = 1e-7
    switch self {
    case .maxNorm(let limit):
      // Norms within the limit give a factor of exactly 1.
      let factor = try Tensor.quotient(limit, norm.maximum(limit))
      return try w.multiplying(factor)
    case .unitNorm: return try w.dividing(norm.adding(small))
    case .nonNegative: return w
    }
  }
}
