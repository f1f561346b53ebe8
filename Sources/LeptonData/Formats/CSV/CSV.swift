import LeptonFiles

/// Comma-separated values (RFC 4180), quotes and line breaks in quotes included.
///
/// Lines may end with CR LF or LF; a byte order mark at the start and empty lines are passed over. A first line
/// `sep=;` says what separates values, as Excel has it.
/// What is read comes in blocks, so that a file may be larger than memory; its columns must fit.
public enum CSV {
  /// Reads a whole table, and tells what was decided about it.
  ///
  /// - Throws: `file/text` (no UTF-8), `data/quote`, `data/ragged`, `data/cell`, `data/size` (all with the
  ///   line), `data/columns`, `data/column`, `data/separator`.
  public static func read(
    _ stream: any ByteStream, _ dialect: Dialect = Dialect()
  ) throws(FileError) -> (table: DataTable, report: TableReport) {
    let reading = RowReading(stream, try CSVFormat(dialect))
    try reading.readAll()
    guard var part = reading.rows else {
      return (DataTable([], rowCount: 0), TableReport(separator: dialect.separator))
    }
    try part.resolveFirstTexts { place throws(FileError) in try reading.place(of: place).line }
    let stale = Set(part.staleNames)
    if !stale.isEmpty { try part.replace(stale, with: readAgain(stream, part, dialect, stale)) }
    return (try DataTable(part.columns), part.report)
  }

  /// Reads columns that became texts on the way a second time.
  private static func readAgain(
    _ stream: any ByteStream, _ part: CSVPart, _ dialect: Dialect, _ names: Set<String>
  ) throws(FileError) -> CSVPart? {
    try stream.rewind()
    var dialect = dialect
    dialect.separator = part.report.separator
    // A row may be left out because of a value in a column whose kind was given.
    let needed = names.union(dialect.badRows == .skip ? Set(dialect.kinds.keys) : [])
    dialect.columns = part.names.filter(needed.contains)
    dialect.kinds = dialect.kinds.filter { needed.contains($0.key) }
    let reading = RowReading(stream, try CSVFormat(dialect, texts: names))
    while try reading.readBlock() {}
    return reading.rows
  }

  /// Reads a table from memory.
  ///
  /// - Parameters:
  ///   - separator: what stands between fields: a comma, a semicolon, a tab.
  ///   - name: what messages call the file.
  /// - Throws: What ``read(_:_:)`` throws.
  public static func table(
    _ bytes: [UInt8], header: Header = .firstRow, separator: Unicode.Scalar = ",",
    name: String = "CSV data"
  ) throws(FileError) -> DataTable {
    let dialect = Dialect(separator: separator, header: header)
    return try read(MemoryStream(bytes, name: name), dialect).table
  }

  /// Where the names of the columns come from.
  public enum Header: Sendable, Hashable {
    /// The first row.
    case firstRow
    /// The caller.
    case names([String])
    /// Nowhere: they are `column_1`, `column_2`, ….
    case none
  }
}

extension CSV {
  /// How a file is written, as far as it is known.
  public struct Dialect: Sendable, Hashable {
    /// What stands between fields; `nil` for whichever of `,`, `;`, tab and `|` stands most often in
    /// the first line.
    public var separator: Unicode.Scalar?
    /// Where the names come from.
    public var header: Header
    /// What stands for a missing value in any column; `nil` for `NA`, but not in columns of texts.
    public var missing: Set<String>?
    /// What stands before the decimals.
    public var decimal: Unicode.Scalar
    /// What stands between thousands; nothing if that is nothing.
    public var thousands: Unicode.Scalar?
    /// What begins a line that is passed over.
    public var comment: Unicode.Scalar?
    /// Whether a value may stand in quotes; else they are a part of it like any other character.
    public var hasQuotes: Bool
    /// What happens to what does not fit.
    public var badRows: BadRows
    /// The kinds of columns that are known by name.
    public var kinds: [String: ColumnKind]
    /// The only columns to read; `nil` for all.
    public var columns: [String]?
    /// How many rows to read; `nil` for all.
    public var rowLimit: Int?

    /// Makes a dialect.
    public init(
      separator: Unicode.Scalar? = nil, header: Header = .firstRow, missing: Set<String>? = nil,
      decimal: Unicode.Scalar = ".", thousands: Unicode.Scalar? = nil,
      comment: Unicode.Scalar? = nil, hasQuotes: Bool = true, badRows: BadRows = .error,
      kinds: [String: ColumnKind] = [:], columns: [String]? = nil, rowLimit: Int? = nil
    ) {
      self.separator = separator
      self.header = header
      self.missing = missing
      self.decimal = decimal
      self.thousands = thousands
      self.comment = comment
      self.hasQuotes = hasQuotes
      self.badRows = badRows
      self.kinds = kinds
      self.columns = columns
      self.rowLimit = rowLimit
    }
  }
}

extension TableParts {
  /// Decides on the kinds of the columns, and begins.
  ///
  /// - Parameter rowCount: how many rows a part has.
  /// - Throws: What ``CSV/read(_:_:)`` throws.
  public convenience init(
    _ stream: any ByteStream, _ dialect: CSV.Dialect, rowCount: Int
  ) throws(FileError) {
    var dialect = dialect
    dialect.rowLimit = rowCount
    let report = try CSV.read(stream, dialect).report
    dialect.rowLimit = nil
    dialect.separator = report.separator
    dialect.kinds.merge(report.columns.map { ($0.name, $0.kind) }) { given, _ in given }
    try stream.rewind()
    self.init(RowReading(stream, try CSVFormat(dialect)), rowCount: rowCount)
  }
}
