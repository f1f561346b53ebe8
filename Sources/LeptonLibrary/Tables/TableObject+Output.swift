import LeptonData
import LeptonRuntime
import LeptonSession

extension TableObject {
  /// More rows than that are carried by their beginning and their end.
  private static let carried = 1000

  /// The table as it is shown.
  var output: Table {
    let count = data.rowCount
    let half = Self.carried / 2
    let shown =
      count > Self.carried ? Array(0..<half) + Array(count - half..<count) : Array(0..<count)
    let columns = data.columns.map { looks[$0.name] ?? Table.Column($0.name) }
    return Table(
      columns: columns,
      rows: shown.map { row in data.columns.map { Table.Cell($0.values.value(at: row)) } },
      hidden: count - shown.count)
  }

  /// Takes a table that a word shows, with the looks of its columns.
  convenience init(_ table: Table, totals: Record = Record()) throws {
    let columns = try table.columns.indices.map { column in
      let values = table.rows.map { Value($0[column]) }
      let name = table.columns[column].name
      return DataTable.Column(name, try ColumnValues(.list(values), name: name))
    }
    let looks = Dictionary(table.columns.map { ($0.name, $0) }) { first, _ in first }
    self.init(try DataTable(columns), looks: looks, totals: totals)
  }
}

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
