import Glibc
import LeptonTensor

/// What `+ - * / // % ^ @ >>` and unary `-` give.
enum Arithmetic {
  /// An operator on any two values.
  static func apply(_ operation: Operation, _ left: Value, _ right: Value) throws -> Value {
    if let result = try TensorOperators.apply(operation, left, right) { return .tensor(result) }
    if case .string(let x) = left, case .string(let y) = right, operation == .add {
      try LanguageError.checkMemory(for: x.utf8.count + y.utf8.count)
      return .string(x + y)
    }
    if operation != .matmul, let x = left.asNumber, let y = right.asNumber {
      return try numbers(operation, x, y)
    }
    if let x = try left.operand(), let y = try right.operand(),
      let result = try TensorOperators.apply(operation, x, y)
    {
      return .tensor(result)
    }
    throw LanguageError.operands(operation, left, right)
  }

  /// Two numbers; truths have become 0 and 1.
  private static func numbers(_ operation: Operation, _ x: Value, _ y: Value) throws -> Value {
    if case .int(let x) = x, case .int(let y) = y, let result = try ints(operation, x, y) {
      return Value(Slot(result))
    }
    guard let result = try floats(operation, x.asDouble, y.asDouble) else {
      throw LanguageError.operands(operation, x, y)
    }
    return .float(result)
  }

  /// The result of two ints: checked, and a float from `/` and from a negative power.
  static func ints(_ operation: Operation, _ x: Int, _ y: Int) throws -> Number? {
    let (result, overflow): (Int, Bool)
    switch operation {
    case .add: (result, overflow) = x.addingReportingOverflow(y)
    case .subtract: (result, overflow) = x.subtractingReportingOverflow(y)
    case .multiply: (result, overflow) = x.multipliedReportingOverflow(by: y)
    case .divide:
      guard y != 0 else { throw LanguageError.zeroDivision }
      return .float(Double(x) / Double(y))
    case .floorDivide: (result, overflow) = try floorDivided(x, y)
    case .remainder: (result, overflow) = (try modulo(x, y), false)
    case .power:
      if y < 0 { return try floats(.power, Double(x), Double(y)).map(Number.float) }
      (result, overflow) = power(x, y)
    default: return nil
    }
    guard !overflow else { throw LanguageError.overflow(operation, x, y) }
    return .int(result)
  }

  private static func floorDivided(_ x: Int, _ y: Int) throws -> (Int, Bool) {
    guard y != 0 else { throw LanguageError.zeroDivision }
    let (quotient, overflow) = x.dividedReportingOverflow(by: y)
    if overflow { return (0, true) }
    return (x % y != 0 && (x < 0) != (y < 0) ? quotient - 1 : quotient, false)
  }

  private static func modulo(_ x: Int, _ y: Int) throws -> Int {
    guard y != 0 else { throw LanguageError.zeroDivision }
    let rest = x.remainderReportingOverflow(dividingBy: y).partialValue
    return rest != 0 && (rest < 0) != (y < 0) ? rest + y : rest
  }

  private static func power(_ base: Int, _ exponent: Int) -> (Int, Bool) {
    var result = 1
    var factor = base
    var rest = exponent
    var hasOverflow = false
    while rest > 0 {
      if rest & 1 == 1 {
        let (product, overflow) = result.multipliedReportingOverflow(by: factor)
        if overflow || hasOverflow { return (0, true) }
        result = product
      }
      rest >>= 1
      let (square, overflow) = factor.multipliedReportingOverflow(by: factor)
      factor = square
      hasOverflow = hasOverflow || overflow
    }
    return (result, false)
  }

  /// The result of two floats.
  static func floats(_ operation: Operation, _ x: Double, _ y: Double) throws -> Double? {
    switch operation {
    case .add: return x + y
    case .subtract: return x - y
    case .multiply: return x * y
    case .power:
      guard x != 0 || !(y < 0) else { throw LanguageError.zeroDivision }
      return pow(x, y)
    case .divide, .floorDivide, .remainder:
      guard y != 0 else { throw LanguageError.zeroDivision }
      if operation == .divide { return x / y }
      let rest = x.truncatingRemainder(dividingBy: y)
      let isBelow = rest != 0 && (rest < 0) != (y < 0)
      if operation == .remainder { return isBelow ? rest + y : rest }
      // Dividing what is left without the rest agrees with `%`, as in Python: 1.0 // 0.1 is 9.
      return ((x - rest) / y - (isBelow ? 1 : 0)).rounded(.toNearestOrEven)
    default: return nil
    }
  }

  /// Evaluates `-x`.
  static func negate(_ value: Value) throws -> Value {
    switch value {
    case .int(let int):
      guard int != .min else { throw LanguageError.negation(int) }
      return .int(-int)
    case .float(let float): return .float(-float)
    case .bool(let bool): return .int(bool ? -1 : 0)
    default:
      guard let tensor = try value.asTensor() else { throw LanguageError.operand("-", value) }
      guard tensor.elementType != .bool else { throw LanguageError.negatedTruths }
      return .tensor(try tensor.negated())
    }
  }

  /// Evaluates `f >> g`.
  static func compose(_ left: Value, _ right: Value) throws -> Value {
    if left.callable == nil { throw LanguageError.composition(left, isLeft: true) }
    if right.callable == nil { throw LanguageError.composition(right, isLeft: false) }
    return .function(Composition([left, right]))
  }

  /// The result of two ints, which may be a float.
  enum Number {
    case int(Int)
    case float(Double)
  }
}

extension Slot {
  /// Makes a slot of the result of two ints.
  init(_ number: Arithmetic.Number) {
    switch number {
    case .int(let int): self.init(int: int)
    case .float(let float): self.init(float: float)
    }
  }
}

extension Value {
  /// A scalar as a number: a truth counts as 0 or 1; `nil` for all else.
  fileprivate var asNumber: Value? {
    switch self {
    case .int, .float: self
    case .bool(let bool): .int(bool ? 1 : 0)
    default: nil
    }
  }

  /// A number as a float.
  fileprivate var asDouble: Double {
    switch self {
    case .int(let int): Double(int)
    case .float(let float): float
    default: .nan
    }
  }
}
