import LeptonRuntime
import LeptonSession

extension Library {
  /// Words that make tables.
  static var tables: Family { Family("Tables", [table]) }

  private static var table: Builtin {
    Builtin(
      "table(rows)", "A table of records, one for each row, or of one record of columns.",
      details: """
        The columns are named as the fields; a record that lacks a field leaves its place empty. A column \
        of the table is a field of the value: `table([{a: 1}, {a: 2}]).a` is `[1, 2]`.
        """,
      examples: [
        "table([{word: \"one\", length: 3}, {word: \"three\", length: 5}]).length": "[3, 5]",
        "table({x: [1, 2], y: [\"a\", \"b\"]})[1]": "{x: 2, y: \"b\"}",
      ]
    ) { (rows: Value) in
      let records = try self.rows(of: rows)
      var names: [String] = []
      for name in records.flatMap(\.names) where !names.contains(name) { names.append(name) }
      return TableObject(
        Table(
          columns: names.map { .init($0) },
          rows: records.map { record in names.map { Table.Cell(record[$0] ?? .nothing) } }),
        source: "table(\(rows.source))")
    }
  }

  /// One record for each row.
  private static func rows(of value: Value) throws -> [Record] {
    switch value {
    case .list(let rows): try rows.map(Record.bridging)
    case .record(let columns): try rows(of: columns)
    default:
      throw LanguageError(
        "type/argument", "a table is made of a list of records, or of a record of lists",
        help: ["for example table([{a: 1}, {a: 2}]) or table({a: [1, 2]})"])
    }
  }

  private static func rows(of columns: Record) throws -> [Record] {
    let lists = try columns.values.map([Value].bridging)
    let count = lists.first?.count ?? 0
    if let odd = lists.firstIndex(where: { $0.count != count }) {
      throw LanguageError(
        "shape/columns",
        "`\(columns.names[0])` has \(count) rows and `\(columns.names[odd])` has \(lists[odd].count)",
        help: ["give every column as many values"])
    }
    return (0..<count).map { row in
      zip(columns.names, lists).reduce(into: Record()) { $0[$1.0] = $1.1[row] }
    }
  }
}
