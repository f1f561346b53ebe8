import LeptonFiles
import LeptonTensor

/// Named columns of equal length.
///
/// A table is stored by columns; copies share them.
public struct DataTable: Sendable, Equatable {
  /// The columns, in order.
  public let columns: [Column]
  /// How many rows there are.
  public let rowCount: Int

  /// Makes a table; its columns must be equally long and have different names.
  ///
  /// - Throws: `FileError` with code `data/columns`.
  public init(_ columns: [Column]) throws(FileError) {
    let count = columns.first?.values.count ?? 0
    var names: Set<TextKey> = []
    for column in columns {
      guard names.insert(TextKey(column.name)).inserted else {
        throw FileError(
          code: "data/columns", message: "two columns are called \(column.name.quoted)",
          help: ["give every column a name of its own"])
      }
      guard column.values.count == count else {
        throw FileError(
          code: "data/columns",
          message: "column \(column.name.quoted) has \(column.values.count) rows, not \(count)")
      }
    }
    self.init(columns, rowCount: count)
  }

  /// Makes a table of columns that are known to fit.
  init(_ columns: [Column], rowCount: Int) {
    self.columns = columns
    self.rowCount = rowCount
  }

  /// A column: its name and its values.
  public struct Column: Sendable, Equatable {
    /// Its name.
    public let name: String
    /// Its values, one for each row.
    public let values: ColumnValues

    /// Makes a column.
    public init(_ name: String, _ values: ColumnValues) {
      self.name = name
      self.values = values
    }
  }
}

extension DataTable {
  /// The names of the columns, in order.
  public var names: [String] { columns.map(\.name) }

  /// Where the column of a name stands.
  public func place(of name: String) -> Int? { columns.firstIndex { $0.name.isSame(as: name) } }

  /// The column of a name.
  ///
  /// - Throws: `FileError` with code `data/column` that lists the names there are.
  public func column(_ name: String) throws(FileError) -> Column {
    guard let place = place(of: name) else {
      throw FileError(
        code: "data/column", message: "there is no column \(name.quoted)",
        help: [
          columns.isEmpty
            ? "there is no column at all"
            : "the columns are " + names.map(\.quoted).joined(separator: ", ")
        ])
    }
    return columns[place]
  }

  /// Numeric columns side by side as a matrix `[rows, columns]`; all columns if none are named.
  ///
  /// - Throws: `FileError` with code `data/column` if one is missing or holds no numbers;
  ///   `TensorError` if memory is short.
  public func tensor(
    _ names: [String]? = nil, type: ElementType = .float32
  ) throws -> Tensor {
    let chosen = try (names ?? self.names).map { name throws in
      guard let doubles = try column(name).values.doubles else {
        throw FileError(
          code: "data/column", message: "column \(name.quoted) does not hold numbers",
          help: ["choose numeric columns, or turn the texts into classes first"])
      }
      return doubles
    }
    let elements = (0..<rowCount).lazy.flatMap { row in chosen.lazy.map { $0[row] } }
    let shape = [rowCount, chosen.count]
    if type == .float32 { return try Tensor(elements.map(Float.init), shape: shape) }
    return try Tensor(Array(elements), shape: shape, type: type)
  }
}

extension DataTable {
  /// The rows at places, in that order; a negative place is a row of which all is missing.
  public func rows(_ places: [Int]) -> DataTable {
    DataTable(
      columns.map { Column($0.name, $0.values.gathered(places)) }, rowCount: places.count)
  }

  /// The rows of a range, which must be there.
  func rows(_ range: Range<Int>) -> DataTable {
    if range == 0..<rowCount { return self }
    return DataTable(
      columns.map { Column($0.name, $0.values.part(range)) }, rowCount: range.count)
  }

  /// The columns at positions, in that order.
  public func columns(at positions: [Int]) -> DataTable {
    DataTable(positions.map { columns[$0] }, rowCount: rowCount)
  }

  /// The table with a column, which takes the place of one of its name.
  ///
  /// - Throws: `FileError` with code `data/columns` if the lengths differ.
  public func setting(_ column: Column) throws(FileError) -> DataTable {
    var columns = columns
    if let place = place(of: column.name) {
      columns[place] = column
    } else {
      columns.append(column)
    }
    return try DataTable(columns)
  }
}
