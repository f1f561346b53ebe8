import LeptonLearning
import LeptonRuntime
import LeptonTensor

extension Library {
  /// What training makes small.
  static var losses: Family {
    Family("Losses", [crossEntropy, meanSquaredError, l1, l2, elastic, requireEach])
  }

  private static let aboutWeights = """
    `weights` holds a number for each example, 0 for what does not count; the mean is then the weighted one. \
    `reduce` is what makes one number of the losses of the examples: `mean`, `sum`, `identity` for none, or a \
    function.
    """

  private static var crossEntropy: Builtin {
    Builtin(
      """
      cross_entropy(logits, labels, smoothing = 0, class_weights = nothing, ignore = nothing, weights = nothing, \
      reduce = mean)
      """,
      "The mean of -log(softmax(logits)) at the labels.",
      details: """
        `logits` is `[batch, classes]`, before any softmax; `labels` are whole numbers, one for each \
        example, or probabilities, one for each logit. With `smoothing` a share of the target is spread over all \
        classes. `class_weights` says how much each class counts, and `ignore` which label does not. \(aboutWeights) \
        As a loss of `train` it is named: `loss=cross_entropy`, or `(z, y) -> cross_entropy(z, y, smoothing=0.1)`.
        """,
      examples: [
        "cross_entropy([[0.0, 0.0]], [1])": "tensor(0.6931472)",
        "cross_entropy([[0.0, 0.0]], [[0.5, 0.5]])": "tensor(0.6931472)",
        "cross_entropy([[0.0, 0.0], [9.0, 0.0]], [1, -1], ignore=-1)": "tensor(0.6931472)",
        "cross_entropy([[0.0, 0.0], [0.0, 0.0]], [1, 0], class_weights=[0.5, 2.0], reduce=identity)":
          "tensor([1.3862944, 0.3465736])",
      ]
    ) {
      (
        context: Context, logits: Tensor, labels: Tensor, smoothing: Double, classWeights: Tensor?,
        ignore: Int?, weights: Tensor?, reduce: Callee
      ) -> Value in
      guard (0...1).contains(smoothing) else {
        throw LanguageError("value/range", "smoothing is a share from 0 to 1, not \(smoothing)")
      }
      let rule = CrossEntropy(smoothing: smoothing, classWeights: classWeights, ignored: ignore)
      let (losses, counts) = try rule.losses(logits: logits, targets: labels)
      guard reduce.isMean else {
        let weighed = try weights.map { try losses.multiplying($0.weights(for: losses)) } ?? losses
        return try reduce(.tensor(weighed), in: context)
      }
      guard let weights else {
        return .tensor(try losses.mean(weighedBy: counts, includesWeights: true))
      }
      let spread = try weights.weights(for: losses)
      return .tensor(
        try losses.multiplying(spread).mean(
          weighedBy: counts?.multiplying(spread) ?? spread, includesWeights: true))
    }
  }

  private static var meanSquaredError: Builtin {
    Builtin(
      "mean_squared_error(outputs, targets, weights = nothing, reduce = mean)",
      "The mean of the squared differences.", details: aboutWeights,
      examples: [
        "mean_squared_error([1.0, 2.0], [1.0, 4.0])": "tensor(2.0)",
        "mean_squared_error([1.0, 2.0], [1.0, 4.0], weights=[3, 1])": "tensor(1.0)",
      ]
    ) {
      (context: Context, outputs: Tensor, targets: Tensor, weights: Tensor?, reduce: Callee)
        -> Value in
      let losses = try Loss.squaredErrors(outputs, targets)
      if reduce.isMean { return .tensor(try losses.mean(weighedBy: weights)) }
      let weighed = try weights.map { try losses.multiplying($0.weights(for: losses)) } ?? losses
      return try reduce(.tensor(weighed), in: context)
    }
  }

  private static var l1: Builtin {
    Builtin(
      "l1(factor = 0.01)", "A price on large weights: factor times the sum of their sizes.",
      details: "Kernels pay, biases do not. For `penalty=` of `train`.",
      examples: ["l1(0.001)": "l1(0.001)"]
    ) { (factor: Double) in try price(l1: factor) }
  }

  private static var l2: Builtin {
    Builtin(
      "l2(factor = 0.01)", "A price on large weights: factor times the sum of their squares.",
      details: "Kernels pay, biases do not. For `penalty=` of `train`.",
      examples: ["l2(0.001)": "l2(0.001)"]
    ) { (factor: Double) in try price(l2: factor) }
  }

  private static var elastic: Builtin {
    Builtin(
      "elastic(l1 = 0.01, l2 = 0.01)",
      "A price on large weights: l1 times the sum of their sizes plus l2 times that of their squares.",
      details: "Kernels pay, biases do not (Zou and Hastie 2005). For `penalty=` of `train`.",
      examples: ["elastic(0.001, 0.002)": "elastic(0.001, 0.002)"]
    ) { (l1: Double, l2: Double) in try price(l1: l1, l2: l2) }
  }

  /// A penalty whose factors are prices: one below 0 would pay for large weights.
  private static func price(l1: Double = 0, l2: Double = 0) throws -> Penalty {
    for factor in [l1, l2] where !(factor >= 0 && factor.isFinite) {
      throw LanguageError(
        "value/range", "the factor of a penalty must be a number from 0 on, not \(factor)")
    }
    return Penalty(l1: l1, l2: l2)
  }
}

extension Callee {
  /// Whether it is the word `mean`.
  fileprivate var isMean: Bool { (value.callable as? Word)?.name == "mean" }
}

/// A loss among the arguments of a word: nothing, a word, or a function of outputs and targets.
struct LossArgument: Bridged {
  let value: Value

  static var typeDescription: String { "a loss" }

  static func bridging(_ value: Value) throws -> LossArgument {
    switch value {
    case .nothing: return LossArgument(value: value)
    case .record(let record) where record.values.allSatisfy({ $0.callable != nil }):
      return LossArgument(value: value)
    default: break
    }
    guard value.callable != nil else { throw mismatch(value) }
    return LossArgument(value: value)
  }

  /// The losses of several outputs by their names; nothing for one loss.
  func losses(in context: Context) -> [String: Loss]? {
    guard case .record(let record) = value else { return nil }
    return zip(record.names, record.values).reduce(into: [:]) {
      $0[$1.0] = LossArgument(value: $1.1).loss(in: context)
    }
  }

  /// The loss, or nothing where the targets are to decide.
  func loss(in context: Context) -> Loss? {
    guard let callable = value.callable else { return nil }
    switch (callable as? Word)?.name {
    case "cross_entropy": return .crossEntropy()
    case "mean_squared_error": return .meanSquaredError
    default:
      return .custom(source: callable.source) { [value] outputs, targets in
        try context.recording(outputs) {
          try LayerMaker.tensor(
            context.call(value, [.tensor(outputs), .tensor(targets)]), from: callable.name)
        }
      }
    }
  }
}
