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
      failAtBlock(what)
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

  /// Reports that a block must stand here.
  private mutating func failAtBlock(_ what: String) {
    if at(.colon), next.kind == .newline || next.kind == .end {
      fail(.colon)
    } else {
      fail(
        .expected("`{` \(what)", found: foundDescription, hint: hint ?? "a block stands in braces"))
    }
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

  /// Moves over the end of a statement; tells whether `;` ends it.
  private mutating func endStatement(startingAt first: Int) -> Bool {
    if !isPanicking, !isAtStatementEnd { failBehindStatement(startingAt: first) }
    let wasWrong = isPanicking
    skipToStatementEnd()
    if wasWrong { skipIndentedBlock(below: first) }
    return consume(.semicolon)
  }

  /// Skips the lines that a colon and an indentation make a block in Python: nothing in them is
  /// where it should be.
  private mutating func skipIndentedBlock(below first: Int) {
    guard position > 0, stream.tokens[position - 1].kind == .symbol(.colon) else { return }
    let indentation = indentation(of: first)
    while current.kind == .newline, next.kind != .end,
      self.indentation(of: position + 1) > indentation
    {
      position += 1
      skipToStatementEnd()
    }
  }

  /// How many bytes stand before a token on its line.
  private func indentation(of index: Int) -> Int {
    let start = stream.tokens[index].span.start
    return start - (bytes[..<start].lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0)
  }

  /// Says what is most likely meant by what stands behind a statement on its line.
  private mutating func failBehindStatement(startingAt first: Int) {
    if let foreign = foreignWord(startingAt: first) {
      return fail(foreign.mistake, at: foreign.span)
    }
    let before = stream.tokens[max(position - 1, 0)]
    switch current.kind {
    case .foreign(let foreign): fail(.foreign(foreign))
    case .symbol(.assign): fail(.assignmentInChain)
    case .invalid: fail(.character(currentText))
    case .symbol(.comma) where lineHasAssignment: fail(.severalTargets)
    case .symbol(.colon) where isKeyInBlock(first):
      let hint = "a record that a block gives has braces of its own: {{\(text(before.span)): …}}"
      fail(.unexpected(foundDescription, hint: hint))
    case .identifier where ForeignWord.standsAlone(currentText):
      fail(.unexpected(foundDescription, hint: hint))
    case .identifier where commentOfC(startingAt: first) != nil:
      fail(.comment("//"), at: commentOfC(startingAt: first))
    case .identifier where before.kind == .identifier && next.kind == .symbol(.assign):
      fail(.typed(text(before.span), name: currentText), at: before.span)
    case .identifier, .string, .integer, .float:
      guard before.kind == .identifier, ForeignWord.hint(for: text(before.span)) == nil else {
        return fail(.unexpected(foundDescription, hint: hint(of: before) ?? hint))
      }
      let argument = Span(current.span.start, endOfLine)
      fail(.call(text(before.span), argument: text(argument)), at: argument)
    default: fail(.unexpected(foundDescription, hint: hint))
    }
  }

  /// Whether the statement is a single word behind the brace of a block, and what follows the `:` at
  /// hand stands on its line, as in a record.
  private func isKeyInBlock(_ first: Int) -> Bool {
    guard position == first + 1, next.kind != .newline, next.kind != .end else { return false }
    let before = stream.tokens[..<first].last { $0.kind != .newline }
    return before?.kind == .symbol(.leftBrace)
  }

  /// The word of another language that the statement begins with, or that stands before the place at hand.
  private func foreignWord(startingAt first: Int) -> (mistake: SyntaxMistake, span: Span)? {
    for token in [stream.tokens[first], stream.tokens[max(position - 1, 0)]]
    where token.kind == .identifier && ForeignWord.beginsStatement(text(token.span)) {
      let word = text(token.span)
      return ForeignWord.hint(for: word).map { (.foreignWord(word, hint: $0), token.span) }
    }
    return nil
  }

  /// What Lepton says instead of a word.
  private func hint(of token: Token) -> String? {
    token.kind == .identifier ? ForeignWord.hint(for: text(token.span)) : nil
  }

  /// Whether a single `=` follows on the line.
  private var lineHasAssignment: Bool {
    stream.tokens[position...].prefix { $0.kind != .newline }.contains {
      $0.kind == .symbol(.assign)
    }
  }

  /// The end of the last token of the line at hand.
  private var endOfLine: Int {
    let rest = stream.tokens[position...].prefix { $0.kind != .newline && $0.kind != .end }
    return rest.last?.span.end ?? current.span.end
  }

  /// The `//` of the statement that ends here, which may be meant to begin a comment.
  private func commentOfC(startingAt first: Int) -> Span? {
    stream.tokens[first..<position].first { $0.kind == .symbol(.floorDivide) }?.span
  }

  /// The text of the `##` lines above the token at hand, without blanks at their ends.
  private var documentationText: String {
    guard let lines = stream.documentation[position] else { return "" }
    return lines.map { line in
      let start = line.start + 2
      let isSpaced = start < line.end && bytes[start] == UInt8(ascii: " ")
      let blanks = bytes[start..<line.end].reversed().prefix {
        $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t")
      }.count
      return text(Span(min(isSpaced ? start + 1 : start, line.end - blanks), line.end - blanks))
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
    if at(.leftParenthesis) { fail(.loopHead) }
    let names = names()
    if at(.assign) { fail(.loopHead) }
    expect(.keyword(.in), "`in`")
    continueLine()
    let sequence = expression()
    if at(.colon), next.kind != .newline { fail(.loopHead) }
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
    let condition = condition()
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
    let name = name("the name of a module, or of a file in quotes")
    if at(.dot) { failAtFileWithoutQuotes(span) }
    return .importModule(.library(name))
  }

  private mutating func failAtFileWithoutQuotes(_ start: Span) {
    let whole = start.joined(with: Span(current.span.start, endOfLine))
    fail(
      .expected(
        "a module, or a file in quotes", found: "`\(text(whole))`",
        hint: ForeignWord.hint(forModule: text(start)) ?? "write import \"\(text(whole))\""),
      at: whole)
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
    if !isPanicking, case .foreign(let foreign) = current.kind, foreign.isAssignment {
      return updating(left, by: foreign)
    }
    guard !isPanicking, at(.assign) else { return .expression(left) }
    guard let target = target(left) else {
      fail(isHeading(left) ? .definition(text(left.span)) : .notATarget, at: left.span)
      return .expression(Expression(.invalid, left.span))
    }
    advance()
    continueLine()
    return .assignment(target, expression())
  }

  /// Whether what is called like a function can be the heading of one: `f(x, y = 1)`.
  private func isHeading(_ expression: Expression) -> Bool {
    guard case .call(let callee, let arguments) = expression.kind, case .name = callee.kind else {
      return false
    }
    return arguments.allSatisfy { argument in
      if case .name = argument.value.kind { true } else { argument.name != nil }
    }
  }

  /// Reads `x += y`, which is no statement, and says how it is written.
  private mutating func updating(
    _ left: Expression, by foreign: ForeignOperator
  ) -> Statement.Kind {
    let place = current.span
    advance()
    let right = expression()
    report(
      .updating(foreign, target: text(left.span), value: text(right.span)), at: place)
    return target(left).map { .assignment($0, right) } ?? .expression(right)
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
