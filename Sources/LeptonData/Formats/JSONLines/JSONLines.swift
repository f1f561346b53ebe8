import LeptonFiles

/// A record on each line, written in JSON (jsonlines.org), as a table; or all of them in one list.
///
/// There is a column for each name, in the order of their first places. A name that a line lacks, and `null`, are
/// missing values. What a record within a record holds stands in columns of its own: `user.name`. A column holds
/// numbers, truths or texts. Empty lines and a byte order mark at the start are passed over.
/// What is read comes in blocks, so that a file may be larger than memory; its columns must fit.
public enum JSONLines {
  /// Reads a whole table, and tells what was decided about it.
  ///
  /// - Throws: `data/json` (a line that is no record), `data/cell` (a value that its column cannot hold), `data/size`
  ///   (a line too long), all with the line; `data/column` if no line has a name that was asked for.
  public static func read(
    _ stream: any ByteStream, _ form: Form = Form()
  ) throws(FileError) -> (table: DataTable, report: TableReport) {
    let reading = RowReading(stream, JSONFormat(form))
    try reading.readAll()
    var part = reading.rows ?? JSONPart(form, .lines)
    try part.addColumns(in: stream.name)
    return (try DataTable(part.columns), part.report)
  }

  /// Reads a table from memory.
  ///
  /// - Parameters:
  ///   - columns: the only names that are read, in their order; all if none are named.
  ///   - name: what messages call the file.
  /// - Throws: What ``read(_:_:)`` throws.
  public static func table(
    _ bytes: [UInt8], columns: [String]? = nil, name: String = "JSON lines"
  ) throws(FileError) -> DataTable {
    try read(MemoryStream(bytes, name: name), Form(columns: columns)).table
  }

  /// What is read of a file, and how.
  public struct Form: Sendable, Hashable {
    /// The only columns to read; `nil` for all.
    public var columns: [String]?
    /// The kinds of columns that are known by name; numbers and truths among texts are read as they are written.
    public var kinds: [String: ColumnKind]
    /// What happens to a line that is no record, and to a value that its column cannot hold.
    public var badRows: BadRows
    /// How many rows to read; `nil` for all.
    public var rowLimit: Int?
    /// The columns that were found in rows that were read before, and their kinds; then there are no others.
    var found: [TableReport.Column]?

    /// Makes a form.
    public init(
      columns: [String]? = nil, kinds: [String: ColumnKind] = [:], badRows: BadRows = .error,
      rowLimit: Int? = nil
    ) {
      self.columns = columns
      self.kinds = kinds
      self.badRows = badRows
      self.rowLimit = rowLimit
    }
  }
}

extension TableParts {
  /// Decides on the columns and their kinds, and begins.
  ///
  /// - Parameter rowCount: how many rows a part has.
  /// - Throws: What ``JSONLines/read(_:_:)`` throws.
  public convenience init(
    _ stream: any ByteStream, _ form: JSONLines.Form, rowCount: Int
  ) throws(FileError) {
    var form = form
    form.rowLimit = rowCount
    form.found = try JSONLines.read(stream, form).report.columns
    form.rowLimit = nil
    try stream.rewind()
    self.init(RowReading(stream, JSONFormat(form)), rowCount: rowCount)
  }
}
