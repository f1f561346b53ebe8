import LeptonSyntax

extension FunctionCompiler {
  /// Compiles a call.
  func call(
    _ callee: Expression, _ arguments: [Expression.Argument], into target: Int, at span: Span
  ) throws {
    try scoped {
      // The topmost register can be the place of the call, whose result then stands where it is wanted.
      let base =
        target == nextTemporary - 1 && target >= prototype.firstTemporary
        ? target : try temporary(at: span)
      switch callee.bare.kind {
      case .field(let receiver, let name):
        try methodCall(base, receiver, name, arguments, at: span)
      case .name(let name):
        try namedCall(base, name, callee, arguments, at: span)
      default:
        try value(of: callee, into: base)
        try plainCall(base, arguments, at: span)
      }
      if base != target { emit(.take, target, base, at: span) }
    }
  }

  /// A call of something that has a name: a word and a sibling need no value of their own.
  private func namedCall(
    _ base: Int, _ name: String, _ callee: Expression, _ arguments: [Expression.Argument],
    at span: Span
  ) throws {
    let count = arguments.count
    guard !arguments.contains(where: { $0.name != nil }) else {
      try load(name, into: base, at: callee.span)
      return try plainCall(base, arguments, at: span)
    }
    switch try resolve(name) {
    case .word(.function(let word as Word)):
      _ = try consecutive(arguments.map(\.value))
      emit(.callWord, base, count, next: code.constant(.function(word)), at: span)
    case .sibling(let index):
      _ = try consecutive(arguments.map(\.value))
      emit(.callSibling, base, count, next: index, at: span)
    default:
      try load(name, into: base, at: callee.span)
      try plainCall(base, arguments, at: span)
    }
  }

  /// A call of what stands in `base`.
  private func plainCall(_ base: Int, _ arguments: [Expression.Argument], at span: Span) throws {
    _ = try consecutive(arguments.map(\.value))
    if arguments.contains(where: { $0.name != nil }) {
      emit(.callNamed, base, arguments.count, next: try shape(of: arguments), at: span)
    } else {
      emit(.call, base, arguments.count, at: span)
    }
  }

  /// `receiver.name(…)`, which is decided when it runs.
  private func methodCall(
    _ base: Int, _ receiver: Expression, _ name: Expression.Name,
    _ arguments: [Expression.Argument], at span: Span
  ) throws {
    if try resolve(name.text) == nil {
      try emit(.unset, 0, wide: base, at: span)
    } else {
      try loadUnchecked(name.text, into: base, at: name.span)
    }
    _ = try consecutive([receiver] + arguments.map(\.value))
    let shape = try shape(of: arguments, method: name.text)
    emit(.callMethod, base, arguments.count + 1, next: shape, at: span)
  }

  /// Loads a name that may have no value, which is no mistake before it is needed.
  private func loadUnchecked(_ name: String, into target: Int, at span: Span) throws {
    let known = assigned
    assigned.insert(name)
    try load(name, into: target, at: span)
    assigned = known
  }

  /// Writes down which arguments have names.
  private func shape(of arguments: [Expression.Argument], method: String = "") throws -> Int {
    let names = arguments.compactMap(\.name?.text)
    prototype.callShapes.append(
      Prototype.CallShape(
        positionalCount: arguments.count - names.count, names: names, method: method))
    return prototype.callShapes.count - 1
  }

  /// Compiles `x = word(… x …)` so that the word gets the only count of `x` and may change it in
  /// place; gives false where it is no such assignment.
  func updatingCall(_ name: String, _ value: Expression, at span: Span) throws -> Bool {
    guard case .call(let callee, let arguments) = value.kind else { return false }
    if case .field(let receiver, let method) = callee.kind, receiver.kind == .name(name) {
      return try updatingMethodCall(name, method, arguments, at: value.span)
    }
    guard case .name(let function) = callee.kind,
      case .register(let register)? = try resolve(name), register < Self.registerLimit,
      assigned.contains(name), case .word(.function(let word as Word))? = try resolve(function),
      let position = movablePosition(of: name, in: arguments)
    else { return false }
    if word.appends, position == 0, arguments.count == 2 {
      return try push(arguments[1].value, to: register, by: word, at: value.span)
    }
    try scoped {
      let base = try temporary(at: span)
      for (index, argument) in arguments.enumerated() {
        let target = try temporary(at: argument.value.span)
        if index != position { try self.value(of: argument.value, into: target) }
      }
      let next = register << 16 | code.constant(.function(word))
      emit(.callUpdating, base, arguments.count, position, next: next, at: value.span)
      emit(.take, register, base, at: span)
    }
    return true
  }

  /// Compiles `x = push(x, value)` of a variable.
  private func push(
    _ value: Expression, to register: Int, by word: Word, at span: Span
  ) throws -> Bool {
    try scoped {
      let base = try temporary(at: span)
      _ = (try temporary(at: span), try temporary(at: span))
      let element = try operand(value)
      let constant = code.constant(.function(word))
      emit(.pushElement, base, element, register, next: constant, at: span)
      return true
    }
  }

  /// Compiles `x = x.word(…)` so that a receiver without fields is handed over with its only count.
  private func updatingMethodCall(
    _ name: String, _ method: Expression.Name, _ arguments: [Expression.Argument], at span: Span
  ) throws -> Bool {
    guard case .register(let register)? = try resolve(name), register < Self.registerLimit,
      assigned.contains(name), case .word(.function(is Word))? = try resolve(method.text),
      !arguments.contains(where: { $0.name != nil || $0.value.mayAssign }),
      !mention(name, in: arguments.map(\.value))
    else { return false }
    try scoped {
      let base = try temporary(at: span)
      try load(method.text, into: base, at: method.span)
      _ = try temporary(at: span)
      _ = try consecutive(arguments.map(\.value))
      let shape = try shape(of: arguments, method: method.text)
      let count = arguments.count + 1
      emit(.callUpdatingMethod, base, count, register, next: shape, at: span)
      emit(.take, register, base, at: span)
    }
    return true
  }

  /// Whether a name stands somewhere in expressions.
  private func mention(_ name: String, in expressions: [Expression]) -> Bool {
    NameScan(expressions.map { Statement(.expression($0), $0.span) }).mentioned.contains(name)
  }

  /// The only argument that is the name itself, if no other mentions it.
  private func movablePosition(of name: String, in arguments: [Expression.Argument]) -> Int? {
    guard !arguments.contains(where: { $0.name != nil || $0.value.mayAssign }),
      let position = arguments.firstIndex(where: { $0.value.kind == .name(name) })
    else { return nil }
    let others = arguments.enumerated().filter { $0.offset != position }.map(\.element.value)
    return mention(name, in: others) ? nil : position
  }
}
