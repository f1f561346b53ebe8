import LeptonSyntax

extension CellWalk {
  /// Checks the statements of a block; the value of the last one may be used.
  func check(_ block: Block, isUsed: Bool) {
    let last = block.statements.count - 1
    check(block.statements) { isUsed && $0 == last }
  }

  /// Checks statements in the order in which they run, and warns of those that never do.
  func check(_ statements: [Statement], isUsed: (Int) -> Bool) {
    var isReached = !flowScope.flow.isDead
    for (index, statement) in statements.enumerated() {
      if flowScope.flow.isDead, isReached, let last = statements.last {
        isReached = false
        report(.unreachable, at: statement.span.joined(with: last.span))
      }
      check(statement, isUsed: isUsed(index))
    }
  }

  /// Checks a statement, whose value may be used.
  func check(_ statement: Statement, isUsed: Bool) {
    switch statement.kind {
    case .expression(let value):
      let isSilenced = statement.isSilent && flowScope.kind == .cell
      check(value, isUsed: isUsed || isSilenced)
    case .assignment(let target, let value): assign(target, value)
    case .definition(let name, let function):
      check(function, of: name)
      scope.assign(name.text)
    case .forLoop(let names, let sequence, let body):
      check(sequence)
      checkDistinct(names)
      loop(body, binding: names)
    case .whileLoop(let condition, let body):
      check(condition)
      checkTruth(of: condition)
      loop(body, binding: [])
    case .breakLoop: leaveLoop("break", at: statement.span)
    case .continueLoop: leaveLoop("continue", at: statement.span)
    case .returnValue(let value): leaveFunction(value, at: statement.span)
    case .importModule(let module): importModule(module)
    case .expect(let condition, let message):
      check(condition)
      message.map { check($0) }
    case .record(_, let value): check(value)
    }
  }

  private func assign(_ target: Statement.Target, _ value: Expression) {
    check(value)
    if !target.path.isEmpty { requireValue(target.name.text, at: target.name.span) }
    for case .index(let subscripts, _) in target.path {
      subscripts.forEach { $0.forEachExpression { check($0) } }
    }
    scope.assign(target.name.text)
  }

  /// Checks a body that may run never, once or often.
  private func loop(_ body: Block, binding names: [Expression.Name]) {
    let before = flowScope.flow.mark
    // In a second turn everything has a value that the first turn gave one.
    let owner = flowScope
    for place in BindingScan(body.statements).places {
      if let number = owner.number(of: place.name.text) { owner.flow.mayAssign(number) }
    }
    names.forEach { scope.assign($0.text) }
    loops += 1
    check(body, isUsed: false)
    loops -= 1
    let turn = flowScope.flow.leave(to: before)
    flowScope.flow.join(turn)
  }

  private func leaveLoop(_ word: String, at span: Span) {
    if loops == 0 { report(.outsideLoop(word), at: span) }
    flowScope.flow.isDead = true
  }

  private func leaveFunction(_ value: Expression?, at span: Span) {
    value.map { check($0) }
    if flowScope.kind == .cell { report(.outsideFunction, at: span) }
    flowScope.flow.isDead = true
  }

  private func importModule(_ module: Statement.Module) {
    if case .library(let name) = module, !notebook.words.modules.isEmpty,
      !notebook.words.modules.contains(name.text)
    {
      let near = Spelling.nearest(to: name.text, in: notebook.words.modules)
      report(.unknownModule(name.text, near: near), at: name.span)
    }
    scope.assign(module.importedName.text)
  }

  // MARK: Flow

  /// The scope in which names of the place at hand get values.
  var flowScope: Scope {
    var place = scope
    while place.kind == .comprehension, let parent = place.parent { place = parent }
    return place
  }

  /// Checks what may not run; what it assigns is only possible behind it.
  func perhaps(_ body: () -> Void) {
    let before = flowScope.flow.mark
    body()
    let path = flowScope.flow.leave(to: before)
    flowScope.flow.join(path)
  }
}
