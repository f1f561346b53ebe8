import CKernels
import Glibc

// Functions of one fraction. Those on float32 state their error in CKernels.h.

extension Operation {
  static let functions: [Operation] = [
    exp, log, squareRoot, sine, cosine, tanh, sigmoid, relu, gate, floor, ceil, round,
  ]

  /// e to the power of x.
  public static let exp = function(
    "exp", "e to the power of x.", VectorFunction.exp.loop,
    loop { (x: Double) in Glibc.exp(x) },
    derivative: .unary { _, y, g in try g.multiplying(y) })

  /// ln x.
  public static let log = function(
    "log", "The natural logarithm; −∞ of 0, NaN of negative numbers.", VectorFunction.log.loop,
    loop { (x: Double) in Glibc.log(x) },
    derivative: .unary { x, _, g in try g.dividing(x) })

  /// √x.
  public static let squareRoot = function(
    "sqrt", "The square root; NaN of negative numbers.", vectorLoop { lk_sqrt($0) },
    loop { (x: Double) in x.squareRoot() },
    derivative: .unary { _, y, g in try g.multiplying(0.5).dividing(y) })

  /// sin x.
  public static let sine = function(
    "sin", "The sine of an angle in radians.", loop { (x: Float) in sinf(x) },
    loop { (x: Double) in Glibc.sin(x) },
    derivative: .unary { x, _, g in try g.multiplying(x.cos()) })

  /// cos x.
  public static let cosine = function(
    "cos", "The cosine of an angle in radians.", loop { (x: Float) in cosf(x) },
    loop { (x: Double) in Glibc.cos(x) },
    derivative: .unary { x, _, g in try g.multiplying(x.sin()).negated() })

  /// tanh x.
  public static let tanh = function(
    "tanh", "The hyperbolic tangent.", VectorFunction.tanh.loop,
    loop { (x: Double) in Glibc.tanh(x) },
    derivative: .unary { _, y, g in try g.subtracting(g.multiplying(y).multiplying(y)) })

  /// 1 / (1 + exp(−x)).
  public static let sigmoid = function(
    "sigmoid", "The logistic function 1 / (1 + exp(−x)).", VectorFunction.sigmoid.loop,
    loop { (x: Double) in 1 / (1 + Glibc.exp(-x)) },
    derivative: .unary { _, y, g in
      let slope = try y.subtracting(y.multiplying(y))
      return try g.multiplying(slope)
    })

  /// max(x, 0).
  public static let relu = function(
    "relu", "max(x, 0); its derivative at 0 is 0.", loop { (x: Float) in x < 0 ? 0 : x },
    loop { (x: Double) in x < 0 ? 0 : x },
    derivative: .unary { _, y, g in try gate.applied(y, g) })

  /// b where a > 0, which is what `relu` makes of a gradient.
  public static let gate: Operation = elementwise(
    "gate", "b where a is above 0, 0 elsewhere.", typing: .fractions,
    loop: { type, _ in
      type == .float32
        ? loop { (a: Float, b: Float) in a > 0 ? b : 0 }
        : loop { (a: Double, b: Double) in a > 0 ? b : 0 }
    },
    derivative: .rule { step in
      let (a, b) = (step.inputs[0], step.inputs[1])
      return [
        nil, step.wanted[1] ? try gate.applied(a, step.gradient).summed(to: b.shape) : nil,
      ]
    })

  /// ⌊x⌋.
  public static let floor = function(
    "floor", "The largest whole number that is not larger.",
    loop { (x: Float) in x.rounded(.down) }, loop { (x: Double) in x.rounded(.down) })

  /// ⌈x⌉.
  public static let ceil = function(
    "ceil", "The smallest whole number that is not smaller.",
    loop { (x: Float) in x.rounded(.up) }, loop { (x: Double) in x.rounded(.up) })

  /// The nearest whole number.
  public static let round = function(
    "round", "The nearest whole number, the even one of two.",
    loop { (x: Float) in x.rounded(.toNearestOrEven) },
    loop { (x: Double) in x.rounded(.toNearestOrEven) })
}
