import LeptonData
import LeptonLearning
import LeptonRuntime
import LeptonTensor

extension Dataset {
  /// The rows of the table that the examples are, or the rows of their inputs.
  func rawTable() throws -> (table: DataTable, exampleShape: [Int]?) {
    if let table = raw as? DataTable {
      return (rawRows == Array(0..<table.rowCount) ? table : table.rows(rawRows), nil)
    }
    guard try severalInputs() == nil else {
      throw LanguageError(
        "type/argument",
        "this takes one table or one tensor, and these data have several inputs",
        help: ["steps for several are given by name: prepare_each({a: standardize(), b: tf_idf()})"]
      )
    }
    let names = features.flatMap { $0.count == exampleShape.reduce(1, *) ? $0 : nil }
    return (
      try DataTable(rows: inputs(), names: names), exampleShape.count == 1 ? nil : exampleShape
    )
  }

  /// The inputs as they were brought, where they are several.
  func severalInputs() throws -> RawInputs? {
    if let several = raw as? RawInputs {
      return rawRows == Array(0..<several.count) ? several : try several.rows(rawRows)
    }
    guard let parts = inputParts else { return nil }
    return RawInputs(
      try zip(parts.parts, parts.unpacked(inputs())).map { ($0.name, .tensor($1)) })
  }

  /// The targets as a preparation learns from them; nothing where there are several.
  private func preparationTargets() throws -> PreparationTargets? {
    guard targetParts == nil, targetShape.isEmpty else { return nil }
    return PreparationTargets(
      try targets().elements(as: Double.self), classes: isClassified ? try classNames() : nil)
  }

  /// What a preparation learns from the examples, and the examples prepared.
  func fitting(_ steps: InputSteps) throws -> (InputPreparation, Dataset) {
    let targets = try preparationTargets()
    switch steps {
    case .one(let preparation):
      let (table, shape) = try rawTable()
      var (fitted, result) = try preparation.fitted(to: table, targets: targets)
      fitted.exampleShape = shape
      return (.one(fitted), try prepared(result, by: fitted))
    case .several(let steps):
      let several = try inputs(for: steps.map(\.name))
      var (parts, results): ([NamedPreparation], Record) = ([], Record())
      for (name, part) in several.parts {
        guard let own = steps.first(where: { $0.name == name }) else {
          try part.checkPrepared(name)
          parts.append(NamedPreparation(name, nil))
          results[name] = part.value
          continue
        }
        let (fitted, result) = try part.data.fitting(own.steps, targets: targets)
        parts.append(NamedPreparation(name, fitted))
        results[name] = try fitted.matrix(of: result)
      }
      return (.several(parts), try prepared(results))
    }
  }

  /// The several inputs, among which there must be those of some names.
  private func inputs(for names: [String]) throws -> RawInputs {
    guard let several = try severalInputs() else {
      throw LanguageError(
        "type/argument", "there are steps for several inputs, and these data have one",
        help: ["several inputs are a record: dataset({a: …, b: …}, targets)"])
    }
    if let other = names.first(where: { name in !several.parts.contains { $0.name == name } }) {
      throw LanguageError(
        "data/column", "there is no input `\(other)` to prepare",
        help: ["the inputs are \(several.names)"])
    }
    return several
  }

  /// The examples prepared by what was learned from others.
  func prepared(by preparation: InputPreparation) throws -> Dataset {
    switch preparation {
    case .one(let fitted): return try prepared(fitted.applied(to: rawTable().table), by: fitted)
    case .several(let parts):
      let several = try inputs(for: parts.map(\.name))
      let tensors = try several.parts.reduce(into: Record()) { record, entry in
        let known = parts.first { $0.name == entry.name }?.preparation
        record[entry.name] =
          try known.map { .tensor(try $0.inputs(of: entry.part.data)) } ?? entry.part.value
      }
      return try prepared(tensors)
    }
  }

  private func prepared(_ table: DataTable, by preparation: FittedPreparation) throws -> Dataset {
    try table.checkComplete()
    return try prepared(inputs: table.matrix(.float32, for: preparation), features: table.names)
  }

  private func prepared(_ inputs: Record) throws -> Dataset {
    let packing = try Packing(inputs)
    return try prepared(inputs: packing.packed(inputs), inputParts: packing)
  }
}

extension RawData {
  /// What a preparation learns from the data, and the table that they become where they are trained on.
  func fitting(
    _ steps: Preparation, targets: PreparationTargets? = nil
  ) throws -> (FittedPreparation, DataTable) {
    var (fitted, table) = try steps.fitted(to: table(), targets: targets)
    if case .tensor(let tensor) = self, tensor.shape.rank > 2 {
      fitted.exampleShape = Array(tensor.shape.sizes.dropFirst())
    }
    return (fitted, table)
  }
}

extension ModelObject {
  /// The examples as the layers take them.
  ///
  /// - Throws: `TensorError` with code `data/unprepared` if they need a preparation and the model has none.
  func prepared(_ data: Dataset) throws -> Dataset {
    guard let preparation else {
      try data.checkPrepared()
      return data
    }
    return try data.prepared(by: preparation)
  }
}

extension FittedPreparation {
  /// Raw data as the layers of a model take them.
  func inputs(of data: RawData) throws -> Tensor {
    let table = try applied(to: data.table(for: self))
    try table.checkComplete()
    return try table.matrix(.float32, for: self)
  }

  /// A prepared table as the layers of a model take it.
  fileprivate func matrix(of table: DataTable) throws -> Value {
    try table.checkComplete()
    return .tensor(try table.matrix(.float32, for: self))
  }
}
