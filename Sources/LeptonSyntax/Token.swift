/// A piece of a text.
///
/// The tokens of a text, spaces and comments included, cover it without gap.
public struct Token: Sendable, Hashable {
  /// What it is.
  public var kind: Kind
  /// Where it stands.
  public var span: Span

  /// Makes a token.
  public init(_ kind: Kind, _ span: Span) {
    self.kind = kind
    self.span = span
  }

  /// The kinds of tokens.
  public enum Kind: Sendable, Hashable {
    /// Spaces and tabs.
    case space
    /// The end of a line.
    case newline
    /// `# …`, up to the end of the line.
    case comment
    /// `## …`, alone on its line: documentation of what follows.
    case documentation
    /// A name.
    case identifier
    /// A word that is no name.
    case keyword(Keyword)
    /// `42`, `1_000`, `0x1F`
    case integer
    /// `0.5`, `1e-3`
    case float
    /// `"text"` or `"""text"""`, with its quotes; the closing ones may be missing.
    case string
    /// `f"` or `f"""`
    case interpolationStart
    /// Text between the holes of an f-string.
    case text
    /// `{` in an f-string.
    case holeStart
    /// `:` and the format, in a hole of an f-string.
    case format
    /// `}` in an f-string; empty where it is missing.
    case holeEnd
    /// The quotes that close an f-string; empty where they are missing.
    case interpolationEnd
    /// An operator, a bracket, a separator.
    case symbol(Symbol)
    /// An operator of another language.
    case foreign(ForeignOperator)
    /// A character that has no meaning here.
    case invalid
    /// The end of the text.
    case end
  }

  /// Whether it is only layout or a comment.
  public var isTrivia: Bool {
    switch kind {
    case .space, .newline, .comment, .documentation: true
    default: false
    }
  }
}

/// The words that are no names.
public enum Keyword: String, Sendable, Hashable, CaseIterable {
  case fn, `if`, `else`, `for`, `in`, `while`, `break`, `continue`, `return`
  case `try`, `catch`, `import`, expect, record, layer
  case and, or, not, `true`, `false`, nothing, inf, nan
}

/// The operators, brackets and separators.
public enum Symbol: String, Sendable, Hashable, CaseIterable {
  case leftParenthesis = "("
  case rightParenthesis = ")"
  case leftBracket = "["
  case rightBracket = "]"
  case leftBrace = "{"
  case rightBrace = "}"
  case comma = ","
  case colon = ":"
  case semicolon = ";"
  case dot = "."
  case ellipsis = "..."
  case arrow = "->"
  case assign = "="
  case compose = ">>"
  case plus = "+"
  case minus = "-"
  case times = "*"
  case divide = "/"
  case floorDivide = "//"
  case remainder = "%"
  case matmul = "@"
  case power = "^"
  case equal = "=="
  case notEqual = "!="
  case less = "<"
  case lessOrEqual = "<="
  case greater = ">"
  case greaterOrEqual = ">="
}

/// Operators that people bring from other languages; each is a mistake whose help names ours.
public enum ForeignOperator: String, Sendable, Hashable, CaseIterable {
  case doubleStar = "**"
  case doubleAmpersand = "&&"
  case doubleBar = "||"
  case ampersand = "&"
  case bar = "|"
  case exclamation = "!"
  case tilde = "~"
  case pipe = "|>"
  case fatArrow = "=>"
  case walrus = ":="
  case tripleEqual = "==="
  case tildeEqual = "~="
  case angles = "<>"
  case increment = "++"
  case plusAssign = "+="
  case minusAssign = "-="
  case timesAssign = "*="
  case divideAssign = "/="
  case floorDivideAssign = "//="
  case remainderAssign = "%="
  case matmulAssign = "@="
  case powerAssign = "^="
  /// Whether it changes a name: `+=`.
  var isAssignment: Bool {
    switch self {
    case .plusAssign, .minusAssign, .timesAssign, .divideAssign, .floorDivideAssign,
      .remainderAssign, .matmulAssign, .powerAssign:
      true
    default: false
    }
  }
}
