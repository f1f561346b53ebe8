// Arithmetic, element by element.

extension Operation {
  static let arithmetic: [Operation] = [
    add, subtract, multiply, divide, floorDivide, remainder, power, maximum, minimum, negate,
    absolute, sign, select, cast, identity, stop,
  ]

  /// a + b.
  public static let add = binary(
    "add", "The sum a + b, element by element.", Bodies.Plus.self,
    derivative: .binary({ _, _, _, g in g }, { _, _, _, g in g }))

  /// a − b.
  public static let subtract = binary(
    "subtract", "The difference a − b, element by element.", Bodies.Minus.self,
    result: { forms, _ in
      guard forms[0].elementType != .bool else {
        throw TensorError(
          "type/bool", "truths have no difference", help: ["use `!=`, or cast them to int64"])
      }
      return forms[0].elementType
    },
    derivative: .binary({ _, _, _, g in g }, { _, _, _, g in try g.negated() }))

  /// a · b.
  public static let multiply = binary(
    "multiply", "The product a · b, element by element.", Bodies.Times.self,
    derivative: .binary(
      { _, b, _, g in try g.multiplying(b) }, { a, _, _, g in try g.multiplying(a) }))

  /// a / b.
  public static let divide = elementwise(
    "divide", "The quotient a / b, element by element; always a fraction.", typing: .fractions,
    loop: { type, _ in
      type == .float32
        ? loop { (a: Float, b: Float) in a / b }
        : loop { (a: Double, b: Double) in a / b }
    },
    derivative: .binary(
      { _, b, _, g in try g.dividing(b) },
      { _, b, y, g in try g.multiplying(y).dividing(b).negated() }))

  /// ⌊a / b⌋.
  public static let floorDivide = binary(
    "floor_divide", "The quotient rounded down; 0 for whole numbers divided by 0.",
    Bodies.FloorQuotient.self)

  /// a − b ⌊a / b⌋.
  public static let remainder = binary(
    "remainder", "a − b ⌊a / b⌋, with the sign of b; 0 for whole numbers divided by 0.",
    Bodies.Remainder.self,
    derivative: .binary(
      { _, _, _, g in g },
      { a, b, _, g in try g.multiplying(a.floorDividing(b)).negated() }))

  /// a to the power of b.
  public static let power = binary(
    "power", "a to the power of b, element by element.", Bodies.Power.self,
    derivative: .binary(
      { a, b, _, g in
        let slope = try b.multiplying(a.power(b.subtracting(1.0)))
        return try g.multiplying(Tensor.select(b.equal(to: 0.0), 0.0, slope))
      },
      { a, _, y, g in
        let logarithm = try Tensor.select(a.greater(than: 0.0), a, 1.0).log()
        return try g.multiplying(y).multiplying(logarithm)
      }))

  /// max(a, b).
  public static let maximum = binary(
    "maximum", "The larger of a and b; NaN if one is.", Bodies.Larger.self,
    derivative: .binary(
      { a, b, _, g in try share(a.greater(than: b), a, b, g) },
      { a, b, _, g in try share(a.less(than: b), a, b, g) }))

  /// min(a, b).
  public static let minimum = binary(
    "minimum", "The smaller of a and b; NaN if one is.", Bodies.Smaller.self,
    derivative: .binary(
      { a, b, _, g in try share(a.less(than: b), a, b, g) },
      { a, b, _, g in try share(a.greater(than: b), a, b, g) }))

  /// −x.
  public static let negate = unary(
    "negate", "The number with its sign changed: −x.", Bodies.Negative.self,
    derivative: .unary { _, _, g in try g.negated() })

  /// |x|.
  public static let absolute = unary(
    "abs", "The size without the sign: |x|.", Bodies.Magnitude.self,
    derivative: .unary { x, _, g in try g.multiplying(x.sign()) })

  /// The sign.
  public static let sign = unary("sign", "−1, 0 or 1; NaN stays.", Bodies.Sign.self)

  /// Where.
  public static let select = elementwise(
    "where", "a where a condition holds, b elsewhere.", typing: .choice,
    loop: { type, _ in
      switch type.byteCount {
      case 1: choosing(UInt8.self)
      case 4: choosing(UInt32.self)
      default: choosing(UInt64.self)
      }
    },
    derivative: .rule { step in
      let (c, g) = (step.inputs[0], step.gradient)
      return [
        nil,
        step.wanted[1] ? try Tensor.select(c, g, 0.0).summed(to: step.inputs[1].shape) : nil,
        step.wanted[2] ? try Tensor.select(c, 0.0, g).summed(to: step.inputs[2].shape) : nil,
      ]
    })

