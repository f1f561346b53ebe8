import LeptonData
import LeptonRuntime
import LeptonTensor

extension Library {
  /// Words that make tables, and choose and change their columns.
  static var tables: Family {
    Family(
      "Tables",
      [
        table, column, columns, rows, select, rename, withColumns, describe, counts, isMissing,
        dropMissing, fillMissing,
      ])
  }

  private static var table: Builtin {
    Builtin(
      "table(rows, columns = nothing)",
      "A table: named columns of numbers, truths or texts, all of one length.",
      details: """
        It is made of a list of records, one for each row, or of a record of columns: lists, tensors with \
        one axis, or one value for all rows. Rows that are lists, or a matrix, need `columns`, their \
        names; otherwise `columns` chooses some. `nothing` stands for a missing value.

        `t.price` and `t["price"]` are a column: an `int64`, `float64` or `bool` tensor in which `nan` stands \
        for what is missing, or, for texts, a column that is compared element by element as a tensor \
        is. `t[0]` is a row as a record. `t[0:5]`, `t[[2, 0]]` and `t[t.price > 3]` are tables of some rows, \
        `t[["name", "price"]]` is one of some columns. `t.price = 2 * t.price` and \
        `t[t.price < 0, "price"] = 0` change a copy. `tensor(t)` is the matrix of its numbers.
        """,
      examples: [
        "table([{word: \"one\", size: 3}, {word: \"three\", size: 5}]).size": "tensor([3, 5])",
        "table({x: [1, 2], y: [\"a\", \"b\"]})[1]": "{x: 2, y: \"b\"}",
        "t = table({x: [1, 2, 3], y: [\"a\", \"b\", \"a\"]})\nt[t.y == \"a\"].x": "tensor([1, 3])",
      ]
    ) { (rows: Value, names: Names?) in
      let table = try TableObject(rows: rows, names: names?.list)
      guard let names, table.data.names != names.list else { return table }
      return table.with(table.data.columns(at: try table.positions(of: names.list)))
    }
  }

  private static var column: Builtin {
    Builtin(
      "column(values)", "Values of one type as a column of a table gives them.",
      details: "Texts give a column, which is compared element by element; numbers give a tensor.",
      examples: [
        "column([\"a\", \"b\", \"a\"]) == \"a\"": "tensor([true, false, true])",
        "column([1, 2])": "tensor([1, 2])",
      ]
    ) { (values: Value) -> Value in try ColumnValues(values, name: "values").field }
  }

  private static var columns: Builtin {
    Builtin(
      "columns(table)", "The names of a table's columns.",
      examples: ["columns(table({x: [1], y: [2]}))": "[\"x\", \"y\"]"]
    ) { (table: TableObject) in table.data.names }
  }

  private static var rows: Builtin {
    Builtin(
      "rows(table)", "The rows of a table as a list of records.",
      details: "`table(rows(t))` is the table again.",
      examples: ["rows(table({x: [1, 2]}))": "[{x: 1}, {x: 2}]"]
    ) { (table: TableObject) in table.rows }
  }

  private static var select: Builtin {
    Builtin(
      "select(table, names...)", "The table of some columns, in the order of the names.",
      details: "`without(table, names...)` leaves some out. `t[[\"x\", \"y\"]]` says the same.",
      examples: ["columns(table({x: [1], y: [2], z: [3]}).select(\"z\", \"x\"))": "[\"z\", \"x\"]"]
    ) { (table: TableObject, names: Names) in
      table.with(table.data.columns(at: try table.positions(of: names.list)))
    }
  }

  private static var rename: Builtin {
    Builtin(
      "rename(fields, names)", "The table or the record with other names.",
      details: "`names` is a record: the old names, and what each is to be called.",
      examples: [
        "rename({a: 1, b: 2}, {a: \"x\"})": "{x: 1, b: 2}",
        "columns(rename(table({a: [1], b: [2]}), {b: \"y\"}))": "[\"a\", \"y\"]",
      ]
    ) { (fields: Value, names: Record) -> Value in
      if case .record(let record) = fields { return .record(try record.renamed(names)) }
      let table = try TableObject.bridging(fields)
      for name in names.names { _ = try table.position(of: name) }
      let columns = try table.data.columns.map { column in
        DataTable.Column(
          try names[column.name].map(String.bridging) ?? column.name, column.values)
      }
      return table.with(try DataTable(columns)).value
    }
  }

