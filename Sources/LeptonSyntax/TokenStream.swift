/// The tokens of a text as the parser walks them: without spaces and comments, with one newline where
/// lines end, and with the brackets already paired.
///
/// That the pairs are known beforehand is what makes recovery simple: a mistake between brackets
/// costs no more than what stands between them, and an opening bracket that is never closed does not
/// swallow the lines behind it.
struct TokenStream {
  /// The tokens; the last one is the end.
  private(set) var tokens: [Token] = []
  /// For each bracket the index of its partner; -1 for all else.
  private var partners: [Int32] = []
  /// The documentation above the token of an index.
  private(set) var documentation: [Int: [Span]] = [:]
  /// The brackets that have no partner, in no order.
  private(set) var unpaired: [Int] = []
  /// Whether some opening bracket has no partner.
  private(set) var hasUnclosed = false
  /// Documentation behind which nothing stands.
  private(set) var hasDanglingDocumentation = false

  init(_ all: [Token]) {
    tokens.reserveCapacity(all.count)
    filter(all)
    pair()
  }

  private mutating func filter(_ all: [Token]) {
    var above: [Span] = []
    var blankLines = 0
    for token in all {
      switch token.kind {
      case .space: break
      case .comment: blankLines = 0
      case .documentation:
        above.append(token.span)
        blankLines = 0
      case .newline:
        blankLines += 1
        if blankLines > 1 { above = [] }
        if tokens.last?.kind != .newline { tokens.append(token) }
      default:
        blankLines = 0
        if token.kind == .end { hasDanglingDocumentation = !above.isEmpty }
        if !above.isEmpty { documentation[tokens.count] = above }
        above = []
        tokens.append(token)
      }
    }
  }

  // MARK: Pairs

  /// The index of the partner of a bracket; -1 for all else.
  func partner(of index: Int) -> Int { Int(partners[index]) }

  private mutating func pair() {
    partners = Array(repeating: -1, count: tokens.count)
    var open: [Int] = []
    for index in tokens.indices {
      if tokens[index].kind.closer != nil {
        open.append(index)
      } else if tokens[index].kind.isCloser {
        close(index, &open)
      }
    }
    unpaired += open
    hasUnclosed = unpaired.contains { tokens[$0].kind.closer != nil }
  }

  private mutating func close(_ index: Int, _ open: inout [Int]) {
    guard let place = opener(of: tokens[index].kind, in: open) else {
      unpaired.append(index)
      return
    }
    unpaired += open[(place + 1)...]
    partners[index] = Int32(clamping: open[place])
    partners[open[place]] = Int32(clamping: index)
    open.removeSubrange(place...)
  }

  /// Finds which of the open brackets a closing one closes: the nearest of its kind, unless a hole of
  /// an f-string, which the lexer has closed for certain, lies between.
  private func opener(of closer: Token.Kind, in open: [Int]) -> Int? {
    let isCertain = closer == .holeEnd || closer == .interpolationEnd
    for place in open.indices.reversed() {
      let kind = tokens[open[place]].kind
      if kind.closer == closer { return place }
      let isTooFar = open.count - place > 2 * Parser.nestingLimit || kind == .holeStart
      if isTooFar && !isCertain { return nil }
    }
    return nil
  }
}

extension Token.Kind {
  /// What closes this bracket; `nil` for what is no opening bracket.
  var closer: Token.Kind? {
    switch self {
    case .symbol(.leftParenthesis): .symbol(.rightParenthesis)
    case .symbol(.leftBracket): .symbol(.rightBracket)
    case .symbol(.leftBrace): .symbol(.rightBrace)
    case .interpolationStart: .interpolationEnd
    case .holeStart: .holeEnd
    default: nil
    }
  }

  /// Whether this is a closing bracket.
  var isCloser: Bool {
    switch self {
    case .symbol(.rightParenthesis), .symbol(.rightBracket), .symbol(.rightBrace), .holeEnd,
      .interpolationEnd:
      true
    default: false
    }
  }
}
