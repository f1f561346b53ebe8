import LeptonFiles

/// A file larger than memory, as tables of some rows each.
///
/// The kinds of the columns are those of its first part.
public final class CSVParts {
  private let reading: CSVReading
  private let rowCount: Int
  private var isAtEnd = false
  /// Rows that were read and not given yet.
  private var waiting: DataTable?

  /// Decides on the kinds of the columns, and begins.
  ///
  /// - Parameter rowCount: how many rows a part has.
  /// - Throws: What ``CSV/read(_:_:)`` throws.
  public init(
    _ stream: any ByteStream, _ dialect: CSV.Dialect, rowCount: Int
  ) throws(FileError) {
    var dialect = dialect
    dialect.rowLimit = rowCount
    let report = try CSV.read(stream, dialect).report
    dialect.rowLimit = nil
    dialect.separator = report.separator
    dialect.kinds.merge(report.columns.map { ($0.name, $0.kind) }) { given, _ in given }
    try stream.rewind()
    reading = try CSVReading(stream, dialect)
    self.rowCount = max(rowCount, 1)
  }

  /// The next part; `nil` behind the last.
  ///
  /// - Throws: What ``CSV/read(_:_:)`` throws.
  public func next() throws(FileError) -> DataTable? {
    while !isAtEnd, (waiting?.rowCount ?? 0) + reading.rowCount < rowCount {
      isAtEnd = try !reading.readBlock()
    }
    if reading.rowCount > 0 {
      let rows = try reading.take()
      waiting = waiting?.appending(rows) ?? rows
    }
    guard let table = waiting, table.rowCount > 0 else { return nil }
    let end = min(rowCount, table.rowCount)
    waiting = table.rows(end..<table.rowCount)
    return table.rows(0..<end)
  }
}

extension DataTable {
  /// The rows followed by those of a table with the same columns; `nil` if its columns are of other
  /// kinds.
  fileprivate func appending(_ other: DataTable) -> DataTable? {
    var columns: [Column] = []
    for (one, two) in zip(self.columns, other.columns) {
      guard let values = one.values.appending(two.values) else { return nil }
      columns.append(Column(one.name, values))
    }
    return DataTable(columns, rowCount: rowCount + other.rowCount)
  }
}
