import LeptonSyntax

extension FunctionCompiler {
  /// Puts the value of an expression into a register.
  func value(of expression: Expression, into target: Int) throws {
    let span = expression.span
    switch expression.kind {
    case .nothing: emit(.loadNothing, target, at: span)
    case .bool(let bool): emit(bool ? .loadTrue : .loadFalse, target, at: span)
    case .int(let int): try integer(int, into: target, at: span)
    case .float(let float): try loadConstant(.float(float), into: target, at: span)
    case .string(let string): try loadConstant(.string(string), into: target, at: span)
    case .interpolation(let pieces): try interpolation(pieces, into: target, at: span)
    case .list(let elements): try list(elements, into: target, at: span)
    case .comprehension(let body, let names, let sequence, let condition):
      try comprehension(body, names, sequence, condition, into: target, at: span)
    case .record(let fields): try record(fields, into: target, at: span)
    case .name(let name): try load(name, into: target, at: span)
    case .parenthesized(let inner): try value(of: inner, into: target)
    case .unary(let unary, let operand): try self.unary(unary, operand, into: target, at: span)
    case .binary(let binary, let left, let right):
      try self.binary(binary, left, right, into: target, at: span)
    case .comparison(let first, let steps):
      try comparison(first, steps, into: target, at: span)
    case .call(let callee, let arguments): try call(callee, arguments, into: target, at: span)
    case .field(let inner, let name): try field(inner, name, into: target, at: span)
    case .index(let inner, let subscripts): try index(inner, subscripts, into: target, at: span)
    case .function(let function): try anonymous(function, into: target, at: span)
    case .layer(let function): try layer(function, into: target, at: span)
    case .conditional(let condition, let then, let otherwise):
      try conditional(condition, then, otherwise, into: target, at: span)
    case .attempt(let body, let name, let handler):
      try attempt(body, name, handler, into: target, at: span)
    case .invalid: throw failure(.invalid, at: span)
    }
  }

  /// Finds or makes a register that holds the value of an expression.
  func operand(_ expression: Expression) throws -> Int {
    switch expression.kind {
    case .parenthesized(let inner): return try operand(inner)
    case .name(let name):
      if let register = try nearRegister(of: name, at: expression.span) { return register }
    default: break
    }
    let register = try temporary(at: expression.span)
    try value(of: expression, into: register)
    return register
  }

  /// The registers of two operands; what the second one assigns does not change the first.
  func operands(_ left: Expression, _ right: Expression) throws -> (Int, Int) {
    guard right.mayAssign else { return (try operand(left), try operand(right)) }
    let first = try temporary(at: left.span)
    try value(of: left, into: first)
    return (first, try operand(right))
  }

  private func integer(_ int: Int, into target: Int, at span: Span) throws {
    if let small = Int16(exactly: int) {
      code.emit(Instruction(.loadInt, target, wide: Int(UInt16(bitPattern: small))), at: span)
    } else {
      try loadConstant(.int(int), into: target, at: span)
    }
  }

  private func interpolation(
    _ pieces: [Expression.Piece], into target: Int, at span: Span
  ) throws {
    try scoped {
      let first = nextTemporary
      for piece in pieces {
        let register = try temporary(at: span)
        switch piece {
        case .text(let text): try loadConstant(.string(text), into: register, at: span)
        case .value(let inner, let format):
          try value(of: inner, into: register)
          let format = code.constant(format.isEmpty ? .nothing : .string(format))
          emit(.formatText, register, register, next: format, at: inner.span)
        }
      }
      emit(.joinText, target, first, pieces.count, at: span)
    }
  }

  private func field(
    _ inner: Expression, _ name: Expression.Name, into target: Int, at span: Span
  ) throws {
    try scoped {
      if case .field(let outer, let first) = inner.bare.kind {
        let object = try operand(outer)
        let between = try temporary(at: inner.span)
        emit(.fieldNested, target, object, between, at: inner.span)
        code.emit(next: try nameNumber(first.text, at: inner.span), at: span)
        return code.emit(next: try nameNumber(name.text, at: span), at: span)
      }
      let object = try operand(inner)
      emit(.field, target, object, next: try nameNumber(name.text, at: span), at: span)
    }
  }

  /// The number of a name behind a dot, which must fit half a word.
  func nameNumber(_ name: String, at span: Span) throws -> Int {
    let number = code.number(ofName: name)
    guard number <= 0xFFFF else { throw failure(.tooLong, at: span) }
    return number
  }

  /// Puts the values of expressions into registers that stand next to each other; gives the first.
  func consecutive(_ expressions: some Sequence<Expression>) throws -> Int {
    let first = nextTemporary
    for expression in expressions {
      try value(of: expression, into: try temporary(at: expression.span))
    }
    return first
  }
}

extension Expression {
  /// Whether evaluating it may assign a name: it holds a block.
  var mayAssign: Bool {
    switch kind {
    case .nothing, .bool, .int, .float, .string, .name, .function, .layer, .invalid: false
    case .conditional, .attempt: true
    case .interpolation(let pieces):
      pieces.contains { if case .value(let value, _) = $0 { value.mayAssign } else { false } }
    case .list(let elements): elements.contains(where: \.mayAssign)
    case .comprehension: true
    case .record(let fields): fields.contains(where: \.value.mayAssign)
    case .parenthesized(let inner), .unary(_, let inner), .field(let inner, _): inner.mayAssign
    case .binary(_, let left, let right): left.mayAssign || right.mayAssign
    case .comparison(let first, let steps):
      first.mayAssign || steps.contains(where: \.operand.mayAssign)
    case .call(let callee, let arguments):
      callee.mayAssign || arguments.contains(where: \.value.mayAssign)
    case .index(let inner, let subscripts):
      inner.mayAssign || subscripts.contains { $0.expressions.contains(where: \.mayAssign) }
    }
  }

  /// The expression without parentheses around it.
  var bare: Expression {
    if case .parenthesized(let inner) = kind { inner.bare } else { self }
  }
}

extension Expression.Subscript {
  /// The expressions in it, in order.
  var expressions: [Expression] {
    switch self {
    case .position(let position): [position]
    case .slice(let start, let stop, let step): [start, stop, step].compactMap { $0 }
    case .ellipsis: []
    }
  }

  /// What it is, without its expressions.
  var kind: Prototype.SubscriptKind {
    switch self {
    case .position: .position
    case .slice(let start, let stop, let step):
      .slice(start: start != nil, stop: stop != nil, step: step != nil)
    case .ellipsis: .ellipsis
    }
  }
}
