import LeptonSyntax
import LeptonTensor

extension Foresight {
  /// A function of the program with what it captures of the functions around it.
  func function(_ function: Function, named name: String, isLayer: Bool = false) -> Known {
    let captured = self.function.map { $0.captured.hidden(by: frames[frames.count - 1].names) }
    return .function(
      KnownFunction(
        name: name, function: function, source: source, captured: captured ?? KnownNames(),
        isLayer: isLayer))
  }

  /// Calls what is known to be called, with what is known of the arguments.
  func call(
    _ callee: Expression, _ arguments: [Expression.Argument], at span: Span
  ) throws -> Known {
    var receiver: Known?
    var target = Known.unknown
    if case .field(let base, let name) = callee.kind {
      let value = try known(base)
      if case .unknown = value {
      } else if let own = try value.value.flatMap({ try field(name.text, of: $0, at: callee.span) })
      {
        target = own
      } else {
        target = known(name.text)
        receiver = value
      }
    } else {
      target = try known(callee)
    }
    let given = try arguments.map { (name: $0.name?.text, known: try known($0.value)) }
    let all = (receiver.map { [(name: nil, known: $0)] } ?? []) + given
    switch target {
    case .function(let function): return try call(function, all, at: span)
    case .value(.function(let word as Word)): return try call(word, all, at: span)
    case .value(.function(let foreseen as ForeseenFunction)):
      return try call(foreseen.function, all, at: span)
    default: return .unknown
    }
  }

  private typealias Given = [(name: String?, known: Known)]

  // MARK: Words

  /// Calls a word that reaches for nothing but its arguments.
  private func call(_ word: Word, _ given: Given, at span: Span) throws -> Known {
    if let rehearsal = word.builtin.rehearsal {
      return try rehearse(rehearsal, of: word, given, at: span)
    }
    let values = given.compactMap { argument in argument.known.value.map { (argument.name, $0) } }
    guard values.count == given.count, word.builtin.foresees(values.map(\.1)) else {
      return .unknown
    }
    let arguments = Arguments(
      values.filter { $0.0 == nil }.map(\.1),
      named: values.compactMap { name, value in name.map { (name: $0, value: value) } })
    let result = try apply(at: span) { try word.call(arguments, in: $0) }
    // What chance or the context had a part in is known by its shape alone.
    switch result {
    case .value(.tensor), .value(.function), .value(.object): return result
    default: return word.builtin.isForeseen ? .unknown : result
    }
  }

  /// Does for a word what its family says that a check does.
  private func rehearse(
    _ rehearsal: Builtin.Rehearsal, of word: Word, _ given: Given, at span: Span
  ) throws -> Known {
    let parameters = (word.signature.parameters ?? []).map(\.name)
    var arguments = KnownArguments()
    for (index, argument) in given.enumerated() {
      guard let name = argument.name ?? (index < parameters.count ? parameters[index] : nil) else {
        return .unknown
      }
      arguments.given.insert(name)
      arguments.values[name] = value(of: argument.known)
    }
    var isKnown = false
    let result = try apply(at: span) { context in
      let value = try rehearsal(arguments, context)
      isKnown = value != nil
      return value ?? .nothing
    }
    return isKnown ? result : .unknown
  }

  // MARK: Functions of the program

  /// What is known as a value, where functions of the program may stand in it too.
  func value(of known: Known) -> Value? {
    if case .function(let function) = known { function.value(in: self) } else { known.value }
  }

  /// What a function gives to the model that calls it.
  ///
  /// - Throws: `Raised` with the place of a mistake that is certain; `Unforeseen` where nothing is known of the
  ///   result.
  func result(of callee: KnownFunction, _ arguments: Arguments) throws -> Value {
    // Where values are tried, they stand for others: nothing is certain that depends on them.
    if arguments.positional.contains(where: \.isTried) { throw Unforeseen() }
    let given: Given =
      arguments.positional.map { (nil, .value($0)) }
      + arguments.named.map { ($0.name, .value($0.value)) }
    do {
      if let value = value(of: try call(callee, given)) { return value }
    } catch let foreseen as Foreseen {
      let found = foreseen.diagnostic
      throw Raised(
        error: LanguageError(found.code, found.message, help: found.help), source: found.source,
        span: found.span, trace: [], notes: found.notes)
    }
    throw Unforeseen()
  }

  private func call(_ callee: KnownFunction, _ given: Given) throws -> Known {
    guard let names = parameters(of: callee, given) else { return .unknown }
    let frame = KnownFrame(source: callee.source, names: names, function: callee)
    return try inFrame(frame) { try result(of: callee) }
  }

