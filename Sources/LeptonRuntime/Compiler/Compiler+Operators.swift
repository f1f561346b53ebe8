import LeptonSyntax

extension FunctionCompiler {
  /// Compiles an operator with one operand; a negated number is a constant.
  func unary(
    _ unary: UnaryOperator, _ operand: Expression, into target: Int, at span: Span
  ) throws {
    switch (unary, operand.kind) {
    // The smallest integer has no negative: that is told when it runs.
    case (.negate, .int(let int)) where int != .min:
      try loadConstant(.int(-int), into: target, at: span)
    case (.negate, .float(let float)): try loadConstant(.float(-float), into: target, at: span)
    default:
      try scoped {
        emit(unary == .negate ? .negate : .not, target, try self.operand(operand), at: span)
      }
    }
  }

  /// Compiles an operator with two operands.
  func binary(
    _ binary: BinaryOperator, _ left: Expression, _ right: Expression, into target: Int,
    at span: Span
  ) throws {
    if binary == .and || binary == .or {
      return try shortCircuit(binary, left, right, into: target, at: span)
    }
    try scoped {
      if let operation = binary.constantOperation, let constant = constantOperand(right) {
        return emit(operation, target, try operand(left), constant, at: span)
      }
      let (first, second) = try operands(left, right)
      emit(binary.operation, target, first, second, at: span)
    }
  }

  /// The constant of a number that an instruction can name, also of a string where that is wanted.
  func constantOperand(_ expression: Expression, orString: Bool = false) -> Int? {
    let index: Int
    switch expression.bare.kind {
    case .string(let string) where orString: index = code.constant(.string(string))
    case .int(let int): index = code.constant(.int(int))
    case .float(let float): index = code.constant(.float(float))
    default: return nil
    }
    return index < Self.registerLimit ? index : nil
  }

  /// `and`, `or`: a scalar on the left may settle it; a tensor goes on element by element.
  private func shortCircuit(
    _ binary: BinaryOperator, _ left: Expression, _ right: Expression, into target: Int,
    at span: Span
  ) throws {
    try scoped {
      let result = try temporary(at: span)
      try value(of: left, into: result)
      let known = assigned
      let jump = emitJump(
        binary == .and ? .jumpIfScalarFalse : .jumpIfScalarTrue, result, at: left.span)
      let second = try temporary(at: span)
      try value(of: right, into: second)
      emit(binary == .and ? .and : .or, result, result, second, at: span)
      land([jump])
      assigned = known
      emit(.take, target, result, at: span)
    }
  }

  /// Compiles a chain of comparisons: `a < b <= c` is `a < b and b <= c`, with `b` evaluated once.
  func comparison(
    _ first: Expression, _ steps: [Expression.ComparisonStep], into target: Int, at span: Span
  ) throws {
    if steps.count == 1, let step = steps.first {
      return try scoped {
        let (left, right) = try operands(first, step.operand)
        emit(step.comparison.operation, target, left, right, at: span)
      }
    }
    try scoped {
      let result = try temporary(at: span)
      var kept = [try temporary(at: first.span)]
      try value(of: first, into: kept[0])
      var known = assigned
      var jumps: [Int] = []
      for (position, step) in steps.enumerated() {
        if position > 0 { jumps.append(emitJump(.jumpIfScalarFalse, result, at: span)) }
        if position == 1 { known = assigned }
        kept.append(try temporary(at: step.operand.span))
        try value(of: step.operand, into: kept[position + 1])
        try compare(kept[position], kept[position + 1], step, into: result, isFirst: position == 0)
      }
      land(jumps)
      assigned = known
      emit(.take, target, result, at: span)
    }
  }

  /// Compares two registers, which keep their values, and joins what comes to what came before.
  private func compare(
    _ left: Int, _ right: Int, _ step: Expression.ComparisonStep, into result: Int, isFirst: Bool
  ) throws {
    let span = step.operand.span
    try scoped {
      let operands = (try temporary(at: span), try temporary(at: span))
      let next = isFirst ? result : try temporary(at: span)
      emit(.move, operands.0, left, at: span)
      emit(.move, operands.1, right, at: span)
      emit(step.comparison.operation, next, operands.0, operands.1, at: span)
      if !isFirst { emit(.and, result, result, next, at: span) }
    }
  }

  /// Compares neighbours among registers, which keep their values.
  func comparisons(
    of registers: [Int], _ steps: [Expression.ComparisonStep], into target: Int, at span: Span
  ) throws {
    try scoped {
      let result = try temporary(at: span)
      for (position, step) in steps.enumerated() {
        try compare(
          registers[position], registers[position + 1], step, into: result, isFirst: position == 0)
      }
      emit(.take, target, result, at: span)
    }
  }
}

extension BinaryOperator {
  /// The instruction for two registers.
  var operation: Operation {
    switch self {
    case .or: .or
    case .and: .and
    case .compose: .compose
    case .add: .add
    case .subtract: .subtract
    case .multiply: .multiply
    case .divide: .divide
    case .floorDivide: .floorDivide
    case .remainder: .remainder
    case .matmul: .matmul
    case .power: .power
    }
  }

  /// The instruction for a register and a constant, where there is one.
  var constantOperation: Operation? {
    switch self {
    case .add: .addConstant
    case .subtract: .subtractConstant
    case .multiply: .multiplyConstant
    case .divide: .divideConstant
    case .floorDivide: .floorDivideConstant
    case .remainder: .remainderConstant
    case .power: .powerConstant
    default: nil
    }
  }
}

extension ComparisonOperator {
  /// The instruction that gives the result as a value.
  var operation: Operation {
    switch self {
    case .equal: .equal
    case .notEqual: .notEqual
    case .less: .less
    case .lessOrEqual: .lessOrEqual
    case .greater: .greater
    case .greaterOrEqual: .greaterOrEqual
    case .isIn: .isIn
    }
  }
}
