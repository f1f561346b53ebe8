import LeptonSession

/// A point of a chart.
struct ChartPoint: Hashable {
  var x: Double
  var y: Double
}

extension Chart {
  /// The points of a series that can be drawn, cut where one cannot: where a loss became `nan`, its
  /// curve ends.
  func runs(of series: Series) -> [[ChartPoint]] {
    var runs: [[ChartPoint]] = [[]]
    for (x, y) in zip(series.x, series.y) {
      if xScale.shows(x) && yScale.shows(y) {
        runs[runs.count - 1].append(ChartPoint(x: x, y: y))
      } else if runs.last?.isEmpty == false {
        runs.append([])
      }
    }
    return runs.filter { !$0.isEmpty }
  }

  /// All points that can be drawn.
  var points: [ChartPoint] { series.flatMap { runs(of: $0).joined() } }
}

extension Chart.Scale {
  /// Whether a number has a place on an axis that is divided so.
  fileprivate func shows(_ number: Double) -> Bool {
    number.isFinite && (self == .linear || number > 0)
  }
}

extension Chart.Mark {
  /// Whether it stands on the horizontal axis.
  var isBar: Bool { self == .bar || self == .bin }
}

/// The two scales of a chart.
struct ChartAxes {
  let x: AxisScale
  let y: AxisScale
  /// How far apart bars stand, in numbers of the horizontal axis.
  let barSpacing: Double

  /// Finds scales that hold all data of a chart.
  init(_ chart: Chart, xTicks: Int, yTicks: Int) {
    let points = chart.points
    let bars = chart.series.filter(\.mark.isBar).flatMap { chart.runs(of: $0).joined() }
    let spacing = ChartAxes.spacing(of: bars.map(\.x))
    let edges = bars.flatMap { [$0.x - spacing / 2, $0.x + spacing / 2] }
    barSpacing = spacing
    x = ChartAxes.horizontal(chart, points.map(\.x) + edges, ticks: xTicks)
    y =
      chart.yScale == .log
      ? AxisScale(logarithmOf: points.map(\.y) + ChartAxes.foot(of: bars), count: yTicks)
      : AxisScale(
        of: points.map(\.y) + (bars.isEmpty ? [] : [0]), count: yTicks, reachesTicks: true)
  }

  private static func horizontal(_ chart: Chart, _ places: [Double], ticks: Int) -> AxisScale {
    let hasPoints = chart.series.contains { $0.mark == .point }
    guard chart.xNames.isEmpty else {
      return AxisScale(names: chart.xNames, of: places, padding: hasPoints ? 0.03 : 0)
    }
    if chart.xScale == .log { return AxisScale(logarithmOf: places, count: ticks) }
    let isWhole = chart.points.allSatisfy { $0.x == $0.x.rounded() && abs($0.x) < 1e9 }
    return AxisScale(
      of: places, count: isWhole ? ticks + 2 : ticks, isWhole: isWhole,
      padding: hasPoints ? 0.03 : 0)
  }

  /// What is lower than the lowest bar, which else would have no height.
  private static func foot(of bars: [ChartPoint]) -> [Double] {
    bars.map(\.y).min().map { [$0 / 2] } ?? []
  }

  private static func spacing(of places: [Double]) -> Double {
    let sorted = Set(places).sorted()
    let gaps = zip(sorted.dropFirst(), sorted).map { $0 - $1 }.filter { $0.isFinite && $0 > 0 }
    return gaps.min() ?? 1
  }
}
