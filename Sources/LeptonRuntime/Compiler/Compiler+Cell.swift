import LeptonSyntax

extension FunctionCompiler {
  /// Compiles a cell or a file.
  ///
  /// Its names are the first registers; those that earlier cells defined
  /// have their values from the start.
  static func compile(
    cell statements: [Statement], environment: Environment, showsValues: Bool
  ) throws -> Prototype {
    let span = Span(0, environment.source.text.utf8.count)
    let compiler = FunctionCompiler("<cell>", span: span, parent: nil, environment: environment)
    let scan = NameScan(statements)
    let read = scan.mentioned.intersection(environment.globals).subtracting(scan.bound).sorted()
    compiler.assigned = environment.globals
    compiler.prepare(scan, parameters: read, at: span)
    compiler.prototype.isCell = true
    let bound = Set(scan.bound)
    compiler.prototype.cellNames = compiler.registers.sorted { $0.value < $1.value }
      .filter { !$0.key.hasPrefix(" ") }
      .map { Prototype.CellName(name: $0.key, register: $0.value, isBound: bound.contains($0.key)) }
    for statement in statements {
      try compiler.topStatement(statement, showsValues: showsValues)
    }
    let result = try compiler.temporary(at: span)
    compiler.emit(.loadNothing, result, at: span)
    compiler.emit(.returnValue, result, at: span)
    return compiler.finish()
  }

  /// An expression at the top of a cell shows its value unless `;` silences it.
  private func topStatement(_ statement: Statement, showsValues: Bool) throws {
    guard showsValues, case .expression(let expression) = statement.kind, !statement.isSilent else {
      return try self.statement(statement)
    }
    try scoped {
      let register = try temporary(at: statement.span)
      try value(of: expression, into: register)
      emit(.show, register, at: statement.span)
    }
  }

  /// Evaluates `record name = value`.
  func record(_ name: Expression.Name, _ value: Expression, at span: Span) throws {
    try scoped {
      let register = try temporary(at: span)
      try self.value(of: value, into: register)
      let constant = code.constant(.string(name.text))
      try emit(.recordMetric, register, wide: constant, at: value.span)
    }
  }

  /// `expect condition`: the operands of a comparison, or else the names in the condition, are kept
  /// to be shown if it does not hold.
  func expect(_ condition: Expression, _ message: Expression?, at span: Span) throws {
    try scoped {
      let result = try temporary(at: span)
      var operands: [(source: String, register: Int)] = []
      if case .comparison(let first, let steps) = condition.bare.kind {
        let expressions = [first] + steps.map(\.operand)
        let start = try consecutive(expressions)
        let registers = expressions.indices.map { start + $0 }
        try comparisons(of: registers, steps, into: result, at: condition.span)
        operands = zip(expressions, registers).filter { !$0.0.isLiteral }.map {
          (environment.source[$0.0.span], $0.1)
        }
      } else {
        try value(of: condition, into: result)
        operands = try variables(in: condition)
      }
      let text = try message.map { try consecutive([$0]) }
      prototype.expectations.append(
        Prototype.Expectation(
          condition: environment.source[condition.span], operands: operands, message: text))
      try emit(.expect, result, wide: prototype.expectations.count - 1, at: condition.span)
    }
  }

  /// The variables that a condition mentions, in registers.
  private func variables(in condition: Expression) throws
    -> [(source: String, register: Int)]
  {
    let names = NameScan([Statement(.expression(condition), condition.span)]).mentioned.sorted()
    return try names.compactMap { name in
      guard let meaning = try resolve(name) else { return nil }
      if case .word = meaning { return nil }
      let register = try temporary(at: condition.span)
      try load(name, into: register, at: condition.span)
      return (name, register)
    }
  }
}

extension Expression {
  /// Whether its value can be read off the source.
  fileprivate var isLiteral: Bool {
    switch bare.kind {
    case .nothing, .bool, .int, .float, .string: true
    case .unary(.negate, let inner): inner.isLiteral
    default: false
    }
  }
}
