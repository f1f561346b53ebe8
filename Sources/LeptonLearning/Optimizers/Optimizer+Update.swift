import LeptonTensor

extension Optimizer {
  /// The engine's form of the rule.
  var update: Update {
    switch self {
    case .sgd(_, let momentum, let nesterov):
      Update(.descent(momentum: momentum, nesterov: nesterov), decoupled: true)
    case .adam(let rule):
      Update(
        .adam(
          beta1: rule.beta1, beta2: rule.beta2, epsilon: rule.epsilon, amsgrad: rule.amsgrad),
        weightDecay: rule.weightDecay, decoupled: true)
    case .custom(_, let weightDecay, let rule):
      Update(.custom(rule), weightDecay: weightDecay, decoupled: true)
    case .lbfgs:
      // The engine adds up gradients over all batches; the steps are made outside of it.
      Update(.descent(momentum: 0, nesterov: false), accumulates: true)
    }
  }
}
