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
  /// The Swift types of the arguments, where they are known.
  private let types: [any Bridged.Type]
  /// Whether a call has no effect but its result.
  private let isPure: Bool

  /// What a word does, with one value for each parameter, which it may take out of the array.
  public typealias Body = (inout [Value], Context) throws -> Value

  /// The word itself.
  public var name: String { String(heading.prefix { $0 != "(" }) }

  /// How the word is called, with the literals that its Swift types take.
  public var signature: Signature {
    var signature = Signature(heading: heading)
    signature.isPure = isPure
    for (index, type) in types.enumerated() where index < signature.parameters?.count ?? 0 {
      guard signature.parameters?[index].isVariadic == false else { continue }
      signature.parameters?[index].accepts = LiteralTypes(takenAs: type)
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

  /// Makes a word of a closure that may take its arguments out of the array, so that a value that
  /// nobody else holds can be changed in place; what it became is the result and the only effect.
  public init(
    _ heading: String, _ summary: String, details: String = "",
    examples: KeyValuePairs<String, String> = [:], taking body: @escaping Body
  ) {
    self.init(
      heading, summary, details: details, examples: examples, types: [], isPure: true,
      body: body)
  }

  private init(
    _ heading: String, _ summary: String, details: String,
    examples: KeyValuePairs<String, String>, types: [any Bridged.Type], isPure: Bool,
    body: @escaping Body
  ) {
    self.isPure = isPure
    self.types = types
    self.heading = heading
    self.summary = summary
    self.details = details
    self.examples = examples.map { ($0.key, $0.value) }
    self.body = body
  }
}

/// Takes the arguments of a word over one by one.
private struct ArgumentReader {
  let values: [Value]
  var position = 0

  /// Takes the next argument over as a Swift type.
  mutating func next<Argument: Bridged>(_ type: Argument.Type) throws -> Argument {
    defer { position += 1 }
    do {
      return try Argument.bridging(position < values.count ? values[position] : .nothing)
    } catch let error as LanguageError {
      throw ArgumentError(position: position, error: error)
    }
  }
}

/// A mistake in one argument of a word; the machine adds the parameter's name.
struct ArgumentError: Error {
  /// The position of the parameter.
  let position: Int
  /// What is wrong with the value.
  let error: LanguageError
}
