import LeptonData
import LeptonFiles
import LeptonRuntime

/// Going through files that are larger than memory.
extension Library {
  /// What the words say that go through a table.
  private static let aboutReports = """
    A third argument is what was decided so far, as the report of the file tells it: with the last part, the \
    counts of all rows that were skipped or ragged.
    """

  /// What every word that goes through a file says.
  private static let aboutParts = """
    A function of two arguments is given the number of the part too, counted from 0: it can write each part \
    to a file of its own, for a `stream`.
    """

  static var csvParts: Builtin {
    Builtin(
      "csv_parts(path, f, \(csvOptions), rows = 100_000)",
      "What a function gives for each part of a file of comma-separated values, as a list.",
      details: """
        Each part is a table of `rows` rows, the last one of what is left; only one is in memory. The \
        types of the columns are those of the first part; a later value that does not fit them is an \
        error, unless `types` or `on_bad` say otherwise. \(aboutParts) \(aboutReports) The other arguments are \
        those of `csv`.
        """
    ) {
      (
        context: Context, path: String, function: Callee, separator: String?, header: Value,
        missing: [String]?, decimal: String, thousands: String?, comment: String?, quotes: Bool,
        bad: String, types: Record, columns: Names?, encoding: String?, rows: Int
      ) -> [Value] in
      let dialect = try CSV.Dialect(
        separator, header, missing, decimal, thousands, comment, quotes, bad, types, columns, nil)
      let parts = try TableParts(
        textStream(context, path, encoding), dialect, rowCount: try partSize(rows, "row"))
      return try goThrough(parts, by: function, in: context)
    }
  }

  static var jsonLinesParts: Builtin {
    Builtin(
      "jsonl_parts(path, f, \(jsonOptions), rows = 100_000)",
      "What a function gives for each part of a file that has a record of JSON on each line, as a list.",
      details: """
        Each part is a table of `rows` rows, the last one of what is left; only one is in memory. The \
        columns and their types are those of the first part; a later value that does not fit them, or a name \
        that is not among them, is an error, unless `types`, `columns` or `on_bad` say otherwise: \
        `types={comment: "text"}` makes a column of what comes late. \(aboutParts) \(aboutReports) The other \
        arguments are those of `jsonl`.
        """
    ) {
      (
        context: Context, path: String, function: Callee, columns: Names?, bad: String,
        types: Record, encoding: String?, rows: Int
      ) -> [Value] in
      let form = try JSONLines.Form(columns, bad, types, nil)
      let parts = try TableParts(
        textStream(context, path, encoding), form, rowCount: try partSize(rows, "row"))
      return try goThrough(parts, by: function, in: context)
    }
  }

  static var textParts: Builtin {
    Builtin(
      "text_parts(path, f, encoding = nothing, lines = 100_000)",
      "What a function gives for each part of a text, as a list.",
      details: """
        Each part is a list of `lines` lines without what ends them, the last one of what is left; only one is \
        in memory. \(aboutParts) `encoding` is that of `csv`. \(aboutReading)
        """
    ) {
      (
        context: Context, path: String, function: Callee, encoding: String?, lines: Int
      ) -> [Value] in
      let text = TextLines(
        try textStream(context, path, encoding), rowCount: try partSize(lines, "line"))
      return try goThrough(by: function, in: context) {
        try text.next().map { .list($0.map(Value.string)) }
      }
    }
  }

  private static func goThrough(
    _ parts: TableParts, by function: Callee, in context: Context
  ) throws -> [Value] {
    try goThrough(
      by: function, in: context, report: { .object(try TableObject(parts.report)) }
    ) { try parts.next().map { .object(TableObject($0)) } }
  }

  /// What a function gives for each part, its number and what is reported of it, as far as it takes them.
  private static func goThrough(
    by function: Callee, in context: Context, report: () throws -> Value? = { nil },
    _ next: () throws -> Value?
  ) throws -> [Value] {
    let wanted = (function.value.callable as? Closure)?.parameterNames.count ?? 1
    var results: [Value] = []
    while let part = try next() {
      let number = wanted > 1 ? Value.int(results.count) : nil
      guard wanted > 2, let number, let report = try report() else {
        results.append(try function(part, number, in: context))
        continue
      }
      results.append(try context.call(function.value, Arguments([part, number, report])))
    }
    return results
  }

  private static func partSize(_ count: Int, _ unit: String) throws -> Int {
    guard count > 0 else {
      throw LanguageError("value/range", "a part has at least one \(unit), not \(count)")
    }
    return count
  }

  /// The text of a file, unpacked and in UTF-8.
  static func textStream(
    _ context: Context, _ path: String, _ encoding: String?
  ) throws -> any ByteStream {
    try context.files.stream(path).unpacked()
      .inUTF8(from: encoding.map { try TextEncoding.chosen($0, "encoding") })
  }
}
