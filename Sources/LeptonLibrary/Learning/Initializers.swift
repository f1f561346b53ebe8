import LeptonLearning
import LeptonRuntime

extension Library {
  /// How the first values of parameters are drawn.
  static var initializers: Family {
    let named = Initializer.named.filter { $0.name != "zeros" && $0.name != "ones" }
    return Family(
      "Initialisers",
      named.map { name, initializer in
        Builtin(name, summaries[name] ?? "", examples: [name: name]) { initializer }
      } + [constant, randomUniform, randomNormal])
  }

  private static let summaries = [
    "glorot_uniform": "Uniform in ±√(6 / (inputs + outputs)), Keras's default for kernels.",
    "glorot_normal": "Truncated normal with variance 2 / (inputs + outputs).",
    "he_uniform": "Uniform in ±√(6 / inputs), for relu.",
    "he_normal": "Truncated normal with variance 2 / inputs, for relu.",
    "lecun_uniform": "Uniform in ±√(3 / inputs).",
    "lecun_normal": "Truncated normal with variance 1 / inputs.",
  ]

  private static var constant: Builtin {
    Builtin(
      "constant(value)", "The same number everywhere.",
      examples: ["dense(3, bias=constant(0.1))": "dense(3, bias=constant(0.1))"]
    ) { (value: Double) in Initializer.constant(value) }
  }

  private static var randomUniform: Builtin {
    Builtin(
      "random_uniform(low = -0.05, high = 0.05)", "Evenly distributed between two numbers.",
      examples: ["random_uniform(-1, 1)": "random_uniform(-1, 1)"]
    ) { (low: Double, high: Double) in Initializer.uniform(low: low, high: high) }
  }

  private static var randomNormal: Builtin {
    Builtin(
      "random_normal(mean = 0, deviation = 0.05)", "Normally distributed.",
      examples: ["random_normal(0, 1)": "random_normal(0, 1)"]
    ) { (mean: Double, deviation: Double) in Initializer.normal(mean: mean, deviation: deviation) }
  }
}
