import LeptonSyntax

extension Expression {
  /// Calls `body` with each expression that stands directly in this one and is evaluated with it; not
  /// with those in blocks and functions.
  func forEachOperand(_ body: (Expression) -> Void) {
    switch kind {
    case .nothing, .bool, .int, .float, .string, .name, .invalid, .function, .layer, .conditional,
      .attempt:
      break
    case .interpolation(let pieces):
      for case .value(let value, _) in pieces { body(value) }
    case .list(let elements): elements.forEach(body)
    case .comprehension(let element, _, let sequence, let condition):
      body(sequence)
      body(element)
      condition.map(body)
    case .record(let fields): fields.forEach { body($0.value) }
    case .parenthesized(let value), .unary(_, let value), .field(let value, _): body(value)
    case .binary(_, let left, let right):
      body(left)
      body(right)
    case .comparison(let first, let steps):
      body(first)
      steps.forEach { body($0.operand) }
    case .call(let function, let arguments):
      body(function)
      arguments.forEach { body($0.value) }
    case .index(let value, let subscripts):
      body(value)
      subscripts.forEach { $0.forEachExpression(body) }
    }
  }
}

extension Expression.Subscript {
  /// Calls `body` with each expression between the brackets.
  func forEachExpression(_ body: (Expression) -> Void) {
    switch self {
    case .position(let value): body(value)
    case .slice(let start, let stop, let step):
      for case .some(let value) in [start, stop, step] { body(value) }
    case .ellipsis: break
    }
  }
}
