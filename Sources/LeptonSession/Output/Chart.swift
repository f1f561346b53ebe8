/// Curves, points or bars over two axes.
public struct Chart: Sendable, Hashable, Codable {
  /// A line above the chart.
  public var title: String
  /// What the horizontal axis shows.
  public var xLabel: String
  /// What the vertical axis shows.
  public var yLabel: String
  /// The data.
  public var series: [Series]

  /// Makes a chart.
  public init(title: String = "", xLabel: String = "", yLabel: String = "", series: [Series]) {
    self.title = title
    self.xLabel = xLabel
    self.yLabel = yLabel
    self.series = series
  }

  /// One set of data.
  public struct Series: Sendable, Hashable, Codable {
    /// What the legend calls it.
    public var name: String
    /// How it is drawn.
    public var mark: Mark
    /// The horizontal positions.
    public var x: [Double]
    /// The vertical positions, one for each horizontal one.
    public var y: [Double]

    /// Makes a set of data.
    public init(name: String, mark: Mark = .line, x: [Double], y: [Double]) {
      self.name = name
      self.mark = mark
      self.x = x
      self.y = y
    }
  }

  /// How data are drawn.
  public enum Mark: String, Sendable, Hashable, Codable {
    case line, point, bar
  }
}
