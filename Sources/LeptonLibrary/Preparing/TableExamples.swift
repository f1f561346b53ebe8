import LeptonData
import LeptonLearning
import LeptonRuntime
import LeptonTensor

/// A table of inputs with its targets: one of its columns, or values beside it.
struct TableExamples {
  private let table: DataTable
  private let targets: Targets

  /// Takes the targets, which are a column of the table if they are its name.
  init(_ table: DataTable, _ targets: TargetsArgument) throws {
    guard case .column(let name) = targets else {
      self.table = table
      self.targets = try targets.values()
      return
    }
    let place = try TableObject(table).position(of: name)
    let column = table.columns[place].values
    let missing = column.doubles.map { $0.count(where: \.isNaN) } ?? column.missingCount
    guard missing == 0 else {
      throw LanguageError(
        "data/gaps", "\(missing) rows have no target, since column \(name.quoted) is empty there",
        help: ["leave them out: drop_missing(table, \(name.quoted))"])
    }
    self.table = table.columns(at: table.columns.indices.filter { $0 != place })
    switch column {
    case .truths: self.targets = .classes(column.texts)
    default: self.targets = try Targets.bridging(column.field)
    }
  }

  /// The examples; where all columns are numbers and none is missing there are inputs at once.
  func dataset(_ classes: [String]?, name: String, _ weights: Tensor?) throws -> Dataset {
    let classes = classes ?? targets.names
    let numbers = try targets.tensor(of: classes)
    let source = "dataset(…)"
    guard table.isMatrix else {
      return try Dataset(
        name: name, source: source, raw: table, count: table.rowCount, targets: numbers,
        classes: classes, features: table.names, weights: weights, targetParts: targets.parts)
    }
    let inputs = try TableObject(table).tensor(type: nil)
    return try Dataset(
      name: name, source: source, inputs: inputs.cast(to: inputs.elementType.asInput),
      targets: numbers, classes: classes, features: table.names, weights: weights,
      targetParts: targets.parts
    ).with(raw: table)
  }
}

extension DataTable {
  /// Whether a network could take the columns as they are.
  var isMatrix: Bool {
    columns.allSatisfy { $0.values.gaps.isEmpty && $0.values.isNumeric }
  }
}

extension ColumnValues {
  /// Whether the values are numbers or truths.
  fileprivate var isNumeric: Bool { if case .texts = self { false } else { true } }
}