  private static var withColumns: Builtin {
    Builtin(
      "with_columns(table, columns)", "The table with further or changed columns.",
      details: """
        `columns` is a record. Each value is a column, one value for all rows, or a function that makes \
        a column of the table as it is by then.
        """,
      examples: [
        "table({a: [1, 2], b: [3, 4]}).with_columns({sum: t -> t.a + t.b}).sum": "tensor([4, 6])"
      ]
    ) { (context: Context, table: TableObject, columns: Record) in
      try zip(columns.names, columns.values).reduce(table) { table, column in
        let value =
          column.1.callable == nil ? column.1 : try context.call(column.1, [table.value])
        return try table.setting(column: column.0, to: value)
      }
    }
  }

  private static var describe: Builtin {
    Builtin(
      "describe(table)", "What the columns of a table come to, a line for each.",
      details: """
        Type, how many values there are and how many are missing; for numbers mean, standard deviation \
        (dividing by n), minimum, quartiles and maximum; for texts and truths how many different ones \
        there are, and the most frequent one.
        """,
      examples: [
        "describe(table({x: [1, 2, 3, nothing]})).mean": "float64([2.0])",
        "describe(table({y: [\"a\", \"b\", \"a\"]})).most_frequent": "column([\"a\"])",
      ]
    ) { (table: TableObject) in try table.described }
  }

  private static var counts: Builtin {
    Builtin(
      "counts(values, by = nothing)",
      "How often each value comes up, the most frequent first, as a table.",
      details: "For a table, `by` names one or more of its columns.",
      examples: [
        "counts([\"a\", \"b\", \"b\"])": "value | count\nb | 2\na | 1",
        "counts(table({x: [1, 2, 2], y: [0, 5, 6]}), \"x\")": "x | count\n2 | 2\n1 | 1",
      ]
    ) { (values: Value, by: Names?) -> TableObject in
      if case .object(let table as TableObject) = values {
        return try table.counted(by: by?.list ?? table.data.names)
      }
      let column = try ColumnValues(.list(Elements.bridging(values).list), name: "value")
      return try TableObject(DataTable([.init("value", column)])).counted(by: ["value"])
    }
  }

  private static var isMissing: Builtin {
    Builtin(
      "is_missing(x)", "Whether a value is missing: `nothing` or `nan`.",
      details: "For a list, a column or a tensor the answer is a tensor of truths.",
      examples: [
        "is_missing(nothing)": "true",
        "is_missing(table({x: [1, nothing]}).x)": "tensor([false, true])",
      ]
    ) { (x: Value) -> Value in
      if x.isSingle { return .bool(x.isMissing) }
      if case .tensor(let tensor) = x { return .tensor(try tensor.notEqual(to: tensor)) }
      let truths = try Elements.bridging(x).list.map(\.isMissing)
      return .tensor(try Tensor(truths, shape: [truths.count]))
    }
  }

  private static var dropMissing: Builtin {
    Builtin(
      "drop_missing(table, names...)",
      "The rows in which no value is missing, or none in the named columns.",
      examples: ["len(drop_missing(table({x: [1, nothing], y: [nan, 2.0]}), \"x\"))": "1"]
    ) { (table: TableObject, names: Names) in
      let positions =
        names.list.isEmpty
        ? Array(table.data.columns.indices) : try table.positions(of: names.list)
      let columns = positions.map { table.data.columns[$0].values }
      return table.with(
        table.data.rows(
          (0..<table.data.rowCount).filter { row in
            columns.allSatisfy { !$0.value(at: row).isMissing }
          }))
    }
  }

  private static var fillMissing: Builtin {
    Builtin(
      "fill_missing(table, values)", "The table with something in place of missing values.",
      details: "`values` is a record: for each column what stands in its gaps.",
      examples: [
        "fill_missing(table({x: [1, nothing]}), {x: 0}).x": "tensor([1, 0])"
      ]
    ) { (table: TableObject, values: Record) in
      try zip(values.names, values.values).reduce(table) { table, filling in
        let column = table.data.columns[try table.position(of: filling.0)].values
        return try table.setting(
          column: filling.0, to: .list(column.list.map { $0.isMissing ? filling.1 : $0 }))
      }
    }
  }
}

extension Value {
  /// Whether it stands for a value that is missing.
  fileprivate var isMissing: Bool {
    switch self {
    case .nothing: true
    case .float(let float): float.isNaN
    case .tensor(let tensor) where tensor.shape.rank == 0: (try? tensor.item().isNaN) ?? false
    default: false
    }
  }
}
