import LeptonData
import LeptonRuntime
import LeptonSession
import LeptonSyntax
import LeptonTensor

/// A table as a value of the language.
final class TableObject: Object, Bridged {
  let data: DataTable
  /// How columns are shown that are not shown plainly, by name.
  let looks: [String: Table.Column]
  /// Numbers that belong to the table as a whole.
  let totals: Record

  init(_ data: DataTable, looks: [String: Table.Column] = [:], totals: Record = Record()) {
    self.data = data
    self.looks = looks
    self.totals = totals
  }

  /// A table of other rows or columns that is shown as this one.
  func with(_ data: DataTable) -> TableObject { TableObject(data, looks: looks) }

  static var typeName: String { "table" }
  var count: Int? { data.rowCount }
  var fieldNames: [String] { totals.names + data.names.map(TableObject.fieldName) }

  func field(_ name: String) throws -> Value? {
    if let total = totals[name] { return total }
    return try place(ofField: name).map { try data.columns[$0].values.field }
  }

  /// Where the column stands that is meant by a name behind a dot.
  private func place(ofField name: String) -> Int? {
    data.place(of: name) ?? data.names.firstIndex { TableObject.fieldName($0) == name }
  }

  func setting(_ name: String, to value: Value) throws -> (any Object)? {
    try setting(column: place(ofField: name).map { data.names[$0] } ?? name, to: value)
  }

  /// The table with a column: one value for each row, or one for all.
  func setting(column name: String, to value: Value) throws -> TableObject {
    let column = try ColumnValues(
      value.isSingle ? .list(Array(repeating: value, count: data.rowCount)) : value, name: name)
    guard column.count == data.rowCount || data.columns.isEmpty else {
      throw LanguageError(
        "shape/columns",
        "column \(name.quoted) has \(column.count) values, and the table has \(data.rowCount) rows")
    }
    return with(try data.setting(DataTable.Column(name, column)))
  }

  /// A row as a record.
  func element(at position: Int) throws -> Value? {
    guard position < data.rowCount else { return nil }
    return .record(row(position, template))
  }

  /// The rows as records, which share their names.
  var rows: [Record] {
    let template = template
    return (0..<data.rowCount).map { row($0, template) }
  }

  private var template: Record {
    data.names.reduce(into: Record()) { $0[$1] = .nothing }
  }

  private func row(_ position: Int, _ template: Record) -> Record {
    template.replacingValues(data.columns.map { $0.values.value(at: position) })
  }

  func outputs(in context: Context) throws -> [Output]? { [.table(output)] }

  func asTensor() throws -> Tensor? { try tensor(type: nil) }

  /// The rows as a matrix: `int64` if all columns are whole, `bool` if all are truths, else `float32`.
  func tensor(type: ElementType?) throws -> Tensor {
    let vectors = try data.columns.map { column in
      guard let vector = try column.values.vector() else {
        throw LanguageError(
          "type/column",
          "column \(column.name.quoted) holds \(column.values.kind) values, not numbers",
          help: ["`select` the numeric columns first"])
      }
      return vector
    }
    guard !vectors.isEmpty else { return try Tensor([Float](), shape: [data.rowCount, 0]) }
    let types = Set(vectors.map(\.elementType))
    let own = types.count == 1 && !types.contains(.float64) ? types.first : nil
    let plain = types.contains(.float64) ? ElementType.float32 : .int64
    let wide = try vectors.map { try $0.cast(to: type ?? own ?? plain) }
    return try Tensor.stacked(wide, axis: 1)
  }

  /// The same columns with the same values.
  func isSame(as other: any Object) -> Bool {
    guard let other = other as? TableObject else { return false }
    return data.names == other.data.names && data.rowCount == other.data.rowCount
      && zip(data.columns, other.data.columns).allSatisfy { $0.values.isSame(as: $1.values) }
  }

  /// A heading as it stands after a dot: `multiply-adds` is `multiply_adds`.
  private static func fieldName(_ heading: String) -> String {
    String(heading.map { $0.isLetter || $0.isNumber ? $0 : "_" })
  }
}

extension TableObject {
  var source: String { "table(\(record.source))" }
  var display: String { "table(\(record.display))" }

  /// The columns as lists under their names.
  var record: Value {
    .record(data.columns.reduce(into: Record()) { $0[$1.name] = .list($1.values.list) })
  }

  /// The position of a column.
  ///
  /// - Throws: `name/column` with the name that may have been meant.
  func position(of name: String) throws -> Int {
    if let position = data.place(of: name) { return position }
    let near = Spelling.nearest(to: name, in: data.names)
    let names = data.names.map(\.quoted).joined(separator: ", ")
    throw LanguageError(
      "name/column", "the table has no column \(name.quoted)",
      help: [
        near.map { "did you mean \($0.quoted)?" }
          ?? (names.isEmpty ? "it has no column at all" : "its columns are \(names)")
      ])
  }

  /// The positions of columns.
  func positions(of names: [String]) throws -> [Int] { try names.map(position) }
}

extension Value {
  /// Whether one value stands for all rows of a column.
  var isSingle: Bool {
    switch self {
    case .nothing, .bool, .int, .float, .string: true
    case .tensor(let tensor): tensor.shape.rank == 0
    default: false
    }
  }
}
