import LeptonTensor

/// A word of the language: one row of the one table that the checker, the machine, help, completion
/// and the reference read.
///
/// ```swift
/// Builtin("dense(units, activation = identity)", "Makes a fully connected layer.",
///   examples: ["dense(10)": "dense(10)"]
/// ) { (units: Int, activation: Value) in … }
/// ```
///
/// The heading is Lepton: defaults are expressions, and a last parameter written `values...` takes
/// any number of values. The body is a closure over Swift types that are `Bridged`, one for each
/// parameter; a leading `Context` may stand before them. A mistake is thrown as `LanguageError`.
public struct Builtin {
  /// How the word is called: `dense(units, activation = identity)`.
  public let heading: String
  /// One sentence, with a full stop.
  public let summary: String
  /// More, in Markdown; may be empty.
  public let details: String
  /// Examples: what to type, and what it gives; all of them are tests.
  public let examples: [(input: String, output: String)]
  /// What the word does, with one value for each parameter.
  let body: Body
  /// The same over one, two or three values, where the row has as many parameters.
  let direct: Direct?
  /// What the machine may do by itself instead.
  private(set) var shortcut: Shortcut?
  /// The same word where a loop goes through the result.
  private(set) var walked: (() -> Builtin)?
  /// The Swift types of the arguments, where they are known.
  private let types: [any Bridged.Type]
  /// Whether a call has no effect but its result.
  private let isPure: Bool
  /// Whether the result is a tensor.
  private(set) var givesTensor = false
  /// Whether it reaches for nothing but its arguments, so that a check may call it.
  private(set) var isForeseeable = false
  /// Whether it is named as one that a check may call though it asks for the context.
  private(set) var isForeseen = false
  /// Whether it only serves whoever works at the prompt, so that a program may well use its name.
  private(set) var isForPrompt = false
  /// What a check does instead of a call.
  private(set) var rehearsal: Rehearsal?

  /// What a check does instead of a call, with the arguments that are known; what it gives is known,
  /// nothing where nothing is, and a mistake about shapes that it throws is certain.
  public typealias Rehearsal = (KnownArguments, Context) throws -> Value?

  /// What a word does, with one value for each parameter, which it may take out of the array.
  public typealias Body = (inout [Value], Context) throws -> Value

  /// What a word does, without an array; the first value may be changed in place, and what it became
  /// is the result.
  enum Direct {
    case one((inout Value, Context) throws -> Value)
    case two((inout Value, Value, Context) throws -> Value)
    case three((inout Value, Value, Value, Context) throws -> Value)
  }

  /// The same word, of which the machine may take a shortcut.
  public func shortened(by shortcut: Shortcut) -> Builtin {
    var word = self
    word.shortcut = shortcut
    return word
  }

  /// The same word with what a loop calls instead that goes through the result: it gives the elements
  /// one by one, as they are needed.
  public func walked(by other: Builtin) -> Builtin {
    var word = self
    word.walked = { other }
    return word
  }

  /// The word itself.
  public var name: String { String(heading.prefix { $0 != "(" }) }

  /// How the word is called, with the literals that its Swift types take.
  public var signature: Signature {
    var signature = Signature(heading: heading)
    signature.isPure = isPure
    for (index, type) in types.enumerated() where index < signature.parameters?.count ?? 0 {
      guard signature.parameters?[index].isVariadic == false else { continue }
      signature.parameters?[index].accepts = type.literals
      signature.parameters?[index].typeDescription = type.typeDescription
    }
    return signature
  }

  /// Makes a word of a closure over Swift types.
  public init<each Argument: Bridged, Result: Bridged>(
    _ heading: String, _ summary: String, details: String = "",
    examples: KeyValuePairs<String, String> = [:],
    body: @escaping (repeat each Argument) throws -> Result
  ) {
    self.init(heading, summary, details: details, examples: examples) {
      (_: Context, argument: repeat each Argument) in try body(repeat each argument)
    }
    noteContextFree(Result.self)
  }

  /// Makes a word of a closure over the context and Swift types.
  public init<each Argument: Bridged, Result: Bridged>(
    _ heading: String, _ summary: String, details: String = "",
    examples: KeyValuePairs<String, String> = [:],
    body: @escaping (Context, repeat each Argument) throws -> Result
  ) {
    var types: [any Bridged.Type] = []
    repeat types.append((each Argument).self)
    self.init(
      heading, summary, details: details, examples: examples, types: types, isPure: false,
      body: {
        var reader = ArgumentReader(values: $0)
        return try body($1, repeat reader.next((each Argument).self)).value
      })
  }

  /// Makes a word of a closure over one Swift type, which is called without an array.
  public init<Argument: Bridged, Result: Bridged>(
    _ heading: String, _ summary: String, details: String = "",
    examples: KeyValuePairs<String, String> = [:], body: @escaping (Argument) throws -> Result
  ) {
    self.init(
      heading, summary, details: details, examples: examples, types: [Argument.self],
      direct: .one { first, _ in try body(argument(first, 0)).value })
    noteContextFree(Result.self)
  }

