// Arithmetic. Operands broadcast as NumPy's do and are promoted to a common element type.

extension Tensor {
  /// Sum, element by element.
  public static func sum(_ a: some TensorOperand, _ b: some TensorOperand) throws -> Tensor {
    try Operation.add.applied(a, b)
  }
  /// Difference, element by element.
  public static func difference(_ a: some TensorOperand, _ b: some TensorOperand) throws -> Tensor {
    try Operation.subtract.applied(a, b)
  }
  /// Product, element by element.
  public static func product(_ a: some TensorOperand, _ b: some TensorOperand) throws -> Tensor {
    try Operation.multiply.applied(a, b)
  }
  /// Quotient, element by element; always a fraction.
  public static func quotient(_ a: some TensorOperand, _ b: some TensorOperand) throws -> Tensor {
    try Operation.divide.applied(a, b)
  }
  /// Power, element by element.
  ///
  /// Throws `value/range` for whole numbers to a negative power.
  public static func power(_ a: some TensorOperand, _ b: some TensorOperand) throws -> Tensor {
    let base = a.strongType ?? (a is Double ? .float32 : .int64)
    let isEmpty = (a as? Tensor)?.shape.count == 0
    if !base.isFloat && !isEmpty && !(b is Double) {
      try requireNaturalPower(b.tensor(beside: .int64))
    }
    if let x = a as? Tensor, x.elementType.isFloat, case .number(let exponent) = b.plain,
      let simple = try x.simplePower(exponent)
    {
      return simple
    }
    return try Operation.power.applied(a, b)
  }

  /// Powers that are products and roots, which take a fraction of the time of others; `nil` for others.
  private func simplePower(_ exponent: Double) throws -> Tensor? {
    switch exponent {
    case 2: try multiplying(self)
    case 3: try multiplying(self).multiplying(self)
    case 1: self
    case -1: try Tensor.quotient(1.0, self)
    default: nil
    }
  }

  private static func requireNaturalPower(_ exponent: Tensor) throws {
    guard exponent.elementType.isInteger, !exponent.isTraced,
      try exponent.elements(as: Int.self).contains(where: { $0 < 0 })
    else { return }
    throw TensorError(
      "value/range", "whole numbers have no negative powers",
      help: ["make the base a fraction: float32(x)"])
  }

  /// This tensor plus another.
  public func adding(_ other: some TensorOperand) throws -> Tensor {
    try Operation.add.applied(self, other)
  }
  /// This tensor minus another.
  public func subtracting(_ other: some TensorOperand) throws -> Tensor {
    try Operation.subtract.applied(self, other)
  }
  /// This tensor times another, element by element.
  public func multiplying(_ other: some TensorOperand) throws -> Tensor {
    try Operation.multiply.applied(self, other)
  }
  /// This tensor divided by another; always a fraction.
  public func dividing(_ other: some TensorOperand) throws -> Tensor {
    try Operation.divide.applied(self, other)
  }
  /// The quotient rounded down; 0 where whole numbers are divided by 0.
  public func floorDividing(_ other: some TensorOperand) throws -> Tensor {
    try Operation.floorDivide.applied(self, other)
  }
  /// What the division rounded down leaves, with the sign of the divisor.
  public func remainder(_ other: some TensorOperand) throws -> Tensor {
    try Operation.remainder.applied(self, other)
  }
  /// This tensor raised to a power.
  public func power(_ other: some TensorOperand) throws -> Tensor {
    try Tensor.power(self, other)
  }
  /// The larger of the two, element by element; NaN if one is.
  public func maximum(_ other: some TensorOperand) throws -> Tensor {
    try Operation.maximum.applied(self, other)
  }
  /// The smaller of the two, element by element; NaN if one is.
  public func minimum(_ other: some TensorOperand) throws -> Tensor {
    try Operation.minimum.applied(self, other)
  }

