import Glibc

// Fourier transforms. There are no complex elements: real and imaginary parts stand in a last axis of 2.
// A transform runs along the last axis before it, a real signal's along the last. None divides by n.

extension Operation {
  static let fourier: [Operation] = [
    fourierTransform, realFourierTransform, halfFourierTransform, hypotenuse, angle,
  ]

  /// The most points of a transform.
  static let pointLimit = 1 << 24

  /// y[j] = Σ x[k] exp(∓2πi jk / n); `sizes` of `[1]` means the sign +.
  public static let fourierTransform: Operation = Operation(
    "dft", "The discrete Fourier transform of complex numbers, not divided by their number.",
    rule: { forms, _ in
      _ = try points(forms[0], isComplex: true)
      return forms[0]
    },
    kernel: { problem in
      let count = problem.output.shape[problem.output.shape.rank - 2]
      let transform = ComplexTransform(
        plan: FourierPlan(count), isInverse: problem.attributes.sizes == [1])
      return .lines(problem, from: 2 * count, to: 2 * count, transform)
    },
    derivative: .rule { step in
      let sign = step.attributes.sizes == [1] ? [] : [1]
      return [try fourierTransform.applied([step.gradient], Attributes(sizes: sign))]
    },
    batching: .leading)

  /// The first n / 2 + 1 numbers of the transform of n real ones.
  public static let realFourierTransform: Operation = Operation(
    "rdft", "The first half of the discrete Fourier transform of real numbers.",
    rule: { forms, _ in
      let count = try points(forms[0], isComplex: false)
      return Form(
        try Shape(forms[0].shape.sizes.dropLast() + [count / 2 + 1, 2]), forms[0].elementType)
    },
    kernel: { problem in
      let count = problem.inputs[0].shape.sizes.last ?? 1
      return .lines(problem, from: count, to: 2 * (count / 2 + 1), RealTransform(count))
    },
    derivative: .unary { x, _, g in
      let count = x.shape[x.shape.rank - 1]
      return try halfFourierTransform.applied(
        [g.dividing(mirrorCounts(count, g.elementType))], Attributes(sizes: [count]))
    },
    batching: .leading)

  /// The `sizes[0]` real numbers whose transform begins as given, times their number.
  public static let halfFourierTransform: Operation = Operation(
    "hdft",
    "The real numbers whose discrete Fourier transform begins as given, times their number.",
    rule: { forms, attributes in
      let (given, count) = (try points(forms[0], isComplex: true), attributes.sizes[0])
      guard count > 0, count <= pointLimit, given == count / 2 + 1 else {
        throw TensorError(
          "shape/points", "\(count) real points do not have \(given) complex numbers")
      }
      return Form(try Shape(forms[0].shape.sizes.dropLast(2) + [count]), forms[0].elementType)
    },
    kernel: { problem in
      let count = problem.attributes.sizes[0]
      return .lines(problem, from: 2 * (count / 2 + 1), to: count, HalfTransform(count))
    },
    derivative: .rule { step in
      let back = try realFourierTransform.applied([step.gradient])
      return [try back.multiplying(mirrorCounts(step.attributes.sizes[0], back.elementType))]
    },
    batching: .leading)

  /// √(a² + b²).
  public static let hypotenuse = elementwise(
    "hypot", "The length √(a² + b²), without overflow; its derivative at 0 is 0.",
    typing: .fractions,
    loop: { type, _ in
      type == .float32
        ? loop { (a: Float, b: Float) in hypotf(a, b) }
        : loop { (a: Double, b: Double) in Glibc.hypot(a, b) }
    },
    derivative: .binary(
      { a, _, y, g in try g.multiplying(a).multiplying(y.reciprocalOrZero()) },
      { _, b, y, g in try g.multiplying(b).multiplying(y.reciprocalOrZero()) }))

  /// The angle of the point (b, a).
  public static let angle = elementwise(
    "atan2",
    "The angle of the point (b, a) in radians, between −π and π; its derivative at 0 is 0.",
    typing: .fractions,
    loop: { type, _ in
      type == .float32
        ? loop { (a: Float, b: Float) in atan2f(a, b) }
        : loop { (a: Double, b: Double) in Glibc.atan2(a, b) }
    },
    derivative: .binary(
      { a, b, _, g in try g.multiplying(b).multiplying(square(a, b).reciprocalOrZero()) },
      { a, b, _, g in try g.multiplying(a).multiplying(square(a, b).reciprocalOrZero()).negated() }
    ))

  private static func square(_ a: Tensor, _ b: Tensor) throws -> Tensor {
    try a.multiplying(a).adding(b.multiplying(b))
  }

  /// How often each of the first numbers of a real signal's transform occurs in the whole.
  private static func mirrorCounts(_ count: Int, _ type: ElementType) throws -> Tensor {
    let once = (0...count / 2).map { $0 == 0 || 2 * $0 == count ? 1.0 : 2.0 }
    return try Tensor(once, shape: [count / 2 + 1, 1], type: type)
  }

  /// The number of points along which a form is transformed.
  private static func points(_ form: Form, isComplex: Bool) throws -> Int {
    guard form.elementType.isFloat else {
      throw TensorError(
        "type/float", "a transform needs fractions, not \(form.elementType.rawValue)")
    }
    guard form.shape.rank >= (isComplex ? 2 : 1), !isComplex || form.shape.sizes.last == 2 else {
      throw TensorError(
        "shape/complex", "shape \(form.shape) has no last axis of 2 with real and imaginary parts",
        help: isComplex ? ["stack([real, imaginary], axis=-1) makes one"] : [])
    }
    let count = form.shape[form.shape.rank - (isComplex ? 2 : 1)]
    guard count > 0, count <= pointLimit else {
      throw TensorError(
        "shape/points", "a transform has between 1 and \(pointLimit) points, not \(count)")
    }
    return count
  }
}
