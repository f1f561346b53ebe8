import LeptonRuntime

/// By which arguments of a function a derivative is taken: `1`, `"w"`, `[0, "w"]`.
struct ChosenArguments: Bridged {
  /// One argument.
  enum Choice {
    case place(Int)
    case name(String)
  }

  let choices: [Choice]
  /// Whether a list was given, so that the derivative is a list too.
  let isList: Bool

  static var typeDescription: String { "the place or the name of an argument, or a list of these" }

  static func bridging(_ value: Value) throws -> ChosenArguments {
    if case .list(let elements) = value {
      return ChosenArguments(choices: try elements.map(choice), isList: true)
    }
    return ChosenArguments(choices: [try choice(value)], isList: false)
  }

  private static func choice(_ value: Value) throws -> Choice {
    switch value {
    case .int(let place): return .place(place)
    case .string(let name): return .name(name)
    default: throw mismatch(value)
    }
  }

  /// The first argument.
  static let first = ChosenArguments(choices: [.place(0)], isList: false)

  var value: Value {
    let values = choices.map { choice -> Value in
      switch choice {
      case .place(let place): .int(place)
      case .name(let name): .string(name)
      }
    }
    return isList ? .list(values) : values.first ?? .nothing
  }

  /// Whether only the first argument is chosen.
  var isFirst: Bool { value.source == "0" }

  /// What messages call the chosen arguments.
  func names(of function: Value) -> [String] {
    let names = function.callable?.parameterNames ?? []
    return choices.map { choice in
      switch choice {
      case .place(let place): names.indices.contains(place) ? names[place] : "argument \(place)"
      case .name(let name): name
      }
    }
  }

  /// Where the chosen arguments stand in a call.
  ///
  /// - Throws: `LanguageError` with code `call/missing` if one is not given.
  func slots(in arguments: Arguments, of function: Value) throws -> [ArgumentSlot] {
    let names = function.callable?.parameterNames ?? []
    return try choices.map { choice in
      switch choice {
      case .place(let place):
        if arguments.positional.indices.contains(place) { return .positional(place) }
        let name = names.indices.contains(place) ? names[place] : ""
        if let slot = arguments.slot(named: name) { return slot }
        throw LanguageError(
          "call/missing", "the derivative needs the argument at place \(place), counted from 0")
      case .name(let name):
        if let slot = arguments.slot(named: name) { return slot }
        if let place = names.firstIndex(of: name), arguments.positional.indices.contains(place) {
          return .positional(place)
        }
        throw LanguageError("call/missing", "the derivative needs the argument \(name)")
      }
    }
  }
}

/// Where an argument stands in a call.
enum ArgumentSlot {
  case positional(Int)
  case named(Int)
}

extension Arguments {
  fileprivate func slot(named name: String) -> ArgumentSlot? {
    named.firstIndex { $0.name == name }.map(ArgumentSlot.named)
  }

  /// The argument at a place.
  subscript(slot: ArgumentSlot) -> Value {
    get {
      switch slot {
      case .positional(let place): positional[place]
      case .named(let place): named[place].value
      }
    }
    set {
      switch slot {
      case .positional(let place): positional[place] = newValue
      case .named(let place): named[place].value = newValue
      }
    }
  }
}

extension Callable {
  /// The names of the parameters, where they are known.
  fileprivate var parameterNames: [String] {
    switch self {
    case let closure as Closure: closure.parameterNames
    case let word as Word: word.signature.parameters?.map(\.name) ?? []
    default: []
    }
  }
}
