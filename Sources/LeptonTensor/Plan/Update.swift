import Glibc

/// The rule by which a step of training changes parameters.
public struct Update: Sendable, Hashable {
  /// The family of the rule.
  public enum Rule: Sendable, Hashable {
    /// v ← μ v − η g; w ← w + v, or with Nesterov's variant w ← w + μ v − η g (Keras's form).
    case descent(momentum: Double, nesterov: Bool)
    /// Adam (Kingma & Ba 2015) as Keras has it:
    /// m ← β₁ m + (1−β₁) g; v ← β₂ v + (1−β₂) g²; w ← w − η √(1−β₂ᵗ)/(1−β₁ᵗ) · m / (√v + ε); with
    /// `amsgrad` the largest v so far divides (Reddi and others 2018).
    case adam(beta1: Double, beta2: Double, epsilon: Double, amsgrad: Bool = false)
    /// A rule of one's own.
    case custom(CustomRule)
  }

  /// The rule.
  public var rule: Rule
  /// λ: with `decoupled` w ← w − η λ w before the rule (AdamW), else g ← g + λ w.
  public var weightDecay: Double
  /// Whether weight decay stands beside the gradient instead of in it.
  public var decoupled: Bool
  /// Gradients of all parameters together are scaled down to at most this Euclidean norm.
  public var clipNorm: Double?
  /// Each element of a gradient is held within ± this, before the norm is looked at.
  public var clipValue: Double?
  /// Whether a step may take its gradient from several batches.
  public var accumulates: Bool
  /// Whether an average of each parameter is kept beside it.
  public var averages: Bool

  /// Makes an update rule.
  public init(
    _ rule: Rule, weightDecay: Double = 0, decoupled: Bool = false, clipNorm: Double? = nil,
    clipValue: Double? = nil, accumulates: Bool = false, averages: Bool = false
  ) {
    self.rule = rule
    self.weightDecay = weightDecay
    self.decoupled = decoupled
    self.clipNorm = clipNorm
    self.clipValue = clipValue
    self.accumulates = accumulates
    self.averages = averages
  }
}

extension Update {
  /// What the rule itself remembers of each parameter.
  var ruleSlots: [MemorySlot] {
    switch rule {
    case .descent(let momentum, _): momentum == 0 ? [] : [MemorySlot("velocity")]
    case .adam(_, _, _, let amsgrad):
      [MemorySlot("mean"), MemorySlot("square")] + (amsgrad ? [MemorySlot("peak")] : [])
    case .custom(let rule): rule.slots
    }
  }

  /// All that is remembered of each parameter: for the rule, the sum of gradients, the average.
  var slots: [MemorySlot] {
    ruleSlots + (accumulates ? [MemorySlot("gradient")] : [])
      + (averages ? [MemorySlot("average", .parameter)] : [])
  }

  /// Where the sum of gradients stands among the slots.
  var gradientSlot: Int? { accumulates ? ruleSlots.count : nil }

  /// Where the average stands among the slots.
  var averageSlot: Int? { averages ? slots.count - 1 : nil }

  /// The slot that holds what the trained model gets; nothing for the parameter itself.
  var resultSlot: Int? {
    if let averageSlot { return averageSlot }
    if case .custom(let rule) = rule { return rule.result }
    return nil
  }

  /// What changes from step to step: the factor of the rule's direction, and that of the parameter.
  func factors(learningRate: Double, step: Int, weightDecay: Double) -> (
    direction: Float, decay: Float
  ) {
    let decay = decoupled ? Float(1 - learningRate * weightDecay) : 1
    switch rule {
    case .descent, .custom: return (Float(learningRate), decay)
    case .adam(let beta1, let beta2, _, _):
      let correction = (1 - pow(beta2, Double(step))).squareRoot() / (1 - pow(beta1, Double(step)))
      return (Float(learningRate * correction), decay)
    }
  }

  /// Gradients within the bounds and the norm that the rule allows.
  func clipped(_ slopes: [Tensor]) throws -> [Tensor] {
    var slopes = slopes
    if let clipValue { slopes = try slopes.map { try $0.clipped(from: -clipValue, to: clipValue) } }
    guard let limit = clipNorm, let first = slopes.first else { return slopes }
    let zero = try Tensor(scalar: 0, first.elementType)
    let squares = try slopes.reduce(zero) { try $0.adding($1.multiplying($1).sum()) }
    let scale = try Tensor.quotient(limit, squares.squareRoot().maximum(limit))
    return try slopes.map { try $0.multiplying(scale) }
  }
}
