import LeptonTensor

/// A rule that turns gradients into new parameters, with Keras's defaults.
public enum Optimizer: Sendable, Hashable {
  /// Gradient descent: `v ← momentum · v − rate · g`, `p ← p + v`; with Nesterov's look-ahead,
  /// `p ← p + momentum · v − rate · g`.
  case sgd(rate: LearningRate = 0.01, momentum: Double = 0, nesterov: Bool = false)

  /// Adam (Kingma & Ba 2015, in the form at the end of their section 2), with decoupled weight
  /// decay (Loshchilov & Hutter 2019) where `weightDecay` is not 0:
  /// `m ← m + (1 − β₁)(g − m)`, `v ← v + (1 − β₂)(g² − v)`,
  /// `p ← p − rate · decay · p − rate · √(1 − β₂ᵗ)/(1 − β₁ᵗ) · m / (√v + ε)`.
  case adam(AdamRule)

  /// A rule of one's own, with the weight decay that it or the engine takes care of.
  case custom(rate: LearningRate, weightDecay: Double = 0, CustomRule)

  /// L-BFGS, which looks at all examples at once.
  case lbfgs(LBFGSRule)

  /// Whether a step looks at all examples.
  var isFullBatch: Bool { if case .lbfgs = self { true } else { false } }

  /// The learning rate before the schedule.
  public var rate: LearningRate {
    switch self {
    case .sgd(let rate, _, _): rate
    case .adam(let rule): rule.rate
    case .custom(let rate, _, _): rate
    case .lbfgs(let rule): rule.rate
    }
  }

  /// The same with another learning rate.
  public func with(rate: LearningRate) -> Optimizer {
    switch self {
    case .sgd(_, let momentum, let nesterov):
      return .sgd(rate: rate, momentum: momentum, nesterov: nesterov)
    case .adam(var rule):
      rule.rate = rate
      return .adam(rule)
    case .custom(_, let weightDecay, let rule):
      return .custom(rate: rate, weightDecay: weightDecay, rule)
    case .lbfgs(var rule):
      rule.rate = rate
      return .lbfgs(rule)
    }
  }

  /// The Lepton that makes it.
  public var source: String {
    switch self {
    case .sgd(let rate, let momentum, let nesterov):
      var text = "sgd(\(rate.source)"
      if momentum != 0 { text += ", momentum=\(shortest(momentum))" }
      if nesterov { text += ", nesterov=true" }
      return text + ")"
    case .adam(let rule):
      return rule.source
    case .custom(_, _, let rule):
      return rule.source
    case .lbfgs(let rule):
      return rule.source
    }
  }
}

/// The numbers of Adam and AdamW.
public struct AdamRule: Sendable, Hashable {
  /// The learning rate.
  public var rate: LearningRate
  /// The decay of the mean of gradients.
  public var beta1: Double
  /// The decay of the mean of squared gradients.
  public var beta2: Double
  /// What is added to the root.
  public var epsilon: Double
  /// The decoupled weight decay; 0 makes it plain Adam.
  public var weightDecay: Double
  /// Whether the largest mean of squared gradients so far divides (Reddi and others 2018).
  public var amsgrad: Bool

  /// Makes the rule; the defaults are Keras's, where ε is 1e-7.
  public init(
    rate: LearningRate = 0.001, beta1: Double = 0.9, beta2: Double = 0.999, epsilon: Double = 1e-7,
    weightDecay: Double = 0, amsgrad: Bool = false
  ) {
    self.rate = rate
    self.beta1 = beta1
    self.beta2 = beta2
    self.epsilon = epsilon
    self.weightDecay = weightDecay
    self.amsgrad = amsgrad
  }

  /// The Lepton that makes it.
  public var source: String {
    var text = weightDecay == 0 ? "adam(\(rate.source)" : "adamw(\(rate.source)"
    if weightDecay != 0 { text += ", weight_decay=\(shortest(weightDecay))" }
    if beta1 != 0.9 { text += ", beta1=\(shortest(beta1))" }
    if beta2 != 0.999 { text += ", beta2=\(shortest(beta2))" }
    if epsilon != 1e-7 { text += ", epsilon=\(shortest(epsilon))" }
    if amsgrad { text += ", amsgrad=true" }
    return text + ")"
  }
}
