import LeptonSyntax

extension FunctionCompiler {
  /// Compiles a block between braces; its value is that of its last expression.
  func block(_ block: Block, into target: Int) throws {
    blockDepth += 1
    defer { blockDepth -= 1 }
    try statements(block.statements, into: target)
  }

  /// Compiles statements; the value of the last one goes into a register.
  func statements(_ statements: [Statement], into target: Int) throws {
    for statement in statements.dropLast() { try self.statement(statement) }
    guard let last = statements.last else { return emit(.loadNothing, target, at: prototype.span) }
    if case .expression(let expression) = last.kind {
      try value(of: expression, into: target)
    } else {
      try statement(last)
      emit(.loadNothing, target, at: last.span)
    }
  }

  /// Compiles a statement whose value nobody wants.
  func statement(_ statement: Statement) throws {
    let span = statement.span
    switch statement.kind {
    case .expression(let expression):
      try scoped { try value(of: expression, into: try temporary(at: span)) }
    case .assignment(let target, let value): try assignment(target, value, at: span)
    case .definition(let name, let function): try definition(name, function, at: span)
    case .forLoop(let names, let sequence, let body):
      try forLoop(names, sequence, body, at: span)
    case .whileLoop(let condition, let body): try whileLoop(condition, body, at: span)
    case .breakLoop: try breakLoop(at: span)
    case .continueLoop: try continueLoop(at: span)
    case .returnValue(let value): try returnStatement(value, at: span)
    case .importModule(let module): try importModule(module, at: span)
    case .expect(let condition, let message): try expect(condition, message, at: span)
    case .record(let name, let value): try record(name, value, at: span)
    }
  }

  private func assignment(
    _ target: Statement.Target, _ value: Expression, at span: Span
  ) throws {
    prototype.targets.append((target.lastName, span))
    guard target.path.isEmpty else { return try update(target, value, at: span) }
    let name = target.name.text
    if try updatingCall(name, value, at: span) { return }
    try scoped {
      if let register = registers[name], register < Self.registerLimit, value.writesOnce {
        try self.value(of: value, into: register)
        assigned.insert(name)
      } else {
        let register = try temporary(at: span)
        try self.value(of: value, into: register)
        try store(taking: register, to: name, at: span)
      }
    }
  }

  /// `x.field[key] = value`: the keys and the value are evaluated, then the variable changes.
  private func update(_ target: Statement.Target, _ value: Expression, at span: Span) throws {
    try scoped {
      let result = try temporary(at: span)
      try self.value(of: value, into: result)
      let keys = try self.keys(target.path)
      let name = target.name.text
      if let register = try nearRegister(of: name, at: target.name.span) {
        return try update(register, along: target.path, keys, result, at: span)
      }
      let copy = try temporary(at: span)
      try load(name, into: copy, at: target.name.span)
      try update(copy, along: target.path, keys, result, at: span)
      try store(taking: copy, to: name, at: span)
    }
  }

  /// Puts the keys of a path into registers that stand next to each other; a single one may stay where it
  /// is.
  private func keys(_ path: [Statement.Target.Step]) throws -> Int {
    let expressions = path.flatMap(\.expressions)
    if expressions.count == 1, path.count == 1, path[0].step.isPosition {
      return try operand(expressions[0])
    }
    return try consecutive(expressions)
  }

  /// Updates what stands in a register; a single key or field has an instruction of its own.
  private func update(
    _ register: Int, along path: [Statement.Target.Step], _ keys: Int, _ value: Int, at span: Span
  ) throws {
    let steps = path.map(\.step)
    if steps.count == 1, case .field(let name) = steps[0] {
      emit(.updateField, register, value, next: try nameNumber(name, at: span), at: span)
    } else if steps.count == 1, steps[0].isPosition {
      emit(.updateElement, register, keys, value, at: span)
    } else {
      prototype.paths.append(
        try Prototype.UpdatePath(steps) { try nameNumber($0, at: span) })
      emit(.update, register, keys, value, next: prototype.paths.count - 1, at: span)
    }
  }

  /// Moves a temporary into a name of this function.
  func store(taking register: Int, to name: String, at span: Span) throws {
    if let target = registers[name], target < Self.registerLimit {
      emit(.take, target, register, at: span)
      assigned.insert(name)
    } else {
      try store(register, to: name, at: span)
      try emit(.unset, 0, wide: register, at: span)
    }
  }

