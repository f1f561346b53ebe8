// Further functions, element by element; whole numbers are made fractions.

extension Tensor {
  /// The angle whose sine is the element.
  public func asin() throws -> Tensor { try Operation.arcsine.applied(self) }
  /// The angle whose cosine is the element.
  public func acos() throws -> Tensor { try Operation.arccosine.applied(self) }
  /// The angle whose tangent is the element.
  public func atan() throws -> Tensor { try Operation.arctangent.applied(self) }
  /// The hyperbolic sine.
  public func sinh() throws -> Tensor { try Operation.hyperbolicSine.applied(self) }
  /// The hyperbolic cosine.
  public func cosh() throws -> Tensor { try Operation.hyperbolicCosine.applied(self) }
  /// exp(x) − 1, exact also near 0.
  public func expm1() throws -> Tensor { try Operation.expMinusOne.applied(self) }
  /// log(1 + x), exact also near 0.
  public func log1p() throws -> Tensor { try Operation.logOnePlus.applied(self) }
  /// The error function.
  public func erf() throws -> Tensor { try Operation.errorFunction.applied(self) }
  /// √(a² + b²), without overflow.
  public static func hypotenuse(_ a: any TensorOperand, _ b: any TensorOperand) throws -> Tensor {
    try Operation.hypotenuse.applied(a, b)
  }
  /// The angle of the point (b, a) in radians, between −π and π.
  public static func angle(_ a: any TensorOperand, _ b: any TensorOperand) throws -> Tensor {
    try Operation.angle.applied(a, b)
  }
}
