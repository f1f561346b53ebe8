import LeptonData
import LeptonRuntime

/// A step of preparing data as a value of the language: what it will learn, and from which columns.
final class StepObject: Object, Callable, Bridged {
  let stage: Preparation.Stage
  let source: String

  init(_ stage: Preparation.Stage, source: String) {
    self.stage = stage
    self.source = source
  }

  convenience init(_ step: PreparationStep) { self.init(.step(step), source: step.source) }

  static var typeName: String { "step" }
  static var typeDescription: String { "a step that prepares data" }
  var name: String { String(source.prefix { $0 != "(" }) }

  /// A step alone has learned nothing yet.
  func call(_ arguments: Arguments, in context: Context) throws -> Value {
    throw StepObject.unfitted(source)
  }

  /// The mistake of calling steps that have learned nothing.
  static func unfitted(_ source: String) -> LanguageError {
    LanguageError(
      "prepare/unfitted", "\(source) has learned nothing yet that it could do to these data",
      help: [
        "fitted(\(source), data) learns from data; train learns from the training part by itself"
      ])
  }
}

extension Preparation {
  /// Takes a step, a composition of steps and functions, or one that has learned already.
  init(_ value: Value, in context: Context) throws {
    switch value {
    case .function(let composition as Composition):
      self.init(try composition.stages.map { try Preparation.stage($0, in: context) })
    default: self.init([try Preparation.stage(value, in: context)])
    }
  }

  private static let standsAlone = LanguageError(
    "type/argument", "steps for several inputs stand alone in front of the layers",
    help: ["give each input its steps: prepare_each({a: impute() >> standardize(), b: tf_idf()})"])

  private static func stage(_ value: Value, in context: Context) throws -> Stage {
    switch value {
    case .object(let step as StepObject): return step.stage
    case .object(let known as PreparationObject):
      guard case .one(let preparation) = known.preparation else { throw standsAlone }
      return .fitted(preparation)
    case .object(is EachInputObject): throw standsAlone
    default:
      guard value.callable != nil, value.object == nil else {
        throw LanguageError(
          "type/argument",
          "expected steps that prepare data, and this is \(value.typeDescription)",
          help: ["for example impute() >> standardize() >> one_hot_encode()"])
      }
      return .function(source: value.source) { table in
        try TableObject.bridging(context.call(value, [TableObject(table).value])).data
      }
    }
  }
}

/// A model in two parts: what prepares its inputs, and its layers.
struct PreparedModel {
  /// The stages up to the last step, as a value; nothing if no step stands in it.
  let preparation: Value?
  /// The layers; nothing if none follow.
  let network: Value?

  /// Takes a model apart.
  init(_ value: Value) {
    let stages =
      if case .function(let composition as Composition) = value { composition.stages } else {
        [value]
      }
    guard let last = stages.lastIndex(where: \.preparesData) else {
      (preparation, network) = (nil, value)
      return
    }
    preparation = Self.composed(stages[...last])
    network = Self.composed(stages[(last + 1)...])
  }

  private static func composed(_ stages: ArraySlice<Value>) -> Value? {
    switch stages.count {
    case 0: nil
    case 1: stages.first
    default: .function(Composition(Array(stages)))
    }
  }
}

extension Value {
  /// Whether it is a step that prepares data.
  fileprivate var preparesData: Bool {
    object is StepObject || object is PreparationObject || object is EachInputObject
  }
}
