import LeptonSyntax

extension FunctionCompiler {
  /// What a name means at the place that is being compiled.
  enum Meaning {
    case register(Int)
    case sibling(Int)
    case capture(Int)
    case word(Value)
  }

  /// Finds what a name means; `nil` if it means nothing.
  func resolve(_ name: String) throws -> Meaning? {
    if let variable = variable(name) { return variable }
    return try environment.word(name).map(Meaning.word)
  }

  /// Finds a name of this function or of one around it.
  private func variable(_ name: String) -> Meaning? {
    if let inner = innerNames.last(where: { $0.name == name }) { return .register(inner.register) }
    if let register = registers[name] { return .register(register) }
    if let index = siblings.firstIndex(of: name) { return .sibling(index) }
    if let index = captureIndices[name] { return .capture(index) }
    return capture(name).map(Meaning.capture)
  }

  /// Makes this function capture a name of the one around it, if that has it.
  private func capture(_ name: String) -> Int? {
    let source: Prototype.Capture
    switch parent?.variable(name) {
    case .register(let register):
      source = .register(register)
      if parent?.assigned.contains(name) == false { parent?.unsure.insert(register) }
    case .sibling(let index): source = .sibling(index)
    case .capture(let index): source = .capture(index)
    case .word, nil: return nil
    }
    let index = prototype.captures.count
    prototype.captures.append(source)
    prototype.captureNames.append(name)
    captureIndices[name] = index
    return index
  }

  /// Puts what a name means into a register.
  func load(_ name: String, into target: Int, at span: Span) throws {
    switch try resolve(name) {
    case .register(let register): try loadVariable(name, register, into: target, at: span)
    case .sibling(let index): try emit(.loadSibling, target, wide: index, at: span)
    case .capture(let index): try emit(.loadCapture, target, wide: index, at: span)
    case .word(let value): try loadConstant(value, into: target, at: span)
    case nil: throw failure(.unknownName(name, environment.candidates()), at: span)
    }
  }

  /// Puts a constant into a register.
  func loadConstant(_ value: Value, into target: Int, at span: Span) throws {
    try emit(.loadConstant, target, wide: code.constant(value), at: span)
  }

  private func loadVariable(
    _ name: String, _ register: Int, into target: Int, at span: Span
  ) throws {
    if register >= Self.registerLimit {
      try emit(.loadFar, target, wide: register, at: span)
      checkSet(name, target, at: span)
    } else {
      checkSet(name, register, at: span)
      if register != target { emit(.move, target, register, at: span) }
    }
  }

  /// Makes sure that a variable has a value where the flow of control does not say so.
  func checkSet(_ name: String, _ register: Int, at span: Span) {
    guard !assigned.contains(name), !innerNames.contains(where: { $0.name == name }) else { return }
    unsure.insert(registers[name] ?? register)
    emit(.checkSet, register, next: code.constant(.string(name)), at: span)
  }

  /// The register of a variable that can be read where it stands, or `nil`.
  func nearRegister(of name: String, at span: Span) throws -> Int? {
    guard case .register(let register) = try resolve(name), register < Self.registerLimit else {
      return nil
    }
    checkSet(name, register, at: span)
    return register
  }

  /// Assigns a register's value to a name of this function.
  func store(_ register: Int, to name: String, at span: Span) throws {
    let target = registers[name] ?? register
    if target >= Self.registerLimit {
      try emit(.storeFar, register, wide: target, at: span)
    } else if target != register {
      emit(.move, target, register, at: span)
    }
    assigned.insert(name)
  }
}
