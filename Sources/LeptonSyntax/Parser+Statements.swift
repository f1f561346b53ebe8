extension Parser {
  /// Parses the whole text.
  mutating func program() -> [Statement] {
    reportUnpaired()
    var all = statements()
    while current.kind != .end {
      advance()
      all += statements()
    }
    return all
  }

  mutating func reportUnpaired() {
    for index in stream.unpaired {
      let token = stream.tokens[index]
      if token.kind.closer == nil {
        report(.unopened(text(token.span)), at: token.span)
      } else if isPrefix {
        wantsMore = true
      } else if token.kind != .interpolationStart, token.kind != .holeStart {
        report(.unclosed(text(token.span)), at: token.span)
      }
    }
  }

  /// Parses statements up to the bracket that closes them, or to the end.
  mutating func statements() -> [Statement] {
    var statements: [Statement] = []
    while true {
      skipNewline()
      if isAtStatementEnd, !at(.semicolon) { return statements }
      if let statement = statement() { statements.append(statement) }
    }
  }

  /// Parses a block: statements in braces.
  mutating func block(after what: String) -> Block {
    skipNewline(before: .symbol(.leftBrace))
    guard !isPanicking, at(.leftBrace) else {
      fail(expecting: "`{` \(what)")
      return Block([], Span(current.span.start, current.span.start))
    }
    guard enter() else {
      leave()
      return Block([], current.span)
    }
    defer { leave() }
    let opened = open(ignoringNewlines: false)
    let statements = statements()
    return Block(statements, close(opened))
  }

  /// Parses a statement and moves over its end; nothing if there is only a mistake.
  private mutating func statement() -> Statement? {
    let documentation = documentationText
    let start = current.span.start
    let first = position
    let kind = statementKind()
    let end = position > first ? endOfTokens(before: position) : start
    let endsWithSemicolon = endStatement(startingAt: first)
    var isSilent = false
    if case .expression(let expression) = kind {
      if expression.kind == .invalid { return nil }
      isSilent = endsWithSemicolon
    }
    return Statement(
      kind, Span(start, max(start, end)), isSilent: isSilent, documentation: documentation)
  }

  /// The end of the last token before an index that is no newline.
  private func endOfTokens(before index: Int) -> Int {
    var last = index - 1
    while last > 0, stream.tokens[last].kind == .newline { last -= 1 }
    return stream.tokens[last].span.end
  }

  /// Moves over the end of a statement; tells whether `;` ends it.
  private mutating func endStatement(startingAt first: Int) -> Bool {
    if !isPanicking, !isAtStatementEnd { failBehindStatement(startingAt: first) }
    skipToStatementEnd()
    return consume(.semicolon)
  }

  private mutating func failBehindStatement(startingAt first: Int) {
    let word = stream.tokens[first]
    let wordHint = word.kind == .identifier ? ForeignWord.hint(for: text(word.span)) : nil
    fail(.unexpected(foundDescription, hint: wordHint ?? hint))
  }

  /// The text of the `##` lines above the token at hand.
  private var documentationText: String {
    guard let lines = stream.documentation[position] else { return "" }
    return lines.map { line in
      let start = line.start + 2
      let isSpaced = start < line.end && bytes[start] == UInt8(ascii: " ")
      return text(Span(isSpaced ? start + 1 : start, line.end))
    }.joined(separator: "\n")
  }

  private mutating func statementKind() -> Statement.Kind {
    switch current.kind {
    case .keyword(let keyword) where next.kind == .symbol(.assign):
      fail(.keywordAsName(keyword.rawValue))
      return .expression(Expression(.invalid, current.span))
    case .keyword(.fn): return definition()
    case .keyword(.for): return forLoop()
    case .keyword(.while): return whileLoop()
    case .keyword(.break): return simple(.breakLoop)
    case .keyword(.continue): return simple(.continueLoop)
    case .keyword(.return): return returnValue()
    case .keyword(.import): return importModule()
    case .keyword(.expect): return expectation()
    case .keyword(.record): return record()
    default: return expressionOrAssignment()
    }
  }

  private mutating func simple(_ kind: Statement.Kind) -> Statement.Kind {
    advance()
    return kind
  }

  private mutating func forLoop() -> Statement.Kind {
    advance()
    let names = names()
    expect(.keyword(.in), "`in`")
    continueLine()
    let sequence = expression()
    return .forLoop(
      names: names, sequence: sequence, body: block(after: "and the body of the loop"))
  }

  /// Parses the names that a loop binds.
  mutating func names() -> [Expression.Name] {
    var names = [name("a name")]
    while consume(.comma) { names.append(name("a name")) }
    return names
  }

  private mutating func whileLoop() -> Statement.Kind {
    advance()
    let condition = expression()
    return .whileLoop(condition: condition, body: block(after: "and the body of the loop"))
  }

  private mutating func returnValue() -> Statement.Kind {
    advance()
    return .returnValue(isAtStatementEnd ? nil : expression())
  }

  private mutating func importModule() -> Statement.Kind {
    advance()
    let span = current.span
    if current.kind == .string { return .importModule(.file(string(), span)) }
    return .importModule(.library(name("the name of a module, or of a file in quotes")))
  }

  private mutating func expectation() -> Statement.Kind {
    advance()
    let condition = expression()
    guard !isPanicking, consume(.comma) else { return .expect(condition, message: nil) }
    continueLine()
    return .expect(condition, message: expression())
  }

  private mutating func record() -> Statement.Kind {
    advance()
    let name = name("the name of the result")
    expect(.symbol(.assign), "`=`")
    continueLine()
    return .record(name, expression())
  }

  // MARK: Assignments

  private mutating func expressionOrAssignment() -> Statement.Kind {
    let left = expression()
    guard !isPanicking, at(.assign) else { return .expression(left) }
    guard let target = target(left) else {
      fail(.notATarget, at: left.span)
      return .expression(Expression(.invalid, left.span))
    }
    advance()
    continueLine()
    return .assignment(target, expression())
  }

  /// Reads an expression as something that can be assigned to.
  private func target(_ expression: Expression) -> Statement.Target? {
    var path: [Statement.Target.Step] = []
    var rest = expression
    while true {
      switch rest.kind {
      case .name(let text):
        let name = Expression.Name(text, rest.span)
        return Statement.Target(name: name, path: path.reversed(), span: expression.span)
      case .field(let base, let name):
        path.append(.field(name))
        rest = base
      case .index(let base, let subscripts):
        path.append(.index(subscripts, Span(base.span.end, rest.span.end)))
        rest = base
      default: return nil
      }
    }
  }
}