  private func forLoop(
    _ names: [Expression.Name], _ sequence: Expression, _ body: Block, at span: Span
  ) throws {
    let known = assigned
    loops.append(Loop())
    let variable = names.count == 1 ? registers[names[0].text] : nil
    let near = variable.flatMap { $0 < Self.registerLimit ? $0 : nil }
    try iterate(over: sequence, into: near, at: span) { element in
      loops[loops.count - 1].continues = []
      if near != nil {
        assigned.insert(names[0].text)
      } else {
        try assign(names, from: element, at: names.span ?? span)
      }
      try loopBody(body)
      land(loops[loops.count - 1].continues)
    }
    land(loops.removeLast().breaks)
    assigned = known
  }

  private func assign(_ names: [Expression.Name], from element: Int, at span: Span) throws {
    if let name = names.first, names.count == 1 {
      return try store(taking: element, to: name.text, at: name.span)
    }
    try scoped {
      let parts = try names.map { try temporary(at: $0.span) }
      emit(.unpack, parts.first ?? element, element, parts.count, at: span)
      for (name, part) in zip(names, parts) { try store(taking: part, to: name.text, at: span) }
    }
  }

  private func loopBody(_ body: Block) throws {
    blockDepth += 1
    defer { blockDepth -= 1 }
    for statement in body.statements { try self.statement(statement) }
  }

  private func whileLoop(_ condition: Expression, _ body: Block, at span: Span) throws {
    let known = assigned
    let start = code.position
    let exits = try jumpUnless(condition)
    let afterCondition = assigned
    loops.append(Loop())
    try loopBody(body)
    land(loops[loops.count - 1].continues)
    let back = emitJump(.loop, at: span)
    code.patch(back, to: start)
    land(exits + loops.removeLast().breaks)
    assigned = known.union(afterCondition)
  }

  private func breakLoop(at span: Span) throws {
    guard !loops.isEmpty else { throw failure(.outsideLoop("break"), at: span) }
    loops[loops.count - 1].breaks.append(emitJump(.jump, at: span))
  }

  private func continueLoop(at span: Span) throws {
    guard !loops.isEmpty else { throw failure(.outsideLoop("continue"), at: span) }
    loops[loops.count - 1].continues.append(emitJump(.jump, at: span))
  }

  private func returnStatement(_ value: Expression?, at span: Span) throws {
    guard parent != nil else { throw failure(.outsideFunction, at: span) }
    try scoped {
      let register = try temporary(at: span)
      if let value {
        results.formUnion(value.results)
        try self.value(of: value, into: register)
      } else {
        emit(.loadNothing, register, at: span)
      }
      try returnValue(in: register, at: span)
    }
  }

  private func importModule(_ module: Statement.Module, at span: Span) throws {
    prototype.modules.append(module)
    try scoped {
      let register = try temporary(at: span)
      try emit(.importModule, register, wide: prototype.modules.count - 1, at: span)
      try store(taking: register, to: module.importedName.text, at: span)
    }
  }
}

extension Statement.Target.Step {
  /// The expressions in it, in order.
  fileprivate var expressions: [Expression] {
    if case .index(let subscripts, _) = self { subscripts.flatMap(\.expressions) } else { [] }
  }

  /// What it is, without its expressions.
  fileprivate var step: Prototype.PathStep {
    switch self {
    case .field(let name): .field(name.text)
    case .index(let subscripts, _): .index(subscripts.map(\.kind))
    }
  }
}

extension Expression {
  /// Whether its code writes its target once, at its end, so that the target may be a variable that
  /// it reads.
  fileprivate var writesOnce: Bool {
    switch kind {
    case .conditional, .attempt: false
    case .parenthesized(let inner): inner.writesOnce
    default: true
    }
  }
}

extension Statement.Target {
  /// The name that stands last in it: `lr` in `net.blocks[2].lr`.
  fileprivate var lastName: String {
    for case .field(let field) in path.reversed() { return field.text }
    return name.text
  }
}

extension [Expression.Name] {
  /// The place of all of them.
  var span: Span? {
    guard let first, let last else { return nil }
    return first.span.joined(with: last.span)
  }
}
