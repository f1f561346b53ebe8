import LeptonTensor

extension Optimizer {
  /// The engine's form of the rule.
  var update: Update {
    switch self {
    case .sgd(_, let momentum, let nesterov):
      Update(.descent(momentum: momentum, nesterov: nesterov))
    case .adam(let rule):
      Update(
        .adam(beta1: rule.beta1, beta2: rule.beta2, epsilon: rule.epsilon),
        weightDecay: rule.weightDecay, decoupled: true)
    case .custom(_, let rule):
      Update(.custom(rule))
    }
  }
}