  private func call(_ callee: KnownFunction, _ given: Given, at span: Span) throws -> Known {
    // A layer has parameters of its own under its name in the model: nothing is known of it elsewhere.
    if callee.isLayer { return .unknown }
    do {
      return try call(callee, given)
    } catch var foreseen as Foreseen {
      let note = Diagnostic.Note("it is called here", source: source, span: span)
      if foreseen.diagnostic.notes.count < 10 { foreseen.diagnostic.notes.append(note) }
      throw foreseen
    }
  }

  private func result(of callee: KnownFunction) throws -> Known {
    for parameter in callee.function.parameters where assigned(parameter.name.text) == nil {
      let known = try parameter.defaultValue.map { try self.known($0) } ?? .unknown
      assign(parameter.name.text, known)
    }
    for parameter in callee.function.parameters {
      let known = assigned(parameter.name.text) ?? .unknown
      if let shape = parameter.shape { try unify(shape, with: known, parameter.name.text) }
    }
    switch try outcome(of: callee.function.body.statements) {
    case .finished(let known), .returned(let known):
      if let shape = callee.function.result { try unify(shape, with: known, "the result") }
      return known
    case .lost: return .unknown
    }
  }

  /// The parameters that are given; nothing if the call does not fit, which is told elsewhere.
  private func parameters(of callee: KnownFunction, _ given: Given) -> KnownNames? {
    let parameters = callee.function.parameters
    var names = KnownNames()
    var position = 0
    for argument in given {
      guard argument.name != nil || position < parameters.count else { return nil }
      names.set(argument.name ?? parameters[position].name.text, argument.known)
      if argument.name == nil { position += 1 }
    }
    return names
  }

  /// Holds the shape in a heading against that of an argument or the result, and binds the names of
  /// sizes.
  private func unify(_ shape: ShapePattern, with known: Known, _ parameter: String) throws {
    guard case .value(.tensor(let tensor)) = known else {
      for name in shape.names where assigned(name) == nil { assign(name, .unknown) }
      return
    }
    let sizes = tensor.shape.sizes
    var expected = shape.sizes[...]
    var actual = sizes[...]
    if case .any? = expected.first {
      expected.removeFirst()
      actual = sizes.suffix(expected.count)
    }
    guard expected.count == actual.count else { return try mismatch(shape, parameter, sizes) }
    for (size, found) in zip(expected, actual) {
      switch size {
      case .fixed(let size): if size != found { try mismatch(shape, parameter, sizes) }
      case .named(let name):
        if let bound = self.size(name.text), bound != found {
          try mismatch(shape, parameter, sizes)
        }
        assign(name.text, .value(.int(found)))
      case .any: break
      }
    }
  }

  /// The size that a name stands for, if it is known.
  private func size(_ name: String) -> Int? {
    if case .int(let size)? = assigned(name)?.value { size } else { nil }
  }

  private func mismatch(
    _ shape: ShapePattern, _ parameter: String, _ sizes: [Int]
  ) throws {
    let pattern = Prototype.Pattern(
      parameter: parameter, text: source[shape.span], sizes: [])
    var known: [(name: String, size: Int)] = []
    for name in shape.names where !known.contains(where: { $0.name == name }) {
      if let size = size(name) { known.append((name, size)) }
    }
    _ = try apply(at: shape.span) { _ in
      throw LanguageError.shapeMismatch(pattern, sizes, known: known)
    }
  }
}

extension Builtin {
  /// Whether a call can be foreseen: it reaches for nothing but its arguments, gives a tensor or takes
  /// one, and makes no large one.
  fileprivate func foresees(_ arguments: [Value]) -> Bool {
    guard isForeseeable else { return false }
    let size = arguments.reduce(1) {
      $0.multipliedReportingOverflow(by: $1.possibleCount).partialValue
    }
    let isSmall = size > 0 && size <= 1 << 22 && arguments.allSatisfy { $0.largestNumber <= 2000 }
    return arguments.contains(where: \.holdsTensor) || isSmall && (givesTensor || isForeseen)
  }
}

extension Value {
  /// Whether it is a traced tensor that has elements.
  fileprivate var isTried: Bool {
    if case .tensor(let tensor) = self { tensor.trace?.evaluates == true } else { false }
  }

  fileprivate var holdsTensor: Bool {
    switch self {
    case .tensor: true
    case .list(let elements): elements.contains(where: \.holdsTensor)
    default: false
    }
  }

  /// How many elements something could have that is made of this number, or of these.
  fileprivate var possibleCount: Int {
    switch self {
    case .int(let int): max(1, int)
    case .list(let elements) where elements.count <= 8:
      elements.reduce(1) { $0.multipliedReportingOverflow(by: $1.possibleCount).partialValue }
    case .list(let elements): elements.count
    default: 1
    }
  }

  fileprivate var largestNumber: Int {
    switch self {
    case .int(let int): int
    case .float(let float): Int(exactly: float.rounded()) ?? .max
    case .list(let elements): elements.lazy.map(\.largestNumber).max() ?? 0
    default: 0
    }
  }
}
