import LeptonSyntax

/// What stands around a place of an entry that is being typed.
struct WordAtCursor {
  /// The name that the place touches.
  private(set) var name: String?
  /// The name of what is being called there, innermost.
  private(set) var callee: String?
  /// How many arguments stand before the place in that call.
  private(set) var argument = 0
  /// The beginning of a text in quotes that is open at the place, and what stands before its quote.
  private(set) var openString: (text: String, before: String)?

  /// Looks around a place, given in UTF-8 bytes.
  init(in text: String, at offset: Int) {
    let source = Source(name: "", text: text)
    var calls: [(callee: String?, arguments: Int)] = []
    var last: String?
    for token in Lexer.tokens(of: source) where token.span.end > token.span.start {
      if token.isWord, (token.span.start...token.span.end).contains(offset) {
        name = source[token.span]
      }
      guard token.span.start < offset else { break }
      switch token.kind {
      case .symbol(.leftParenthesis): calls.append((last, 0))
      case .symbol(.leftBracket), .symbol(.leftBrace): calls.append((nil, 0))
      case .symbol(.rightParenthesis), .symbol(.rightBracket), .symbol(.rightBrace):
        _ = calls.popLast()
      case .symbol(.comma): if !calls.isEmpty { calls[calls.count - 1].arguments += 1 }
      case .string: note(source, token.span, offset)
      default: break
      }
      last = token.kind == .identifier ? source[token.span] : nil
    }
    (callee, argument) =
      calls.last { $0.callee != nil }.map { ($0.callee, $0.arguments) } ?? (nil, 0)
  }

  private mutating func note(_ source: Source, _ span: Span, _ offset: Int) {
    let typed = source[Span(span.start, min(span.end, offset))]
    let quotes = typed.hasPrefix("\"\"\"") ? 3 : 1
    let isClosed = span.end <= offset && typed.count >= 2 * quotes && typed.last == typed.first
    guard !isClosed else { return }
    openString = (String(typed.dropFirst(quotes)), source[Span(0, span.start)])
  }
}

extension Token {
  /// Whether help tells about it: a name or a keyword.
  fileprivate var isWord: Bool {
    switch kind {
    case .identifier, .keyword: true
    default: false
    }
  }
}
