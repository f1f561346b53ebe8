import LeptonSyntax

// Trees without the places of their parts, to be compared.

private let nowhere = Span(0, 0)

extension Statement {
  /// The statement as if it stood nowhere.
  var withoutSpans: Statement {
    Statement(kind.withoutSpans, nowhere, isSilent: isSilent, documentation: documentation)
  }
}

extension Statement.Kind {
  fileprivate var withoutSpans: Statement.Kind {
    switch self {
    case .expression(let value): .expression(value.withoutSpans)
    case .assignment(let target, let value): .assignment(target.withoutSpans, value.withoutSpans)
    case .definition(let name, let function):
      .definition(name.withoutSpan, function.withoutSpans)
    case .forLoop(let names, let sequence, let body):
      .forLoop(
        names: names.map(\.withoutSpan), sequence: sequence.withoutSpans, body: body.withoutSpans)
    case .whileLoop(let condition, let body):
      .whileLoop(condition: condition.withoutSpans, body: body.withoutSpans)
    case .breakLoop, .continueLoop: self
    case .returnValue(let value): .returnValue(value?.withoutSpans)
    case .importModule(.file(let path, _)): .importModule(.file(path, nowhere))
    case .importModule(.library(let name)): .importModule(.library(name.withoutSpan))
    case .expect(let condition, let message):
      .expect(condition.withoutSpans, message: message?.withoutSpans)
    case .record(let name, let value): .record(name.withoutSpan, value.withoutSpans)
    }
  }
}

extension Statement.Target {
  fileprivate var withoutSpans: Statement.Target {
    let path = path.map { step -> Step in
      switch step {
      case .field(let name): .field(name.withoutSpan)
      case .index(let parts, _): .index(parts.map(\.withoutSpans), nowhere)
      }
    }
    return Statement.Target(name: name.withoutSpan, path: path, span: nowhere)
  }
}

extension Block {
  fileprivate var withoutSpans: Block {
    Block(statements.map(\.withoutSpans), nowhere, hasBraces: hasBraces)
  }
}

extension Function {
  fileprivate var withoutSpans: Function {
    let parameters = parameters.map {
      Parameter(
        name: $0.name.withoutSpan, shape: $0.shape?.withoutSpans,
        defaultValue: $0.defaultValue?.withoutSpans)
    }
    return Function(
      parameters, result: result?.withoutSpans, body: body.withoutSpans, span: nowhere)
  }
}

extension ShapePattern {
  fileprivate var withoutSpans: ShapePattern {
    let sizes = sizes.map { size -> Size in
      if case .named(let name) = size { .named(name.withoutSpan) } else { size }
    }
    return ShapePattern(sizes, nowhere)
  }
}

extension Expression.Name {
  fileprivate var withoutSpan: Expression.Name { Expression.Name(text, nowhere) }
}

extension Expression.Subscript {
  fileprivate var withoutSpans: Expression.Subscript {
    switch self {
    case .position(let value): .position(value.withoutSpans)
    case .slice(let start, let stop, let step):
      .slice(
        start: start?.withoutSpans, stop: stop?.withoutSpans, step: step?.withoutSpans)
    case .ellipsis: .ellipsis(nowhere)
    }
  }
}

extension Expression {
  fileprivate var withoutSpans: Expression { Expression(kind.withoutSpans, nowhere) }
}

extension Expression.Kind {
  fileprivate var withoutSpans: Expression.Kind {
    switch self {
    case .nothing, .bool, .int, .string, .name, .invalid: self
    case .float(let value): value.isNaN ? .name("nan") : self  // nan equals nothing
    case .interpolation(let pieces): .interpolation(pieces.map(\.withoutSpans))
    case .list(let elements): .list(elements.map(\.withoutSpans))
    case .comprehension(let body, let names, let sequence, let condition):
      .comprehension(
        body: body.withoutSpans, names: names.map(\.withoutSpan),
        sequence: sequence.withoutSpans, condition: condition?.withoutSpans)
    case .record(let fields):
      .record(
        fields.map { .init(name: $0.name.withoutSpan, value: $0.value.withoutSpans) })
    case .parenthesized(let value): .parenthesized(value.withoutSpans)
    case .unary(let unary, let value): .unary(unary, value.withoutSpans)
    case .binary(let binary, let left, let right):
      .binary(binary, left.withoutSpans, right.withoutSpans)
    case .comparison(let first, let steps):
      .comparison(
        first.withoutSpans, steps.map { .init($0.comparison, $0.operand.withoutSpans) })
    case .call(let function, let arguments):
      .call(
        function.withoutSpans,
        arguments.map { .init(name: $0.name?.withoutSpan, value: $0.value.withoutSpans) })
    case .field(let value, let name): .field(value.withoutSpans, name.withoutSpan)
    case .index(let value, let parts): .index(value.withoutSpans, parts.map(\.withoutSpans))
    case .function(let function): .function(function.withoutSpans)
    case .layer(let function): .layer(function.withoutSpans)
    case .conditional(let condition, let then, let otherwise):
      .conditional(
        condition: condition.withoutSpans, then: then.withoutSpans,
        otherwise: otherwise?.withoutSpans)
    case .attempt(let body, let name, let handler):
      .attempt(
        body: body.withoutSpans, name: name.withoutSpan, handler: handler.withoutSpans)
    }
  }
}

extension Expression.Piece {
  fileprivate var withoutSpans: Expression.Piece {
    switch self {
    case .text: self
    case .value(let value, let format): .value(value.withoutSpans, format: format)
    }
  }
}
