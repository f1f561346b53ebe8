/// What `== != < <= > >=` ask of two values.
public enum Relation: Sendable {
  case equal, notEqual, less, lessOrEqual, greater, greaterOrEqual

  /// The relation of an operator, if it is one.
  init?(_ operation: Operation) {
    switch operation {
    case .equal: self = .equal
    case .notEqual: self = .notEqual
    case .less: self = .less
    case .lessOrEqual: self = .lessOrEqual
    case .greater: self = .greater
    case .greaterOrEqual: self = .greaterOrEqual
    default: return nil
    }
  }

  /// The same relation with its sides exchanged: `a < b` is `b > a`.
  public var mirrored: Relation {
    switch self {
    case .equal, .notEqual: self
    case .less: .greater
    case .lessOrEqual: .greaterOrEqual
    case .greater: .less
    case .greaterOrEqual: .lessOrEqual
    }
  }

  /// Whether it asks for sameness alone, not for order.
  public var isEquality: Bool { self == .equal || self == .notEqual }

  /// Whether it holds for two values.
  public func holds<Element: Comparable>(_ one: Element, _ other: Element) -> Bool {
    switch self {
    case .equal: one == other
    case .notEqual: one != other
    case .less: one < other
    case .lessOrEqual: one <= other
    case .greater: one > other
    case .greaterOrEqual: one >= other
    }
  }
}
