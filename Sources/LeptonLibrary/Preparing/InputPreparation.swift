import LeptonData
import LeptonLearning
import LeptonRuntime
import LeptonTensor

/// What prepares the inputs of a model, before it has learned: steps for its one input, or for each of several.
enum InputSteps {
  case one(Preparation)
  case several([(name: String, steps: Preparation)])

  /// Takes steps, or those for several inputs, which stand alone.
  init(_ value: Value, in context: Context) throws {
    guard case .object(let each as EachInputObject) = value else {
      self = .one(try Preparation(value, in: context))
      return
    }
    self = .several(
      try zip(each.steps.names, each.steps.values).map { ($0, try Preparation($1, in: context)) })
  }
}

/// What prepares the inputs of a model, with what it learned.
enum InputPreparation {
  case one(FittedPreparation)
  /// What prepares each of several inputs, in their order; nothing for one that goes in as it is.
  case several([NamedPreparation])

  /// The Lepton of the steps, as they were decided on.
  var source: String {
    switch self {
    case .one(let preparation): return preparation.source
    case .several(let parts):
      var steps = Record()
      for case let (name, preparation?) in parts.map({ ($0.name, $0.preparation) }) {
        steps[name] = PreparationObject(.one(preparation)).value
      }
      return EachInputObject(steps).source
    }
  }

  /// The preparation as a text; nothing if a function stands in it, which no file may bring.
  var text: String? {
    switch self {
    case .one(let preparation): preparation.text
    case .several(let parts): parts.text
    }
  }

  /// Reads a preparation from a text; `step` makes a step of its Lepton.
  ///
  /// - Throws: `FileError` with code `file/damaged` if it is none; what `step` throws.
  init(parsing text: String, name: String, step: (String) throws -> PreparationStep) throws {
    if let parts = try [NamedPreparation](parsing: text, name: name, step: step) {
      self = .several(parts)
    } else {
      self = .one(try FittedPreparation(parsing: text, name: name, step: step))
    }
  }

  /// Raw data as the layers of a model take them.
  ///
  /// - Throws: `LanguageError` with code `shape/input` if several inputs are prepared, and this is one.
  func inputs(of value: Value) throws -> Tensor {
    switch self {
    case .one(let preparation): return try preparation.inputs(of: RawData(value))
    case .several:
      let record = try prepared(value) { try .tensor($0.inputs(of: $1)) }
      return try Packing(record).packed(record)
    }
  }

  /// What becomes of data: a table or a tensor, or a record of those.
  func applied(to value: Value) throws -> Value {
    switch self {
    case .one(let preparation): try preparation.applied(to: RawData(value))
    case .several: .record(try prepared(value) { try $0.applied(to: $1) })
    }
  }

  /// What becomes of each of several inputs.
  private func prepared(
    _ value: Value, by prepare: (FittedPreparation, RawData) throws -> Value
  ) throws -> Record {
    guard case .several(let parts) = self, case .record(let record) = value else {
      throw LanguageError(
        "shape/input", "several inputs are prepared, and this is \(value.typeDescription)",
        help: ["give a record of them"])
    }
    let given = RawInputs(
      try parts.map { ($0.name, try RawInputs.Part(record.input($0.name), name: $0.name)) })
    return try zip(parts, given.parts).reduce(into: Record()) { prepared, pair in
      let (part, data) = (pair.0, pair.1.part)
      prepared[part.name] = try part.preparation.map { try prepare($0, data.data) } ?? data.value
    }
  }
}

extension FittedPreparation {
  /// What becomes of data: a table, or a tensor in the place of a tensor.
  func applied(to data: RawData) throws -> Value {
    try data.result(of: applied(to: data.table(for: self)), self)
  }
}

extension Record {
  /// The input of a name.
  fileprivate func input(_ name: String) throws -> Value {
    guard let value = self[name] else {
      throw LanguageError("data/column", "`\(name)` is missing among the inputs")
    }
    return value
  }
}

/// Steps for several inputs as a value of the language.
final class EachInputObject: Object, Callable, Bridged {
  let steps: Record

  init(_ steps: Record) { self.steps = steps }

  static var typeName: String { "step" }
  static var typeDescription: String { "steps that prepare several inputs" }
  var name: String { "prepare_each" }
  var source: String { "prepare_each(\(Value.record(steps).source))" }

  /// Steps alone have learned nothing yet.
  func call(_ arguments: Arguments, in context: Context) throws -> Value {
    throw StepObject.unfitted(source)
  }
}
