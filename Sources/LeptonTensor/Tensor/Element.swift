/// A Swift type that stands for an element type.
public protocol Element: Sendable, Comparable {
  /// The element type it stands for.
  static var elementType: ElementType { get }
  /// Makes the nearest value; whole numbers are cut towards zero and wrap, NaN gives 0.
  init(converting value: Double)
  /// Makes the value; smaller whole numbers wrap.
  init(converting value: Int)
  /// The value as a fraction.
  var asDouble: Double { get }
  /// The value as a whole number, cut towards zero and kept in range.
  var asInt: Int { get }
}

extension Element where Self: BinaryFloatingPoint {
  /// Makes the nearest value.
  @inline(__always) public init(converting value: Double) { self.init(value) }
  /// Makes the value.
  @inline(__always) public init(converting value: Int) { self.init(value) }
  /// The value as a fraction.
  @inline(__always) public var asDouble: Double { Double(self) }
  /// The value as a whole number.
  @inline(__always) public var asInt: Int { Int(cutting: Double(self)) }
}

extension Element where Self: FixedWidthInteger {
  /// Makes the nearest value.
  @inline(__always) public init(converting value: Double) {
    self.init(truncatingIfNeeded: Int(cutting: value))
  }
  /// Makes the value.
  @inline(__always) public init(converting value: Int) { self.init(truncatingIfNeeded: value) }
  /// The value as a fraction.
  @inline(__always) public var asDouble: Double { Double(self) }
  /// The value as a whole number.
  @inline(__always) public var asInt: Int { Int(truncatingIfNeeded: self) }
}

extension Int {
  /// The whole part of a fraction; the nearest possible number if it is out of range, 0 for NaN.
  @inline(__always)
  init(cutting value: Double) {
    if value > -0x1p63 && value < 0x1p63 {
      self = Int(value)
    } else {
      self = value.isNaN ? 0 : value < 0 ? .min : .max
    }
  }
}

extension Float: Element {
  /// Elements of type `float32`.
  public static var elementType: ElementType { .float32 }
}
extension Double: Element {
  /// Elements of type `float64`.
  public static var elementType: ElementType { .float64 }
}
extension Int: Element {
  /// Elements of type `int64`.
  public static var elementType: ElementType { .int64 }
}
extension Int32: Element {
  /// Elements of type `int32`.
  public static var elementType: ElementType { .int32 }
}
extension UInt8: Element {
  /// Elements of type `uint8`.
  public static var elementType: ElementType { .uint8 }
}
extension Int8: Element {
  /// Elements of type `int8`.
  public static var elementType: ElementType { .int8 }
}

/// A truth in memory: one byte, 0 or 1.
public struct Truth: Element, Hashable {
  /// 0 or 1.
  public var byte: UInt8

  /// Makes a truth.
  @inline(__always) public init(_ value: Bool) { byte = value ? 1 : 0 }
  /// Makes the nearest value.
  @inline(__always) public init(converting value: Double) { self.init(value != 0) }
  /// Makes the value.
  @inline(__always) public init(converting value: Int) { self.init(value != 0) }

  /// Elements of type `bool`.
  public static var elementType: ElementType { .bool }
  /// The value as a fraction.
  @inline(__always) public var asDouble: Double { Double(byte) }
  /// The value as a whole number.
  @inline(__always) public var asInt: Int { Int(byte) }
  /// The truth itself.
  @inline(__always) public var asBool: Bool { byte != 0 }
  /// Whether the first is false and the second true.
  @inline(__always) public static func < (a: Truth, b: Truth) -> Bool { a.byte < b.byte }
}

extension ElementType {
  /// The Swift type of the elements.
  var swiftType: any Element.Type {
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
