import LeptonSyntax

/// The types that an expression can be seen to have without running it.
public struct LiteralTypes: OptionSet, Sendable, Hashable {
  /// The bits.
  public let rawValue: Int

  /// Makes a set of its bits.
  public init(rawValue: Int) { self.rawValue = rawValue }

  /// The type of `nothing`.
  public static let nothing = LiteralTypes(rawValue: 1)
  /// The type of `true` and `false`.
  public static let bool = LiteralTypes(rawValue: 2)
  /// The type of `42`.
  public static let int = LiteralTypes(rawValue: 4)
  /// The type of `0.5`.
  public static let float = LiteralTypes(rawValue: 8)
  /// The type of `"text"`.
  public static let string = LiteralTypes(rawValue: 16)
  /// The type of `[1, 2]`.
  public static let list = LiteralTypes(rawValue: 32)
  /// The type of `{lr: 0.1}`.
  public static let record = LiteralTypes(rawValue: 64)
  /// The type of `x -> x^2`.
  public static let function = LiteralTypes(rawValue: 128)
  /// Every type.
  public static let any = LiteralTypes(rawValue: 255)
  /// A number: an int or a float.
  public static let number: LiteralTypes = [.int, .float]

  /// The type that an expression is seen to have; `nil` if only the run can tell.
  public init?(_ expression: Expression) {
    switch expression.kind {
    case .nothing: self = .nothing
    case .bool: self = .bool
    case .int: self = .int
    case .float: self = .float
    case .string, .interpolation: self = .string
    case .list, .comprehension: self = .list
    case .record: self = .record
    case .function, .layer: self = .function
    case .parenthesized(let value): self.init(value)
    case .unary(.negate, let value):
      self.init(value)
      if isDisjoint(with: .number) { return nil }
    default: return nil
    }
  }

  /// The types in words: `a number or a string`.
  public var description: String {
    var rest = self
    let words = LiteralTypes.words.compactMap { types, word in
      rest.isSuperset(of: types) ? (rest.remove(types), word).1 : nil
    }
    let head = words.dropLast().joined(separator: ", ")
    return head.isEmpty ? words.last ?? "nothing" : "\(head) or \(words[words.count - 1])"
  }

  private static let words: [(LiteralTypes, String)] = [
    (.number, "a number"), (.int, "an integer"), (.float, "a number"), (.string, "a string"),
    (.bool, "true or false"), (.list, "a list"), (.record, "a record"), (.function, "a function"),
    (.nothing, "nothing"),
  ]
}
