import LeptonSyntax

extension CellWalk {
  /// Checks a call: what is called, its arguments, and whether they fit where that is certain.
  func call(_ callee: Expression, _ arguments: [Expression.Argument], at span: Span) {
    var signature: Signature?
    switch callee.kind {
    case .field(let receiver, let name):
      check(receiver)
      readOfDotCall(name.text)
      signature = member(name, of: receiver)
    case .name(let name):
      check(callee)
      signature = self.signature(of: name)
    default: check(callee)
    }
    arguments.forEach { check($0.value) }
    checkRepeated(arguments)
    if let signature { match(arguments, signature, at: span) }
  }

  /// Notes that a dot call may call a function of the program.
  private func readOfDotCall(_ name: String) {
    switch meaning(of: name) {
    case .variable(let owner):
      owner.reads.insert(name)
      let isElsewhere = owner.kind == .cell && notebook.isDefined(name, before: cell)
      if isElsewhere, !owner.flow.isCertain(name) { noteRead(name) }
    case .global: noteRead(name)
    case .word, .unknown: break
    }
  }

  private func checkRepeated(_ arguments: [Expression.Argument]) {
    var seen: Set<String> = []
    for case .some(let name) in arguments.map(\.name) where !seen.insert(name.text).inserted {
      report(.repeatedArgument(name.text), at: name.span)
    }
  }

  /// Checks arguments against the heading of what is called.
  private func match(_ arguments: [Expression.Argument], _ signature: Signature, at span: Span) {
    guard let parameters = signature.parameters else { return }
    var given: Set<String> = []
    let positional = arguments.filter { $0.name == nil }.map(\.value)
    for (index, value) in positional.enumerated() {
      guard let parameter = signature.parameter(at: index) else {
        report(.tooMany(signature, given: positional.count), at: value.span)
        break
      }
      given.insert(parameter.name)
      checkType(of: value, parameter)
    }
    for argument in arguments {
      guard let name = argument.name else { continue }
      checkNamed(name, argument.value, signature, givenByPlace: given)
    }
    given.formUnion(arguments.compactMap(\.name?.text))
    let missing = parameters.filter { $0.isRequired && !given.contains($0.name) }
    if !missing.isEmpty { report(.missing(missing.map(\.name), signature), at: span) }
  }

  private func checkNamed(
    _ name: Expression.Name, _ value: Expression, _ signature: Signature, givenByPlace: Set<String>
  ) {
    guard let parameter = signature.parameters?.first(where: { $0.name == name.text }) else {
      if !signature.isOpen { reportUnknownArgument(name, signature) }
      return
    }
    if givenByPlace.contains(name.text) { report(.givenTwice(name.text), at: name.span) }
    checkType(of: value, parameter)
  }

  private func reportUnknownArgument(_ name: Expression.Name, _ signature: Signature) {
    let names = (signature.parameters ?? []).map(\.name)
    guard !isFull(of: .error) else { return }
    report(
      .unknownArgument(name.text, signature, near: Spelling.nearest(to: name.text, in: names)),
      at: name.span)
  }

  private func checkType(of value: Expression, _ parameter: Signature.Parameter) {
    guard let type = LiteralTypes(value), parameter.accepts.isDisjoint(with: type) else { return }
    report(.wrongType(parameter, is: type), at: value.span)
  }
}

extension Signature {
  /// The parameter that takes the positional argument of an index.
  fileprivate func parameter(at index: Int) -> Parameter? {
    guard let parameters else { return nil }
    let variadic = parameters.firstIndex { $0.isVariadic } ?? .max
    if index >= variadic { return parameters[variadic] }
    return index < parameters.count ? parameters[index] : nil
  }

  /// How it is written in help.
  var heading: String {
    guard let parameters else { return name }
    let slots = parameters.map { parameter in
      parameter.name + (parameter.isVariadic ? "..." : "")
        + (parameter.defaultValue.map { " = \(Printer.print($0))" } ?? "")
    }
    return "\(name)(\((slots + (isOpen ? ["..."] : [])).joined(separator: ", ")))"
  }
}
