import LeptonFiles

/// A file larger than memory, as tables of some rows each.
///
/// The columns and their kinds are those of its first part.
public final class TableParts {
  private let source: any RowSource
  private let rowCount: Int
  private var isAtEnd = false
  /// Rows that were read, and how many of them, from the first on, have been given.
  private var waiting = DataTable([], rowCount: 0)
  private var givenCount = 0

  /// Takes what reads the rows.
  ///
  /// - Parameter rowCount: how many rows a part has.
  init(_ source: any RowSource, rowCount: Int) {
    self.source = source
    self.rowCount = max(rowCount, 1)
  }

  /// The next part; `nil` behind the last.
  ///
  /// - Throws: What reads the whole file throws.
  public func next() throws(FileError) -> DataTable? {
    while !isAtEnd, waitingCount + source.rowCount < rowCount {
      isAtEnd = try !source.readBlock()
    }
    if waitingCount < rowCount, source.rowCount > 0 {
      waiting = waiting.rows(givenCount..<waiting.rowCount).appending(try source.take())
      givenCount = 0
    }
    if waitingCount == 0 { return nil }
    let start = givenCount
    givenCount = min(start + rowCount, waiting.rowCount)
    return waiting.rows(start..<givenCount)
  }

  /// What was decided about the rows that have been read so far, of which some may be of the next part.
  public var report: TableReport { source.report }

  private var waitingCount: Int { waiting.rowCount - givenCount }
}

/// What reads rows of a file, some at a time.
protocol RowSource: AnyObject {
  /// How many rows have been read and not been taken.
  var rowCount: Int { get }
  /// Reads the rows that end in the next block; false if there is none.
  func readBlock() throws(FileError) -> Bool
  /// The rows that were read since the last call, as a table.
  func take() throws(FileError) -> DataTable
  /// What was decided about all rows that have been read, those included that have been taken.
  var report: TableReport { get }
}

extension DataTable {
  /// The rows followed by those of a table whose columns are of the same kinds.
  fileprivate func appending(_ other: DataTable) -> DataTable {
    if rowCount == 0 { return other }
    let columns = zip(columns, other.columns).map { one, two in
      Column(one.name, one.values.appending(two.values) ?? one.values)
    }
    return DataTable(columns, rowCount: rowCount + other.rowCount)
  }
}
