import LeptonSyntax

/// A word as a value that can be called.
public final class Word: Callable {
  /// The row of the table.
  public let builtin: Builtin
  /// What the machine may do by itself instead of calling it.
  let shortcut: Shortcut?
  /// What a loop calls instead that goes through the result.
  let walked: Word?
  /// Whether it adds an element to a list.
  let appends: Bool
  /// Whether it makes a range of ints.
  let isRange: Bool
  private let direct: Builtin.Direct?
  /// How it is called, as its heading writes it; read when it is first asked for.
  public private(set) lazy var signature = builtin.signature
  /// The defaults that have been evaluated so far.
  private lazy var defaults: [Value?] = Array(repeating: nil, count: parameters.count)
  /// Whether every call with as many values as there are parameters can be handed over as it is.
  private lazy var isPlain =
    !signature.isOpen && !(signature.parameters?.contains(where: \.isVariadic) ?? false)

  /// With how many values the row's body over single values can be called.
  private lazy var directCounts: ClosedRange<Int>? = {
    let required = parameters.count { $0.defaultValue == nil }
    guard isPlain, direct != nil, !parameters.isEmpty else { return nil }
    return max(required, 1)...parameters.count
  }()

  /// Makes a value of a row.
  public init(_ builtin: Builtin) {
    self.builtin = builtin
    shortcut = builtin.shortcut
    walked = builtin.walked.map { Word($0()) }
    appends = if case .append? = builtin.shortcut { true } else { false }
    isRange = if case .range? = builtin.shortcut { true } else { false }
    direct = builtin.direct
  }

  /// The word itself.
  public var name: String { builtin.name }
  /// The word itself.
  public var source: String { builtin.name }

  /// The parameters.
  private var parameters: [Signature.Parameter] { signature.parameters ?? [] }

  /// Calls the word.
  public func call(_ arguments: Arguments, in context: Context) throws -> Value {
    var values = try bound(arguments, in: context)
    return try perform(&values, in: context)
  }

  /// Calls the word with values by position, which it may take.
  func call(_ values: inout [Value], in context: Context) throws -> Value {
    if isPlain, values.count == parameters.count { return try perform(&values, in: context) }
    var bound = try bound(Arguments(values), in: context)
    return try perform(&bound, in: context)
  }

  /// Calls the word without arrays; `nil`, with nothing taken, where its row has no body for that.
  func callDirectly(
    count: Int, in context: Context, taking argument: (Int) -> Value
  ) throws -> Value? {
    guard let directCounts, directCounts.contains(count) else { return nil }
    var first = argument(0)
    return try callDirectly(&first, count: count, in: context, taking: argument)
  }

  /// The same where the first value is there already, to be changed in place.
  func callDirectly(
    _ first: inout Value, count: Int, in context: Context, taking argument: (Int) -> Value
  ) throws -> Value? {
    guard let directCounts, directCounts.contains(count), let direct else {
      return nil
    }
    do {
      switch direct {
      case .one(let body): return try body(&first, context)
      case .two(let body):
        let second = try count > 1 ? argument(1) : defaultValue(1, in: context)
        return try body(&first, second, context)
      case .three(let body):
        let second = try count > 1 ? argument(1) : defaultValue(1, in: context)
        let third = try count > 2 ? argument(2) : defaultValue(2, in: context)
        return try body(&first, second, third, context)
      }
    } catch let error as ArgumentError {
      throw named(error, in: context)
    }
  }

  private func perform(_ values: inout [Value], in context: Context) throws -> Value {
    do {
      return try builtin.body(&values, context)
    } catch let error as ArgumentError {
      throw named(error, in: context)
    }
  }

  /// A mistake in an argument under the name of its parameter, with help where it is easily guessed.
  private func named(_ error: ArgumentError, in context: Context) -> LanguageError {
    let position = error.position
    let parameter = parameters.indices.contains(position) ? parameters[position].name : ""
    var mistake = LanguageError.argument(name, parameter, error.error)
    mistake.argument = LanguageError.Argument(word: name, parameter: parameter, position: position)
    guard mistake.code == "type/argument" else { return mistake }
    switch error.given {
    case .text(let text) where context.library.knows(text):
      mistake.help = ["a word stands without quotes: \(text)"]
    case .word(let word, takesArguments: true):
      mistake.help.append("`\(word)` makes one when it is called: \(word)(…)")
    case .word(let word, takesArguments: false): mistake.help.append("call it: \(word)()")
    case .text, .other: break
    }
    return mistake
  }

  /// One value for each parameter; arguments of further names become a record behind them.
  private func bound(_ arguments: Arguments, in context: Context) throws -> [Value] {
    var slots = try positional(arguments.positional)
    var others = Record()
    for (argument, value) in arguments.named {
      guard let index = parameters.firstIndex(where: { $0.name == argument }) else {
        guard signature.isOpen else {
          throw LanguageError.unknownArgument(name, argument, parameters.map(\.name))
        }
        others[argument] = value
        continue
      }
      guard slots[index] == nil else { throw LanguageError.argumentTwice(name, argument) }
      slots[index] = value
    }
    var values = try slots.enumerated().map { index, value in
      try value ?? defaultValue(index, in: context)
    }
    if signature.isOpen { values.append(.record(others)) }
    return values
  }

  /// The values by position; a variadic parameter takes what is left, and those behind it are only
  /// given by name.
  private func positional(_ values: [Value]) throws -> [Value?] {
    guard let variadic = parameters.firstIndex(where: \.isVariadic) else {
      guard values.count <= parameters.count else {
        throw LanguageError.tooManyArguments(name, parameters.count, values.count)
      }
      return parameters.indices.map { $0 < values.count ? values[$0] : nil }
    }
    return parameters.indices.map { index in
      if index == variadic { return .list(Array(values.dropFirst(index))) }
      return index < variadic && index < values.count ? values[index] : nil
    }
  }

  private func defaultValue(_ index: Int, in context: Context) throws -> Value {
    if let value = defaults[index] { return value }
    guard let expression = parameters[index].defaultValue else {
      throw LanguageError.missingArgument(
        name, parameters[index].name, heading: "it is called as \(builtin.heading)")
    }
    let value = try context.interpreter.value(ofDefault: expression, of: builtin.heading)
    defaults[index] = value
    return value
  }
}
