import LeptonSession
import LeptonSyntax

/// Draws charts as SVG.
///
/// From top to bottom: the title; a legend, where there is more than one series; the label of the
/// vertical axis, set horizontally so that it can be read; the field with its grid; the horizontal
/// axis with its label.
public enum ChartSVG {
  /// Draws a chart.
  public static func picture(of chart: Chart) -> Picture {
    let alternative = ChartSummary.sentence(about: chart)
    var drawing = ChartDrawing(chart, alternative: alternative)
    drawing.draw()
    return Picture(svg: drawing.svg.file, alternative: alternative)
  }
}

/// A chart that is being drawn.
private struct ChartDrawing {
  private static let width = 640.0
  private static let fieldHeight = 260.0
  private static let margin = 16.0
  /// More marks than that are not drawn one by one on a line.
  private static let mostDots = 24
  /// More points than that are thinned out.
  private static let mostPoints = 4000
  /// How many characters of a slanting name are shown.
  private static let slantingLabel = 20

  let chart: Chart
  let axes: ChartAxes
  let legend: [[(series: Int, x: Double, name: String)]]
  let left: Double
  let right: Double
  let top: Double
  let bottom: Double
  /// How much lower the names below the field reach than a line of text; 0 where they stand upright.
  let slant: Double
  var svg: SVGText

  init(_ chart: Chart, alternative: String) {
    self.chart = chart
    axes = ChartAxes(chart, xTicks: 8, yTicks: 5)
    legend = ChartDrawing.legendRows(of: chart)
    let labelWidth = axes.y.labels.map { displayWidth(of: $0) }.max() ?? 0
    left = ChartDrawing.margin + Double(labelWidth) * 7 + 8
    right = ChartDrawing.width - ChartDrawing.margin - 8
    let titleHeight = chart.title.isEmpty ? 0.0 : 24
    let labelHeight = chart.yLabel.isEmpty ? 0.0 : 24
    top = ChartDrawing.margin + titleHeight + Double(legend.count) * 20 + labelHeight + 6
    bottom = top + ChartDrawing.fieldHeight
    slant = ChartDrawing.slant(of: chart.xNames, width: right - left)
    let height = bottom + slant + 24 + (chart.xLabel.isEmpty ? 4 : 22) + 6
    svg = SVGText(
      width: ChartDrawing.width, height: height,
      title: chart.title.isEmpty ? "Chart" : chart.title, description: alternative)
  }

  mutating func draw() {
    drawHeadings()
    drawAxes()
    let bars = chart.series.indices.filter { chart.series[$0].mark.isBar }
    for (place, index) in bars.enumerated() { drawBars(index, place: place, of: bars.count) }
    for index in chart.series.indices {
      switch chart.series[index].mark {
      case .line: drawLine(index)
      case .point: drawPoints(index)
      case .bar, .bin: continue
      }
    }
  }

  private mutating func drawHeadings() {
    var y = ChartDrawing.margin
    if !chart.title.isEmpty {
      let title = Layout.shortened(Escaping.visible(chart.title), to: 80)
      svg.add("text", [("class", "title"), ("x", 16), ("y", .number(y + 13))], text: title)
      y += 24
    }
    for row in legend {
      for entry in row { drawLegend(entry, y: y) }
      y += 20
    }
    if !chart.yLabel.isEmpty {
      svg.add("text", [("x", 16), ("y", .number(top - 16))], text: chart.yLabel)
    }
  }

  private mutating func drawLegend(_ entry: (series: Int, x: Double, name: String), y: Double) {
    let colour = entry.series % SVGText.series.count
    let middle = y + 8
    switch chart.series[entry.series].mark {
    case .line:
      svg.add(
        "path",
        [
          ("class", .string("line s\(colour)")),
          ("d", .string(path([(entry.x, middle), (entry.x + 18, middle)]))),
        ]
      )
    case .point:
      svg.add(
        "circle",
        [
          ("class", .string("f\(colour)")), ("cx", .number(entry.x + 9)), ("cy", .number(middle)),
          ("r", 3.5),
        ])
    case .bar, .bin:
      svg.add(
        "rect",
        [
          ("class", .string("f\(colour)")), ("x", .number(entry.x + 3)), ("y", .number(middle - 6)),
          ("width", 12), ("height", 12), ("rx", 2),
        ])
    }
    svg.add("text", [("x", .number(entry.x + 24)), ("y", .number(middle + 4))], text: entry.name)
  }

  private mutating func drawAxes() {
    for (tick, label) in zip(axes.y.ticks, axes.y.labels) {
      let y = y(tick)
      rule(tick == 0 && tick > axes.y.low ? "axis" : "grid", from: (left, y), to: (right, y))
      svg.add(
        "text", [("class", "end"), ("x", .number(left - 8)), ("y", .number(y + 4))], text: label)
    }
    rule("axis", from: (left, bottom), to: (right, bottom))
    for (tick, label) in zip(axes.x.ticks, axes.x.labels) {
      rule("axis", from: (x(tick), bottom), to: (x(tick), bottom + 4))
      drawMark(label, at: x(tick))
    }
    if !chart.xLabel.isEmpty {
      svg.add(
        "text",
        [
          ("class", "middle"), ("x", .number((left + right) / 2)),
          ("y", .number(bottom + slant + 39)),
        ], text: chart.xLabel)
    }
  }