  /// Makes a word of a closure over two Swift types, which is called without an array.
  public init<First: Bridged, Second: Bridged, Result: Bridged>(
    _ heading: String, _ summary: String, details: String = "",
    examples: KeyValuePairs<String, String> = [:], body: @escaping (First, Second) throws -> Result
  ) {
    self.init(
      heading, summary, details: details, examples: examples, types: [First.self, Second.self],
      direct: .two { first, second, _ in try body(argument(first, 0), argument(second, 1)).value })
    noteContextFree(Result.self)
  }

  /// Makes a word of a closure over three Swift types, which is called without an array.
  public init<First: Bridged, Second: Bridged, Third: Bridged, Result: Bridged>(
    _ heading: String, _ summary: String, details: String = "",
    examples: KeyValuePairs<String, String> = [:],
    body: @escaping (First, Second, Third) throws -> Result
  ) {
    self.init(
      heading, summary, details: details, examples: examples,
      types: [First.self, Second.self, Third.self],
      direct: .three { first, second, third, _ in
        try body(argument(first, 0), argument(second, 1), argument(third, 2)).value
      })
    noteContextFree(Result.self)
  }

  /// Makes a word of a closure over two values of which it may change the first in place, if nobody
  /// else holds it; its result is the only effect.
  public init(
    _ heading: String, _ summary: String, details: String = "",
    examples: KeyValuePairs<String, String> = [:],
    changing body: @escaping (inout Value, Value) throws -> Value
  ) {
    self.init(
      heading, summary, details: details, examples: examples, types: [], isPure: true,
      direct: .two { first, second, _ in try body(&first, second) })
  }

  private init(
    _ heading: String, _ summary: String, details: String,
    examples: KeyValuePairs<String, String>, types: [any Bridged.Type], isPure: Bool = false,
    direct: Direct
  ) {
    self.init(
      heading, summary, details: details, examples: examples, types: types, isPure: isPure,
      direct: direct, body: direct.overArrays)
  }

  /// Notes that the word reaches for nothing but its arguments, and what it gives.
  private mutating func noteContextFree<Result>(_ result: Result.Type) {
    isForeseeable = true
    givesTensor = result == Tensor.self
  }

  /// Whether the word takes a value as its first; `nil` where it takes any, or that is not known.
  func takes(_ value: Value) -> Bool? {
    guard let type = types.first, type != Value.self else { return nil }
    return (try? type.bridging(value)) != nil
  }

  /// The word as one that a check may call on tensors of which only the shape is known: the context
  /// gives it no more than chance, or other words.
  public var foreseen: Builtin {
    var word = self
    word.isForeseeable = true
    word.isForeseen = true
    return word
  }

  /// The word as one that only serves whoever works at the prompt.
  public var forPrompt: Builtin {
    var word = self
    word.isForPrompt = true
    return word
  }

  /// The word with what a check does instead of a call.
  public func rehearsed(_ rehearsal: @escaping Rehearsal) -> Builtin {
    var word = self
    word.rehearsal = rehearsal
    return word
  }

  private init(
    _ heading: String, _ summary: String, details: String,
    examples: KeyValuePairs<String, String>, types: [any Bridged.Type], isPure: Bool,
    direct: Direct? = nil, body: @escaping Body
  ) {
    self.isPure = isPure
    self.types = types
    self.heading = heading
    self.summary = summary
    self.details = details
    self.examples = examples.map { ($0.key, $0.value) }
    self.direct = direct
    self.body = body
  }
}

extension Builtin.Direct {
  /// The same over an array with as many values.
  fileprivate var overArrays: Builtin.Body {
    func value(_ values: [Value], _ position: Int) -> Value {
      position < values.count ? values[position] : .nothing
    }
    return { values, context in
      if values.isEmpty { values.append(.nothing) }
      return switch self {
      case .one(let body): try body(&values[0], context)
      case .two(let body): try body(&values[0], value(values, 1), context)
      case .three(let body): try body(&values[0], value(values, 1), value(values, 2), context)
      }
    }
  }
}

/// Takes an argument of a word over as a Swift type.
private func argument<Argument: Bridged>(_ value: Value, _ position: Int) throws -> Argument {
  do {
    return try Argument.bridging(value)
  } catch let error as LanguageError {
    throw ArgumentError(position: position, given: ArgumentError.Given(value), error: error)
  }
}

/// Takes the arguments of a word over one by one.
private struct ArgumentReader {
  let values: [Value]
  var position = 0

  /// Takes the next argument over as a Swift type.
  mutating func next<Argument: Bridged>(_ type: Argument.Type) throws -> Argument {
    defer { position += 1 }
    return try argument(position < values.count ? values[position] : .nothing, position)
  }
}

/// A mistake in one argument of a word; the machine adds the parameter's name.
struct ArgumentError: Error {
  /// The position of the parameter.
  let position: Int
  /// What was given, as far as it is easily mended.
  let given: Given
  /// What is wrong with the value.
  let error: LanguageError

  /// What is given where something else is expected.
  enum Given {
    case text(String)
    case word(String, takesArguments: Bool)
    case other

    init(_ value: Value) {
      switch value {
      case .string(let text): self = .text(text)
      case .function(let word as Word):
        self = .word(word.name, takesArguments: word.signature.parameters?.isEmpty == false)
      default: self = .other
      }
    }
  }
}
