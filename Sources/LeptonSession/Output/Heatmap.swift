/// A matrix of numbers, shown as colours.
public struct Heatmap: Sendable, Hashable, Codable {
  /// A line above the picture.
  public var title: String
  /// What the columns are.
  public var xLabel: String
  /// What the rows are.
  public var yLabel: String
  /// The names of the rows; empty where they have none.
  public var rowNames: [String]
  /// The names of the columns; empty where they have none.
  public var columnNames: [String]
  /// How many columns there are.
  public var columns: Int
  /// The numbers, row by row.
  public var values: [Double]

  /// Makes a picture of a matrix.
  public init(
    title: String = "", xLabel: String = "", yLabel: String = "", rowNames: [String] = [],
    columnNames: [String] = [], columns: Int, values: [Double]
  ) {
    self.title = title
    self.xLabel = xLabel
    self.yLabel = yLabel
    self.rowNames = rowNames
    self.columnNames = columnNames
    self.columns = columns
    self.values = values
  }

  /// How many rows there are.
  public var rows: Int { columns > 0 ? values.count / columns : 0 }
}
