import LeptonTensor

/// What a condition, `and`, `or` and `not` make of a value.
enum Truth {
  /// Whether a condition holds: a truth, or a tensor of one element.
  static func of(_ value: Value) throws -> Bool {
    switch value {
    case .bool(let bool): return bool
    case .tensor(let tensor):
      guard tensor.shape.count == 1 else { throw LanguageError.condition(tensor.shape.sizes) }
      return try tensor.item() != 0
    default: throw LanguageError.condition(value)
    }
  }

  /// `not x`, element by element on a tensor.
  static func not(_ value: Value) throws -> Value {
    switch value {
    case .tensor(let tensor): .tensor(try tensor.not())
    default: .bool(try !of(value))
    }
  }

  /// `x and y`, `x or y` where neither has settled it: element by element if one is a tensor.
  static func connect(_ operation: Operation, _ left: Value, _ right: Value) throws -> Value {
    if left.isTensor || right.isTensor, let x = try left.operand(), let y = try right.operand(),
      let result = try TensorOperators.apply(operation, x, y)
    {
      return .tensor(result)
    }
    let x = try of(left)
    let y = try of(right)
    return .bool(operation == .and ? x && y : x || y)
  }
}