  /// Writes what stands at a mark of the horizontal axis: slanting where there is too little room.
  private mutating func drawMark(_ label: String, at x: Double) {
    guard slant > 0 else {
      svg.add(
        "text", [("class", "middle"), ("x", .number(x)), ("y", .number(bottom + 19))], text: label)
      return
    }
    let place = "\(SVGText.coordinate(x + 4)) \(SVGText.coordinate(bottom + 16))"
    svg.add(
      "text",
      [
        ("class", "end"), ("x", .number(x + 4)), ("y", .number(bottom + 16)),
        ("transform", .string("rotate(-40 \(place))")),
      ], text: Layout.shortened(label, to: ChartDrawing.slantingLabel))
  }

  private mutating func drawLine(_ index: Int) {
    let colour = index % SVGText.series.count
    let runs = chart.runs(of: chart.series[index])
    let count = runs.reduce(0) { $0 + $1.count }
    for run in runs {
      let points = thinned(run).map { (x($0.x), y($0.y)) }
      if points.count > 1 {
        svg.add("path", [("class", .string("line s\(colour)")), ("d", .string(path(points)))])
      }
      if count <= ChartDrawing.mostDots || points.count == 1 {
        for point in points { dot(point, radius: 3, colour: colour) }
      }
    }
  }

  private mutating func drawPoints(_ index: Int) {
    let points = chart.runs(of: chart.series[index]).flatMap { $0 }
    let step = max(1, (points.count + ChartDrawing.mostPoints - 1) / ChartDrawing.mostPoints)
    let radius = points.count > 500 ? 2.0 : 3.5
    for position in stride(from: 0, to: points.count, by: step) {
      let point = (x(points[position].x), y(points[position].y))
      dot(point, radius: radius, colour: index % SVGText.series.count)
    }
  }

  private mutating func drawBars(_ index: Int, place: Int, of count: Int) {
    // On an axis of powers of ten this is its lower end.
    let zero = y(0)
    let share = chart.series[index].mark == .bin ? 1 : 0.8
    let span = axes.barSpacing / (axes.x.high - axes.x.low) * (right - left) * share
    let width = max(1, span / Double(count))
    for point in chart.runs(of: chart.series[index]).joined() {
      let end = y(point.y)
      let start = x(point.x) - span / 2 + width * Double(place)
      svg.add(
        "rect",
        [
          ("class", .string("f\(index % SVGText.series.count)")), ("x", .number(start)),
          ("y", .number(min(zero, end))), ("width", .number(max(1, width - 1))),
          ("height", .number(abs(end - zero))),
        ])
    }
  }

  private mutating func dot(_ point: (Double, Double), radius: Double, colour: Int) {
    svg.add(
      "circle",
      [
        ("class", .string("f\(colour)")), ("cx", .number(point.0)), ("cy", .number(point.1)),
        ("r", .number(radius)),
      ])
  }

  private mutating func rule(
    _ name: String, from start: (Double, Double), to end: (Double, Double)
  ) {
    // Half a pixel makes a line of one pixel crisp.
    func crisp(_ number: Double) -> Double { number.rounded(.down) + 0.5 }
    svg.add(
      "path",
      [
        ("class", .string(name)),
        ("d", .string(path([(crisp(start.0), crisp(start.1)), (crisp(end.0), crisp(end.1))]))),
      ])
  }

  private func x(_ number: Double) -> Double { left + axes.x.position(of: number) * (right - left) }

  private func y(_ number: Double) -> Double {
    bottom - axes.y.position(of: number) * (bottom - top)
  }

  private func path(_ points: [(Double, Double)]) -> String {
    points.enumerated().map { index, point in
      "\(index == 0 ? "M" : "L")\(SVGText.coordinate(point.0)) \(SVGText.coordinate(point.1))"
    }.joined()
  }

  /// Keeps the lowest and the highest of neighbours, so that a long noisy curve looks as it is.
  private func thinned(_ run: [ChartPoint]) -> [ChartPoint] {
    guard run.count > ChartDrawing.mostPoints else { return run }
    let size = (run.count * 2 + ChartDrawing.mostPoints - 1) / ChartDrawing.mostPoints
    return stride(from: 0, to: run.count, by: size).flatMap { start -> [ChartPoint] in
      let bucket = start..<min(start + size, run.count)
      let low = bucket.min { run[$0].y < run[$1].y } ?? start
      let high = bucket.max { run[$0].y < run[$1].y } ?? start
      return low == high ? [run[low]] : [run[min(low, high)], run[max(low, high)]]
    }
  }

  /// The sine of 40° times the longest name, if the names do not fit side by side.
  private static func slant(of names: [String], width: Double) -> Double {
    let longest = names.map { displayWidth(of: $0) }.max() ?? 0
    guard Double(longest) * 7 + 6 > width / Double(max(1, names.count)) else { return 0 }
    return Double(min(longest, slantingLabel)) * 6.6 * 0.643
  }

  private static func legendRows(of chart: Chart) -> [[(series: Int, x: Double, name: String)]] {
    guard chart.series.count > 1 else { return [] }
    var rows: [[(series: Int, x: Double, name: String)]] = []
    var x = Double.infinity
    for (index, series) in chart.series.enumerated() {
      let name = Layout.shortened(Escaping.visible(series.name), to: 40)
      let space = 24 + Double(displayWidth(of: name)) * 7 + 20
      if x + space > width - margin {
        rows.append([])
        x = margin
      }
      rows[rows.count - 1].append((index, x, name))
      x += space
    }
    return rows
  }
}
