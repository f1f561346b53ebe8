/// An expression, and where it stands.
public struct Expression: Sendable, Hashable {
  /// What it is.
  public var kind: Kind
  /// Where it stands.
  public var span: Span

  /// Makes an expression.
  public init(_ kind: Kind, _ span: Span) {
    self.kind = kind
    self.span = span
  }

  /// The forms of an expression.
  public enum Kind: Sendable, Hashable {
    /// `nothing`
    case nothing
    /// `true`, `false`
    case bool(Bool)
    /// `42`, `0x1F`
    case int(Int)
    /// `0.5`, `1e-3`, `inf`, `nan`
    case float(Double)
    /// `"text"`, with its escapes resolved
    case string(String)
    /// `f"loss {loss:.3f}"`
    case interpolation([Piece])
    /// `[1, 2]`
    case list([Expression])
    /// `[body for names in sequence if condition]`
    indirect case comprehension(
      body: Expression, names: [Name], sequence: Expression, condition: Expression?)
    /// `{lr: 0.1, epochs: 3}`
    case record([Field])
    /// `x`
    case name(String)
    /// `(x)`; kept so that a tree prints as it was written
    indirect case parenthesized(Expression)
    /// `-x`, `not x`
    indirect case unary(UnaryOperator, Expression)
    /// `a + b`, `a >> b`, `a and b`
    indirect case binary(BinaryOperator, Expression, Expression)
    /// `a < b <= c`: a first operand and one or more steps
    indirect case comparison(Expression, [ComparisonStep])
    /// `f(a, b, k=c)`
    indirect case call(Expression, [Argument])
    /// `x.name`; a call of one is a dot call
    indirect case field(Expression, Name)
    /// `x[0, 1:3, ...]`
    indirect case index(Expression, [Subscript])
    /// `x -> x^2`, `(a, b) -> a + b`
    indirect case function(Function)
    /// `layer x -> …`
    indirect case layer(Function)
    /// `if c { } else { }`; `else if` nests
    indirect case conditional(condition: Expression, then: Block, otherwise: Block?)
    /// `try { } catch e { }`
    indirect case attempt(body: Block, name: Name, handler: Block)
    /// What the parser could not understand; a diagnostic says why
    case invalid
  }

  /// A name where it is written.
  public struct Name: Sendable, Hashable {
    /// The name.
    public var text: String
    /// Where it stands.
    public var span: Span

    /// Makes a name.
    public init(_ text: String, _ span: Span) {
      self.text = text
      self.span = span
    }
  }

  /// A piece of an f-string.
  public enum Piece: Sendable, Hashable {
    /// Text that stands for itself.
    case text(String)
    /// `{value:format}`; the format is empty where there is none.
    case value(Expression, format: String)
  }

  /// `name: value` in a record.
  public struct Field: Sendable, Hashable {
    /// The key; a key that is no identifier is written as a string.
    public var name: Name
    /// The value.
    public var value: Expression

    /// Makes a field.
    public init(name: Name, value: Expression) {
      self.name = name
      self.value = value
    }
  }

  /// A step of a comparison chain: `<= c`.
  public struct ComparisonStep: Sendable, Hashable {
    /// The comparison.
    public var comparison: ComparisonOperator
    /// The right operand.
    public var operand: Expression

    /// Makes a step.
    public init(_ comparison: ComparisonOperator, _ operand: Expression) {
      self.comparison = comparison
      self.operand = operand
    }
  }

  /// An argument of a call: `value` or `name=value`.
  public struct Argument: Sendable, Hashable {
    /// The name, where it is given.
    public var name: Name?
    /// The value.
    public var value: Expression

    /// Makes an argument.
    public init(name: Name? = nil, value: Expression) {
      self.name = name
      self.value = value
    }
  }

  /// One of the things between the brackets of an index.
  public enum Subscript: Sendable, Hashable {
    /// `x[i]`
    case position(Expression)
    /// `x[start:stop:step]`, each of which may be missing
    case slice(start: Expression?, stop: Expression?, step: Expression?)
    /// `x[...]`
    case ellipsis(Span)
  }
}

/// The operators with one operand.
public enum UnaryOperator: String, Sendable, Hashable, CaseIterable {
  case negate = "-"
  case not = "not"
}

/// The operators with two operands that do not compare.
public enum BinaryOperator: String, Sendable, Hashable, CaseIterable {
  case or, and
  case compose = ">>"
  case add = "+"
  case subtract = "-"
  case multiply = "*"
  case divide = "/"
  case floorDivide = "//"
  case remainder = "%"
  case matmul = "@"
  case power = "^"
}

/// The comparisons.
public enum ComparisonOperator: String, Sendable, Hashable, CaseIterable {
  case equal = "=="
  case notEqual = "!="
  case less = "<"
  case lessOrEqual = "<="
  case greater = ">"
  case greaterOrEqual = ">="
  case isIn = "in"
}
