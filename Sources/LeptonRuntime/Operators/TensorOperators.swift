import LeptonTensor

/// The operators on tensors; scalars are weak towards them.
enum TensorOperators {
  /// The same for two values, if one is a tensor and the other one or a number.
  static func apply(_ operation: Operation, _ left: Value, _ right: Value) throws -> Tensor? {
    switch (left, right) {
    case (.tensor(let x), .tensor(let y)):
      operation == .matmul ? try x.matmul(y) : try apply(operation, to: x, y)
    case (.tensor(let x), .float(let y)) where operation != .matmul:
      try apply(operation, to: x, y)
    case (.tensor(let x), .int(let y)) where operation != .matmul: try apply(operation, to: x, y)
    case (.float(let x), .tensor(let y)) where operation != .matmul:
      try apply(operation, scalar: x, y)
    default: nil
    }
  }

  /// Arithmetic, comparison or connection of two operands of which one is a tensor.
  static func apply(
    _ operation: Operation, _ x: some TensorOperand, _ y: some TensorOperand
  ) throws -> Tensor? {
    if operation == .matmul {
      return try x.tensor(beside: y.strongType).matmul(y.tensor(beside: x.strongType))
    }
    if let x = x as? Tensor { return try apply(operation, to: x, y) }
    return try apply(operation, scalar: x, y)
  }

  private static func apply(
    _ operation: Operation, to x: Tensor, _ y: some TensorOperand
  ) throws -> Tensor? {
    switch operation {
    case .add: try x.adding(y)
    case .subtract: try x.subtracting(y)
    case .multiply: try x.multiplying(y)
    case .divide: try x.dividing(y)
    case .floorDivide: try x.floorDividing(y)
    case .remainder: try x.remainder(y)
    case .power: try x.power(y)
    case .equal: try x.equal(to: y)
    case .notEqual: try x.notEqual(to: y)
    case .less: try x.less(than: y)
    case .lessOrEqual: try x.lessOrEqual(to: y)
    case .greater: try x.greater(than: y)
    case .greaterOrEqual: try x.greaterOrEqual(to: y)
    case .and: try x.and(y)
    case .or: try x.or(y)
    default: nil
    }
  }

  /// The same with a scalar on the left.
  private static func apply(
    _ operation: Operation, scalar x: some TensorOperand, _ y: some TensorOperand
  ) throws -> Tensor? {
    switch operation {
    case .add: try Tensor.sum(x, y)
    case .subtract: try Tensor.difference(x, y)
    case .multiply: try Tensor.product(x, y)
    case .divide: try Tensor.quotient(x, y)
    case .power: try Tensor.power(x, y)
    default: try apply(operation, to: x.tensor(beside: y.strongType), y)
    }
  }
}

extension Value {
  /// The value as an operand beside a tensor: a weak scalar, a tensor, or a list of numbers.
  func operand() throws -> (any TensorOperand)? {
    switch self {
    case .int(let int): int
    case .float(let float): float
    case .bool(let bool): bool
    case .tensor(let tensor): tensor
    default: try asTensor()
    }
  }

  /// Whether it is a tensor.
  var isTensor: Bool { if case .tensor = self { true } else { false } }
}
