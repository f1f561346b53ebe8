import LeptonData
import LeptonRuntime
import LeptonTensor

extension Library {
  /// Words that put rows and tables together.
  static var tablesTogether: Family {
    Family("Tables: groups and joins", [summarize, joinWith, pivot])
  }

  private static var summarize: Builtin {
    Builtin(
      "summarize(table, by, columns)",
      "A table with one row for each group of rows that agree in some columns.",
      details: """
        `by` names one or more columns. `columns` is a record: under each name a function that is given \
        the rows of a group, as a table, and gives one value. With `by=[]` all rows are one group. \
        `group_by(table, names)` gives the groups themselves.
        """,
      examples: [
        """
        sales = table({fruit: ["fig", "pear", "fig"], kilos: [2, 3, 4]})
        sales.summarize("fruit", {sales: len, kilos: rows -> sum(rows.kilos)})
        """: "fruit | sales | kilos\nfig | 2 | 6\npear | 1 | 3"
      ]
    ) { (context: Context, table: TableObject, by: Names, columns: Record) in
      for function in columns.values where function.callable == nil {
        throw Callee.mismatch(function)
      }
      let (keys, rows) = try table.groups(by: by.list)
      let parts = rows.map { table.with(table.data.rows($0)).value }
      return try zip(columns.names, columns.values).reduce(table.with(keys)) { result, column in
        let values = try parts.map { try context.call(column.1, [$0]) }
        if by.list.contains(column.0) {
          throw LanguageError(
            "value/names", "\(column.0.quoted) is what the rows are grouped by",
            help: ["give the new column another name"])
        }
        return try result.setting(column: column.0, to: .list(values))
      }
    }
  }

  private static var joinWith: Builtin {
    Builtin(
      "join_with(table, other, on = nothing, how = \"inner\")",
      "The rows of two tables side by side that agree in some columns.",
      details: """
        `on` names columns that both have; without it all names that both have count. `how` is \
        `"inner"` (only rows that agree), `"left"` (all rows of the first table) or `"outer"` (all rows \
        of both); what has no partner is missing. A row that agrees with several comes up with each. \
        A missing value agrees with nothing. (`join` joins texts.)
        """,
      examples: [
        """
        people = table({name: ["Ann", "Bo"], city: [1, 2]})
        people.join_with(table({city: [2, 1], town: ["Ulm", "Jena"]}), on="city")
        """: "name | city | town\nAnn | 1 | Jena\nBo | 2 | Ulm"
      ]
    ) { (table: TableObject, other: TableObject, on: Names?, how: String) in
      guard let kind = JoinKind(rawValue: how) else {
        throw LanguageError(
          "value/range", "there is no join \(how.quoted)",
          help: ["`how` is " + JoinKind.allCases.map(\.rawValue.quoted).joined(separator: ", ")])
      }
      return try table.joined(with: other, on: on?.list, kind: kind)
    }
  }

  private static var pivot: Builtin {
    Builtin(
      "pivot(table, rows, columns, values, function = sum)",
      "A table in which the values of one column have become columns.",
      details: """
        There is a row for each value of `rows` (one or more columns) and a column for each value of \
        `columns`; where they meet stands what `function` makes of the `values` of those rows.
        """,
      examples: [
        """
        sales = table({year: [1, 1, 2], fruit: ["fig", "pear", "fig"], kilos: [2, 3, 4]})
        pivot(sales, "year", "fruit", "kilos")
        """: "year | fig | pear\n1 | 2 | 3\n2 | 4 | "
      ]
    ) {
      (
        context: Context, table: TableObject, rows: Names, columns: String, values: String,
        function: Callee
      ) in
      try table.pivoted(rows: rows.list, columns: columns, values: values) {
        try function($0, in: context)
      }
    }
  }
}

