// What normalisation is made of. Rows are normalised along their last axis by one operation; where
// means and variances of many rows are needed, `moments` finds both in one pass over memory, `affine`
// applies them as one step of an element-wise loop, and `paired_sums` is all that their derivatives
// have to add up.

extension Operation {
  static let normalizations: [Operation] = [
    normalize, normalizeSlope, moments, pairedSums, affine,
  ]

  /// Rows with mean 0 and variance 1.
  public static let normalize = Operation(
    "normalize",
    "(x − mean) / √(variance + ε) along the last axis, or x / √(mean(x²) + ε) where rows keep their mean.",
    rule: { forms, _ in try requireAxis(forms[0]) },
    kernel: { problem in
      problem.output.elementType == .float32
        ? NormalizeKernel<Float>(problem).work() : NormalizeKernel<Double>(problem).work()
    },
    derivative: .rule { step in
      [try normalizeSlope.applied([step.inputs[0], step.gradient], step.attributes)]
    },
    batching: .rule { operation, operands, _, attributes in
      try operation.applied(operands, attributes)
    })

  /// The gradient with respect to rows that were normalised.
  public static let normalizeSlope = Operation(
    "normalize_slope",
    "r (g − mean(g) − x̂ mean(g x̂)) along the last axis, where x̂ is x normalised and r = 1 / √(variance + ε).",
    rule: { forms, _ in
      guard forms[0].shape == forms[1].shape else {
        throw TensorError("shape/broadcast", "rows and their gradients have different shapes")
      }
      return try requireAxis(forms[0])
    },
    kernel: { problem in
      problem.output.elementType == .float32
        ? NormalizeSlopeKernel<Float>(problem).work() : NormalizeSlopeKernel<Double>(problem).work()
    },
    derivative: .rule(slopeDerivative),
    batching: .rule { operation, operands, batched, attributes in
      let size = (batched[0] ? operands[0] : operands[1]).shape[0]
      return try operation.applied(
        try zip(operands, batched).map { $1 ? $0 : try $0.repeated(size) }, attributes)
    })

  /// With P the taking away of the mean (or nothing), u = P h, w = P g and r, x̂ as above, Σ h · slope
  /// has the gradient −r² (x̂ (mean(u w) − 3 mean(u x̂) mean(w x̂)) + mean(w x̂) u + mean(u x̂) w) by x, and,
  /// since the slope is symmetric, the slope of h by g.
  private static func slopeDerivative(_ step: Linearization) throws -> [Tensor?] {
    let (x, g, h) = (step.inputs[0], step.inputs[1], step.gradient)
    let settings = Normalization(step.attributes)
    func mean(_ x: Tensor) throws -> Tensor { try x.mean(axes: [-1], keepingDimensions: true) }
    func centred(_ x: Tensor) throws -> Tensor {
      settings.isCentred ? try x.subtracting(mean(x)) : x
    }
    let (u, w, z) = (try centred(h), try centred(g), try centred(x))
    let row = try normalize.applied([x], step.attributes)
    let alpha = try mean(u.multiplying(row))
    let beta = try mean(w.multiplying(row))
    let gamma = try mean(u.multiplying(w))
    let share = try gamma.subtracting(alpha.multiplying(beta).multiplying(3.0))
    let sum = try row.multiplying(share).adding(u.multiplying(beta)).adding(w.multiplying(alpha))
    let square = try mean(z.multiplying(z)).adding(settings.epsilon)
    return [
      step.wanted[0] ? try sum.dividing(square).negated() : nil,
      step.wanted[1] ? try normalizeSlope.applied([x, h], step.attributes) : nil,
    ]
  }

  /// Means and variances.
  public static let moments = Operation(
    "moments",
    "The mean and the variance over neighbouring axes, which get size 1, side by side along the last axis.",
    rule: { forms, attributes in try pairs(forms[0], attributes.axes) },
    kernel: { problem in
      problem.output.elementType == .float32
        ? MomentKernel<Float>(problem).work() : MomentKernel<Double>(problem).work()
    },
    derivative: .rule { step in
      let x = step.inputs[0]
      let share = 1 / Double(step.attributes.axes.reduce(1) { $0 * x.shape[$1] })
      let (level, slant) = try step.gradient.halves()
      return [
        try x.affine(
          centre: step.output.halves().0, factor: slant.multiplying(2 * share),
          shift: level.multiplying(share))
      ]
    },
    batching: .shiftedAxes)

