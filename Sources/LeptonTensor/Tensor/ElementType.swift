/// The type of a tensor's elements.
public enum ElementType: String, Sendable, Hashable, CaseIterable, Codable {
  case float32, float64, int64, int32, uint8, int8, bool

  /// The bytes of one element.
  public var byteCount: Int {
    switch self {
    case .float64, .int64: 8
    case .float32, .int32: 4
    case .uint8, .int8, .bool: 1
    }
  }

  /// Whether the type holds fractions.
  public var isFloat: Bool { self == .float32 || self == .float64 }

  /// Whether the type holds whole numbers; `bool` does not count as one.
  public var isInteger: Bool { !isFloat && self != .bool }

  /// This type if it holds fractions, else the default one, `float32`.
  public var asFloat: ElementType { isFloat ? self : .float32 }

  /// The type in which whole numbers and truths of this type are added up: `int64`.
  public var asSum: ElementType { isFloat ? self : .int64 }

  /// The type that holds both operands: NumPy's promotion, except that a whole number with a
  /// fraction gives the fraction's type, and `uint8` with `int8` gives `int32`.
  public func promoted(with other: ElementType) -> ElementType {
    if self == other { return self }
    if isFloat || other.isFloat {
      if isFloat && other.isFloat { return .float64 }
      return isFloat ? self : other
    }
    if self == .bool { return other }
    if other == .bool { return self }
    if self == .int64 || other == .int64 { return .int64 }
    return .int32
  }
}
