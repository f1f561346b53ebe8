import LeptonSyntax

/// Where in an entry something is to be completed.
struct CompletionPlace {
  /// What stands there.
  enum Kind: Hashable {
    /// A name or a word.
    case name
    /// What stands behind a dot; the names before it, or nothing if more than names stand there.
    case field(of: [String]?)
    /// A text in brackets: the name of a field.
    case key(of: [String])
    /// Nothing that could be completed: a text, a comment, a number.
    case other
  }

  /// What stands there.
  private(set) var kind = Kind.name
  /// What has been typed of it.
  private(set) var word = ""
  /// The name of what is being called there, innermost.
  private(set) var callee: String?
  /// The names under which arguments have been given in that call.
  private(set) var given: Set<String> = []

  private let source: Source
  private var tokens: [Token]

  /// Looks at the end of a text.
  init(endOf text: String) {
    source = Source(name: "", text: text)
    tokens = Lexer.tokens(of: source).filter { $0.span.end > $0.span.start }
    takeWord()
    tokens.removeAll { $0.isTrivia }
    if kind == .name { findCall() }
  }

  private mutating func takeWord() {
    switch tokens.last?.kind {
    case .identifier, .keyword:
      word = tokens.popLast().map { source[$0.span] } ?? ""
      findReceiver()
    case .symbol(.dot): findReceiver()
    case .string: findKey()
    case .symbol(.rightBracket), .symbol(.rightParenthesis), .comment, .documentation, .text,
      .interpolationStart, .integer, .float:
      kind = .other
    default: break
    }
  }

  private mutating func findReceiver() {
    let before = tokens.filter { !$0.isTrivia }
    guard before.last?.kind == .symbol(.dot) else { return }
    kind = .field(of: Self.chain(before.dropLast(), source))
  }

  private mutating func findKey() {
    let before = tokens.dropLast().filter { !$0.isTrivia }
    let text = tokens.last.map { source[$0.span] } ?? ""
    guard before.last?.kind == .symbol(.leftBracket), text.count == 1 || text.last != text.first,
      let chain = Self.chain(before.dropLast()[...], source)
    else {
      kind = .other
      return
    }
    (kind, word) = (.key(of: chain), String(text.dropFirst()))
  }

  /// The names at the end of tokens that dots join; nothing if something else stands there.
  private static func chain(_ tokens: ArraySlice<Token>, _ source: Source) -> [String]? {
    var names: [String] = []
    var rest = tokens
    while rest.last?.kind == .identifier, let token = rest.popLast() {
      names.insert(source[token.span], at: 0)
      guard rest.last?.kind == .symbol(.dot) else { return names }
      rest.removeLast()
    }
    return nil
  }

  private mutating func findCall() {
    var calls: [(callee: String?, given: Set<String>)] = []
    for (index, token) in tokens.enumerated() {
      switch token.kind {
      case .symbol(.leftParenthesis):
        let before = index > 0 && tokens[index - 1].kind == .identifier ? tokens[index - 1] : nil
        calls.append((before.map { source[$0.span] }, []))
      case .symbol(.leftBracket), .symbol(.leftBrace): calls.append((nil, []))
      case .symbol(.rightParenthesis), .symbol(.rightBracket), .symbol(.rightBrace):
        _ = calls.popLast()
      case .symbol(.assign) where index > 0 && !calls.isEmpty:
        calls[calls.count - 1].given.insert(source[tokens[index - 1].span])
      default: break
      }
    }
    // A name stands at the begin of an argument, not behind `=` or an operator.
    let isBegin =
      tokens.last?.kind == .symbol(.leftParenthesis) || tokens.last?.kind == .symbol(.comma)
    guard isBegin, let call = calls.last else { return }
    (callee, given) = call
  }
}