  /// Two sums.
  public static let pairedSums = Operation(
    "paired_sums",
    "Σ g and Σ g (x − m) over neighbouring axes, which get size 1, side by side along the last axis.",
    rule: { forms, attributes in
      var sizes = forms[0].shape.sizes
      for axis in attributes.axes { sizes[axis] = 1 }
      let first = attributes.axes.first ?? sizes.count
      let shared = Array(repeating: 1, count: first) + sizes[first...]
      guard forms[0].shape == forms[1].shape, [sizes, shared].contains(forms[2].shape.sizes) else {
        throw TensorError(
          "shape/broadcast",
          "sums of \(forms[0].shape) and \(forms[1].shape) around \(forms[2].shape) do not go together"
        )
      }
      return try pairs(forms[0], attributes.axes)
    },
    kernel: { problem in
      problem.output.elementType == .float32
        ? PairedSumKernel<Float>(problem).work() : PairedSumKernel<Double>(problem).work()
    },
    derivative: .rule { step in
      let (g, x, m) = (step.inputs[0], step.inputs[1], step.inputs[2])
      let (level, slant) = try step.gradient.halves()
      return [
        step.wanted[0] ? try x.affine(centre: m, factor: slant, shift: level) : nil,
        step.wanted[1] ? try g.multiplying(slant) : nil,
        step.wanted[2]
          ? try step.output.halves().0.multiplying(slant).negated().summed(to: m.shape) : nil,
      ]
    },
    batching: .rule { operation, operands, batched, attributes in
      let size = zip(operands, batched).first { $1 }?.0.shape[0] ?? 1
      var all = try zip(operands, batched).map { $1 ? $0 : try $0.repeated(size) }
      var attributes = attributes
      attributes.axes = attributes.axes.map { $0 + 1 }
      var sizes = all[0].shape.sizes
      for axis in attributes.axes { sizes[axis] = 1 }
      all[2] = try all[2].broadcast(to: sizes)
      return try operation.applied(all, attributes)
    })

  /// A step around a centre.
  public static let affine = elementwise(
    "affine", "(x − m) a + b, element by element.", typing: .fractions,
    loop: { type, _ in
      type == .float32
        ? loop { (x: Float, m: Float, a: Float, b: Float) in (x - m) * a + b }
        : loop { (x: Double, m: Double, a: Double, b: Double) in (x - m) * a + b }
    },
    derivative: .rule { step in
      let (x, m, a, b) = (step.inputs[0], step.inputs[1], step.inputs[2], step.inputs[3])
      let g = step.gradient
      var slopes: [Tensor?] = [
        step.wanted[0] ? try g.multiplying(a).summed(to: x.shape) : nil, nil, nil, nil,
      ]
      guard step.wanted.dropFirst().contains(true) else { return slopes }
      let (level, slant) = try g.pairedSums(with: x, around: m, over: a.shape)
      slopes[1] = step.wanted[1] ? try level.multiplying(a).negated().summed(to: m.shape) : nil
      slopes[2] = step.wanted[2] ? try slant.summed(to: a.shape) : nil
      slopes[3] = step.wanted[3] ? try level.summed(to: b.shape) : nil
      return slopes
    })

  private static func requireAxis(_ form: Form) throws -> Form {
    guard form.shape.rank > 0 else {
      throw TensorError("shape/axis", "normalize needs an axis, but this is a single number")
    }
    return form
  }

  private static func pairs(_ form: Form, _ axes: [Int]) throws -> Form {
    var sizes = form.shape.sizes
    for axis in axes { sizes[axis] = 1 }
    guard let last = sizes.indices.last else { return form }
    sizes[last] *= 2
    return Form(try Shape(sizes), form.elementType)
  }
}
