import LeptonData
import LeptonLearning
import LeptonRuntime
import LeptonSyntax
import LeptonTensor

/// Reads the text of a model that stands in a file, without running anything but layers.
///
/// A model file describes its model as Lepton prints it: `flatten() >> dense(128, relu)`. The text
/// is parsed, never evaluated: what is taken are chains of `>>`, activations by name, names of layers that
/// stand in the model more than once, and calls of the words for layers with plain numbers, texts,
/// lists, activations, initialisers and layers as arguments. Words for layers are also those of the library
/// that are written in Lepton and do nothing but make a layer. Everything
/// else (functions, other words, operators, indices) is refused. None of those words opens a
/// file, calls a function of the program or takes longer than an instant.
struct LayerReader {
  private let context: Context
  let name: String
  /// The layers that the text has given names.
  private var shared: [String: Value] = [:]

  /// Makes a reader of a file.
  init(context: Context, name: String) {
    self.context = context
    self.name = name
  }

  /// The words that a file may call.
  private static var constructors: [String: Builtin] {
    let families = [
      Library.layers, Library.normalizations, Library.convolutions, Library.poolings,
      Library.initializers, Library.preparing,
    ]
    let words = families.flatMap(\.words).filter {
      $0.heading.contains("(") && !["parameter", "state", "is_training"].contains($0.name)
    }
    return Dictionary(words.map { ($0.name, $0) }) { first, _ in first }
  }

  /// Reads the text of a model.
  ///
  /// - Throws: `LanguageError` with code `model/file` if it is anything but layers.
  mutating func architecture(_ text: String) throws -> Value {
    let parsed = Parser.parse(Source(name: name, text: text))
    guard parsed.diagnostics.isEmpty, case .expression(let formula)? = parsed.statements.last?.kind
    else { throw refusal("its description is not one formula of layers") }
    for statement in parsed.statements.dropLast() {
      guard case .assignment(let target, let layer) = statement.kind, target.path.isEmpty else {
        throw refusal("its description is not one formula of layers")
      }
      shared[target.name.text] = try value(of: layer)
    }
    return try value(of: formula)
  }

  private func value(of expression: Expression) throws -> Value {
    switch expression.kind {
    case .nothing: .nothing
    case .int(let int): .int(int)
    case .float(let float): .float(float)
    case .bool(let bool): .bool(bool)
    case .string(let string): .string(string)
    case .list(let elements): .list(try elements.map(value))
    case .parenthesized(let inner): try value(of: inner)
    case .unary(.negate, let operand): try negated(value(of: operand))
    case .binary(.compose, let first, let next):
      .function(Composition([try value(of: first), try value(of: next)]))
    case .name(let name): try named(name)
    case .call(let callee, let arguments): try call(callee, arguments)
    default: throw refusal("its description holds more than layers")
    }
  }

  /// Reads the text of a step that prepares inputs.
  ///
  /// - Throws: `LanguageError` with code `model/file` if it is anything else.
  mutating func step(_ text: String) throws -> PreparationStep {
    guard case .object(let object as StepObject) = try architecture(text),
      case .step(let step) = object.stage
    else { throw refusal("it prepares its inputs by something that is no step") }
    return step
  }

  private func negated(_ value: Value) throws -> Value {
    switch value {
    case .int(let int): .int(0 &- int)
    case .float(let float): .float(-float)
    default: throw refusal("its description negates what is no number")
    }
  }

  /// A shared layer, an activation or an initialiser.
  private func named(_ name: String) throws -> Value {
    if let layer = shared[name] { return layer }
    if let known = Initializer.named.first(where: { $0.name == name }) {
      return known.initializer.value
    }
    let isActivation =
      Activation.named.contains { $0.source == name }
      || context.library.module(defining: name) == "activations"
    guard isActivation, let word = try context.word(name) else {
      throw refusal("its description names \(name), which is no layer")
    }
    return word
  }

  private func call(_ callee: Expression, _ arguments: [Expression.Argument]) throws -> Value {
    guard case .name(let name) = callee.kind,
      LayerReader.constructors[name] != nil || context.library.makesLayer(name),
      let word = try context.word(name)
    else { throw refusal("its description calls something that is no layer") }
    let taken = try arguments.map { (name: $0.name?.text, value: try value(of: $0.value)) }
    return try context.call(
      word,
      Arguments(
        taken.filter { $0.name == nil }.map(\.value),
        named: taken.compactMap { argument in argument.name.map { ($0, argument.value) } }))
  }

  private func refusal(_ reason: String) -> LanguageError { LayerReader.refusal(name, reason) }

  /// The error of a file that holds anything else.
  static func refusal(_ name: String, _ reason: String) -> LanguageError {
    LanguageError(
      "model/file", "\(name) is no model that can be loaded by itself: \(reason)",
      help: ["give the model whose parameters it holds: load(file, model)"])
  }
}
