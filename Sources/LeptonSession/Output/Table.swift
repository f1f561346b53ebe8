/// Rows and columns, with numbers in full precision.
public struct Table: Sendable, Hashable {
  /// A line above the table, or nothing.
  public var title: String
  /// The columns.
  public var columns: [Column]
  /// The rows; each has one cell for each column.
  public var rows: [[Cell]]
  /// How many further rows there are that are not carried: they stand in the middle.
  public var hidden: Int

  /// Makes a table.
  public init(title: String = "", columns: [Column], rows: [[Cell]], hidden: Int = 0) {
    self.title = title
    self.columns = columns
    self.rows = rows
    self.hidden = hidden
  }

  /// The table without the columns that tell how long something took.
  ///
  /// What is to be the same in every run leaves them out.
  public var withoutTimings: Table {
    let kept = columns.indices.filter { !columns[$0].isTiming }
    return Table(
      title: title, columns: kept.map { columns[$0] },
      rows: rows.map { row in kept.filter(row.indices.contains).map { row[$0] } }, hidden: hidden)
  }

  /// A column.
  public struct Column: Sendable, Hashable {
    /// Its heading.
    public var name: String
    /// How its numbers are written.
    public var format: NumberFormat
    /// Whether it tells how long something took, and so differs from run to run.
    public var isTiming: Bool

    /// Makes a column.
    public init(_ name: String, _ format: NumberFormat = .general, isTiming: Bool = false) {
      self.name = name
      self.format = format
      self.isTiming = isTiming
    }
  }

  /// A cell.
  public enum Cell: Sendable, Hashable {
    case missing
    case text(String)
    case int(Int)
    case float(Double)
    case bool(Bool)
  }
}

/// How a number is written where it is shown.
public enum NumberFormat: Sendable, Hashable {
  /// Integers whole; others to six significant digits.
  case general
  /// A fixed number of digits behind the point.
  case fixed(digits: Int)
  /// A fraction as a percentage with a fixed number of digits behind the point: 0.985 is `98.50 %`.
  case percent(digits: Int)
  /// Integers with a separator between thousands: `109,386`.
  case grouped
  /// Seconds with three digits, in a unit chosen by their size: 0.0123 is `12.3 ms`.
  case duration
}
