import LeptonTensor

/// What `== != < <= > >= in` give.
package enum Comparison {
  /// Compares two numbers.
  static func apply<Number: Comparable>(_ operation: Operation, _ x: Number, _ y: Number) -> Bool? {
    switch operation {
    case .equal: x == y
    case .notEqual: x != y
    case .less: x < y
    case .lessOrEqual: x <= y
    case .greater: x > y
    case .greaterOrEqual: x >= y
    default: nil
    }
  }

  /// Compares any two values: element by element if one is a tensor, else as wholes.
  static func apply(_ operation: Operation, _ left: Value, _ right: Value) throws -> Value {
    if operation == .isIn { return .bool(try contains(right, left)) }
    if let result = try TensorOperators.apply(operation, left, right) { return .tensor(result) }
    if left.isTensor || right.isTensor, let x = try left.operand(), let y = try right.operand(),
      let result = try TensorOperators.apply(operation, x, y)
    {
      return .tensor(result)
    }
    if let relation = Relation(operation), let result = try byElement(relation, left, right) {
      return result
    }
    switch operation {
    case .equal: return .bool(try isSame(left, right))
    case .notEqual: return .bool(try !isSame(left, right))
    default: return .bool(try ordered(operation, left, right))
    }
  }

  /// Asks an object on either side whether it is compared element by element.
  private static func byElement(
    _ relation: Relation, _ left: Value, _ right: Value
  ) throws -> Value? {
    if case .object(let object) = left, let result = try object.compared(relation, with: right) {
      return result
    }
    guard case .object(let object) = right else { return nil }
    return try object.compared(relation.mirrored, with: left)
  }

  private static func ordered(
    _ operation: Operation, _ left: Value, _ right: Value
  ) throws -> Bool {
    if case .string(let x) = left, case .string(let y) = right,
      let holds = apply(operation, order(x, y), 0)
    {
      return holds
    }
    if let holds = Slot.compare(operation, left.trivial, right.trivial) { return holds }
    throw LanguageError.operands(operation, left, right)
  }

  /// -1, 0 or 1: how two strings stand by code points.
  package static func order(_ x: String, _ y: String) -> Int {
    if x.isSame(as: y) { return 0 }
    return x.utf8.lexicographicallyPrecedes(y.utf8) ? -1 : 1
  }

  /// Whether two values are the same, down to their elements; `1` and `1.0` are, also where one is a
  /// tensor without axes.
  package static func isSame(_ left: Value, _ right: Value, depth: Int = 0) throws -> Bool {
    guard depth < Value.nestingLimit else { throw LanguageError.tooNested }
    switch (left, right) {
    case (.nothing, .nothing): return true
    case (.bool(let x), .bool(let y)): return x == y
    case (.string(let x), .string(let y)): return x.isSame(as: y)
    case (.list(let x), .list(let y)):
      guard x.count == y.count else { return false }
      return try zip(x, y).allSatisfy { try isSame($0, $1, depth: depth + 1) }
    case (.record(let x), .record(let y)): return try isSame(x, y, depth: depth)
    case (.tensor(let x), .tensor(let y)): return try isSame(x, y)
    case (.tensor(let x), .int), (.tensor(let x), .float), (.tensor(let x), .bool):
      return try isSame(x, right)
    case (.int, .tensor(let y)), (.float, .tensor(let y)), (.bool, .tensor(let y)):
      return try isSame(y, left)
    case (.function(let x), .function(let y)): return try isSame(x, y, depth: depth)
    case (.object(let x), .object(let y)): return x.isSame(as: y)
    default: return Slot.compare(.equal, left.trivial, right.trivial) ?? false
    }
  }

  private static func isSame(_ x: Record, _ y: Record, depth: Int) throws -> Bool {
    guard x.count == y.count else { return false }
    return try zip(x.names, x.values).allSatisfy { name, value in
      guard let other = y[name] else { return false }
      return try isSame(value, other, depth: depth + 1)
    }
  }

  private static func isSame(_ x: Tensor, _ y: Tensor) throws -> Bool {
    guard x.shape == y.shape else { return false }
    if x.elementType == y.elementType {
      return try x.elements(as: Double.self) == y.elements(as: Double.self)
    }
    return try x.shape.rank == 0 && isSame(x.scalar, y.scalar)
  }

  /// Whether a tensor without axes is a number, which counts as exactly as the tensor does.
  private static func isSame(_ tensor: Tensor, _ number: Value) throws -> Bool {
    guard tensor.shape.rank == 0 else { return false }
    if tensor.elementType == .float32, case .float(let float) = number {
      return try tensor.item() == Double(Float(float))
    }
    return try isSame(tensor.scalar, number)
  }

  private static func isSame(
    _ x: any Callable, _ y: any Callable, depth: Int
  ) throws -> Bool {
    if x === y { return true }
    switch (x, y) {
    case (let x as Composition, let y as Composition):
      return try isSame(.list(x.stages), .list(y.stages), depth: depth + 1)
    case (let x as Closure, let y as Closure):
      guard x.source == y.source, x.origin == y.origin else { return false }
      let captured = (x.captured.map(\.value), y.captured.map(\.value))
      return try isSame(.list(captured.0), .list(captured.1), depth: depth + 1)
    default: return false
    }
  }

  /// Evaluates `element in container`.
  package static func contains(_ container: Value, _ element: Value) throws -> Bool {
    switch (container, element) {
    case (.list(let elements), _): return try elements.contains { try isSame($0, element) }
    case (.record(let record), .string(let name)): return record[name] != nil
    case (.string(let text), .string(let part)): return text.holds(part)
    case (.object(let range as IntegerRange), .int(let int)): return range.contains(int)
    case (.object(is IntegerRange), .tensor(let tensor)) where tensor.shape.rank == 0:
      return try contains(container, tensor.scalar)
    case (.object(let object), _) where object.count != nil:
      return try (0..<(object.count ?? 0)).contains {
        try object.element(at: $0).map { try isSame($0, element) } ?? false
      }
    case (.tensor(let tensor), _):
      guard let operand = try element.operand(),
        let equal = try TensorOperators.apply(.equal, tensor, operand)
      else { return false }
      return try equal.any().item() != 0
    default: throw LanguageError.notContainer(container, of: element)
    }
  }
}

extension Value {
  /// How deeply values may be nested to be compared or printed.
  static let nestingLimit = 500

  /// The value as a slot that holds no reference; absent if it needs one.
  fileprivate var trivial: Slot {
    switch self {
    case .int(let int): Slot(int: int)
    case .float(let float): Slot(float: float)
    default: .absent
    }
  }
}
