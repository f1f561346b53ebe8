import CKernels
import Glibc

// Softmax and its kin, over the last axis.

extension Operation {
  static let softmaxes: [Operation] = [
    softmax, logSoftmax, softmaxCrossEntropy, crossEntropySlope,
  ]

  /// Shares of 1.
  public static let softmax = rowwise(
    "softmax", "exp(x) divided by its sum over the last axis.", SoftmaxKernel.self,
    derivative: .unary { _, y, g in try softmaxSlope(y, g) })

  /// Logarithms of shares.
  public static let logSoftmax = rowwise(
    "log_softmax", "x − log Σ exp(x) over the last axis.", LogSoftmaxKernel.self,
    derivative: .unary { _, y, g in
      try g.subtracting(y.exp().multiplying(g.sum(axes: [-1], keepingDimensions: true)))
    })

  /// Cross entropy of labels.
  public static let softmaxCrossEntropy = Operation(
    "softmax_cross_entropy", "−log softmax(logits)[label] for each example; NaN for no class.",
    rule: { forms, _ in
      try requireLabels(forms)
      return Form(forms[1].shape, forms[0].elementType)
    },
    kernel: { CrossEntropyWork.work(of: $0.inputs[1].elementType, $0) },
    derivative: .rule { step in
      [try crossEntropySlope.applied([step.inputs[0], step.inputs[1], step.gradient]), nil]
    },
    batching: togetherBatched)

  /// What cross entropy makes of a gradient.
  public static let crossEntropySlope = Operation(
    "cross_entropy_slope",
    "(softmax(logits) − 1 at the label) · gradient, with a gradient for each example.",
    rule: { forms, _ in
      try requireLabels(forms)
      guard forms[2].shape == forms[1].shape else {
        throw TensorError(
          "shape/target", "gradients \(forms[2].shape) do not go with labels \(forms[1].shape)",
          help: ["there must be one for each label"])
      }
      return forms[0]
    },
    kernel: { CrossEntropySlopeWork.work(of: $0.inputs[1].elementType, $0) },
    derivative: .rule { step in
      let (logits, labels, gradient) = (step.inputs[0], step.inputs[1], step.inputs[2])
      let shares = try logits.softmax()
      func ofLogits() throws -> Tensor {
        try softmaxSlope(shares, step.gradient.multiplying(gradient.expanded(at: -1)))
      }
      func ofGradient() throws -> Tensor {
        let hot = try labels.oneHot(logits.shape[logits.shape.rank - 1], type: logits.elementType)
        return try step.gradient.multiplying(shares.subtracting(hot)).sum(axes: [-1])
      }
      return [
        step.wanted[0] ? try ofLogits() : nil, nil, step.wanted[2] ? try ofGradient() : nil,
      ]
    },
    batching: togetherBatched)

  /// What softmax, whose output is given, makes of a gradient.
  private static func softmaxSlope(_ shares: Tensor, _ gradient: Tensor) throws -> Tensor {
    let weighted = try gradient.multiplying(shares)
    return try weighted.subtracting(
      shares.multiplying(weighted.sum(axes: [-1], keepingDimensions: true)))
  }

  /// Throws `shape/target` where there is not one whole number for each row of logits.
  private static func requireLabels(_ forms: [Form]) throws {
    let (logits, labels) = (forms[0].shape, forms[1].shape)
    guard logits.rank > 0, Array(logits.sizes.dropLast()) == labels.sizes,
      forms[1].elementType.isInteger
    else {
      throw TensorError(
        "shape/target",
        "logits \(logits) do not go with labels \(labels) of type \(forms[1].elementType.rawValue)",
        help: ["there must be one whole number for each row of logits"])
    }
  }

  /// Every operand once for each example.
  private static let togetherBatched = Batching.rule { operation, operands, batched, attributes in
    guard let first = batched.firstIndex(of: true) else {
      return try operation.applied(operands, attributes)
    }
    let size = operands[first].shape[0]
    return try operation.applied(
      try zip(operands, batched).map { $1 ? $0 : try $0.repeated(size) }, attributes)
  }

  private static func rowwise<K: RowKernel>(
    _ name: String, _ document: String, _ kernel: K.Type, derivative: Derivative
  ) -> Operation {
    Operation(
      name, document,
      rule: { forms, _ in
        guard forms[0].shape.rank > 0 else {
          throw TensorError("shape/axis", "\(name) needs an axis, but this is a single number")
        }
        return forms[0]
      },
      kernel: { problem in
        problem.output.elementType == .float32
          ? RowWork<Float, K>(problem).work() : RowWork<Double, K>(problem).work()
      },
      derivative: derivative,
      batching: .rule { operation, operands, _, attributes in
        try operation.applied(operands, attributes)
      })
  }
}

extension Tensor {
  /// The tensor once for each place of a new leading axis.
  func repeated(_ count: Int) throws -> Tensor {
    try expanded(at: 0).broadcast(to: [count] + shape.sizes)
  }
}
