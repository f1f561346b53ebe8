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
    case .variable(let owner, let number):
      owner.noteRead(number)
      let isElsewhere = owner.kind == .cell && notebook.isDefined(name, before: cell)
      if isElsewhere, !owner.flow.isCertain(number) { noteRead(name) }
    case .global: noteRead(name)
    case .word, .unknown: break
    }
  }

  private func checkRepeated(_ arguments: [Expression.Argument]) {
    for name in arguments.compactMap(\.name).repeated(by: \.text) {
      report(.repeatedArgument(name.text), at: name.span)
    }
  }

  /// Checks arguments against the heading of what is called.
  private func match(_ arguments: [Expression.Argument], _ signature: Signature, at span: Span) {
    guard let parameters = signature.parameters else { return }
    var isGiven = [Bool](repeating: false, count: parameters.count)
    let positional = arguments.lazy.filter { $0.name == nil }.map(\.value)
    for (index, value) in positional.enumerated() {
      guard let number = signature.parameter(at: index) else {
        report(.tooMany(signature, given: positional.count), at: value.span)
        break
      }
      isGiven[number] = true
      checkType(of: value, parameters[number])
    }
    let byPlace = isGiven
    for argument in arguments {
      guard let name = argument.name else { continue }
      guard let number = parameters.firstIndex(where: { $0.name == name.text }) else {
        if !signature.isOpen { reportUnknownArgument(name, signature) }
        continue
      }
      if byPlace[number] { report(.givenTwice(name.text), at: name.span) }
      isGiven[number] = true
      checkType(of: argument.value, parameters[number])
    }
    let missing = zip(parameters, isGiven).filter { $0.isRequired && !$1 }.map(\.0.name)
    if !missing.isEmpty { report(.missing(missing, signature), at: span) }
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
  /// The number of the parameter that takes the positional argument of an index.
  fileprivate func parameter(at index: Int) -> Int? {
    guard let parameters else { return nil }
    if let variadic = parameters.firstIndex(where: \.isVariadic), index >= variadic {
      return variadic
    }
    return index < parameters.count ? index : nil
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
