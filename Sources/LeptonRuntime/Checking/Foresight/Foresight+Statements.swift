import LeptonSyntax

extension Foresight {
  /// Runs statements up to the first that leaves, or of which that cannot be known.
  func outcome(of statements: [Statement]) throws -> KnownOutcome {
    var last = Known.value(.nothing)
    for statement in statements {
      switch try outcome(of: statement) {
      case .finished(let known): last = known
      case let other: return other
      }
    }
    return .finished(last)
  }

  /// Runs a statement.
  func outcome(of statement: Statement) throws -> KnownOutcome {
    switch statement.kind {
    case .expression(let value):
      if case .conditional(let condition, let then, let otherwise) = value.kind {
        return try branch(condition, then, otherwise)
      }
      return try settled(value, .finished(known(value)))
    case .assignment(let target, let value):
      try assign(target, known(value))
      return settled(value, .finished(.value(.nothing)))
    case .definition(let name, let function):
      assign(name.text, self.function(function, named: name.text))
    case .forLoop(let names, let sequence, let body):
      _ = try known(sequence)
      names.forEach { assign($0.text, .unknown) }
      return skip(body)
    case .whileLoop(let condition, let body):
      _ = try known(condition)
      return skip(body)
    case .breakLoop, .continueLoop: return .lost
    case .returnValue(let value):
      return .returned(try value.map { try known($0) } ?? .value(.nothing))
    case .importModule(let module): assign(module.importedName.text, .unknown)
    case .expect(let condition, _): _ = try known(condition)
    case .record(_, let value): _ = try known(value)
    }
    return .finished(.value(.nothing))
  }

  /// What follows an expression in which something may have left that was not looked into.
  private func settled(_ expression: Expression, _ outcome: KnownOutcome) -> KnownOutcome {
    function != nil && expression.mayLeave ? .lost : outcome
  }

  /// Passes over a block that may run never, once or often.
  private func skip(_ block: Block) -> KnownOutcome {
    forget(BindingScan(block.statements))
    return function != nil && block.mayLeave ? .lost : .finished(.value(.nothing))
  }

  /// Takes the branch that is known to be taken, or passes over both.
  func branch(_ condition: Expression, _ then: Block, _ otherwise: Block?) throws -> KnownOutcome {
    if let holds = try truth(of: condition) {
      return try outcome(of: holds ? then.statements : otherwise?.statements ?? [])
    }
    let outcomes = [skip(then), otherwise.map { skip($0) } ?? .finished(.unknown)]
    for case .lost in outcomes { return .lost }
    return .finished(.unknown)
  }

  /// An update of a tensor changes no shape; of anything else it leaves nothing known.
  private func assign(_ target: Statement.Target, _ known: Known) throws {
    guard !target.path.isEmpty else { return assign(target.name.text, known) }
    if case .value(.tensor)? = assigned(target.name.text) { return }
    assign(target.name.text, .unknown)
  }
}

extension Block {
  /// Whether a `return`, `break` or `continue` stands in it, outside of functions.
  fileprivate var mayLeave: Bool { statements.contains(where: \.mayLeave) }
}

extension Statement {
  fileprivate var mayLeave: Bool {
    switch kind {
    case .returnValue, .breakLoop, .continueLoop: true
    case .forLoop(_, let sequence, let body): sequence.mayLeave || body.mayLeave
    case .whileLoop(let condition, let body): condition.mayLeave || body.mayLeave
    case .expression(let value), .assignment(_, let value), .record(_, let value),
      .expect(let value, _):
      value.mayLeave
    case .definition, .importModule: false
    }
  }
}

extension Expression {
  /// Whether it holds a block that may leave.
  fileprivate var mayLeave: Bool {
    switch kind {
    case .conditional(let condition, let then, let otherwise):
      return condition.mayLeave || then.mayLeave || otherwise?.mayLeave ?? false
    case .attempt(let body, _, let handler): return body.mayLeave || handler.mayLeave
    default:
      var leaves = false
      forEachOperand { leaves = leaves || $0.mayLeave }
      return leaves
    }
  }
}
