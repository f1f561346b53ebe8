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

  /// A rule of one's own.
  case custom(rate: LearningRate, CustomRule)

  /// The learning rate before the schedule.
  public var rate: LearningRate {
    switch self {
    case .sgd(let rate, _, _): rate
    case .adam(let rule): rule.rate
    case .custom(let rate, _): rate
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
    case .custom(_, let rule):
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

  /// Makes the rule; the defaults are Keras's, where ε is 1e-7.
  public init(
    rate: LearningRate = 0.001, beta1: Double = 0.9, beta2: Double = 0.999, epsilon: Double = 1e-7,
    weightDecay: Double = 0
  ) {
    self.rate = rate
    self.beta1 = beta1
    self.beta2 = beta2
    self.epsilon = epsilon
    self.weightDecay = weightDecay
  }

  /// The Lepton that makes it.
  public var source: String {
    var text = weightDecay == 0 ? "adam(\(rate.source)" : "adamw(\(rate.source)"
    if weightDecay != 0 { text += ", weight_decay=\(shortest(weightDecay))" }
    if beta1 != 0.9 { text += ", beta1=\(shortest(beta1))" }
    if beta2 != 0.999 { text += ", beta2=\(shortest(beta2))" }
    if epsilon != 1e-7 { text += ", epsilon=\(shortest(epsilon))" }
    return text + ")"
  }
}
