extension Parser {
  /// Parses `fn f(a, b = 1) -> [n] { … }` and `fn f(x) = …`.
  mutating func definition() -> Statement.Kind {
    advance()
    if at(.leftParenthesis) { fail(.unnamedFunction) }
    let name = name("the name of the function")
    let start = current.span
    if at(.assign) { fail(.noParentheses(name.text)) }
    let parameters = requiredParameters()
    checkOrder(parameters)
    let result = consume(.arrow) ? pattern() : nil
    let body = definitionBody()
    return .definition(
      name, Function(parameters, result: result, body: body, span: start.joined(with: body.span)))
  }

  private mutating func requiredParameters() -> [Function.Parameter] {
    guard !isPanicking, at(.leftParenthesis) else {
      fail(expecting: "`(` and the parameters")
      return []
    }
    return commaSeparated { $0.parameter() }.elements
  }

  private mutating func definitionBody() -> Block {
    if !isPanicking, consume(.assign) { return body() }
    let what = "or `=` and the body of the function"
    if at(.colon), next.kind != .newline, next.kind != .end {
      fail(
        .expected(
          "`{` \(what)", found: foundDescription, hint: "write fn f(x) = … or fn f(x) { … }"))
    }
    return block(after: what)
  }

  /// Parses the body of a function behind `=` or `->`.
  mutating func body() -> Block {
    continueLine()
    if at(.leftBrace), !startsRecord { return block(after: "and the body of the function") }
    let value = expression()
    return Block([Statement(.expression(value), value.span)], value.span, hasBraces: false)
  }

  /// Reports a parameter that must be given behind one that need not.
  private mutating func checkOrder(_ parameters: [Function.Parameter]) {
    var hasDefault = false
    for parameter in parameters {
      if hasDefault, parameter.defaultValue == nil, !parameter.name.text.isEmpty {
        report(.requiredAfterDefault(parameter.name.text), at: parameter.name.span)
      }
      hasDefault = hasDefault || parameter.defaultValue != nil
    }
  }

  /// Parses a parameter: `name`, `name: [b, t]`, `name = default`.
  private mutating func parameter() -> Function.Parameter {
    if at(.times) || at(.ellipsis) || current.kind == .foreign(.doubleStar) {
      fail(.restParameter)
    }
    let name = name("the name of a parameter")
    if at(.ellipsis) { fail(.restParameter) }
    let shape = !isPanicking && consume(.colon) ? pattern() : nil
    let value = !isPanicking && consume(.assign) ? expression() : nil
    return Function.Parameter(name: name, shape: shape, defaultValue: value)
  }

  /// Parses a shape: `[b, t, 64]`.
  private mutating func pattern() -> ShapePattern {
    guard !isPanicking, at(.leftBracket) else {
      fail(expecting: "a shape, as in `[batch, 10]`")
      return ShapePattern([], current.span)
    }
    let (sizes, span) = commaSeparated { $0.size() }
    return ShapePattern(sizes, span)
  }

  private mutating func size() -> ShapePattern.Size {
    switch current.kind {
    case .integer:
      return .fixed(integer(digits: currentText, at: current.span))
    case .symbol(.ellipsis):
      advance()
      return .any
    default: return .named(name("a size: a number, a name or `...`"))
    }
  }

  // MARK: Anonymous functions

  /// Whether `x ->` or `(a, b) ->` stands here.
  var startsFunction: Bool {
    if current.kind == .identifier { return next.kind == .symbol(.arrow) }
    guard at(.leftParenthesis), stream.partner(of: position) >= 0 else { return false }
    return stream.tokens[stream.partner(of: position) + 1].kind == .symbol(.arrow)
  }

  /// Parses `x -> …` and `(a, b) -> …`.
  mutating func function() -> Function {
    let start = current.span
    let parameters = functionParameters()
    expect(.symbol(.arrow), "`->`")
    let body = body()
    return Function(parameters, body: body, span: start.joined(with: body.span))
  }

  private mutating func functionParameters() -> [Function.Parameter] {
    if at(.leftParenthesis) { return requiredParameters() }
    return [Function.Parameter(name: name("the name of a parameter"))]
  }

  /// Parses `layer x -> …`.
  mutating func layer() -> Expression {
    let start = current.span
    advance()
    guard startsFunction else {
      fail(expecting: "a function, as in `layer x -> x + 1`")
      return Expression(.invalid, start)
    }
    let function = function()
    return Expression(.layer(function), start.joined(with: function.span))
  }
}
