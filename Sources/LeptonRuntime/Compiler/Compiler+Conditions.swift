import LeptonSyntax

extension FunctionCompiler {
  /// Compiles a condition; gives the jumps to be taken when it is false.
  func jumpUnless(_ condition: Expression) throws -> [Int] {
    switch condition.kind {
    case .parenthesized(let inner): return try jumpUnless(inner)
    case .binary(.and, let left, let right): return try jumpUnless(left) + jumpUnless(right)
    case .comparison(let first, let steps) where steps.count == 1:
      if let jump = try fusedJump(first, steps[0], at: condition.span) { return [jump] }
    default: break
    }
    return try scoped { [emitJump(.jumpIfFalse, try operand(condition), at: condition.span)] }
  }

  /// Compares and jumps with one instruction, where there is one for the comparison.
  private func fusedJump(
    _ left: Expression, _ step: Expression.ComparisonStep, at span: Span
  ) throws -> Int? {
    try scoped {
      if let operation = step.comparison.constantJump,
        let constant = constantOperand(step.operand, orString: step.comparison == .equal)
      {
        return emitJump(operation, 0, try operand(left), constant, at: span)
      }
      guard let (operation, isSwapped) = step.comparison.jump else { return nil }
      let (first, second) = try operands(left, step.operand)
      return emitJump(
        operation, 0, isSwapped ? second : first, isSwapped ? first : second, at: span)
    }
  }

  /// Compiles `if`; without `else` its value is `nothing` where the condition is false.
  func conditional(
    _ condition: Expression, _ then: Block, _ otherwise: Block?, into target: Int, at span: Span
  ) throws {
    let jumps = try jumpUnless(condition)
    let before = assigned
    try block(then, into: target)
    let afterThen = assigned
    assigned = before
    let end = emitJump(.jump, at: span)
    land(jumps)
    if let otherwise {
      try block(otherwise, into: target)
    } else {
      emit(.loadNothing, target, at: span)
    }
    land([end])
    assigned.formIntersection(afterThen)
  }

  /// Compiles `try`: a failure in the body jumps to the handler, with the error in its name.
  func attempt(
    _ body: Block, _ name: Expression.Name, _ handler: Block, into target: Int, at span: Span
  ) throws {
    let before = assigned
    let start = code.position
    try block(body, into: target)
    let stop = code.position
    let end = emitJump(.jump, at: span)
    let afterBody = assigned
    assigned = before
    try scoped {
      let error = try temporary(at: span)
      handlers.append(
        Prototype.Handler(start: start, end: stop, target: code.position, register: error))
      try store(taking: error, to: name.text, at: name.span)
      try block(handler, into: target)
    }
    land([end])
    assigned.formIntersection(afterBody)
  }
}

extension ComparisonOperator {
  /// The instruction that compares two registers and jumps, and whether the operands change places.
  var jump: (operation: Operation, isSwapped: Bool)? {
    switch self {
    case .less: (.jumpUnlessLess, false)
    case .lessOrEqual: (.jumpUnlessLessOrEqual, false)
    case .greater: (.jumpUnlessLess, true)
    case .greaterOrEqual: (.jumpUnlessLessOrEqual, true)
    case .equal: (.jumpUnlessEqual, false)
    case .notEqual, .isIn: nil
    }
  }

  /// The instruction that compares a register with a constant and jumps.
  var constantJump: Operation? {
    switch self {
    case .less: .jumpUnlessLessConstant
    case .lessOrEqual: .jumpUnlessLessOrEqualConstant
    case .greater: .jumpUnlessGreaterConstant
    case .greaterOrEqual: .jumpUnlessGreaterOrEqualConstant
    case .equal: .jumpUnlessEqualConstant
    case .notEqual, .isIn: nil
    }
  }
}
