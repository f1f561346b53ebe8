/// A statement, and where it stands.
public struct Statement: Sendable, Hashable {
  /// What it is.
  public var kind: Kind
  /// Where it stands, without a trailing `;`.
  public var span: Span
  /// Whether it is a value that a trailing `;` silences.
  public var isSilent: Bool
  /// The text of the `##` comment above it, without the marks; empty where there is none.
  public var documentation: String

  /// Makes a statement.
  public init(_ kind: Kind, _ span: Span, isSilent: Bool = false, documentation: String = "") {
    self.kind = kind
    self.span = span
    self.isSilent = isSilent
    self.documentation = documentation
  }

  /// The forms of a statement.
  public enum Kind: Sendable, Hashable {
    /// An expression whose value shows.
    case expression(Expression)
    /// `x = …`, `cfg.lr = …`, `x[mask] = …`
    indirect case assignment(Target, Expression)
    /// `fn f(a, b = 1) { … }`, `fn f(x) = …`
    indirect case definition(Expression.Name, Function)
    /// `for names in sequence { }`
    indirect case forLoop(names: [Expression.Name], sequence: Expression, body: Block)
    /// `while condition { }`
    indirect case whileLoop(condition: Expression, body: Block)
    /// `break`
    case breakLoop
    /// `continue`
    case continueLoop
    /// `return`, `return value`
    case returnValue(Expression?)
    /// `import "helpers.lep"`, `import models`
    indirect case importModule(Module)
    /// `expect condition`, `expect condition, "message"`
    indirect case expect(Expression, message: Expression?)
    /// `record name = value`
    indirect case record(Expression.Name, Expression)
  }

  /// What is assigned to: a name followed by any mix of fields and indices.
  public struct Target: Sendable, Hashable {
    /// The name that is rebound.
    public var name: Expression.Name
    /// The path into its value; empty for a plain assignment.
    public var path: [Step]
    /// Where it stands.
    public var span: Span

    /// Makes a target.
    public init(name: Expression.Name, path: [Step] = [], span: Span) {
      self.name = name
      self.path = path
      self.span = span
    }

    /// A step of the path.
    public enum Step: Sendable, Hashable {
      /// `.name`
      case field(Expression.Name)
      /// `[…]`
      case index([Expression.Subscript], Span)
    }
  }

  /// What is imported.
  public enum Module: Sendable, Hashable {
    /// A file beside the importing one, by its relative path.
    case file(String, Span)
    /// A module of the library.
    case library(Expression.Name)
  }
}

/// Statements between braces, or the single expression of a function written with `=` or `->`.
public struct Block: Sendable, Hashable {
  /// The statements; the value of the block is its last expression.
  public var statements: [Statement]
  /// Where it stands, with its braces.
  public var span: Span
  /// Whether it is written with braces.
  public var hasBraces: Bool

  /// Makes a block.
  public init(_ statements: [Statement], _ span: Span, hasBraces: Bool = true) {
    self.statements = statements
    self.span = span
    self.hasBraces = hasBraces
  }
}

/// The parameters and the body of a function.
public struct Function: Sendable, Hashable {
  /// The parameters.
  public var parameters: [Parameter]
  /// The shape that the result must have, where it is declared.
  public var result: ShapePattern?
  /// The body.
  public var body: Block
  /// Where it stands.
  public var span: Span

  /// Makes a function.
  public init(_ parameters: [Parameter], result: ShapePattern? = nil, body: Block, span: Span) {
    self.parameters = parameters
    self.result = result
    self.body = body
    self.span = span
  }

  /// A parameter: `name`, `name = default`, `name: [b, t]`.
  public struct Parameter: Sendable, Hashable {
    /// The name.
    public var name: Expression.Name
    /// The shape that the argument must have, where it is declared.
    public var shape: ShapePattern?
    /// The value if none is given.
    public var defaultValue: Expression?

    /// Makes a parameter.
    public init(name: Expression.Name, shape: ShapePattern? = nil, defaultValue: Expression? = nil)
    {
      self.name = name
      self.shape = shape
      self.defaultValue = defaultValue
    }
  }
}

/// A shape in a heading: `[b, t, 64]`, `[..., d]`.
public struct ShapePattern: Sendable, Hashable {
  /// The sizes.
  public var sizes: [Size]
  /// Where it stands.
  public var span: Span

  /// Makes a pattern.
  public init(_ sizes: [Size], _ span: Span) {
    self.sizes = sizes
    self.span = span
  }

  /// One size of a shape.
  public enum Size: Sendable, Hashable {
    /// A size that is given.
    case fixed(Int)
    /// A size that is bound to a name, or must equal what the name is bound to.
    case named(Expression.Name)
    /// Any number of leading sizes: `...`.
    case any
  }
}
