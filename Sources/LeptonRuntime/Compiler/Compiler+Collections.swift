import LeptonSyntax

extension FunctionCompiler {
  /// How many elements of a literal are put together at once.
  private static let batch = 32

  /// Compiles a list literal, in batches where it is long.
  func list(_ elements: [Expression], into target: Int, at span: Span) throws {
    try scoped {
      let result = try temporary(at: span)
      emit(.makeList, result, result, 0, at: span)
      for batch in elements.batches(of: Self.batch) {
        try scoped {
          let first = try consecutive(batch)
          emit(.extendList, result, first, batch.count, at: span)
        }
      }
      emit(.take, target, result, at: span)
    }
  }

  /// Compiles a record literal, in batches where it is long.
  func record(_ fields: [Expression.Field], into target: Int, at span: Span) throws {
    try scoped {
      let result = try temporary(at: span)
      emit(.makeRecord, result, at: span)
      for batch in fields.batches(of: Self.batch) {
        try scoped {
          let first = try consecutive(batch.map(\.value))
          prototype.names.append(Prototype.LiteralNames(batch.map(\.name.text)))
          let names = prototype.names.count - 1
          emit(.extendRecord, result, first, next: names, at: span)
        }
      }
      emit(.take, target, result, at: span)
    }
  }

  /// Compiles a comprehension; its names are its own.
  func comprehension(
    _ body: Expression, _ names: [Expression.Name], _ sequence: Expression,
    _ condition: Expression?, into target: Int, at span: Span
  ) throws {
    try scoped {
      let result = try temporary(at: span)
      emit(.makeList, result, result, 0, at: span)
      let known = assigned
      let depth = innerNames.count
      let targets = names.map { _ in innerRegister() }
      let only = names.count == 1 ? targets.first : nil
      try iterate(over: sequence, into: only, at: span) { element in
        innerNames += zip(names.map(\.text), targets).map { (name: $0, register: $1) }
        if only == nil, let first = targets.first {
          emit(.unpack, first, element, targets.count, at: names.span ?? span)
        }
        let jumps = try condition.map { try jumpUnless($0) } ?? []
        try scoped {
          let item = try temporary(at: span)
          try value(of: body, into: item)
          emit(.append, result, item, at: span)
        }
        land(jumps)
      }
      innerNames.removeLast(innerNames.count - depth)
      assigned = known
      emit(.take, target, result, at: span)
    }
  }

  /// Takes a register for a name of a comprehension.
  private func innerRegister() -> Int {
    defer { usedInnerRegisters += 1 }
    return firstInnerRegister + usedInnerRegisters
  }

  /// Compiles going through a sequence; `body` gets the register of the element, which is that of a
  /// variable where one is given.
  func iterate(
    over sequence: Expression, into variable: Int? = nil, at span: Span, body: (Int) throws -> Void
  ) throws {
    try scoped {
      let state = try temporary(at: sequence.span)
      _ = try temporary(at: span)
      _ = try temporary(at: span)
      let element = try variable ?? temporary(at: span)
      try prepareWalk(through: sequence, in: state)
      let end = emitJump(.nextElement, state, element, at: sequence.span)
      let start = code.position
      try body(element)
      let back = emitJump(.nextTurn, state, element, at: sequence.span)
      code.patch(back, to: start)
      land([end])
    }
  }

  /// Makes what a loop goes through ready in registers; a word that can gives its elements one by one, and
  /// a range is never made.
  private func prepareWalk(through sequence: Expression, in state: Int) throws {
    let span = sequence.span
    guard let (word, arguments) = try wordCall(sequence), word.walked != nil || word.isRange else {
      try value(of: sequence, into: state)
      return emit(.prepareLoop, state, at: span)
    }
    try scoped {
      let base = try temporary(at: span)
      _ = try consecutive(arguments)
      let constant = code.constant(.function(word.walked ?? word))
      if word.isRange {
        return emit(.prepareRange, state, base, arguments.count, next: constant, at: span)
      }
      emit(.callWord, base, arguments.count, next: constant, at: span)
      emit(.take, state, base, at: span)
      emit(.prepareLoop, state, at: span)
    }
  }

  /// The word that an expression calls with values by position, and these.
  private func wordCall(
    _ expression: Expression
  ) throws -> (word: Word, arguments: [Expression])? {
    guard case .call(let callee, let arguments) = expression.bare.kind,
      case .name(let name) = callee.kind, !arguments.contains(where: { $0.name != nil }),
      case .word(.function(let word as Word))? = try resolve(name)
    else { return nil }
    return (word, arguments.map(\.value))
  }

  /// Compiles an index.
  func index(
    _ inner: Expression, _ subscripts: [Expression.Subscript], into target: Int, at span: Span
  ) throws {
    try scoped {
      if subscripts.count == 1, case .position(let position) = subscripts[0] {
        if try nestedIndex(inner, position, into: target, at: span) { return }
        let (object, key) = try operands(inner, position)
        return emit(.index, target, object, key, at: span)
      }
      let object = try temporary(at: inner.span)
      try value(of: inner, into: object)
      let first = try consecutive(subscripts.flatMap(\.expressions))
      prototype.subscripts.append(subscripts.map(\.kind))
      emit(.indexMany, target, object, first, next: prototype.subscripts.count - 1, at: span)
    }
  }

  /// Compiles `x[i][j]` of a variable so that `x[i]` is only lent, where `j` is a name or a number and
  /// so can neither fail nor change anything; gives false where it is not.
  private func nestedIndex(
    _ inner: Expression, _ second: Expression, into target: Int, at span: Span
  ) throws -> Bool {
    guard case .index(let outer, let subscripts) = inner.bare.kind, subscripts.count == 1,
      case .position(let first) = subscripts[0], case .name(let name) = outer.bare.kind,
      case .register(let register)? = try resolve(name), register < Self.registerLimit,
      try isSettled(second), !first.mayAssign
    else { return false }
    let object = try operand(outer)
    let keys = (try operand(first), try operand(second))
    emit(.indexNested, target, object, keys.0, at: inner.span)
    code.emit(next: keys.1, at: span)
    return true
  }

  /// Whether an expression is a number or the name of a variable that certainly has a value.
  private func isSettled(_ expression: Expression) throws -> Bool {
    switch expression.bare.kind {
    case .int: return true
    case .name(let name):
      guard case .register(let register)? = try resolve(name) else { return false }
      return register < Self.registerLimit
        && (assigned.contains(name) || innerNames.contains { $0.name == name })
    default: return false
    }
  }
}

extension Array {
  /// The elements in pieces of at most `size`.
  fileprivate func batches(of size: Int) -> [ArraySlice<Element>] {
    stride(from: 0, to: count, by: size).map { self[$0..<Swift.min($0 + size, count)] }
  }
}
