import LeptonData
import LeptonRuntime
import LeptonTensor

/// What a word for a step is given first: names of columns, none for all that suit, or data to be prepared at once.
enum StepColumns: Bridged {
  case names([String])
  case data(Value)

  static var typeDescription: String { "names of columns, or a table or tensor" }

  static func bridging(_ value: Value) throws -> StepColumns {
    guard case .list(let values) = value, !values.isEmpty else { return .names([]) }
    if let names = try? Names.bridging(value) { return .names(names.list) }
    guard values.count == 1, (try? RawData(values[0])) != nil else {
      throw LanguageError(
        "type/argument",
        "expected \(typeDescription), and this is \(values[0].typeDescription)",
        help: ["a step names columns: standardize(\"age\", \"height\")"])
    }
    return .data(values[0])
  }

  var value: Value {
    switch self {
    case .names(let names): names.value
    case .data(let data): .list([data])
    }
  }

  /// The step; of data what becomes of them.
  ///
  /// - Parameter options: what the step was told besides, with what it would be told anyway.
  func step(
    _ word: String, _ options: [(name: String, value: Value, standard: Value)] = [],
    way: any Preparing
  ) throws -> Value {
    let told = options.filter { $0.value.source != $0.standard.source }
      .map { "\($0.name)=\($0.value.source)" }
    switch self {
    case .names(let names):
      let arguments = names.map { Value.string($0).source } + told
      return StepObject(
        PreparationStep(
          source: "\(word)(\(arguments.joined(separator: ", ")))", way: way,
          columns: names.isEmpty ? nil : names)
      ).value
    case .data(let data):
      let step = PreparationStep(source: word, way: way, columns: nil)
      return try RawData(data).prepared(by: Preparation([.step(step)]))
    }
  }
}

extension RawData {
  /// What becomes of data that a preparation learns from.
  func prepared(by preparation: Preparation) throws -> Value {
    try fitting(preparation).0.applied(to: self)
  }
}
