import LeptonLearning
import LeptonRuntime
import LeptonTensor

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
      } + [
        constant, randomUniform, randomNormal, truncatedNormal, orthogonal, identityMatrix,
        pretrained,
      ])
  }

  private static let summaries = [
    "glorot": "Uniform in ±√(6 / (inputs + outputs)), Keras's default for kernels.",
    "glorot_uniform": "The initialiser glorot under Keras's name.",
    "glorot_normal": "Truncated normal with variance 2 / (inputs + outputs).",
    "xavier": "The initialiser glorot under its author's first name.",
    "kaiming": "The initialiser he under its author's first name.",
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

  private static var truncatedNormal: Builtin {
    Builtin(
      "truncated_normal(mean = 0, deviation = 0.05)",
      "Normally distributed, where what lies beyond two deviations is drawn again.",
      examples: ["max(abs(truncated_normal(0, 1)([100]))) <= 2": "tensor(true)"]
    ) { (mean: Double, deviation: Double) in
      Initializer.truncatedNormal(mean: mean, deviation: deviation)
    }
  }

  private static var identityMatrix: Builtin {
    Builtin(
      "identity_matrix(gain = 1)",
      "A number on the diagonal of a matrix and 0 elsewhere, so that a layer begins by passing on its input.",
      details:
        "Of a kernel of more axes it stands in the middle of the others (Le and others 2015).",
      examples: ["identity_matrix()([2, 3])": "tensor([[1.0, 0.0, 0.0], [0.0, 1.0, 0.0]])"]
    ) { (gain: Double) in Initializer.identity(gain: gain) }
  }

  private static var pretrained: Builtin {
    Builtin(
      "pretrained(source, name = nothing)",
      "The values of a trained parameter: a tensor, or the parameter of a name in a model.",
      details: "`load(\"file\")` gives a model that was saved.",
      examples: [
        """
        old = untrained(dense(2), input=[3], seed=1)
        new = dense(2, kernel=pretrained(old, "0.dense.kernel"))
        same(untrained(new, input=[3]).parameters["0.dense.kernel"], old.parameters["0.dense.kernel"])
        """: "true"
      ]
    ) { (source: Value, name: String?) in
      let value = try parameter(of: source, name)
      let text = name.map { "pretrained(model, \"\($0)\")" } ?? "pretrained(\(source.display))"
      return Initializer.custom(CustomInitializer(source: text) { _, _ in value })
    }
  }

  /// The tensor that a value is, or the parameter of a name in a model or a record.
  private static func parameter(of source: Value, _ name: String?) throws -> Tensor {
    guard let name else { return try Tensor.bridging(source) }
    let tree: Record
    if let model = source.object as? ModelObject {
      tree = try Record.bridging(model.field("parameters") ?? .nothing)
    } else {
      tree = try Record.bridging(source)
    }
    guard let value = tree[name] else {
      throw LanguageError(
        "model/parameter", "there is no parameter \(name)",
        help: ["there are \(tree.names.prefix(12).joined(separator: ", "))"])
    }
    return try Tensor.bridging(value)
  }
}
