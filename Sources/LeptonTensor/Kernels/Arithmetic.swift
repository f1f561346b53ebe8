import Glibc

/// Element types with arithmetic; whole numbers wrap, truths add as "or" and multiply as "and".
protocol Arithmetic: Element {
  static func plus(_ a: Self, _ b: Self) -> Self
  static func minus(_ a: Self, _ b: Self) -> Self
  static func times(_ a: Self, _ b: Self) -> Self
  static func floorQuotient(_ a: Self, _ b: Self) -> Self
  static func remainder(_ a: Self, _ b: Self) -> Self
  static func power(_ a: Self, _ b: Self) -> Self
  static func larger(_ a: Self, _ b: Self) -> Self
  static func smaller(_ a: Self, _ b: Self) -> Self
  static func negative(_ a: Self) -> Self
  static func magnitude(_ a: Self) -> Self
  static func sign(_ a: Self) -> Self
  /// A number that says the place of the value in ascending order; equal values have the same.
  var orderKey: UInt64 { get }
  /// Less than every other value, or equal to it.
  static var least: Self { get }
  /// More than every other value, or equal to it.
  static var greatest: Self { get }
}

extension Arithmetic where Self: FloatingPoint {
  @inline(__always) static func plus(_ a: Self, _ b: Self) -> Self { a + b }
  @inline(__always) static func minus(_ a: Self, _ b: Self) -> Self { a - b }
  @inline(__always) static func times(_ a: Self, _ b: Self) -> Self { a * b }
  /// ⌊a / b⌋ such that b ⌊a / b⌋ + ``remainder(_:_:)`` is a, as in Python; a / b for b = 0.
  static func floorQuotient(_ a: Self, _ b: Self) -> Self {
    if b == 0 { return a / b }
    let rest = a.truncatingRemainder(dividingBy: b)
    var quotient = (a - rest) / b
    if rest != 0 && (rest < 0) != (b < 0) { quotient -= 1 }
    if quotient == 0 { return Self(signOf: a / b, magnitudeOf: 0) }
    let floor = quotient.rounded(.down)
    return quotient - floor > Self(1) / 2 ? floor + 1 : floor
  }
  @inline(__always) static func remainder(_ a: Self, _ b: Self) -> Self {
    let rest = a.truncatingRemainder(dividingBy: b)
    if b == 0 { return rest }
    if rest == 0 { return Self(signOf: b, magnitudeOf: 0) }
    return (rest < 0) != (b < 0) ? rest + b : rest
  }
  @inline(__always) static func larger(_ a: Self, _ b: Self) -> Self { a > b || a != a ? a : b }
  @inline(__always) static func smaller(_ a: Self, _ b: Self) -> Self { a < b || a != a ? a : b }
  @inline(__always) static func negative(_ a: Self) -> Self { -a }
  @inline(__always) static func magnitude(_ a: Self) -> Self { Swift.abs(a) }
  @inline(__always) static func sign(_ a: Self) -> Self {
    a > 0 ? 1 : a < 0 ? -1 : a == 0 ? 0 : a
  }
  @inline(__always) static var least: Self { -.infinity }
  @inline(__always) static var greatest: Self { .infinity }
}

