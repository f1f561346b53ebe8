/// Curves, points or bars over two axes.
public struct Chart: Sendable, Hashable, Codable {
  /// A line above the chart.
  public var title: String
  /// What the horizontal axis shows.
  public var xLabel: String
  /// What the vertical axis shows.
  public var yLabel: String
  /// How the horizontal axis is divided.
  public var xScale: Scale
  /// How the vertical axis is divided.
  public var yScale: Scale
  /// What stands at 0, 1, 2, … of the horizontal axis instead of numbers; empty for numbers.
  public var xNames: [String]
  /// The data.
  public var series: [Series]

  /// Makes a chart.
  public init(
    title: String = "", xLabel: String = "", yLabel: String = "", xScale: Scale = .linear,
    yScale: Scale = .linear, xNames: [String] = [], series: [Series]
  ) {
    self.title = title
    self.xLabel = xLabel
    self.yLabel = yLabel
    self.xScale = xScale
    self.yScale = yScale
    self.xNames = xNames
    self.series = series
  }

  /// How an axis is divided.
  public enum Scale: String, Sendable, Hashable, Codable, CaseIterable {
    /// Equal differences are equally far apart.
    case linear
    /// Equal ratios are equally far apart; what is not positive cannot be shown.
    case log
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
    /// Bars that touch, each from half way to the one before to half way to the next.
    case bin
  }
}
