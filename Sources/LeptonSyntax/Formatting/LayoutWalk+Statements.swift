extension LayoutWalk {
  mutating func statements(_ statements: [Statement]) {
    for (index, statement) in statements.enumerated() {
      if index > 0 { add(.hardLine) }
      comments(keepsBlank: true)
      self.statement(statement.kind)
      guard isNext(.semicolon) else { continue }
      // Only a value can be silenced; elsewhere the end of the line says what `;` did.
      if case .expression = statement.kind { token() } else { dropToken() }
    }
  }

  private mutating func statement(_ kind: Statement.Kind) {
    switch kind {
    case .expression(let value): expression(value)
    case .assignment(let target, let value):
      self.target(target)
      add(.space)
      token()
      self.value(value)
    case .definition(_, let function): definition(function)
    case .forLoop(let names, let sequence, let body):
      token()
      add(.space)
      self.names(names.count)
      add(.space)
      token()
      add(.space)
      head(sequence)
      self.body(of: body)
    case .whileLoop(let condition, let body):
      token()
      add(.space)
      head(condition)
      self.body(of: body)
    case .breakLoop, .continueLoop: token()
    case .returnValue(let value):
      token()
      if let value {
        add(.space)
        expression(value)
      }
    case .importModule:
      token()
      add(.space)
      token()
    case .expect(let condition, let message): expectation(condition, message)
    case .record(_, let value):
      token()
      add(.space)
      token()
      add(.space)
      token()
      self.value(value)
    }
  }

  private mutating func expectation(_ condition: Expression, _ message: Expression?) {
    token()
    add(.space)
    group { walk in
      walk.expression(condition)
      guard let message else { return }
      walk.token()
      walk.indented {
        $0.add(.line)
        $0.expression(message)
      }
    }
  }

  private mutating func target(_ target: Statement.Target) {
    token()
    for step in target.path {
      switch step {
      case .field: tokens(2)
      case .index(let subscripts, _): self.subscripts(subscripts)
      }
    }
  }

  /// Adds the names that a loop binds.
  mutating func names(_ count: Int) {
    token()
    for _ in 1..<max(1, count) {
      token()
      add(.space)
      token()
    }
  }

  // MARK: Blocks

  private mutating func body(of block: Block) {
    add(.space)
    group { $0.self.block(block) }
  }

  /// Adds a block in braces; the group around it says whether it stands on one line.
  mutating func block(_ block: Block) {
    token()
    indented { walk in
      let isLong = block.statements.count > 1 || walk.isAtLineEnd && !block.statements.isEmpty
      if isLong { walk.add(.forceBreak) }
      walk.isBehindOpener = true
      walk.add(.line)
      walk.statements(block.statements)
      walk.comments()
    }
    add(.line)
    token()
  }

  // MARK: Functions

  private mutating func definition(_ function: Function) {
    token()
    add(.space)
    token()
    parameters(function.parameters)
    if let result = function.result {
      add(.space)
      token()
      add(.space)
      pattern(result)
    }
    guard isNext(.assign) else { return body(of: function.body) }
    add(.space)
    token()
    body(function.body)
  }

  /// Adds an anonymous function.
  mutating func function(_ function: Function) {
    if isNext(.leftParenthesis) { parameters(function.parameters) } else { token() }
    add(.space)
    token()
    body(function.body)
  }

  /// Adds the body of a function behind `=` or `->`.
  private mutating func body(_ block: Block) {
    if block.hasBraces { return body(of: block) }
    if case .expression(let value)? = block.statements.first?.kind { self.value(value) }
  }

  private mutating func parameters(_ parameters: [Function.Parameter]) {
    bracketed(parameters) { walk, parameter in
      walk.token()
      if let shape = parameter.shape {
        walk.token()
        walk.add(.space)
        walk.pattern(shape)
      }
      if let value = parameter.defaultValue {
        walk.add(.space)
        walk.token()
        walk.add(.space)
        walk.expression(value)
      }
    }
  }

  private mutating func pattern(_ pattern: ShapePattern) {
    bracketed(pattern.sizes) { walk, _ in walk.token() }
  }
}
