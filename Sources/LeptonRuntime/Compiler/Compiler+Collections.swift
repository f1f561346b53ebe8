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
      try iterate(over: sequence, at: span) { element in
        try bind(names, to: element, at: span)
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

  /// Gives a comprehension's names registers of their own and the element's parts.
  private func bind(_ names: [Expression.Name], to element: Int, at span: Span) throws {
    let targets = names.map { name in
      let register = firstInnerRegister + usedInnerRegisters
      usedInnerRegisters += 1
      innerNames.append((name.text, register))
      return register
    }
    if let only = targets.first, targets.count == 1 {
      emit(.take, only, element, at: span)
    } else if let first = targets.first {
      emit(.unpack, first, element, targets.count, at: names.span ?? span)
    }
  }

  /// Compiles going through a sequence; `body` gets the register of the element.
  func iterate(over sequence: Expression, at span: Span, body: (Int) throws -> Void) throws {
    try scoped {
      let state = try temporary(at: sequence.span)
      _ = try temporary(at: span)
      _ = try temporary(at: span)
      let element = try temporary(at: span)
      try value(of: sequence, into: state)
      emit(.prepareLoop, state, at: sequence.span)
      let start = code.position
      let end = emitJump(.nextElement, state, element, at: sequence.span)
      try body(element)
      let back = emitJump(.loop, at: span)
      code.patch(back, to: start)
      land([end])
    }
  }

  /// Compiles an index.
  func index(
    _ inner: Expression, _ subscripts: [Expression.Subscript], into target: Int, at span: Span
  ) throws {
    try scoped {
      if subscripts.count == 1, case .position(let position) = subscripts[0] {
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
}

extension Array {
  /// The elements in pieces of at most `size`.
  fileprivate func batches(of size: Int) -> [ArraySlice<Element>] {
    stride(from: 0, to: count, by: size).map { self[$0..<Swift.min($0 + size, count)] }
  }
}
