/// What was decided while a table was read.
public struct TableReport: Sendable, Hashable {
  /// What stood between fields, where something did.
  public var separator: Unicode.Scalar?
  /// How many rows the table has.
  public var rowCount = 0
  /// How many rows were left out because something in them did not fit.
  public var skippedCount = 0
  /// How many rows had too few or too many values, or were no record at all, and were read all the same.
  public var raggedCount = 0
  /// The columns, in order.
  public var columns: [Column] = []

  /// Adds what was decided about rows that follow, whose columns are the same.
  mutating func add(_ other: TableReport) {
    separator = separator ?? other.separator
    rowCount += other.rowCount
    skippedCount += other.skippedCount
    raggedCount += other.raggedCount
    columns = other.columns.enumerated().map { index, new in
      guard index < columns.count else { return new }
      var column = new
      column.missingCount += columns[index].missingCount
      column.refusedCount += columns[index].refusedCount
      column.firstText = columns[index].firstText ?? new.firstText
      return column
    }
  }

  /// What was decided about a column.
  public struct Column: Sendable, Hashable {
    /// Its name.
    public var name: String
    /// What its values are.
    public var kind: ColumnKind
    /// How many values are missing.
    public var missingCount: Int
    /// How many values were not of the column's kind, and are missing.
    public var refusedCount: Int
    /// The value that made texts of a column that had begun with something else.
    public var firstText: FirstText?
  }

  /// A text among numbers or truths.
  public struct FirstText: Sendable, Hashable {
    /// Where it stands.
    public var line: Int
    /// What it says.
    public var text: String
  }
}
