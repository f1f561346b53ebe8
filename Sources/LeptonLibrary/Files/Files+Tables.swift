import LeptonData
import LeptonRuntime

extension Library {
  /// Files whose content is a table.
  static var tableFiles: [Builtin] {
    [csv, csvReport, csvParts, writeCSV, jsonLines, jsonLinesReport, jsonLinesParts, textParts]
  }

  /// What the words that read comma-separated values are told about the file.
  static let csvOptions = """
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
      let stream = try textStream(context, path, encoding)
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
      let stream = try textStream(context, path, encoding)
      return try TableObject(CSV.read(stream, dialect).report)
    }
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
  /// What the words that read records of JSON are told about the file.
  static let jsonOptions = "columns = nothing, on_bad = \"error\", types = {}, encoding = nothing"

  private static var jsonLines: Builtin {
    Builtin(
      "jsonl(path, \(jsonOptions), rows = nothing)",
      "The table in a file that has a record of JSON on each line.",
      details: """
        There is a column for each name; what a record within a record holds stands in columns like \
        `user.name`. What a line lacks, and `null`, are missing values; a column holds numbers, truths or \
        texts, all of one kind. `columns` chooses some, so that others may hold lists. A file that is one \
        list of records is read too.

        A line that is no record, or a value that its column cannot hold, is an error that says where; \
        `on_bad="skip"` leaves such lines out, `on_bad="null"` makes missing what does not fit. \
        `types={zip: "text"}` decides for itself (`"integer"`, `"number"`, `"truth"`, `"text"`); a column that is \
        said to hold texts takes numbers and truths as they are written. `rows` reads the first rows. \
        `jsonl_report` tells what was decided, `jsonl_parts` goes through a file that is larger than memory. \
        \(aboutReading)
        """
    ) {
      (
        context: Context, path: String, columns: Names?, bad: String, types: Record,
        encoding: String?, rows: Int?
      ) in
      let form = try JSONLines.Form(columns, bad, types, rows)
      return TableObject(try JSONLines.read(textStream(context, path, encoding), form).table)
    }
  }

  private static var jsonLinesReport: Builtin {
    Builtin(
      "jsonl_report(path, \(jsonOptions), rows = nothing)",
      "What `jsonl` decides about a file: a row for each column.",
      details: """
        `type` is what the column holds, `missing` how many values are missing, `refused` how many of \
        them because the column could not hold what stood there. The report's fields `rows`, `skipped` and \
        `ragged` say how many rows were read, were left out, and were no record at all.
        """
    ) {
      (
        context: Context, path: String, columns: Names?, bad: String, types: Record,
        encoding: String?, rows: Int?
      ) in
      let form = try JSONLines.Form(columns, bad, types, rows)
      return try TableObject(JSONLines.read(textStream(context, path, encoding), form).report)
    }
  }
}
