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
    guard inputParts == nil else {
      throw LanguageError(
        "type/argument",
        "steps prepare one table or one tensor, and these data have several inputs",
        help: ["prepare each before dataset(…): fitted(standardize(), x)(x)"])
    }
    let names = features.flatMap { $0.count == exampleShape.reduce(1, *) ? $0 : nil }
    return (
      try DataTable(rows: inputs(), names: names), exampleShape.count == 1 ? nil : exampleShape
    )
  }

  /// The targets as a preparation learns from them; nothing where there are several.
  private func preparationTargets() throws -> PreparationTargets? {
    guard targetParts == nil, targetShape.isEmpty else { return nil }
    return PreparationTargets(
      try targets().elements(as: Double.self), classes: isClassified ? try classNames() : nil)
  }

  /// What a preparation learns from the examples, and the examples prepared.
  func fitting(_ preparation: Preparation) throws -> (FittedPreparation, Dataset) {
    let (table, shape) = try rawTable()
    let result = try preparation.fitted(to: table, targets: preparationTargets())
    var fitted = result.preparation
    fitted.exampleShape = shape
    return (fitted, try prepared(result.table, by: fitted))
  }

  /// The examples prepared by what was learned from others.
  func prepared(by preparation: FittedPreparation) throws -> Dataset {
    try prepared(preparation.applied(to: rawTable().table), by: preparation)
  }

  private func prepared(_ table: DataTable, by preparation: FittedPreparation) throws -> Dataset {
    try table.checkComplete()
    return try prepared(inputs: table.matrix(.float32, for: preparation), features: table.names)
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
}
