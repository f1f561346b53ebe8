import LeptonFiles

/// Comma-separated values (RFC 4180), quotes and line breaks in quotes included.
///
/// Lines may end with CR LF or LF; a byte order mark at the start and empty lines are passed over.
/// A column whose fields are all whole numbers, or all numbers, is numeric, one of `true` and `false`
/// holds truths; empty fields and `NA` are missing there. All other columns are texts, of which empty
/// ones are missing.
public enum CSV {
  /// Where the names of the columns come from.
  public enum Header: Sendable, Hashable {
    /// The first row.
    case firstRow
    /// The caller.
    case names([String])
    /// Nowhere: they are `column_1`, `column_2`, ….
    case none
  }

  /// Reads a whole file.
  ///
  /// - Parameters:
  ///   - separator: what stands between fields: a comma, a semicolon, a tab.
  ///   - name: what messages call the file.
  /// - Throws: `file/text` (no UTF-8), `data/quote`, `data/ragged` (both with the line),
  ///   `data/columns`.
  public static func table(
    _ bytes: [UInt8], header: Header = .firstRow, separator: Unicode.Scalar = ",",
    name: String = "CSV data"
  ) throws(FileError) -> DataTable {
    guard let separator = UInt8(exactly: separator.value), separator < 0x80 else {
      throw FileError(code: "data/separator", message: "the separator must be one ASCII character")
    }
    var rows = try rows(bytes, separator: separator, name: name)
    let names: [String]
    switch header {
    case .names(let given): names = given
    case .none: names = (0..<(rows.first?.fields.count ?? 0)).map { "column_\($0 + 1)" }
    case .firstRow: names = rows.isEmpty ? [] : rows.removeFirst().fields
    }
    try check(rows, against: names.count, name: name)
    return try DataTable(
      names.enumerated().map { index, name in
        DataTable.Column(name, values(of: rows.map { $0.fields[index] }))
      })
  }

  /// A row, and the line on which it begins.
  struct Row {
    var line: Int
    var fields: [String]
  }

  static func rows(
    _ bytes: [UInt8], separator: UInt8, name: String
  ) throws(FileError) -> [Row] {
    try bytes.withUnsafeBufferPointer { (buffer) throws(FileError) -> [Row] in
      var scanner = CSVScanner(buffer, separator: separator, name: name)
      return try scanner.rows()
    }
  }

  private static func check(_ rows: [Row], against count: Int, name: String) throws(FileError) {
    guard let ragged = rows.first(where: { $0.fields.count != count }) else { return }
    throw FileError(
      code: "data/ragged",
      message:
        "line \(ragged.line) of \(name.quoted) has \(ragged.fields.count) values, not \(count)",
      help: ["every row needs as many values as there are columns; a comma in a value needs quotes"]
    )
  }

  /// Chooses the narrowest kind that holds all the fields of a column.
  private static func values(of fields: [String]) -> ColumnValues {
    if let cells = cells(of: fields, integer) { return .integers(cells) }
    if let cells = cells(of: fields, number) { return .numbers(cells) }
    if let cells = cells(of: fields, truth) { return .truths(cells) }
    return .texts(Cells(fields.map { $0.isEmpty ? nil : $0 }))
  }

  /// The fields as values of a kind; `nil` if one is of another, or none has a value.
  private static func cells<Element: CellElement>(
    of fields: [String], _ read: (String) -> Element?
  ) -> Cells<Element>? {
    var values: [Element?] = []
    values.reserveCapacity(fields.count)
    for field in fields {
      if field.isEmpty || field == "NA" {
        values.append(nil)
      } else if let value = read(field) {
        values.append(value)
      } else {
        return nil
      }
    }
    let isVoid = !values.isEmpty && values.allSatisfy { $0 == nil }
    return isVoid && Element.self == Int.self ? nil : Cells(values)
  }

  private static func integer(_ field: String) -> Int? { Int(field) }

  private static func truth(_ field: String) -> Bool? {
    switch field {
    case "true", "True", "TRUE": true
    case "false", "False", "FALSE": false
    default: nil
    }
  }

  /// The number that a field stands for; nil if it is a text.
  private static func number(_ field: String) -> Double? {
    if field == "nan" || field == "NaN" { return .nan }
    // `Double` also reads `0x1p3` and `infinity`, which are texts in a table.
    let isDecimal = field.utf8.allSatisfy { byte in
      (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || "+-.eE".utf8.contains(byte)
    }
    return isDecimal ? Double(field) : nil
  }
}

/// Cuts bytes into rows of fields.
private struct CSVScanner {
  private let bytes: UnsafeBufferPointer<UInt8>
  private let separator: UInt8
  private let name: String
  private var position = 0
  private var line = 1

  init(_ bytes: UnsafeBufferPointer<UInt8>, separator: UInt8, name: String) {
    self.bytes = bytes
    self.separator = separator
    self.name = name
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { position = 3 }
  }

  mutating func rows() throws(FileError) -> [CSV.Row] {
    var rows: [CSV.Row] = []
    while position < bytes.count {
      if skipLineEnd() { continue }
      rows.append(try row())
    }
    return rows
  }

  private mutating func row() throws(FileError) -> CSV.Row {
    var row = CSV.Row(line: line, fields: [])
    while true {
      row.fields.append(try next == UInt8(ascii: "\"") ? quotedField() : plainField())
      if next == separator {
        position += 1
      } else if next == nil || skipLineEnd() {
        return row
      } else {
        throw failure("text stands behind the closing quote of a value", line: line)
      }
    }
  }

  private var next: UInt8? { position < bytes.count ? bytes[position] : nil }

  private mutating func skipLineEnd() -> Bool {
    if next == 0x0D, position + 1 < bytes.count, bytes[position + 1] == 0x0A { position += 1 }
    guard next == 0x0A else { return false }
    position += 1
    line += 1
    return true
  }

  private mutating func plainField() throws(FileError) -> String {
    let start = position
    while let byte = next, byte != separator, byte != 0x0A { position += 1 }
    var end = position
    if next != separator, end > start, bytes[end - 1] == 0x0D { end -= 1 }
    return try text(bytes[start..<end])
  }

  private mutating func quotedField() throws(FileError) -> String {
    let start = line
    var field: [UInt8] = []
    position += 1
    while let byte = next {
      position += 1
      if byte == UInt8(ascii: "\"") {
        if next != UInt8(ascii: "\"") { return try text(field) }
        position += 1
      }
      if byte == 0x0A { line += 1 }
      field.append(byte)
    }
    throw failure("a quote is never closed", line: start)
  }

  private func text(_ bytes: some Collection<UInt8>) throws(FileError) -> String {
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw FileError(
        code: "file/text", message: "line \(line) of \(name.quoted) is not text in UTF-8",
        help: ["save it as UTF-8"])
    }
    return text
  }

  private func failure(_ message: String, line: Int) -> FileError {
    FileError(code: "data/quote", message: "line \(line) of \(name.quoted): \(message)")
  }
}