extension TableObject {
  /// The join of two tables.
  func joined(with other: TableObject, on names: [String]?, kind: JoinKind) throws -> TableObject {
    let common = names ?? data.names.filter { other.data.place(of: $0) != nil }
    guard !common.isEmpty else {
      throw LanguageError(
        "name/column", "the tables have no column in common",
        help: ["`rename` one of them, so that both name what they are joined on alike"])
    }
    let keys = try common.map { (left: try position(of: $0), right: try other.position(of: $0)) }
    for (name, key) in zip(common, keys) {
      let (one, two) = (data.columns[key.left].values, other.data.columns[key.right].values)
      guard ColumnValues.unified(one, two) != nil else {
        throw LanguageError(
          "type/column",
          "column \(name.quoted) holds \(one.kind) values in one table and \(two.kind) in the other"
        )
      }
    }
    if let twice = other.data.names.first(where: {
      data.place(of: $0) != nil && !common.holds($0)
    }) {
      throw LanguageError(
        "value/names", "both tables have a column \(twice.quoted) that is not joined on",
        help: ["`rename` it in one of them, or leave it out with `without`"])
    }
    return TableObject(
      data.joined(with: other.data, on: keys, kind: kind),
      looks: looks.merging(other.looks) { first, _ in first })
  }

  /// The table in which the values of a column have become columns.
  fileprivate func pivoted(
    rows: [String], columns: String, values: String, by function: (Value) throws -> Value
  ) throws -> TableObject {
    let column = data.columns[try position(of: values)].values
    let (keys, _) = try groups(by: rows)
    let (heads, _) = try groups(by: [columns])
    let cells = Grouping(
      by: try positions(of: rows + [columns]).map { data.columns[$0].values },
      rowCount: data.rowCount)
    let lines = Grouping(
      by: try positions(of: rows).map { data.columns[$0].values }, rowCount: data.rowCount)
    let places = Grouping(
      by: [data.columns[try position(of: columns)].values], rowCount: data.rowCount)
    try checkSize(rows: keys.rowCount, columns: heads.rowCount, of: columns)
    var grid = [[Value]](
      repeating: Array(repeating: .nothing, count: keys.rowCount), count: heads.rowCount)
    for rows in cells.rows where !rows.isEmpty {
      let row = rows[0]
      grid[places.groups[row]][lines.groups[row]] = try function(column.gathered(rows).field)
    }
    let names = heads.columns[0].values.texts
    return try zip(names, grid).reduce(TableObject(keys)) { table, part in
      guard table.data.place(of: part.0) == nil else {
        throw LanguageError("data/columns", "two columns would be called \(part.0.quoted)")
      }
      return try table.setting(column: part.0, to: .list(part.1))
    }
  }

  /// Refuses to make more columns than anybody reads, or a table larger than memory.
  private func checkSize(rows: Int, columns: Int, of name: String) throws {
    guard columns <= TableObject.mostColumns else {
      throw LanguageError(
        "value/range",
        "column \(name.quoted) has \(columns) different values, and \(TableObject.mostColumns) columns can "
          + "be made of them at most",
        help: ["`summarize` makes a row of each"])
    }
    try [Value].checkMemory(count: rows * columns)
  }

  /// More columns are a mistake: numbers taken for names.
  private static let mostColumns = 4096

  /// Tables below each other; all have the same columns.
  static func concatenated(_ tables: [TableObject]) throws -> TableObject {
    guard let first = tables.first else { return TableObject(try DataTable([])) }
    return try tables.dropFirst().reduce(first) { whole, next in
      let positions = try next.positions(of: whole.data.names)
      for name in next.data.names { _ = try whole.position(of: name) }
      let columns = try zip(whole.data.columns, positions).map { column, position in
        let (one, two) = (column.values, next.data.columns[position].values)
        guard let both = one.appending(two) else {
          throw LanguageError(
            "type/column",
            "column \(column.name.quoted) holds \(one.kind) values in one table "
              + "and \(two.kind) in the other")
        }
        return DataTable.Column(column.name, both)
      }
      return whole.with(try DataTable(columns))
    }
  }
}
