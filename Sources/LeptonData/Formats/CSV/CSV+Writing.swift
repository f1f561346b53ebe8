extension CSV {
  /// Writes a table as comma-separated values: a line of names, then a line for each row.
  ///
  /// Numbers stand in full precision, a missing value is empty, and texts that need quotes get them. What
  /// `table` reads is the table again, save for empty texts, which it takes for missing.
  public static func text(of table: DataTable, separator: Unicode.Scalar = ",") -> String {
    var text = line(table.names, separator)
    let columns = table.columns.map { Self.texts(of: $0.values, separator) }
    for row in 0..<table.rowCount {
      let line = columns.map { $0[row] }.joined(separator: String(separator))
      // The reader passes over empty lines.
      text += (line.isEmpty ? "\"\"" : line) + "\n"
    }
    return text
  }

  private static func line(_ fields: [String], _ separator: Unicode.Scalar) -> String {
    fields.map { quoted($0, separator) }.joined(separator: String(separator)) + "\n"
  }

  private static func texts(of values: ColumnValues, _ separator: Unicode.Scalar) -> [String] {
    switch values {
    case .numbers(let cells):
      cells.values.map { $0.map { $0.isNaN ? "nan" : "\($0)" } ?? "" }
    case .texts(let cells): cells.values.map { $0.map { quoted($0, separator) } ?? "" }
    default: values.texts
    }
  }

  /// A field in quotes, where it would be read otherwise without them.
  private static func quoted(_ field: String, _ separator: Unicode.Scalar) -> String {
    let needsQuotes =
      field.isEmpty
      || field.unicodeScalars.contains { scalar in
        scalar == separator || scalar == "\"" || scalar == "\n" || scalar == "\r"
      }
    return needsQuotes ? "\"" + field.replacing("\"", with: "\"\"") + "\"" : field
  }
}
