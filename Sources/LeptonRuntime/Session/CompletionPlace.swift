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
    /// A text in quotes.
    case text
    /// Nothing that could be completed: a comment, a number.
    case other
  }

  /// What stands there.
  private(set) var kind = Kind.name
  /// What has been typed of it.
  private(set) var word = ""
  /// The name of what is being called there, innermost, where an argument of it begins.
  private(set) var callee: String?
  /// How many arguments stand before that one, and the name under which it is given.
  private(set) var argument: (count: Int, name: String?) = (0, nil)
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
    if kind == .text { takeArgumentName() }
    if kind == .name || kind == .text { findCall() }
  }

  private mutating func takeWord() {
    switch tokens.last?.kind {
    case .identifier, .keyword:
      word = tokens.popLast().map { source[$0.span] } ?? ""
      findReceiver()
    case .symbol(.dot): findReceiver()
    case .string: findText()
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

  private mutating func findText() {
    let text = tokens.popLast().map { source[$0.span] } ?? ""
    guard text.count == 1 || text.last != text.first else { return kind = .other }
    (kind, word) = (.text, String(text.dropFirst()))
    let before = tokens.filter { !$0.isTrivia }
    if before.last?.kind == .symbol(.leftBracket),
      let chain = Self.chain(before.dropLast(), source)
    {
      kind = .key(of: chain)
    }
  }

  /// Takes `name=` away from the end.
  private mutating func takeArgumentName() {
    guard tokens.last?.kind == .symbol(.assign), tokens.dropLast().last?.kind == .identifier else {
      return
    }
    tokens.removeLast()
    argument.name = tokens.popLast().map { source[$0.span] }
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
    var calls: [(callee: String?, given: Set<String>, count: Int)] = []
    for (index, token) in tokens.enumerated() {
      switch token.kind {
      case .symbol(.leftParenthesis):
        let before = index > 0 && tokens[index - 1].kind == .identifier ? tokens[index - 1] : nil
        calls.append((before.map { source[$0.span] }, [], 0))
      case .symbol(.leftBracket), .symbol(.leftBrace): calls.append((nil, [], 0))
      case .symbol(.rightParenthesis), .symbol(.rightBracket), .symbol(.rightBrace):
        _ = calls.popLast()
      case .symbol(.comma) where !calls.isEmpty: calls[calls.count - 1].count += 1
      case .symbol(.assign) where index > 0 && !calls.isEmpty:
        calls[calls.count - 1].given.insert(source[tokens[index - 1].span])
      default: break
      }
    }
    // A name stands at the begin of an argument, not behind `=` or an operator.
    let isBegin =
      tokens.last?.kind == .symbol(.leftParenthesis) || tokens.last?.kind == .symbol(.comma)
    guard isBegin, let call = calls.last else { return }
    (callee, given, argument.count) = call
  }
}
