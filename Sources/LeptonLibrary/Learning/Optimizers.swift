import LeptonLearning
import LeptonRuntime

extension Library {
  /// How gradients become new parameters.
  static var optimizers: Family {
    Family(
      "Optimizers and schedules",
      [sgd, adam, adamw, optimizer, cosineDecay, oneCycle, stepDecay, exponentialDecay, warmUp])
  }

  private static let aboutRates = """
    `rate` is a number, or a function from the step, counted from 0, to a number: \
    `sgd(step -> 0.1 / (1 + step))`.
    """

  private static var sgd: Builtin {
    Builtin(
      "sgd(rate = 0.01, momentum = 0, nesterov = false)",
      "Stochastic gradient descent, with momentum where it is given.",
      details: aboutRates,
      examples: ["sgd(0.1, momentum=0.9)": "sgd(0.1, momentum=0.9)"]
    ) { (context: Context, rate: RateArgument, momentum: Double, nesterov: Bool) in
      Optimizer.sgd(rate: try rate.rate(in: context), momentum: momentum, nesterov: nesterov)
    }
  }

  private static var adam: Builtin {
    Builtin(
      "adam(rate = 0.001, beta1 = 0.9, beta2 = 0.999, epsilon = 1e-7)",
      "Adam (Kingma and Ba 2015), with Keras's defaults.", details: aboutRates,
      examples: ["adam(0.003)": "adam(0.003)"]
    ) { (context: Context, rate: RateArgument, beta1: Double, beta2: Double, epsilon: Double) in
      Optimizer.adam(
        AdamRule(rate: try rate.rate(in: context), beta1: beta1, beta2: beta2, epsilon: epsilon))
    }
  }

  private static var adamw: Builtin {
    Builtin(
      "adamw(rate = 0.001, weight_decay = 0.004, beta1 = 0.9, beta2 = 0.999, epsilon = 1e-7)",
      "Adam with decoupled weight decay (Loshchilov and Hutter 2019).",
      examples: ["adamw(0.001, weight_decay=0.01)": "adamw(0.001, weight_decay=0.01)"]
    ) {
      (
        context: Context, rate: RateArgument, decay: Double, beta1: Double, beta2: Double,
        epsilon: Double
      ) in
      Optimizer.adam(
        AdamRule(
          rate: try rate.rate(in: context), beta1: beta1, beta2: beta2, epsilon: epsilon,
          weightDecay: decay))
    }
  }

  private static var cosineDecay: Builtin {
    Builtin(
      "cosine_decay(final = 0)",
      "The learning rate falls along half a cosine to a share `final` of itself.",
      examples: ["cosine_decay()": "cosine_decay()"]
    ) { (final: Double) in Schedule.cosine(final: final) }
  }

  private static var oneCycle: Builtin {
    Builtin(
      "one_cycle(warm_up = 0.3)",
      "The learning rate rises over the first part of the run and then falls to 0.",
      examples: ["one_cycle(0.2)": "one_cycle(0.2)"]
    ) { (warmUp: Double) in Schedule.oneCycle(warmUp: warmUp) }
  }

  private static var stepDecay: Builtin {
    Builtin(
      "step_decay(epochs, factor)",
      "The learning rate is multiplied by a factor every so many epochs.",
      examples: ["step_decay(10, 0.1)": "step_decay(10, 0.1)"]
    ) { (epochs: Double, factor: Double) in Schedule.step(every: epochs, factor: factor) }
  }

  private static var exponentialDecay: Builtin {
    Builtin(
      "exponential_decay(factor)", "The learning rate is multiplied by a factor over each epoch.",
      examples: ["exponential_decay(0.9)": "exponential_decay(0.9)"]
    ) { (factor: Double) in Schedule.exponential(factor: factor) }
  }

  private static var warmUp: Builtin {
    Builtin(
      "warm_up(epochs, then = nothing)",
      "The learning rate rises over the first epochs, then goes as another schedule says.",
      examples: ["warm_up(1, cosine_decay())": "warm_up(1, cosine_decay())"]
    ) { (epochs: Double, next: Schedule?) in
      Schedule.warmUp(epochs: epochs, then: next ?? .constant)
    }
  }
}
