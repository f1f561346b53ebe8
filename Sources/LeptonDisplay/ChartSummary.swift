import LeptonSession

/// Says in a sentence what a chart shows, for readers who do not see it.
enum ChartSummary {
  /// More series than that are only counted.
  private static let mostSeries = 6

  /// Names the title, each series with where it begins and ends, and the range of the axis.
  ///
  /// `Learning curve: loss from 0.35 to 0.04, accuracy from 0.9 to 0.98; epoch from 1 to 10.`
  static func sentence(about chart: Chart) -> String {
    let named = chart.series.prefix(mostSeries).map { describe($0, of: chart) }
    let rest = chart.series.count - named.count
    let more = rest > 0 ? ["\(rest) more series"] : []
    let data = named.isEmpty ? "no data" : (named + more).joined(separator: ", ")
    let title = chart.title.isEmpty ? "Chart" : chart.title
    return "\(title): \(data)\(range(of: chart))."
  }

  private static func describe(_ series: Chart.Series, of chart: Chart) -> String {
    let name = [series.name, chart.yLabel].first { !$0.isEmpty } ?? "values"
    let numbers = chart.runs(of: series).joined().map(\.y)
    guard let first = numbers.first, let last = numbers.last, let low = numbers.min(),
      let high = numbers.max()
    else { return "\(name) without data" }
    return series.mark == .line
      ? "\(name) from \(text(first)) to \(text(last))"
      : "\(name) between \(text(low)) and \(text(high))"
  }

  private static func range(of chart: Chart) -> String {
    guard chart.xNames.isEmpty else {
      let names = chart.xNames.prefix(mostSeries).joined(separator: ", ")
      return "; for \(names)\(chart.xNames.count > mostSeries ? ", …" : "")"
    }
    let numbers = chart.points.map(\.x)
    guard let low = numbers.min(), let high = numbers.max(), !chart.xLabel.isEmpty else {
      return ""
    }
    return "; \(chart.xLabel) from \(text(low)) to \(text(high))"
  }

  private static func text(_ number: Double) -> String { NumberText.general(number, digits: 4) }
}
