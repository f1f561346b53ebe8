extension Parser {
  /// Parses what stands for itself: a literal, a name, something in brackets, a function, `if`.
  mutating func primary() -> Expression {
    if startsFunction {
      let function = function()
      return Expression(.function(function), function.span)
    }
    switch current.kind {
    case .identifier: return leaf(.name(currentText))
    case .keyword(let keyword): return primary(keyword)
    case .integer:
      let span = current.span
      return Expression(.int(integer(digits: currentText, at: span)), span)
    case .float: return float()
    case .string:
      let span = current.span
      return Expression(.string(string()), span)
    case .interpolationStart: return interpolation()
    case .symbol(.leftParenthesis): return parenthesized()
    case .symbol(.leftBracket): return list()
    case .symbol(.leftBrace): return record()
    default: return missing()
    }
  }

  private mutating func primary(_ keyword: Keyword) -> Expression {
    switch keyword {
    case .true: return leaf(.bool(true))
    case .false: return leaf(.bool(false))
    case .nothing: return leaf(.nothing)
    case .inf: return leaf(.float(.infinity))
    case .nan: return leaf(.float(.nan))
    case .if: return conditional()
    case .try: return attempt()
    case .layer: return layer()
    default: return missing()
    }
  }

  private mutating func leaf(_ kind: Expression.Kind) -> Expression {
    let span = current.span
    advance()
    return Expression(kind, span)
  }

  /// Reports that no expression stands here.
  private mutating func missing() -> Expression {
    let span = current.span
    switch current.kind {
    case .invalid: fail(.character(currentText))
    case .foreign(let foreign): fail(.foreign(foreign))
    case .symbol(.ellipsis): fail(.strayEllipsis)
    case .symbol(.plus): fail(.unaryPlus(startsLine: startsLine))
    case .symbol(.times) where isBehind(.divide):
      fail(.comment("/*"), at: previousSpan.joined(with: span))
    case .symbol(.divide) where next.kind == .symbol(.times):
      fail(.comment("/*"), at: span.joined(with: next.span))
    case .symbol(.floorDivide): fail(.comment("//"))
    case .symbol(.remainder) where startsLine: fail(.comment("%"))
    case .keyword(.fn): fail(.unnamedFunction)
    case _ where isBehind(.minus, .minus):
      fail(.decrement, at: stream.tokens[position - 2].span.joined(with: previousSpan))
    case .symbol(.comma):
      fail(.expected("an expression", found: foundDescription, hint: "leave out a comma"))
    default: fail(expecting: "an expression")
    }
    return Expression(.invalid, Span(span.start, span.start))
  }

  // MARK: Brackets

  private mutating func parenthesized() -> Expression {
    let opened = open()
    if at(.rightParenthesis) { fail(.emptyParentheses) }
    let value = expression()
    if at(.comma) { failAtTuple(opened) }
    let span = close(opened)
    return Expression(.parenthesized(value), span)
  }

  private mutating func failAtTuple(_ opened: Opened) {
    // The beginning of `(a, b) -> …` is no mistake yet.
    if isPrefix, !opened.isClosed { isPanicking = true } else { fail(.tuple) }
  }

  private mutating func list() -> Expression {
    let opened = open()
    var elements: [Expression] = []
    while !isPanicking, !isAtClose {
      elements.append(expression())
      if elements.count == 1, !isPanicking, at(.for) {
        return comprehension(opened, body: elements[0])
      }
      if !consume(.comma) { break }
    }
    return Expression(.list(elements), close(opened))
  }

  private mutating func comprehension(_ opened: Opened, body: Expression) -> Expression {
    advance()
    let names = names()
    expect(.keyword(.in), "`in`")
    let sequence = expression()
    var condition: Expression?
    if !isPanicking, at(.if) {
      advance()
      condition = expression()
    }
    if !isPanicking, at(.for) { fail(.secondLoop) }
    let span = close(opened)
    return Expression(
      .comprehension(body: body, names: names, sequence: sequence, condition: condition), span)
  }

  /// Whether the brace at hand opens a record: `}` or `name:` follows.
  var startsRecord: Bool {
    var index = position + 1
    if stream.tokens[index].kind == .newline { index += 1 }
    switch stream.tokens[index].kind {
    case .symbol(.rightBrace): return true
    case .end: return isPrefix
    case .identifier, .keyword, .string:
      let behind = stream.tokens[index + 1].kind
      return behind == .symbol(.colon)
    default: return false
    }
  }

  private mutating func record() -> Expression {
    guard startsRecord else {
      let start = current.span
      let key = stream.tokens[position + 1]
      fail(.notARecord(number: key.kind == .integer ? text(key.span) : nil))
      return Expression(.invalid, start)
    }
    let (fields, span) = commaSeparated { $0.recordField() }
    return Expression(.record(fields), span)
  }

  private mutating func recordField() -> Expression.Field {
    let name = key()
    expect(.symbol(.colon), "`:` and the value")
    return Expression.Field(name: name, value: expression())
  }

  private mutating func key() -> Expression.Name {
    let span = current.span
    switch current.kind {
    case .string: return Expression.Name(string(), span)
    case .keyword:
      let name = Expression.Name(currentText, span)
      advance()
      return name
    default: return name("the name of a field")
    }
  }

  // MARK: Branches

  private mutating func conditional() -> Expression {
    let start = current.span
    advance()
    let condition = condition()
    let then = block(after: "and what to do if it holds")
    let otherwise = alternative()
    let end = otherwise?.span ?? then.span
    return Expression(
      .conditional(condition: condition, then: then, otherwise: otherwise), start.joined(with: end))
  }

  /// Parses the condition of `if` and `while`.
  mutating func condition() -> Expression {
    let condition = expression()
    if at(.assign) { fail(.assignmentInCondition) }
    return condition
  }

  private mutating func alternative() -> Block? {
    if current.kind == .newline, next.kind == .keyword(.else) { advance() }
    guard !isPanicking, at(.else) else { return nil }
    advance()
    guard at(.if) else { return block(after: "and what else to do") }
    defer { leave() }
    guard enter() else { return nil }
    let value = conditional()
    return Block([Statement(.expression(value), value.span)], value.span, hasBraces: false)
  }

  private mutating func attempt() -> Expression {
    let start = current.span
    advance()
    let body = block(after: "and what to try")
    skipNewline(before: .keyword(.catch))
    expect(.keyword(.catch), "`catch`", hint: "write try { … } catch e { … }")
    let name = name("a name for the failure")
    let handler = block(after: "and what to do about the failure")
    return Expression(
      .attempt(body: body, name: name, handler: handler), start.joined(with: handler.span))
  }
}
