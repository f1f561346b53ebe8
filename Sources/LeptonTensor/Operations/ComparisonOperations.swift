// Questions about elements; the answers are truths.

extension Operation {
  static let comparisons: [Operation] = [
    equal, notEqual, less, lessOrEqual, greater, greaterOrEqual, and, or, not,
  ]

  /// a = b.
  public static let equal = comparison("equal", "Whether a = b.", Questions.Equal.self)
  /// a ≠ b.
  public static let notEqual = comparison("not_equal", "Whether a ≠ b.", Questions.NotEqual.self)
  /// a < b.
  public static let less = comparison("less", "Whether a < b.", Questions.Less.self)
  /// a ≤ b.
  public static let lessOrEqual = comparison(
    "less_or_equal", "Whether a ≤ b.", Questions.LessOrEqual.self)
  /// a > b.
  public static let greater = comparison("greater", "Whether a > b.", Questions.Greater.self)
  /// a ≥ b.
  public static let greaterOrEqual = comparison(
    "greater_or_equal", "Whether a ≥ b.", Questions.GreaterOrEqual.self)

  /// a and b.
  public static let and = elementwise(
    "and", "Whether both are true.", typing: .truths,
    loop: { _, _ in loop { (a: UInt8, b: UInt8) in a & b } })
  /// a or b.
  public static let or = elementwise(
    "or", "Whether one or both are true.", typing: .truths,
    loop: { _, _ in loop { (a: UInt8, b: UInt8) in a | b } })
  /// not a.
  public static let not = elementwise(
    "not", "Whether it is false.", typing: .truths, loop: { _, _ in loop { (a: UInt8) in a ^ 1 } })
}

private enum Questions {
  enum Equal: ComparisonBody {
    @inline(__always) static func apply<T: Arithmetic>(_ a: T, _ b: T) -> Bool { a == b }
  }
  enum NotEqual: ComparisonBody {
    @inline(__always) static func apply<T: Arithmetic>(_ a: T, _ b: T) -> Bool { a != b }
  }
  enum Less: ComparisonBody {
    @inline(__always) static func apply<T: Arithmetic>(_ a: T, _ b: T) -> Bool { a < b }
  }
  enum LessOrEqual: ComparisonBody {
    @inline(__always) static func apply<T: Arithmetic>(_ a: T, _ b: T) -> Bool { a <= b }
  }
  enum Greater: ComparisonBody {
    @inline(__always) static func apply<T: Arithmetic>(_ a: T, _ b: T) -> Bool { a > b }
  }
  enum GreaterOrEqual: ComparisonBody {
    @inline(__always) static func apply<T: Arithmetic>(_ a: T, _ b: T) -> Bool { a >= b }
  }
}
