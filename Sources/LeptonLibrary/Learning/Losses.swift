import LeptonLearning
import LeptonRuntime
import LeptonTensor

extension Library {
  /// What training makes small.
  static var losses: Family {
    Family("Losses", [crossEntropy, meanSquaredError, l1, l2])
  }

  private static var crossEntropy: Builtin {
    Builtin(
      "cross_entropy(logits, labels, smoothing = 0)",
      "The mean of -log(softmax(logits)) at the labels.",
      details: """
        `logits` is `[batch, classes]`, before any softmax; `labels` are whole numbers, one for each \
        example. With `smoothing` a share of the target is spread over all classes. As a loss of \
        `train` it is named: `loss=cross_entropy`, or `(z, y) -> cross_entropy(z, y, smoothing=0.1)`.
        """,
      examples: ["cross_entropy([[0.0, 0.0]], [1])": "tensor(0.6931472)"]
    ) { (logits: Tensor, labels: Tensor, smoothing: Double) in
      try Loss.crossEntropy(smoothing: smoothing)
        .apply(outputs: logits, targets: labels)
    }
  }

  private static var meanSquaredError: Builtin {
    Builtin(
      "mean_squared_error(outputs, targets)", "The mean of the squared differences.",
      examples: ["mean_squared_error([1.0, 2.0], [1.0, 4.0])": "tensor(2.0)"]
    ) { (outputs: Tensor, targets: Tensor) in
      try Loss.meanSquaredError.apply(outputs: outputs, targets: targets)
    }
  }

  private static var l1: Builtin {
    Builtin(
      "l1(factor = 0.01)", "A price on large weights: factor times the sum of their sizes.",
      details: "Kernels pay, biases do not. For `penalty=` of `train`.",
      examples: ["l1(0.001)": "l1(0.001)"]
    ) { (factor: Double) in Penalty(l1: factor) }
  }

  private static var l2: Builtin {
    Builtin(
      "l2(factor = 0.01)", "A price on large weights: factor times the sum of their squares.",
      details: "Kernels pay, biases do not. For `penalty=` of `train`.",
      examples: ["l2(0.001)": "l2(0.001)"]
    ) { (factor: Double) in Penalty(l2: factor) }
  }
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