extension Arithmetic where Self: FixedWidthInteger {
  @inline(__always) static func plus(_ a: Self, _ b: Self) -> Self { a &+ b }
  @inline(__always) static func minus(_ a: Self, _ b: Self) -> Self { a &- b }
  @inline(__always) static func times(_ a: Self, _ b: Self) -> Self { a &* b }
  @inline(__always) static func floorQuotient(_ a: Self, _ b: Self) -> Self {
    if b == 0 { return 0 }
    let (quotient, overflow) = a.dividedReportingOverflow(by: b)
    if overflow { return a }
    return quotient &* b != a && (a < 0) != (b < 0) ? quotient &- 1 : quotient
  }
  @inline(__always) static func remainder(_ a: Self, _ b: Self) -> Self {
    b == 0 ? 0 : a &- floorQuotient(a, b) &* b
  }
  /// Negative exponents give 0, except of 1 and −1.
  static func power(_ a: Self, _ b: Self) -> Self {
    if b < 0 { return a == 1 ? 1 : a &+ 1 == 0 && Self.isSigned ? (b & 1 == 0 ? 1 : a) : 0 }
    var (result, base, rest): (Self, Self, Self) = (1, a, b)
    while rest > 0 {
      if rest & 1 == 1 { result = result &* base }
      base = base &* base
      rest >>= 1
    }
    return result
  }
  @inline(__always) var orderKey: UInt64 {
    UInt64(bitPattern: Int64(truncatingIfNeeded: self)) ^ (Self.isSigned ? 1 << 63 : 0)
  }
  @inline(__always) static func larger(_ a: Self, _ b: Self) -> Self { a > b ? a : b }
  @inline(__always) static func smaller(_ a: Self, _ b: Self) -> Self { a < b ? a : b }
  @inline(__always) static func negative(_ a: Self) -> Self { 0 &- a }
  @inline(__always) static func magnitude(_ a: Self) -> Self { a < 0 ? 0 &- a : a }
  @inline(__always) static func sign(_ a: Self) -> Self { a > 0 ? 1 : a == 0 ? 0 : 0 &- 1 }
  @inline(__always) static var least: Self { .min }
  @inline(__always) static var greatest: Self { .max }
}

extension Float: Arithmetic {
  @inline(__always) var orderKey: UInt64 {
    let bits = (self == 0 ? 0 : self).bitPattern
    return UInt64(bits >> 31 == 0 ? bits | 1 << 31 : ~bits)
  }
  @inline(__always) static func power(_ a: Float, _ b: Float) -> Float { powf(a, b) }
}
extension Double: Arithmetic {
  @inline(__always) var orderKey: UInt64 {
    let bits = (self == 0 ? 0 : self).bitPattern
    return bits >> 63 == 0 ? bits | 1 << 63 : ~bits
  }
  @inline(__always) static func power(_ a: Double, _ b: Double) -> Double { pow(a, b) }
}
extension Int: Arithmetic {}
extension Int32: Arithmetic {}
extension UInt8: Arithmetic {}
extension Int8: Arithmetic {}

extension Truth: Arithmetic {
  @inline(__always) var orderKey: UInt64 { UInt64(byte) }
  @inline(__always) init(bits: UInt8) { byte = bits }
  @inline(__always) static func plus(_ a: Truth, _ b: Truth) -> Truth {
    Truth(bits: a.byte | b.byte)
  }
  @inline(__always) static func minus(_ a: Truth, _ b: Truth) -> Truth {
    Truth(bits: a.byte ^ b.byte)
  }
  @inline(__always) static func times(_ a: Truth, _ b: Truth) -> Truth {
    Truth(bits: a.byte & b.byte)
  }
  @inline(__always) static func floorQuotient(_ a: Truth, _ b: Truth) -> Truth { times(a, b) }
  @inline(__always) static func remainder(_ a: Truth, _ b: Truth) -> Truth { Truth(false) }
  @inline(__always) static func power(_ a: Truth, _ b: Truth) -> Truth {
    Truth(bits: a.byte | (b.byte ^ 1))
  }
  @inline(__always) static func larger(_ a: Truth, _ b: Truth) -> Truth { plus(a, b) }
  @inline(__always) static func smaller(_ a: Truth, _ b: Truth) -> Truth { times(a, b) }
  @inline(__always) static func negative(_ a: Truth) -> Truth { a }
  @inline(__always) static func magnitude(_ a: Truth) -> Truth { a }
  @inline(__always) static func sign(_ a: Truth) -> Truth { a }
  @inline(__always) static var least: Truth { Truth(false) }
  @inline(__always) static var greatest: Truth { Truth(true) }
}

extension Arithmetic {
  /// The key of an element among others that are sorted; NaN comes last in either direction.
  @inline(__always)
  func orderKey(descending: Bool) -> UInt64 {
    let limit = Self.elementType == .float32 ? UInt64(UInt32.max) : .max
    return self != self ? limit : descending ? limit - orderKey : orderKey
  }
}

extension ElementType {
  /// The Swift type of the elements, with its arithmetic.
  var arithmetic: any Arithmetic.Type {
    switch self {
    case .float32: Float.self
    case .float64: Double.self
    case .int64: Int.self
    case .int32: Int32.self
    case .uint8: UInt8.self
    case .int8: Int8.self
    case .bool: Truth.self
    }
  }
}
