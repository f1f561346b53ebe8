extension Parser {
  /// Parses an expression whose operators bind at least so tightly.
  mutating func expression(_ minimum: Precedence = .or) -> Expression {
    let outer = deepest
    deepest = depth
    defer {
      leave()
      deepest = max(outer, deepest)
    }
    guard enter() else { return Expression(.invalid, current.span) }
    var left = operand(minimum)
    while !isPanicking, let infix = nextInfix(atLeast: minimum) {
      left = joined(left, by: infix)
      deepen()
    }
    return left
  }

  /// Finds the operator at hand, or the `>>` that begins the next line.
  private mutating func nextInfix(atLeast minimum: Precedence) -> Infix? {
    let continues = current.kind == .newline && next.kind == .symbol(.compose)
    if current.kind == .keyword(.not), next.kind == .keyword(.in) { reportNotIn() }
    guard let infix = Infix(continues ? next.kind : current.kind),
      infix.precedence.rawValue >= minimum.rawValue
    else { return nil }
    if continues { advance() }
    return infix
  }

  private mutating func reportNotIn() {
    report(.notIn, at: current.span.joined(with: next.span))
    advance()
  }

  private mutating func joined(_ left: Expression, by infix: Infix) -> Expression {
    guard case .binary(let binary, let precedence) = infix else { return comparison(left) }
    moveOverOperator()
    let right = expression(binary == .power ? .negation : precedence.tighter)
    return Expression(.binary(binary, left, right), left.span.joined(with: right.span))
  }

  private mutating func moveOverOperator() {
    if case .foreign(let foreign) = current.kind { report(.foreign(foreign)) }
    advance()
    continueLine()
  }

  /// Parses all steps of a comparison chain.
  private mutating func comparison(_ first: Expression) -> Expression {
    var steps: [Expression.ComparisonStep] = []
    while !isPanicking, case .comparison(let comparison)? = nextInfix(atLeast: .comparison) {
      moveOverOperator()
      steps.append(Expression.ComparisonStep(comparison, expression(.composition)))
    }
    let last = steps.last?.operand ?? first
    return Expression(.comparison(first, steps), first.span.joined(with: last.span))
  }

  // MARK: Operands

  private mutating func operand(_ minimum: Precedence) -> Expression {
    switch current.kind {
    case .symbol(.minus): return negation()
    case .keyword(.not): return not(minimum)
    default: return postfix(of: primary())
    }
  }

  private mutating func negation() -> Expression {
    let start = current.span
    advance()
    if let smallest = smallestInteger(from: start) { return smallest }
    let operand = expression(.negation)
    return Expression(.unary(.negate, operand), start.joined(with: operand.span))
  }

  /// Reads `9223372036854775808` behind a minus: the one integer that has no positive partner.
  private mutating func smallestInteger(from start: Span) -> Expression? {
    guard current.kind == .integer, next.kind != .symbol(.power), next.kind != .symbol(.dot),
      Literal.integer(bytes[current.span.start..<current.span.end]) == .magnitude(1 << 63)
    else { return nil }
    let span = start.joined(with: current.span)
    advance()
    return Expression(.int(.min), span)
  }

  private mutating func not(_ minimum: Precedence) -> Expression {
    let start = current.span
    if minimum.rawValue > Precedence.not.rawValue { report(.notNeedsParentheses) }
    advance()
    continueLine()
    let operand = expression(.not)
    return Expression(.unary(.not, operand), start.joined(with: operand.span))
  }

  // MARK: Calls, indices and fields

  private mutating func postfix(of primary: Expression) -> Expression {
    var base = primary
    while !isPanicking, let longer = extended(base) {
      base = longer
      deepen()
    }
    return base
  }

  private mutating func extended(_ base: Expression) -> Expression? {
    switch current.kind {
    case .symbol(.leftParenthesis): return call(base)
    case .symbol(.leftBracket): return index(base)
    case .symbol(.dot): return field(base)
    case .newline where next.kind == .symbol(.dot):
      advance()
      return field(base)
    default: return nil
    }
  }

  private mutating func call(_ base: Expression) -> Expression {
    let (arguments, span) = commaSeparated { $0.argument() }
    checkOrder(arguments)
    return Expression(.call(base, arguments), base.span.joined(with: span))
  }

  private mutating func argument() -> Expression.Argument {
    if case .keyword(let keyword) = current.kind, next.kind == .symbol(.assign) {
      fail(.keywordAsName(keyword.rawValue))
    }
    guard current.kind == .identifier, next.kind == .symbol(.assign) else {
      let value = expression()
      if at(.for) { fail(.bareComprehension) }
      return Expression.Argument(value: value)
    }
    let name = name("a name")
    advance()
    return Expression.Argument(name: name, value: expression())
  }

  private mutating func checkOrder(_ arguments: [Expression.Argument]) {
    guard let firstNamed = arguments.firstIndex(where: { $0.name != nil }) else { return }
    if let late = arguments[firstNamed...].first(where: { $0.name == nil }) {
      report(.positionalAfterNamed, at: late.value.span)
    }
  }

  private mutating func index(_ base: Expression) -> Expression {
    let behind = stream.tokens[(position + 1)...].first { $0.kind != .newline }
    if let behind, behind.kind == .symbol(.rightBracket) {
      report(.emptyIndex, at: current.span.joined(with: behind.span))
    }
    let (subscripts, span) = commaSeparated { $0.subscripted() }
    return Expression(.index(base, subscripts), base.span.joined(with: span))
  }

  private mutating func subscripted() -> Expression.Subscript {
    if at(.ellipsis) {
      let span = current.span
      advance()
      return .ellipsis(span)
    }
    let start = at(.colon) ? nil : expression()
    if let start, isPanicking || !at(.colon) { return .position(start) }
    advance()
    let stop = isAtSliceEnd ? nil : expression()
    let step = !isPanicking && consume(.colon) && !isAtSliceEnd ? expression() : nil
    return .slice(start: start, stop: stop, step: step)
  }

  private var isAtSliceEnd: Bool { at(.colon) || at(.comma) || isAtClose }

  private mutating func field(_ base: Expression) -> Expression {
    advance()
    let span = current.span
    switch current.kind {
    case .identifier, .keyword:
      let name = Expression.Name(currentText, span)
      advance()
      return Expression(.field(base, name), base.span.joined(with: span))
    case .symbol(.times), .symbol(.divide), .symbol(.power), .foreign(.doubleStar):
      fail(.dotted(currentText), at: previousSpan.joined(with: span))
      return Expression(.field(base, Expression.Name("", span)), base.span)
    default:
      fail(expecting: "the name of a field")
      return Expression(.field(base, Expression.Name("", span)), base.span)
    }
  }
}