  /// Another element type.
  public static let cast = elementwise(
    "cast", "The elements in another type; whole numbers wrap, fractions are cut towards zero.",
    typing: .given,
    result: { forms, attributes in attributes.elementType ?? forms[0].elementType },
    loop: { type, attributes in conversion(from: type, to: attributes.elementType ?? type) },
    derivative: .unary { x, _, g in try g.cast(to: x.elementType) })

  /// The same.
  public static let identity = elementwise(
    "identity", "The same elements, as a step of its own.", typing: .given,
    loop: { type, _ in copying(type) }, derivative: .unary { _, _, g in g })

  /// The same, without derivative.
  public static let stop = elementwise(
    "stop", "The same elements, through which no derivative passes.", typing: .given,
    loop: { type, _ in copying(type) })

  /// A choice between bits by a mask, which the compiler turns into a loop over vectors.
  private static func choosing<Bits: FixedWidthInteger & Sendable>(_ type: Bits.Type) -> BlockLoop {
    loop { (c: Truth, a: Bits, b: Bits) in
      let mask: Bits = c.asBool ? ~0 : 0
      return a & mask | b & ~mask
    }
  }

  /// All of a gradient where one operand wins, half of it where both are equal.
  private static func share(_ wins: Tensor, _ a: Tensor, _ b: Tensor, _ g: Tensor) throws -> Tensor
  {
    let tie = try Tensor.select(a.equal(to: b), g.multiplying(0.5), 0.0)
    return try Tensor.select(wins, g, tie)
  }

  private static func copying(_ type: ElementType) -> BlockLoop {
    switch type.byteCount {
    case 1: loop { (a: UInt8) in a }
    case 4: loop { (a: UInt32) in a }
    default: loop { (a: UInt64) in a }
    }
  }

  private static func conversion(from source: ElementType, to target: ElementType) -> BlockLoop {
    switch target {
    case .float32: conversion(from: source, into: Float.self)
    case .float64: conversion(from: source, into: Double.self)
    case .int64: conversion(from: source, into: Int.self)
    case .int32: conversion(from: source, into: Int32.self)
    case .uint8: conversion(from: source, into: UInt8.self)
    case .int8: conversion(from: source, into: Int8.self)
    case .bool: conversion(from: source, into: Truth.self)
    }
  }

  @inline(__always)
  private static func conversion<B: Arithmetic>(
    from source: ElementType, into target: B.Type
  ) -> BlockLoop {
    switch source {
    case .float32: loop { (a: Float) in B(converting: Double(a)) }
    case .float64: loop { (a: Double) in B(converting: a) }
    case .int64: loop { (a: Int) in B(converting: a) }
    case .int32: loop { (a: Int32) in B(converting: a.asInt) }
    case .uint8: loop { (a: UInt8) in B(converting: a.asInt) }
    case .int8: loop { (a: Int8) in B(converting: a.asInt) }
    case .bool: loop { (a: Truth) in B(converting: a.asInt) }
    }
  }
}

/// What the rows compute for one element.
private enum Bodies {
  enum Plus: BinaryBody {
    @inline(__always) static func apply<T: Arithmetic>(_ a: T, _ b: T) -> T { T.plus(a, b) }
  }
  enum Minus: BinaryBody {
    @inline(__always) static func apply<T: Arithmetic>(_ a: T, _ b: T) -> T { T.minus(a, b) }
  }
  enum Times: BinaryBody {
    @inline(__always) static func apply<T: Arithmetic>(_ a: T, _ b: T) -> T { T.times(a, b) }
  }
  enum FloorQuotient: BinaryBody {
    @inline(__always) static func apply<T: Arithmetic>(_ a: T, _ b: T) -> T {
      T.floorQuotient(a, b)
    }
  }
  enum Remainder: BinaryBody {
    @inline(__always) static func apply<T: Arithmetic>(_ a: T, _ b: T) -> T { T.remainder(a, b) }
  }
  enum Power: BinaryBody {
    @inline(__always) static func apply<T: Arithmetic>(_ a: T, _ b: T) -> T { T.power(a, b) }
  }
  enum Larger: BinaryBody {
    @inline(__always) static func apply<T: Arithmetic>(_ a: T, _ b: T) -> T { T.larger(a, b) }
  }
  enum Smaller: BinaryBody {
    @inline(__always) static func apply<T: Arithmetic>(_ a: T, _ b: T) -> T { T.smaller(a, b) }
  }
  enum Negative: UnaryBody {
    @inline(__always) static func apply<T: Arithmetic>(_ a: T) -> T { T.negative(a) }
  }
  enum Magnitude: UnaryBody {
    @inline(__always) static func apply<T: Arithmetic>(_ a: T) -> T { T.magnitude(a) }
  }
  enum Sign: UnaryBody {
    @inline(__always) static func apply<T: Arithmetic>(_ a: T) -> T { T.sign(a) }
  }
}
