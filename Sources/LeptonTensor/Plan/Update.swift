import Glibc

/// The rule by which a step of training changes parameters.
public struct Update: Sendable, Hashable {
  /// The family of the rule.
  public enum Rule: Sendable, Hashable {
    /// v ← μ v − η g; w ← w + v, or with Nesterov's variant w ← w + μ v − η g (Keras's form).
    case descent(momentum: Double, nesterov: Bool)
    /// Adam (Kingma & Ba 2015) as Keras has it:
    /// m ← β₁ m + (1−β₁) g; v ← β₂ v + (1−β₂) g²; w ← w − η √(1−β₂ᵗ)/(1−β₁ᵗ) · m / (√v + ε).
    case adam(beta1: Double, beta2: Double, epsilon: Double)
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

  /// Makes an update rule.
  public init(
    _ rule: Rule, weightDecay: Double = 0, decoupled: Bool = false, clipNorm: Double? = nil
  ) {
    self.rule = rule
    self.weightDecay = weightDecay
    self.decoupled = decoupled
    self.clipNorm = clipNorm
  }
}

extension Update {
  /// How many numbers the rule remembers for each parameter.
  var memoryCount: Int {
    switch rule {
    case .descent(let momentum, _): momentum == 0 ? 0 : 1
    case .adam: 2
    case .custom(let rule): rule.memoryCount
    }
  }

  /// What changes from step to step: the factor of the rule's direction, and that of the parameter.
  func factors(learningRate: Double, step: Int) -> (direction: Float, decay: Float) {
    let decay = decoupled ? Float(1 - learningRate * weightDecay) : 1
    switch rule {
    case .descent, .custom: return (Float(learningRate), decay)
    case .adam(let beta1, let beta2, _):
      let correction = (1 - pow(beta2, Double(step))).squareRoot() / (1 - pow(beta1, Double(step)))
      return (Float(learningRate * correction), decay)
    }
  }
}
