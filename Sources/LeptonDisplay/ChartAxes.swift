import LeptonSession

/// A point of a chart.
struct ChartPoint: Hashable {
  var x: Double
  var y: Double
}

extension Chart.Series {
  /// The points that can be drawn, cut where one cannot: where a loss became `nan`, its curve ends.
  var runs: [[ChartPoint]] {
    var runs: [[ChartPoint]] = [[]]
    for (x, y) in zip(x, y) {
      if x.isFinite && y.isFinite {
        runs[runs.count - 1].append(ChartPoint(x: x, y: y))
      } else if runs.last?.isEmpty == false {
        runs.append([])
      }
    }
    return runs.filter { !$0.isEmpty }
  }
}

/// The two scales of a chart.
struct ChartAxes {
  let x: AxisScale
  let y: AxisScale
  /// How far apart bars stand, in numbers of the horizontal axis.
  let barSpacing: Double

  /// Finds scales that hold all data of a chart.
  init(_ chart: Chart, xTicks: Int, yTicks: Int) {
    let points = chart.series.flatMap { $0.runs.joined() }
    let bars = chart.series.filter { $0.mark == .bar }.flatMap { $0.runs.joined() }
    let spacing = ChartAxes.spacing(of: bars.map(\.x))
    let edges = bars.flatMap { [$0.x - spacing / 2, $0.x + spacing / 2] }
    let isWhole = points.allSatisfy { $0.x == $0.x.rounded() && abs($0.x) < 1e9 }
    barSpacing = spacing
    let hasPoints = chart.series.contains { $0.mark == .point }
    x = AxisScale(
      of: points.map(\.x) + edges, count: isWhole ? xTicks + 2 : xTicks, isWhole: isWhole,
      padding: hasPoints ? 0.03 : 0)
    y = AxisScale(
      of: points.map(\.y) + (bars.isEmpty ? [] : [0]), count: yTicks, reachesTicks: true)
  }

  private static func spacing(of places: [Double]) -> Double {
    let sorted = Set(places).sorted()
    let gaps = zip(sorted.dropFirst(), sorted).map { $0 - $1 }.filter { $0.isFinite && $0 > 0 }
    return gaps.min() ?? 1
  }
}
