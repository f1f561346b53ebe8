import LeptonData
import LeptonLearning
import LeptonRuntime
import LeptonTensor

extension DataTable: RawExamples {}

/// Data before they are prepared: a table, a tensor whose first axis counts rows, or one row as a record.
enum RawData: Bridged {
  case table(TableObject)
  case tensor(Tensor)
  case row(Record)

  static var typeDescription: String { "a table, a tensor or a record of one row" }

  static func bridging(_ value: Value) throws -> RawData { try RawData(value) }

  init(_ value: Value) throws {
    switch value {
    case .object(let table as TableObject): self = .table(table)
    case .record(let row): self = .row(row)
    default:
      guard let tensor = try value.asTensor(), tensor.shape.rank > 0 else {
        throw RawData.mismatch(value)
      }
      self = .tensor(tensor)
    }
  }

  var value: Value {
    switch self {
    case .table(let table): table.value
    case .tensor(let tensor): .tensor(tensor)
    case .row(let row): .record(row)
    }
  }

  /// The data as a table; the columns of a tensor are called by their numbers.
  func table() throws -> DataTable {
    switch self {
    case .table(let table): table.data
    case .tensor(let tensor): try DataTable(rows: tensor)
    case .row(let row): try RawData.table(of: row)
    }
  }

  /// The data as a table with the columns that a preparation learned from.
  ///
  /// - Throws: `LanguageError` with code `shape/input` if a tensor has another number of columns.
  func table(for preparation: FittedPreparation) throws -> DataTable {
    guard case .tensor(var tensor) = self else { return try table() }
    let names = preparation.inputs
    let isExample = tensor.shape.sizes == preparation.exampleShape ?? [names.count]
    if isExample, names.count > 1 { tensor = try tensor.expanded(at: 0) }
    let width = tensor.shape.sizes.dropFirst().reduce(1, *)
    guard width == names.count else {
      throw LanguageError(
        "shape/input",
        "rows of \(names.count) numbers were prepared, and these have \(width)",
        help: [
          "give a table with the columns \(names.prefix(8).map(\.quoted).joined(separator: ", "))"
        ])
    }
    return try DataTable(rows: tensor, names: names)
  }

  /// What a word gives for what became of the data: a table, or a tensor in the place of a tensor.
  func result(of table: DataTable, _ preparation: FittedPreparation) throws -> Value {
    guard case .tensor(let tensor) = self else { return TableObject(table).value }
    let type = tensor.elementType == .float64 ? ElementType.float64 : .float32
    let matrix = try table.matrix(type, for: preparation)
    return .tensor(
      tensor.shape.rank == 1 && matrix.shape.count == tensor.shape.count
        ? try matrix.reshaped(to: tensor.shape.sizes) : matrix)
  }

  private static func table(of row: Record) throws -> DataTable {
    try DataTable(
      zip(row.names, row.values).map { name, value in
        let column = value.isSingle ? Value.list([value]) : value
        return DataTable.Column(name, try ColumnValues(column, name: name))
      })
  }
}

extension DataTable {
  /// The rows of a tensor, each example laid out in one.
  init(rows tensor: Tensor, names: [String]? = nil) throws {
    let count = tensor.shape.sizes.first ?? 0
    let width = tensor.shape.sizes.dropFirst().reduce(1, *)
    let numbers = try tensor.elements(as: Double.self)
    let columns = (0..<width).map { column in
      Column(
        names?[column] ?? "\(column)",
        .numbers(Cells((0..<count).map { numbers[$0 * width + column] })))
    }
    try self.init(columns)
  }

  /// The columns side by side as `[rows, columns]`; in the shape of an example where a preparation knows it.
  ///
  /// - Throws: `LanguageError` with code `data/unprepared` if a column holds texts, `data/gaps` if a value
  ///   is missing.
  func matrix(_ type: ElementType, for preparation: FittedPreparation) throws -> Tensor {
    let vectors = try columns.map { column in
      guard let numbers = column.values.matrixNumbers else {
        throw LanguageError(
          "data/unprepared", "column \(column.name.quoted) still holds texts when it is prepared",
          help: [
            "add a step: one_hot_encode(\(column.name.quoted)), or leave_out(\(column.name.quoted))"
          ])
      }
      return numbers
    }
    var elements = [Double](repeating: 0, count: rowCount * vectors.count)
    for (place, vector) in vectors.enumerated() {
      for row in 0..<rowCount { elements[row * vectors.count + place] = vector[row] }
    }
    var shape = [rowCount, vectors.count]
    if let known = preparation.exampleShape, known.reduce(1, *) == vectors.count {
      shape = [rowCount] + known
    }
    return try Tensor(elements, shape: shape, type: type)
  }

  /// Refuses values that are missing after all.
  func checkComplete() throws {
    for column in columns {
      let gaps = column.values.matrixNumbers?.count { $0.isNaN } ?? 0
      guard gaps > 0 else { continue }
      throw LanguageError(
        "data/gaps",
        "column \(column.name.quoted) still has \(gaps) missing values when it is prepared",
        help: ["fill them with impute(\(column.name.quoted)), or drop_missing(table) first"])
    }
  }
}

extension ColumnValues {
  /// The values as numbers, truths as 0 and 1, `nan` for what is missing; nothing for texts.
  fileprivate var matrixNumbers: [Double]? {
    if case .truths(let cells) = self { return cells.values.map { $0.map { $0 ? 1 : 0 } ?? .nan } }
    return doubles
  }
}
