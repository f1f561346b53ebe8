import LeptonFiles

/// A preparation and the columns that it takes.
public struct PreparationStep: Sendable {
  /// The Lepton that makes it.
  public let source: String
  /// What it does.
  public let way: any Preparing
  /// The names of the columns, or nothing for all that suit.
  public let columns: [String]?

  /// Makes a step.
  public init(source: String, way: any Preparing, columns: [String]?) {
    self.source = source
    self.way = way
    self.columns = columns
  }

  /// The step with what it learns from a table, and what becomes of that table where it is trained on.
  ///
  /// - Throws: `FileError` with code `data/column` if a column is missing, or of the wrong kind.
  public func fitted(
    to table: DataTable, targets: PreparationTargets?
  ) throws(FileError) -> (step: FittedStep, table: DataTable) {
    let names = columns ?? table.columns.filter { way.suits($0.values) }.map(\.name)
    let chosen = try table.columns(named: names)
    let step = FittedStep(
      step: self, columns: names, learned: try way.learned(from: chosen, targets: targets))
    let results = try way.applied(toTraining: chosen, step.learned, targets: targets)
    return (step, try table.replacing(names, by: results))
  }
}

/// A step with what it learned.
public struct FittedStep: Sendable {
  /// The step.
  public let step: PreparationStep
  /// The columns that it takes.
  public let columns: [String]
  /// What it learned from each.
  public let learned: [Learned]

  /// Takes the parts, of which there are as many columns as things learned.
  public init(step: PreparationStep, columns: [String], learned: [Learned]) {
    self.step = step
    self.columns = columns
    self.learned = learned
  }

  /// What becomes of a table, which may have other columns too.
  ///
  /// - Throws: `FileError` with code `data/column` if a column is missing, or of the wrong kind.
  public func applied(to table: DataTable) throws(FileError) -> DataTable {
    let results = try step.way.applied(to: table.columns(named: columns), learned)
    return try table.replacing(columns, by: results)
  }
}

extension DataTable {
  /// The columns of some names, in their order.
  func columns(named names: [String]) throws(FileError) -> [Column] {
    try names.map { (name) throws(FileError) in try column(name) }
  }

  /// The table with other columns, none or several, in the place of each of some.
  fileprivate func replacing(
    _ names: [String], by results: [[Column]]
  ) throws(FileError) -> DataTable {
    let known = Dictionary(zip(names.map(TextKey.init), results)) { _, last in last }
    let columns = columns.flatMap { known[TextKey($0.name)] ?? [$0] }
    return columns.isEmpty ? DataTable([], rowCount: rowCount) : try DataTable(columns)
  }
}
