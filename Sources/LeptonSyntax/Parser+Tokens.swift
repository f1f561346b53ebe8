// Walking the tokens, and finding back after a mistake.

extension Parser {
  /// The token at hand.
  var current: Token { stream.tokens[position] }

  /// The token behind the one at hand; the end if there is none.
  var next: Token { stream.tokens[min(position + 1, stream.tokens.count - 1)] }

  /// The span of the token before the one at hand.
  var previousSpan: Span { position > 0 ? stream.tokens[position - 1].span : Span(0, 0) }

  /// The text of the token at hand.
  var currentText: String { text(current.span) }

  /// The text of a range, without a walk to it.
  func text(_ span: Span) -> String {
    String(decoding: bytes[span.start..<span.end], as: UTF8.self)
  }

  func at(_ symbol: Symbol) -> Bool { current.kind == .symbol(symbol) }

  func at(_ keyword: Keyword) -> Bool { current.kind == .keyword(keyword) }

  mutating func advance() {
    if position < stream.tokens.count - 1 { position += 1 }
    if ignoresNewlines { skipNewline() }
  }

  mutating func skipNewline() {
    if current.kind == .newline { position += 1 }
  }

  /// Goes on with the next line behind an operator; not if the line ended within a bracket that is
  /// never closed, because then the next line is most likely another statement.
  mutating func continueLine() {
    if !isInUnclosed || isPrefix { skipNewline() }
  }

  /// Skips an end of line if what must follow stands on the next line, or nothing does.
  mutating func skipNewline(before kinds: Token.Kind...) {
    guard current.kind == .newline else { return }
    if kinds.contains(next.kind) || next.kind == .end { position += 1 }
  }

  /// Moves over a symbol if it is at hand.
  mutating func consume(_ symbol: Symbol) -> Bool {
    guard at(symbol) else { return false }
    advance()
    return true
  }

  /// Moves over a symbol or a keyword that must be at hand.
  mutating func expect(_ kind: Token.Kind, _ description: String, hint: String? = nil) {
    guard !isPanicking else { return }
    if current.kind == kind {
      advance()
    } else {
      fail(.expected(description, found: foundDescription, hint: hint ?? self.hint))
    }
  }

  /// Whether the token at hand is the first of its line.
  var startsLine: Bool { position == 0 || stream.tokens[position - 1].kind == .newline }

  /// Whether symbols stand right before the place at hand.
  func isBehind(_ symbols: Symbol...) -> Bool {
    position >= symbols.count
      && stream.tokens[position - symbols.count..<position].map(\.kind)
        == symbols.map(Token.Kind.symbol)
  }

  /// Moves over a name that must be at hand; in a panic it gives an empty one.
  mutating func name(_ description: String) -> Expression.Name {
    let span = current.span
    guard !isPanicking, current.kind == .identifier else {
      if case .keyword(let keyword) = current.kind {
        fail(.keywordAsName(keyword.rawValue))
      } else {
        fail(expecting: description)
      }
      return Expression.Name("", Span(span.start, span.start))
    }
    let name = Expression.Name(currentText, span)
    advance()
    return name
  }

  // MARK: Nesting

  /// Goes one level deeper; says no where that is too deep.
  mutating func enter() -> Bool {
    depth += 1
    deepest = max(deepest, depth)
    guard depth > Parser.nestingLimit, !isPanicking else { return !isPanicking }
    fail(.tooDeep(limit: Parser.nestingLimit))
    return false
  }

  mutating func leave() { depth -= 1 }

  /// Notes that what was just parsed became an operand of something.
  mutating func deepen() {
    deepest += 1
    if deepest > Parser.heightLimit { fail(.tooLong(limit: Parser.heightLimit)) }
  }

  // MARK: Brackets

  /// An opening bracket that was moved over.
  struct Opened {
    let index: Int
    let partner: Int
    let ignoredNewlines: Bool
    let wasInUnclosed: Bool
    var isClosed: Bool { partner >= 0 }
  }

  /// Moves over the opening bracket at hand.
  mutating func open(ignoringNewlines: Bool = true) -> Opened {
    let opened = Opened(
      index: position, partner: stream.partner(of: position), ignoredNewlines: ignoresNewlines,
      wasInUnclosed: isInUnclosed)
    isInUnclosed = ignoringNewlines && !opened.isClosed
    if !ignoringNewlines || opened.isClosed || isPrefix { ignoresNewlines = ignoringNewlines }
    advance()
    return opened
  }

