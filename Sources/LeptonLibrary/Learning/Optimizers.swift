import LeptonLearning
import LeptonRuntime

extension Library {
  /// How gradients become new parameters.
  static var optimizers: Family { Family("Optimizers", [sgd, adam, adamw, lbfgs, optimizer]) }

  private static let aboutRates = """
    `rate` is a number, a schedule whose factors are then rates, `sgd(cosine_decay(rate=0.1))`, or a function \
    from the step, counted from 0, to a number: `sgd(step -> 0.1 / (1 + step))`.
    """

  private static var sgd: Builtin {
    Builtin(
      "sgd(rate = 0.01, momentum = 0, nesterov = false)",
      "Stochastic gradient descent, with momentum where it is given.",
      details: aboutRates,
      examples: ["sgd(0.1, momentum=0.9)": "sgd(0.1, momentum=0.9)"]
    ) { (context: Context, rate: RateArgument, momentum: Double, nesterov: Bool) in
      try Settings.require((0...1).contains(momentum), "momentum is a share from 0 to 1")
      return Optimizer.sgd(rate: try rate.rate(in: context), momentum: momentum, nesterov: nesterov)
    }
  }

  private static var adam: Builtin {
    Builtin(
      "adam(rate = 0.001, beta1 = 0.9, beta2 = 0.999, epsilon = 1e-7, amsgrad = false)",
      "Adam (Kingma and Ba 2015), with Keras's defaults.",
      details: aboutRates
        + " With `amsgrad` the largest mean of squares so far divides (Reddi and others 2018).",
      examples: ["adam(0.003)": "adam(0.003)"]
    ) {
      (
        context: Context, rate: RateArgument, beta1: Double, beta2: Double, epsilon: Double,
        amsgrad: Bool
      ) in
      try requireDecays(beta1, beta2)
      return Optimizer.adam(
        AdamRule(
          rate: try rate.rate(in: context), beta1: beta1, beta2: beta2, epsilon: epsilon,
          amsgrad: amsgrad))
    }
  }

  private static var lbfgs: Builtin {
    Builtin(
      """
      lbfgs(rate = 1, iterations = 20, history = 10, gradient_tolerance = 1e-7, \
      change_tolerance = 1e-9)
      """,
      "L-BFGS with a search along each line for the strong conditions of Wolfe (Nocedal and Wright 2006).",
      details: """
        It looks at all examples for each step, so that an epoch makes up to `iterations` steps; `batch` only says how many \
        examples go through the model at a time. It is for small models and data without chance, where it finds in \
        tens of steps what others find in thousands.
        """,
      examples: [
        """
        line = dataset([[0.0], [1.0], [2.0]], [1.0, 3.0, 5.0])
        train(dense(1), line, optimizer=lbfgs(), seed=1).history.loss[-1] < 1e-8
        """: "true"
      ]
    ) {
      (
        context: Context, rate: RateArgument, iterations: Int, history: Int,
        gradientTolerance: Double, changeTolerance: Double
      ) in
      try Settings.require(
        iterations >= 1 && history >= 1, "iterations and history must be at least 1")
      try Settings.require(
        gradientTolerance >= 0 && changeTolerance >= 0, "tolerances must be at least 0")
      return Optimizer.lbfgs(
        LBFGSRule(
          rate: try rate.rate(in: context), iterations: iterations, history: history,
          gradientTolerance: gradientTolerance, changeTolerance: changeTolerance))
    }
  }

  private static var adamw: Builtin {
    Builtin(
      """
      adamw(rate = 0.001, weight_decay = 0.004, beta1 = 0.9, beta2 = 0.999, epsilon = 1e-7, \
      amsgrad = false)
      """,
      "Adam with decoupled weight decay (Loshchilov and Hutter 2019).",
      examples: ["adamw(0.001, weight_decay=0.01)": "adamw(0.001, weight_decay=0.01)"]
    ) {
      (
        context: Context, rate: RateArgument, decay: Double, beta1: Double, beta2: Double,
        epsilon: Double, amsgrad: Bool
      ) in
      try requireDecays(beta1, beta2)
      return Optimizer.adam(
        AdamRule(
          rate: try rate.rate(in: context), beta1: beta1, beta2: beta2, epsilon: epsilon,
          weightDecay: decay, amsgrad: amsgrad))
    }
  }

  /// Refuses decays with which nothing is ever forgotten, or more is added than was there.
  private static func requireDecays(_ beta1: Double, _ beta2: Double) throws {
    try Settings.require(
      (0..<1).contains(beta1) && (0..<1).contains(beta2),
      "beta1 and beta2 must be from 0 to below 1")
  }
}
