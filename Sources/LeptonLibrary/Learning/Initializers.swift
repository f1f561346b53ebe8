import LeptonLearning
import LeptonRuntime

extension Library {
  /// How the first values of parameters are drawn.
  static var initializers: Family {
    let named = Initializer.named.filter { $0.name != "zeros" && $0.name != "ones" }
    return Family(
      "Initialisers",
      named.map { name, initializer in
        Builtin(
          name, summaries[name] ?? "",
          details: "It is a function from a shape to a tensor: `\(name)([3, 4])` draws one.",
          examples: [name: initializer.source, "\(name)([3, 4]).shape": "[3, 4]"]
        ) { initializer }
      } + [constant, randomUniform, randomNormal, orthogonal])
  }

  private static let summaries = [
    "glorot": "Uniform in ±√(6 / (inputs + outputs)), Keras's default for kernels.",
    "glorot_uniform": "The initialiser glorot under Keras's name.",
    "glorot_normal": "Truncated normal with variance 2 / (inputs + outputs).",
    "he": "Uniform in ±√(6 / inputs), for relu.",
    "he_uniform": "The initialiser he under Keras's name.",
    "he_normal": "Truncated normal with variance 2 / inputs, for relu.",
    "lecun": "Uniform in ±√(3 / inputs).",
    "lecun_uniform": "The initialiser lecun under Keras's name.",
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

  private static var orthogonal: Builtin {
    Builtin(
      "orthogonal(gain = 1)",
      "A random matrix whose columns are orthonormal, or its rows where there are fewer, times a gain.",
      details: "Of a shape of more axes the last counts columns (Saxe and others 2014).",
      examples: ["w = orthogonal()([4, 4])\nmax(abs(w.T @ w - eye(4))) < 1e-5": "tensor(true)"]
    ) { (gain: Double) in Initializer.orthogonal(gain: gain) }
  }
}
