/// How tightly an operator binds, loosest first.
enum Precedence: Int {
  case or = 1
  case and, not, comparison, composition, sum, product, negation, power, postfix

  /// The next tighter one.
  var tighter: Precedence { Precedence(rawValue: rawValue + 1) ?? .postfix }
}

/// What may stand between two operands.
enum Infix {
  case binary(BinaryOperator, Precedence)
  case comparison(ComparisonOperator)

  /// The infix operators; all associate to the left but `^`, and comparisons make chains.
  init?(_ kind: Token.Kind) {
    switch kind {
    case .keyword(.or), .foreign(.doubleBar), .foreign(.bar): self = .binary(.or, .or)
    case .keyword(.and), .foreign(.doubleAmpersand), .foreign(.ampersand):
      self = .binary(.and, .and)
    case .keyword(.in): self = .comparison(.isIn)
    case .symbol(.equal), .foreign(.tripleEqual): self = .comparison(.equal)
    case .symbol(.notEqual), .foreign(.tildeEqual), .foreign(.angles):
      self = .comparison(.notEqual)
    case .symbol(.less): self = .comparison(.less)
    case .symbol(.lessOrEqual): self = .comparison(.lessOrEqual)
    case .symbol(.greater): self = .comparison(.greater)
    case .symbol(.greaterOrEqual): self = .comparison(.greaterOrEqual)
    case .symbol(.compose), .foreign(.pipe): self = .binary(.compose, .composition)
    case .symbol(.plus): self = .binary(.add, .sum)
    case .symbol(.minus): self = .binary(.subtract, .sum)
    case .symbol(.times): self = .binary(.multiply, .product)
    case .symbol(.divide): self = .binary(.divide, .product)
    case .symbol(.floorDivide): self = .binary(.floorDivide, .product)
    case .symbol(.remainder): self = .binary(.remainder, .product)
    case .symbol(.matmul): self = .binary(.matmul, .product)
    case .symbol(.power), .foreign(.doubleStar): self = .binary(.power, .power)
    default: return nil
    }
  }

  var precedence: Precedence {
    switch self {
    case .binary(_, let precedence): precedence
    case .comparison: .comparison
    }
  }
}

/// Makes a tree of a text, in time proportional to its length.
///
/// A mistake is reported once; the parser is then in a panic and believes nothing until the bracket
/// that encloses it is closed, or else the statement ends. What was understood by then is kept.
public struct Parser {
  /// How deeply brackets, blocks and functions may be nested.
  static let nestingLimit = 128
  /// How deep a tree may become, which a long chain of operators makes too.
  static let heightLimit = 640
  /// How many mistakes are told.
  static let mistakeLimit = 100

  let source: Source
  let bytes: [UInt8]
  /// All tokens of the text.
  let tokens: [Token]
  let stream: TokenStream
  /// Whether the text is read as the beginning of one: what is missing at its end is no mistake.
  let isPrefix: Bool
  /// The index of the token at hand.
  var position = 0
  /// Whether ends of lines mean nothing at the place at hand.
  var ignoresNewlines = false
  /// Whether a mistake was found and its surroundings are not left yet.
  var isPanicking = false
  /// Whether the innermost bracket, if it is none of a block, is never closed.
  var isInUnclosed = false
  /// How many nested constructs enclose the place at hand.
  var depth = 0
  /// The depth of the deepest leaf of the tree that is being made.
  var deepest = 0
  /// What was found.
  var diagnostics: [Diagnostic] = []
  /// Whether the text ends where something must follow.
  var wantsMore = false

  init(_ source: Source, isPrefix: Bool = false) {
    self.source = source
    self.isPrefix = isPrefix
    bytes = Array(source.text.utf8)
    tokens = Lexer.tokens(of: bytes)
    stream = TokenStream(tokens)
  }

  /// Parses a whole text; it never fails, and says in the diagnostics what it did not understand.
  public static func parse(_ source: Source) -> ParsedSource {
    var parser = Parser(source)
    let statements = parser.program()
    return ParsedSource(
      source: source, tokens: parser.tokens, statements: statements, diagnostics: parser.findings)
  }

  /// What was found, in the order of its places.
  var findings: [Diagnostic] {
    diagnostics.enumerated()
      .sorted { ($0.element.span.start, $0.offset) < ($1.element.span.start, $1.offset) }
      .map(\.element)
  }
}

/// A text, and what it says.
public struct ParsedSource: Sendable, Hashable {
  /// The text.
  public var source: Source
  /// Its tokens, which cover it without gap.
  public var tokens: [Token]
  /// What was understood.
  public var statements: [Statement]
  /// What was not, in the order of its places.
  public var diagnostics: [Diagnostic]
}
