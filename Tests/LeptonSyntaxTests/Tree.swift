import LeptonSyntax

/// Takes all parentheses out of statements that are expressions or assignments.
func strip(_ statements: [Statement]) -> [Statement] {
  statements.map { statement in
    var statement = statement
    if case .expression(let value) = statement.kind { statement.kind = .expression(strip(value)) }
    return statement
  }
}

/// Takes the parentheses out of an expression made of operators, calls, lists and functions.
func strip(_ expression: Expression) -> Expression {
  var result = expression
  switch expression.kind {
  case .parenthesized(let value): return strip(value)
  case .unary(let unary, let value): result.kind = .unary(unary, strip(value))
  case .binary(let binary, let left, let right):
    result.kind = .binary(binary, strip(left), strip(right))
  case .comparison(let first, let steps):
    result.kind = .comparison(
      strip(first),
      steps.map { Expression.ComparisonStep($0.comparison, strip($0.operand)) })
  case .call(let function, let arguments):
    result.kind = .call(
      strip(function),
      arguments.map { Expression.Argument(name: $0.name, value: strip($0.value)) })
  case .field(let value, let name): result.kind = .field(strip(value), name)
  case .index(let value, let subscripts):
    result.kind = .index(strip(value), subscripts.map(strip))
  case .list(let elements): result.kind = .list(elements.map(strip))
  case .record(let fields):
    result.kind = .record(fields.map { Expression.Field(name: $0.name, value: strip($0.value)) })
  case .function(let function): result.kind = .function(strip(function))
  case .layer(let function): result.kind = .layer(strip(function))
  case .conditional(let condition, let then, let otherwise):
    result.kind = .conditional(
      condition: strip(condition), then: strip(then), otherwise: otherwise.map(strip))
  case .interpolation(let pieces): result.kind = .interpolation(pieces.map(strip))
  default: break
  }
  return result
}

private func strip(_ piece: Expression.Piece) -> Expression.Piece {
  guard case .value(let value, let format) = piece else { return piece }
  return .value(strip(value), format: format)
}

private func strip(_ part: Expression.Subscript) -> Expression.Subscript {
  switch part {
  case .position(let value): .position(strip(value))
  case .slice(let start, let stop, let step):
    .slice(start: start.map(strip), stop: stop.map(strip), step: step.map(strip))
  case .ellipsis: part
  }
}

private func strip(_ function: Function) -> Function {
  var function = function
  function.body = strip(function.body)
  return function
}

private func strip(_ block: Block) -> Block {
  var block = block
  block.statements = strip(block.statements)
  return block
}

/// Makes random trees that a parser could have made but for parentheses.
struct TreeGenerator {
  var dice: Dice
  private let nowhere = Span(0, 0)

  init(seed: UInt64) { dice = Dice(seed: seed) }

  mutating func expression(_ depth: Int) -> Expression {
    Expression(depth == 0 ? leaf() : node(depth - 1), nowhere)
  }

  private mutating func leaf() -> Expression.Kind {
    dice.pick([
      .name("x"), .name("损失"), .int(0), .int(7), .int(.min), .float(0.1), .float(1e300),
      .float(.infinity), .bool(true), .nothing, .string("a\"b\\\n\u{1}é\u{202E}"), .list([]),
      .record([]), .field(Expression(.int(1), nowhere), name("e5")),
    ])
  }

  private func name(_ text: String) -> Expression.Name { Expression.Name(text, nowhere) }

  private mutating func node(_ depth: Int) -> Expression.Kind {
    let left = expression(depth)
    let right = expression(depth)
    switch Int.random(in: 0..<12, using: &dice) {
    case 0: return .unary(dice.pick(UnaryOperator.allCases), left)
    case 1, 2, 3: return .binary(dice.pick(BinaryOperator.allCases), left, right)
    case 4:
      let step = Expression.ComparisonStep(dice.pick(ComparisonOperator.allCases), right)
      return .comparison(left, [step, Expression.ComparisonStep(.less, expression(depth))])
    case 5:
      return .call(left, [.init(value: right), .init(name: name("k"), value: expression(depth))])
    case 6: return .field(left, name(dice.pick(["f", "in", "T"])))
    case 7:
      return .index(
        left, [.position(right), .slice(start: nil, stop: left, step: right), .ellipsis(nowhere)])
    case 8: return .list([left, right])
    case 9: return .record([.init(name: name(dice.pick(["a", "b c", "if"])), value: left)])
    case 10: return dice.pick([.function(function(depth)), .layer(function(depth))])
    default: return branch(depth, left, right)
    }
  }

  private mutating func branch(_ depth: Int, _ left: Expression, _ right: Expression)
    -> Expression.Kind
  {
    if Bool.random(using: &dice) {
      return .interpolation([.text("a{\"}\n"), .value(left, format: dice.pick(["", ".2f"]))])
    }
    let otherwise = Bool.random(using: &dice) ? block(depth) : nil
    return .conditional(condition: left, then: block(depth), otherwise: otherwise)
  }

  private mutating func block(_ depth: Int) -> Block {
    let count = Int.random(in: 1...2, using: &dice)
    return Block((0..<count).map { _ in statement(depth) }, nowhere)
  }

  private mutating func statement(_ depth: Int) -> Statement {
    Statement(.expression(expression(depth)), nowhere, isSilent: Bool.random(using: &dice))
  }

  private mutating func function(_ depth: Int) -> Function {
    let parameters = dice.pick([
      [], [Function.Parameter(name: name("x"))],
      [
        Function.Parameter(name: name("a")),
        Function.Parameter(name: name("b"), defaultValue: Expression(.int(1), nowhere)),
      ],
    ])
    let body = Block(
      [Statement(.expression(expression(depth)), nowhere)], nowhere, hasBraces: false)
    return Function(
      parameters, body: Bool.random(using: &dice) ? block(depth) : body, span: nowhere)
  }
}