  /// Moves over the bracket that closes an opened one, and what was not understood before it; gives
  /// the span of both brackets and what they hold.
  mutating func close(_ opened: Opened) -> Span {
    let start = stream.tokens[opened.index].span
    ignoresNewlines = opened.ignoredNewlines
    isInUnclosed = opened.wasInUnclosed
    guard opened.isClosed else {
      if isPrefix, current.kind != .end {
        fail(expecting: stream.tokens[opened.index].kind.closerDescription)
      }
      isPanicking = true
      return start.joined(with: previousSpan)
    }
    if position != opened.partner {
      fail(expecting: stream.tokens[opened.index].kind.closerDescription)
    }
    position = opened.partner
    isPanicking = false
    let span = start.joined(with: current.span)
    advance()
    return span
  }

  /// Whether what stands between brackets ends here.
  var isAtClose: Bool {
    switch current.kind {
    case .end: true
    case .newline: isInUnclosed
    default: current.kind.isCloser
    }
  }

  /// Parses what stands between brackets, separated by commas.
  mutating func commaSeparated<Element>(
    _ element: (inout Parser) -> Element
  ) -> (elements: [Element], span: Span) {
    let opened = open()
    var elements: [Element] = []
    while !isPanicking, !isAtClose {
      elements.append(element(&self))
      if !consume(.comma) {
        if opened.isClosed, isAtMissingComma { failAtMissingComma(opened) }
        break
      }
    }
    return (elements, close(opened))
  }

  /// Whether one value stands right behind another; behind a name it may be meant for a call.
  private var isAtMissingComma: Bool {
    switch current.kind {
    case .identifier, .string, .integer, .float, .interpolationStart:
      next.kind == .symbol(.colon)
        || position > 0 && stream.tokens[position - 1].kind != .identifier
    default: false
    }
  }

  private mutating func failAtMissingComma(_ opened: Opened) {
    let closer = stream.tokens[opened.index].kind.closerDescription
    fail(
      .expected(
        "`,` or \(closer)", found: foundDescription,
        hint: hint ?? "a comma stands between one and the next"))
  }

  // MARK: Recovery

  /// Whether a statement may end here.
  var isAtStatementEnd: Bool {
    switch current.kind {
    case .newline, .end, .symbol(.semicolon): true
    default: current.kind.isCloser && stream.partner(of: position) >= 0
    }
  }

  /// Goes to the end of a statement, over what was not understood, but not over whole brackets.
  mutating func skipToStatementEnd() {
    while !isAtStatementEnd {
      if stream.partner(of: position) > position { position = stream.partner(of: position) }
      position += 1
    }
    isPanicking = false
  }

  /// Reports that something else is expected than what is at hand.
  mutating func fail(expecting description: String) {
    fail(.expected(description, found: foundDescription, hint: hint))
  }

  /// Reports a mistake, at the token at hand unless told otherwise, and falls into a panic.
  mutating func fail(_ mistake: SyntaxMistake, at span: Span? = nil) {
    guard !isPanicking else { return }
    isPanicking = true
    if isExplained { return }
    if isPrefix, current.kind == .end {
      wantsMore = true
    } else {
      report(mistake, at: span ?? placeOfMistake)
    }
  }

  /// The token at hand; at the end of the text the place behind the last token.
  private var placeOfMistake: Span {
    guard current.kind == .end else { return current.span }
    let end = endOfTokens(before: position)
    return Span(end, end)
  }

  /// The end of the last token before an index that is no newline.
  func endOfTokens(before index: Int) -> Int {
    guard index > 0 else { return 0 }
    var last = index - 1
    while last > 0, stream.tokens[last].kind == .newline { last -= 1 }
    return stream.tokens[last].span.end
  }

  /// Whether the token at hand is wrong for a reason that is told already.
  private var isExplained: Bool {
    switch current.kind {
    case .newline: isInUnclosed
    case .end: stream.hasUnclosed
    case .holeEnd: current.span.start == current.span.end
    default: current.kind.isCloser && stream.partner(of: position) < 0
    }
  }

  /// Reports a mistake and goes on.
  mutating func report(_ mistake: SyntaxMistake, at span: Span? = nil) {
    guard diagnostics.count < Parser.mistakeLimit else { return }
    diagnostics.append(Diagnostic(mistake, source: source, span: span ?? current.span))
  }
}
