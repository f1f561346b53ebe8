import LeptonData
import LeptonFiles
import LeptonRuntime

extension Library {
  /// Files whose content is a table.
  static var tableFiles: [Builtin] { [csv, csvReport, csvParts, writeCSV, jsonLines] }

  /// What the words that read comma-separated values are told about the file.
  private static let csvOptions = """
    separator = nothing, header = true, missing = nothing, decimal = ".", thousands = nothing, \
    comment = nothing, quotes = true, on_bad = "error", types = {}, columns = nothing, \
    encoding = nothing
    """

  private static var csv: Builtin {
    Builtin(
      "csv(path, \(csvOptions), rows = nothing)",
      "The table in a file of comma-separated values.",
      details: """
        The first line names the columns, unless `header` is `false` or a list of names. Whichever of \
        comma, semicolon, tab and bar stands most often in it separates values, unless `separator` says \
        it. A column holds whole numbers, numbers, truths (`true`, `false`) or texts, whatever fits all \
        its values; whole numbers with leading zeros are texts, because they are codes. \
        `types={zip: "text"}` decides for itself (`"integer"`, `"number"`, `"truth"`, `"text"`).

        An empty value is missing, and so is `NA` unless the column holds texts; `missing=["?", "-"]` \
        names other marks. A row with too few or too many values, or a value that is not of the given \
        type, is an error that says where; `on_bad="skip"` leaves such rows out, `on_bad="null"` makes \
        missing what does not fit. `decimal=","` and `thousands="."` read `1.234,5`; \
        `encoding="windows-1252"` (or `"latin-1"`, `"utf-16"`) reads a text that is not in UTF-8. With `quotes=false` quotes are a part of their value, as in lists of sentences. `columns` chooses some columns, `rows` the first rows. `csv_report` \
        tells what was decided, `csv_parts` goes through a file that is larger than memory. \(aboutReading)
        """
    ) {
      (
        context: Context, path: String, separator: String?, header: Value, missing: [String]?,
        decimal: String, thousands: String?, comment: String?, quotes: Bool, bad: String,
        types: Record, columns: Names?, encoding: String?, rows: Int?
      ) in
      let dialect = try CSV.Dialect(
        separator, header, missing, decimal, thousands, comment, quotes, bad, types, columns, rows)
      let stream = try tableStream(context, path, encoding)
      return TableObject(try CSV.read(stream, dialect).table)
    }
  }

  private static var csvReport: Builtin {
    Builtin(
      "csv_report(path, \(csvOptions), rows = nothing)",
      "What `csv` decides about a file: a row for each column.",
      details: """
        `type` is what the column holds, `missing` how many values are missing, `refused` how many of \
        them because they were not of the given type. Where a column began with numbers or truths and \
        then met a text, `text_line` and `first_text` say where. The report's fields `rows`, `skipped`, \
        `ragged` and `separator` say how many rows were read, were left out, had too few or too many \
        values, and what separated them.
        """
    ) {
      (
        context: Context, path: String, separator: String?, header: Value, missing: [String]?,
        decimal: String, thousands: String?, comment: String?, quotes: Bool, bad: String,
        types: Record, columns: Names?, encoding: String?, rows: Int?
      ) in
      let dialect = try CSV.Dialect(
        separator, header, missing, decimal, thousands, comment, quotes, bad, types, columns, rows)
      let stream = try tableStream(context, path, encoding)
      return try TableObject(CSV.read(stream, dialect).report)
    }
  }

  private static var csvParts: Builtin {
    Builtin(
      "csv_parts(path, f, \(csvOptions), rows = 100_000)",
      "What a function gives for each part of a file of comma-separated values, as a list.",
      details: """
        Each part is a table of `rows` rows, the last one of what is left; only one is in memory. The \
        types of the columns are those of the first part; a later value that does not fit them is an \
        error, unless `types` or `on_bad` say otherwise. A function of two arguments is given the number of the part \
        too, counted from 0: it can write each part to a file of its own, for a `stream`. The other arguments are those of `csv`.
        """
    ) {
      (
        context: Context, path: String, function: Callee, separator: String?, header: Value,
        missing: [String]?, decimal: String, thousands: String?, comment: String?, quotes: Bool,
        bad: String, types: Record, columns: Names?, encoding: String?, rows: Int
      ) -> [Value] in
      let dialect = try CSV.Dialect(
        separator, header, missing, decimal, thousands, comment, quotes, bad, types, columns, nil)
      let parts = try CSVParts(
        tableStream(context, path, encoding), dialect, rowCount: try positive(rows))
      let takesNumber = (function.value.callable as? Closure)?.parameterNames.count == 2
      var results: [Value] = []
      while let part = try parts.next() {
        let (table, number) = (Value.object(TableObject(part)), Value.int(results.count))
        results.append(try function(table, takesNumber ? number : nil, in: context))
      }
      return results
    }
  }

