import LeptonData
import LeptonFiles
import LeptonRuntime
import LeptonTensor

extension Library {
  /// Reading files of text and of columns.
  static var files: Family {
    Family("Files", [readText, writeText, readCSV, writeCSV])
  }

  private static let aboutPaths = """
    A path is relative to the notebook's folder. What may be read or written is the caller's to allow: \
    `lepton-run --allow-read=PATH`, `--allow-write=PATH`.
    """

  private static var readText: Builtin {
    Builtin(
      "read_text(path)", "The text of a file in UTF-8.", details: aboutPaths
    ) { (context: Context, path: String) in try context.files.readText(path) }
  }

  private static var writeText: Builtin {
    Builtin(
      "write_text(path, text)", "Writes a text to a file, whole or not at all.", details: aboutPaths
    ) { (context: Context, path: String, text: String) -> Value in
      try context.files.write(Array(text.utf8), to: path)
      return .nothing
    }
  }

  private static var readCSV: Builtin {
    Builtin(
      "read_csv(path, separator = \",\", header = true)",
      "The table in a file of comma-separated values.",
      details: """
        A column holds whole numbers, numbers, truths (`true`, `false`) or texts, whatever fits all its \
        values. An empty value is missing, and so is `NA` unless the column holds texts. With \
        `header=false` the columns are called `column_1`, `column_2`, and so on. \(aboutPaths)
        """
    ) { (context: Context, path: String, separator: String, header: Bool) -> TableObject in
      guard let mark = separator.unicodeScalars.first, separator.unicodeScalars.count == 1 else {
        throw LanguageError("value/range", "the separator must be one character")
      }
      let table = try CSV.table(
        context.files.read(path), header: header ? .firstRow : .none, separator: mark, name: path)
      return TableObject(table)
    }
  }

  private static var writeCSV: Builtin {
    Builtin(
      "write_csv(path, table, separator = \",\")",
      "Writes a table to a file of comma-separated values.",
      details: "`read_csv` reads it again. \(aboutPaths)"
    ) { (context: Context, path: String, table: TableObject, separator: String) -> Value in
      guard let mark = separator.unicodeScalars.first, separator.unicodeScalars.count == 1 else {
        throw LanguageError("value/range", "the separator must be one character")
      }
      try context.files.write(Array(CSV.text(of: table.data, separator: mark).utf8), to: path)
      return .nothing
    }
  }
}
