import LeptonLearning
import LeptonRuntime
import LeptonTensor

/// Inputs among the arguments of a word: a tensor, those of a data set, or a record of several.
enum InputArgument: Bridged {
  case tensor(Tensor)
  case data(Dataset)
  case record(Record)
  case table(TableObject)

  static var typeDescription: String { "a tensor, a dataset, a table or a record of tensors" }

  static func bridging(_ value: Value) throws -> InputArgument {
    switch value {
    case .object(let object as DatasetObject): return .data(object.dataset)
    case .object(let table as TableObject): return .table(table)
    case .record(let record): return .record(record)
    default: return .tensor(try Tensor.bridging(value))
    }
  }

  var value: Value {
    switch self {
    case .tensor(let tensor): .tensor(tensor)
    case .data(let data): data.value
    case .record(let record): .record(record)
    case .table(let table): table.value
    }
  }

  /// The outputs of a model for the inputs; of a data set a batch at a time is in memory.
  func outputs(of object: ModelObject, saw: ((Sighting) -> Void)?) throws -> Tensor {
    if case .data(let data) = self {
      return try Prediction.run(object.model, on: object.prepared(data), saw: saw)
    }
    return try Prediction.run(object.model, on: tensor(for: object), saw: saw)
  }

  /// The inputs as the layers of a model take them: one tensor; the model prepares what it is to prepare.
  ///
  /// - Throws: `LanguageError` with code `shape/input` if one is given where the other is taken.
  func tensor(for object: ModelObject) throws -> Tensor {
    if case .data(let data) = self { return try object.prepared(data).inputs() }
    if let preparation = object.preparation { return try preparation.inputs(of: value) }
    return try tensor(for: object.model)
  }

  private func tensor(for model: Model) throws -> Tensor {
    let parts = model.layer.inputParts
    switch self {
    case .data(let data): return try data.inputs()
    case .table(let table):
      return try InputArgument.tensor(table.tensor(type: nil)).tensor(for: model)
    case .tensor(let tensor):
      guard let parts else { return tensor }
      throw LanguageError(
        "shape/input",
        "the model takes a record of inputs, \(parts.description), and this is a tensor")
    case .record(let record):
      guard let parts else {
        let names = record.names.filter { if case .tensor? = record[$0] { true } else { false } }
        throw LanguageError(
          "shape/input", "the model takes one tensor, and this is a record",
          help: names.first.map { ["its field `\($0)` is a tensor"] } ?? [])
      }
      return try parts.packed(record)
    }
  }

  /// The inputs as a batch; a single example becomes a batch of one.
  func batch(for object: ModelObject) throws -> Tensor {
    let tensor = try tensor(for: object)
    return tensor.shape.sizes == object.model.exampleShape ? try tensor.expanded(at: 0) : tensor
  }
}

/// Metrics among the arguments of a word: a record of functions of outputs and targets.
struct MetricsArgument: Bridged {
  let record: Record

  static var typeDescription: String { "a record of functions of outputs and targets" }

  static func bridging(_ value: Value) throws -> MetricsArgument {
    if case .nothing = value { return MetricsArgument(record: Record()) }
    guard case .record(let record) = value, record.values.allSatisfy({ $0.callable != nil }) else {
      throw mismatch(value)
    }
    if let taken = record.names.first(where: { reserved.contains($0) }) {
      throw LanguageError(
        "value/name", "a metric cannot be called \(taken), which a history already has")
    }
    return MetricsArgument(record: record)
  }

  private static let reserved: Set<String> = [
    "loss", "accuracy", "rate", "seconds", "epoch", "model",
  ]

  var value: Value { .record(record) }

  /// The metrics.
  func metrics(in context: Context) -> [TrainingMetric] {
    zip(record.names, record.values).map { name, function in
      TrainingMetric(name: name) { outputs, targets in
        try context.recording(outputs) {
          try LayerMaker.tensor(
            context.call(function, [.tensor(outputs), .tensor(targets)]), from: name)
        }
      }
    }
  }
}

/// Weights of classes among the arguments of a word: nothing, numbers in the order of the classes, a record
/// by their names, or `"balanced"`.
struct ClassWeights: Bridged {
  let value: Value

  static var typeDescription: String {
    "a number for each class, as a list or by their names, or \"balanced\""
  }

  static func bridging(_ value: Value) throws -> ClassWeights {
    switch value {
    case .nothing, .list, .record, .tensor: return ClassWeights(value: value)
    case .string(let text) where text == "balanced": return ClassWeights(value: value)
    default: throw mismatch(value)
    }
  }

  /// The weights in the order of the classes; nothing if all count as much.
  func weights(for data: Dataset) throws -> [Double]? {
    switch value {
    case .nothing: return nil
    case .string: return try data.balancedWeights()
    case .record(let record):
      let names = try data.classNames()
      if let other = record.names.first(where: { !names.contains($0) }) {
        throw LanguageError(
          "value/class", "\(other.quoted) is none of the classes",
          help: ["they are " + names.joined(separator: ", ")])
      }
      return try names.map { try record[$0].map(Double.bridging) ?? 1 }
    default: return try Tensor.bridging(value).elements(as: Double.self)
    }
  }
}

/// Examples for validation among the arguments of a word: nothing, a data set, or a share of the data.
enum ValidationArgument: Bridged {
  case none
  case data(Dataset)
  case share(Double)

  static var typeDescription: String { "a dataset, or the share of the data that is held out" }

  static func bridging(_ value: Value) throws -> ValidationArgument {
    switch value {
    case .nothing: return .none
    case .float(let share): return .share(share)
    default: return .data(try Dataset.bridging(value))
    }
  }

  var value: Value {
    switch self {
    case .none: .nothing
    case .data(let data): data.value
    case .share(let share): .float(share)
    }
  }
}
