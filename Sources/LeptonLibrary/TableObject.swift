import LeptonRuntime
import LeptonSession

extension Table.Cell {
  /// The cell that shows a plain value.
  init(_ value: Value) {
    switch value {
    case .nothing: self = .missing
    case .bool(let bool): self = .bool(bool)
    case .int(let int): self = .int(int)
    case .float(let float): self = .float(float)
    case .string(let string): self = .text(string)
    default: self = .text(value.display)
    }
  }
}

/// A table that a word gives, as a value of the language.
final class TableObject: Object, Bridged {
  let table: Table
  let source: String
  /// Numbers that belong to the table as a whole.
  let totals: Record

  init(_ table: Table, source: String, totals: Record = Record()) {
    self.table = table
    self.source = source
    self.totals = totals
  }

  static var typeName: String { "table" }
  var count: Int? { table.rows.count }
  var fieldNames: [String] { totals.names + table.columns.map { TableObject.fieldName($0.name) } }

  func field(_ name: String) throws -> Value? {
    if let total = totals[name] { return total }
    guard let column = table.columns.firstIndex(where: { TableObject.fieldName($0.name) == name })
    else { return nil }
    return .list(table.rows.map { Value($0[column]) })
  }

  /// A row as a record.
  func element(at position: Int) throws -> Value? {
    guard table.rows.indices.contains(position) else { return nil }
    return .record(
      zip(table.columns, table.rows[position]).reduce(into: Record()) {
        $0[TableObject.fieldName($1.0.name)] = Value($1.1)
      })
  }

  func outputs(in context: Context) throws -> [Output]? { [.table(table)] }

  /// A heading as it stands after a dot: `multiply-adds` is `multiply_adds`.
  private static func fieldName(_ heading: String) -> String {
    String(heading.map { $0.isLetter || $0.isNumber ? $0 : "_" })
  }
}

extension Value {
  /// The value that a cell shows.
  fileprivate init(_ cell: Table.Cell) {
    switch cell {
    case .missing: self = .nothing
    case .text(let text): self = .string(text)
    case .int(let int): self = .int(int)
    case .float(let float): self = .float(float)
    case .bool(let bool): self = .bool(bool)
    }
  }
}
