import CKernels
import Glibc

// Further functions of one fraction: inverse and hyperbolic ones, and those that keep their digits
// near 0. Those on float32 that work on vectors state their error in CKernels.h.

extension Operation {
  static let furtherFunctions: [Operation] = [
    arcsine, arccosine, arctangent, hyperbolicSine, hyperbolicCosine, expMinusOne, logOnePlus,
    errorFunction,
  ]

  /// The angle whose sine is x.
  public static let arcsine = function(
    "asin", "The angle whose sine is x; NaN outside of −1 … 1.", loop { (x: Float) in asinf(x) },
    loop { (x: Double) in Glibc.asin(x) },
    derivative: .unary { x, _, g in try g.dividing(remainderOfSquare(x).squareRoot()) })

  /// The angle whose cosine is x.
  public static let arccosine = function(
    "acos", "The angle whose cosine is x; NaN outside of −1 … 1.", loop { (x: Float) in acosf(x) },
    loop { (x: Double) in Glibc.acos(x) },
    derivative: .unary { x, _, g in try g.dividing(remainderOfSquare(x).squareRoot()).negated() })

  /// The angle whose tangent is x.
  public static let arctangent = function(
    "atan", "The angle whose tangent is x.", loop { (x: Float) in atanf(x) },
    loop { (x: Double) in Glibc.atan(x) },
    derivative: .unary { x, _, g in try g.dividing(x.multiplying(x).adding(1.0)) })

  /// (exp(x) − exp(−x)) / 2.
  public static let hyperbolicSine = function(
    "sinh", "The hyperbolic sine.", loop { (x: Float) in sinhf(x) },
    loop { (x: Double) in Glibc.sinh(x) },
    derivative: .unary { x, _, g in try g.multiplying(x.cosh()) })

  /// (exp(x) + exp(−x)) / 2.
  public static let hyperbolicCosine = function(
    "cosh", "The hyperbolic cosine.", loop { (x: Float) in coshf(x) },
    loop { (x: Double) in Glibc.cosh(x) },
    derivative: .unary { x, _, g in try g.multiplying(x.sinh()) })

  /// exp(x) − 1.
  public static let expMinusOne = function(
    "expm1", "exp(x) − 1, exact also near 0.", VectorFunction.expm1.loop,
    loop { (x: Double) in Glibc.expm1(x) },
    derivative: .unary { _, y, g in try g.multiplying(y.adding(1.0)) })

  /// log(1 + x).
  public static let logOnePlus = function(
    "log1p", "log(1 + x), exact also near 0.", VectorFunction.log1p.loop,
    loop { (x: Double) in Glibc.log1p(x) },
    derivative: .unary { x, _, g in try g.dividing(x.adding(1.0)) })

  /// 2/√π ∫₀ˣ exp(−t²) dt.
  public static let errorFunction = function(
    "erf", "The error function 2/√π ∫₀ˣ exp(−t²) dt.", VectorFunction.erf.loop,
    loop { (x: Double) in Glibc.erf(x) },
    derivative: .unary { x, _, g in
      let bell = try x.multiplying(x).negated().exp()
      return try g.multiplying(bell.multiplying(2 / Double.pi.squareRoot()))
    })

  /// 1 − x².
  private static func remainderOfSquare(_ x: Tensor) throws -> Tensor {
    try x.multiplying(x).negated().adding(1.0)
  }
}