  /// The text of a file, unpacked and in UTF-8.
  private static func tableStream(
    _ context: Context, _ path: String, _ encoding: String?
  ) throws -> any ByteStream {
    try context.files.stream(path).unpacked()
      .inUTF8(from: encoding.map { try TextEncoding.chosen($0, "encoding") })
  }

  private static func positive(_ rows: Int) throws -> Int {
    guard rows > 0 else {
      throw LanguageError("value/range", "a part has at least one row, not \(rows)")
    }
    return rows
  }

  private static var writeCSV: Builtin {
    Builtin(
      "write_csv(path, table, separator = \",\")",
      "Writes a table to a file of comma-separated values.",
      details: "`csv` reads it again. \(aboutPaths)"
    ) { (context: Context, path: String, table: TableObject, separator: String) -> Value in
      let mark = try Unicode.Scalar(mark: separator, "separator")
      try context.files.write(Array(CSV.text(of: table.data, separator: mark).utf8), to: path)
      return .nothing
    }
  }
}

extension Library {
  private static var jsonLines: Builtin {
    Builtin(
      "jsonl(path, columns = nothing)",
      "The table in a file that has a record of JSON on each line.",
      details: """
        There is a column for each name; what a record within a record holds stands in columns like \
        `user.name`. What a line lacks, and `null`, are missing values; a column holds numbers, truths or \
        texts, all of one kind. `columns` chooses some, so that others may hold lists. A file that is one \
        list of records is read too. \
        \(aboutReading)
        """
    ) { (context: Context, path: String, columns: Names?) in
      TableObject(
        try JSONLines.table(context.files.content(of: path), columns: columns?.list, name: path))
    }
  }
}

extension CSV.Dialect {
  /// Makes a dialect of what words are told.
  fileprivate init(
    _ separator: String?, _ header: Value, _ missing: [String]?, _ decimal: String,
    _ thousands: String?, _ comment: String?, _ quotes: Bool, _ bad: String, _ types: Record,
    _ columns: Names?, _ rows: Int?
  ) throws {
    self.init(
      separator: try separator.map { try Unicode.Scalar(mark: $0, "separator") },
      header: try CSV.Header(header), missing: missing.map(Set.init),
      decimal: try Unicode.Scalar(mark: decimal, "mark of decimals"),
      thousands: try thousands.map { try Unicode.Scalar(mark: $0, "mark of thousands") },
      comment: try comment.map { try Unicode.Scalar(mark: $0, "mark of comments") },
      hasQuotes: quotes, badRows: try .chosen(bad, "on_bad"), kinds: try Self.kinds(types),
      columns: columns?.list,
      rowLimit: try rows.map(Self.notNegative))
  }

  private static func kinds(_ types: Record) throws -> [String: CSV.Kind] {
    var kinds: [String: CSV.Kind] = [:]
    for (name, type) in zip(types.names, types.values) {
      kinds[name] = try .chosen(String.bridging(type), name)
    }
    return kinds
  }

  private static func notNegative(_ rows: Int) throws -> Int {
    guard rows >= 0 else { throw LanguageError("value/range", "rows=\(rows) is less than none") }
    return rows
  }
}

extension CSV.Header {
  /// Takes `true`, `false` or a list of names.
  fileprivate init(_ value: Value) throws {
    switch value {
    case .bool(let isThere): self = isThere ? .firstRow : .none
    default: self = .names(try Names.bridging(value).list)
    }
  }
}

extension RawRepresentable where RawValue == String, Self: CaseIterable {
  /// Takes one of a few names.
  fileprivate static func chosen(_ name: String, _ what: String) throws -> Self {
    if let choice = Self(rawValue: name) { return choice }
    let choices = allCases.map { "\"\($0.rawValue)\"" }.joined(separator: ", ")
    throw LanguageError(
      "value/choice", "\(what)=\"\(name)\" is none of the choices", help: ["choose \(choices)"])
  }
}

extension Unicode.Scalar {
  /// Takes a text of one character.
  fileprivate init(mark: String, _ what: String) throws {
    guard let scalar = mark.unicodeScalars.first, mark.unicodeScalars.count == 1 else {
      throw LanguageError("value/range", "the \(what) must be one character, not \"\(mark)\"")
    }
    self = scalar
  }
}

extension TableObject {
  /// What was decided about a file, a row for each column.
  fileprivate convenience init(_ report: CSV.Report) throws {
    let columns = report.columns
    self.init(
      try DataTable([
        .init("column", .texts(Cells(columns.map(\.name)))),
        .init("type", .texts(Cells(columns.map(\.kind.rawValue)))),
        .init("missing", .integers(Cells(columns.map(\.missingCount)))),
        .init("refused", .integers(Cells(columns.map(\.refusedCount)))),
        .init("text_line", .integers(Cells(columns.map { $0.firstText?.line }))),
        .init("first_text", .texts(Cells(columns.map { $0.firstText?.text }))),
      ]),
      totals: [
        "rows": .int(report.rowCount), "skipped": .int(report.skippedCount),
        "ragged": .int(report.raggedCount), "separator": .string(String(report.separator)),
      ])
  }
}
