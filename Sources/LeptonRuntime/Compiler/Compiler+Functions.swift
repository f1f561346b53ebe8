import LeptonSyntax

extension FunctionCompiler {
  /// Compiles `x -> …`.
  func anonymous(_ function: Function, into target: Int, at span: Span) throws {
    let inner = try child(function, named: "<function>", at: span)
    try makeClosure(inner, into: target, at: span)
  }

  /// Compiles `layer x -> …`; the layer is called after the function that makes it.
  func layer(_ function: Function, into target: Int, at span: Span) throws {
    let name = parent == nil || prototype.name == "<function>" ? "layer" : prototype.name
    let inner = try child(function, named: name, at: span)
    inner.isLayer = true
    inner.isResult = results.contains(span)
    try makeClosure(inner, into: target, at: span)
  }

  private func makeClosure(_ inner: Prototype, into target: Int, at span: Span) throws {
    prototype.prototypes.append(inner)
    try emit(.makeClosure, target, wide: prototype.prototypes.count - 1, at: span)
  }

  /// Compiles `fn name(…)`: a member of one of the body's groups where it belongs to one, else a group
  /// of its own.
  func definition(_ name: Expression.Name, _ function: Function, at span: Span) throws {
    if blockDepth == 0, let place = groupPlaces[name.span] {
      let group = groups[place.group]
      guard place.index < FunctionGroup.sizeLimit else { throw failure(.tooLong, at: span) }
      let siblings = group.members.names(seenFrom: place.index)
      let inner = try child(function, named: name.text, siblings: siblings, at: span)
      prototype.groups[place.group][place.index] = inner
      try define(name, group.register, place.index, at: span)
    } else {
      let inner = try child(function, named: name.text, siblings: [name.text], at: span)
      prototype.groups.append([inner])
      try scoped {
        let register = try temporary(at: span)
        try emit(.newGroup, register, wide: prototype.groups.count - 1, at: span)
        try define(name, register, 0, at: span)
      }
    }
  }

  private func define(_ name: Expression.Name, _ group: Int, _ index: Int, at span: Span) throws {
    try scoped {
      let register = try temporary(at: span)
      emit(.define, register, group, index, at: span)
      try store(taking: register, to: name.text, at: name.span)
    }
  }

  /// Compiles a function that stands in this one.
  private func child(
    _ function: Function, named name: String, siblings: [String] = [], at span: Span
  ) throws -> Prototype {
    let inner = FunctionCompiler(name, span: span, parent: self, environment: environment)
    inner.siblings = siblings
    try inner.compile(function)
    return inner.finish()
  }

  /// Compiles the heading and the body.
  private func compile(_ function: Function) throws {
    let scan = NameScan(function.body.statements)
    guard function.parameters.count < Self.nearLimit / 2 else {
      throw failure(.tooLong, at: function.span)
    }
    prototype.parameters = function.parameters.map { parameter in
      Prototype.Parameter(
        name: parameter.name.text,
        defaultText: parameter.defaultValue.map { prototype.source[$0.span] })
    }
    prototype.requiredCount = prototype.parameters.filter { !$0.hasDefault }.count
    let parameters = prototype.parameters.map(\.name)
    prepare(scan, parameters: parameters, shapeNames: function.shapeNames, at: function.span)
    try heading(function)
    try body(function.body)
  }

  /// Gives registers to parameters and names and makes the groups.
  func prepare(_ scan: NameScan, parameters: [String], shapeNames: [String] = [], at span: Span) {
    assigned.formUnion(parameters)
    firstInnerRegister = parameters.count
    let inner = (0..<min(scan.innerNameCount, Self.nearLimit / 2)).map { " \($0)" }
    let families = scan.functionGroups(atMost: Self.groupLimit)
    let groupNames = families.indices.map { " group \($0)" }
    declare(parameters + inner + groupNames + shapeNames + scan.bound)
    // The first shape that is checked gives them their values.
    unsure.formUnion(Set(shapeNames).subtracting(parameters).compactMap { registers[$0] })
    let placeholder = Prototype(name: "", source: environment.source, span: span)
    for (number, group) in families.enumerated() {
      guard let register = registers[groupNames[number]] else { continue }
      groups.append((group, register))
      for (index, name) in group.members.enumerated() { groupPlaces[name.span] = (number, index) }
      prototype.groups.append(Array(repeating: placeholder, count: group.members.count))
      code.emit(Instruction(.newGroup, register, wide: number), at: span)
    }
  }

  /// Compiles the defaults and the shapes of the parameters.
  private func heading(_ function: Function) throws {
    for (register, parameter) in function.parameters.enumerated() {
      if let value = parameter.defaultValue {
        let given = emitJump(.jumpIfGiven, register, at: value.span)
        try self.value(of: value, into: register)
        land([given])
      }
    }
    for (register, parameter) in function.parameters.enumerated() {
      if let shape = parameter.shape {
        try checkShape(shape, of: parameter.name.text, in: register)
      }
    }
    assigned.formUnion(function.parameters.compactMap(\.shape).flatMap(\.names))
    resultShape = function.result
  }

  private func body(_ body: Block) throws {
    results = body.results
    let result = try temporary(at: body.span)
    try statements(body.statements, into: result)
    try returnValue(in: result, at: body.statements.last?.span ?? body.span)
  }

  /// Returns a register, after its shape has been checked where the heading states one.
  func returnValue(in register: Int, at span: Span) throws {
    if let resultShape { try checkShape(resultShape, of: "the result", in: register) }
    emit(.returnValue, register, at: span)
  }

  private func checkShape(_ shape: ShapePattern, of parameter: String, in register: Int) throws {
    let sizes = shape.sizes.map { size -> Prototype.Pattern.Size in
      switch size {
      case .fixed(let size): .fixed(size)
      case .named(let name): .named(name.text, register: registers[name.text] ?? 0)
      case .any: .any
      }
    }
    let text = environment.source[shape.span]
    prototype.patterns.append(Prototype.Pattern(parameter: parameter, text: text, sizes: sizes))
    try emit(.checkShape, register, wide: prototype.patterns.count - 1, at: shape.span)
  }
}

extension ShapePattern {
  /// The names of sizes in it.
  var names: [String] {
    sizes.compactMap { if case .named(let name) = $0 { name.text } else { nil } }
  }
}

extension Function {
  /// The names of sizes in its heading.
  var shapeNames: [String] {
    (parameters.compactMap(\.shape) + (result.map { [$0] } ?? [])).flatMap(\.names)
  }
}