  /// Where the two are equal.
  public func equal(to other: some TensorOperand) throws -> Tensor {
    try Operation.equal.applied(self, other)
  }
  /// Where the two differ.
  public func notEqual(to other: some TensorOperand) throws -> Tensor {
    try Operation.notEqual.applied(self, other)
  }
  /// Where this one is smaller.
  public func less(than other: some TensorOperand) throws -> Tensor {
    try Operation.less.applied(self, other)
  }
  /// Where this one is not larger.
  public func lessOrEqual(to other: some TensorOperand) throws -> Tensor {
    try Operation.lessOrEqual.applied(self, other)
  }
  /// Where this one is larger.
  public func greater(than other: some TensorOperand) throws -> Tensor {
    try Operation.greater.applied(self, other)
  }
  /// Where this one is not smaller.
  public func greaterOrEqual(to other: some TensorOperand) throws -> Tensor {
    try Operation.greaterOrEqual.applied(self, other)
  }

  /// Where both are true (not zero).
  public func and(_ other: some TensorOperand) throws -> Tensor {
    try Operation.and.applied(self, other)
  }
  /// Where one or both are true (not zero).
  public func or(_ other: some TensorOperand) throws -> Tensor {
    try Operation.or.applied(self, other)
  }
  /// Where this one is false (zero).
  public func not() throws -> Tensor { try Operation.not.applied(self) }

  /// This tensor where a condition holds, another elsewhere.
  public func selected(where condition: Tensor, otherwise other: some TensorOperand) throws
    -> Tensor
  {
    try Operation.select.applied(condition, self, other)
  }
  /// `a` where a condition holds, `b` elsewhere.
  public static func select(
    _ condition: Tensor, _ a: some TensorOperand, _ b: some TensorOperand
  ) throws -> Tensor {
    try Operation.select.applied(condition, a, b)
  }
  /// The elements, none below `low` and none above `high`.
  public func clipped(from low: some TensorOperand, to high: some TensorOperand) throws -> Tensor {
    try maximum(low).minimum(high)
  }
  /// The elements in another type.
  public func cast(to type: ElementType) throws -> Tensor {
    type == elementType ? self : try Operation.cast.applied([self], Attributes(elementType: type))
  }
}

extension Tensor {
  /// The elements with their sign changed.
  public func negated() throws -> Tensor { try Operation.negate.applied(self) }
  /// e to the power of each element.
  public func exp() throws -> Tensor { try Operation.exp.applied(self) }
  /// The natural logarithm.
  public func log() throws -> Tensor { try Operation.log.applied(self) }
  /// The square root.
  public func squareRoot() throws -> Tensor { try Operation.squareRoot.applied(self) }
  /// The size without the sign.
  public func absolute() throws -> Tensor { try Operation.absolute.applied(self) }
  /// The sine.
  public func sin() throws -> Tensor { try Operation.sine.applied(self) }
  /// The cosine.
  public func cos() throws -> Tensor { try Operation.cosine.applied(self) }
  /// The hyperbolic tangent.
  public func tanh() throws -> Tensor { try Operation.tanh.applied(self) }
  /// The logistic function 1 / (1 + exp(−x)).
  public func sigmoid() throws -> Tensor { try Operation.sigmoid.applied(self) }
  /// max(x, 0).
  public func relu() throws -> Tensor { try Operation.relu.applied(self) }
  /// The largest whole number that is not larger.
  public func floor() throws -> Tensor {
    elementType.isFloat ? try Operation.floor.applied(self) : self
  }
  /// The smallest whole number that is not smaller.
  public func ceil() throws -> Tensor {
    elementType.isFloat ? try Operation.ceil.applied(self) : self
  }
  /// The nearest whole number, the even one of two.
  public func rounded() throws -> Tensor {
    elementType.isFloat ? try Operation.round.applied(self) : self
  }
  /// −1, 0 or 1.
  public func sign() throws -> Tensor { try Operation.sign.applied(self) }
}
