import LeptonSession
import LeptonSyntax

/// A chart for a terminal: lines and points in braille, of which a character holds two by four dots,
/// bars as rows of blocks.
struct TerminalChart {
  private static let mostColumns = 120
  private static let mostBars = 40

  private let chart: Chart
  private let width: Int
  private let ink: Ink

  init(_ chart: Chart, width: Int, ink: Ink) {
    self.chart = chart
    self.width = width
    self.ink = ink
  }

  /// The chart as lines.
  var text: String {
    let title = chart.title.isEmpty ? [] : [ink(.heading, Escaping.visible(chart.title))]
    let hasData = !chart.points.isEmpty
    guard hasData else { return (title + [ink(.faint, "no data")]).joined(separator: "\n") }
    let isBars = chart.series.allSatisfy(\.mark.isBar)
    return (title + legend + (isBars ? bars : field)).joined(separator: "\n")
  }

  private var legend: [String] {
    let names = chart.series.enumerated().compactMap { index, series in
      series.name.isEmpty ? nil : "\(ink(.series(index), "■")) \(Escaping.visible(series.name))"
    }
    let label = chart.yLabel.isEmpty ? [] : [Escaping.visible(chart.yLabel)]
    let line = (chart.series.count > 1 ? names : label).joined(separator: "   ")
    return line.isEmpty ? [] : [line]
  }

  // MARK: Lines and points

  /// How many rows the field has: 12 in 80 columns, so that it keeps its form.
  private var fieldHeight: Int { min(max(width * 3 / 20, 6), 20) }

  private var field: [String] {
    let axes = ChartAxes(chart, xTicks: max(2, width / 14), yTicks: 4)
    let margin = axes.y.labels.map { displayWidth(of: $0) }.max() ?? 0
    let columns = max(8, min(width - margin - 2, Self.mostColumns))
    var canvas = BrailleCanvas(columns: columns, rows: fieldHeight)
    for (index, series) in chart.series.enumerated() {
      draw(series, number: index, on: &canvas, axes)
    }
    let labels = rowLabels(axes.y)
    let rows = (0..<fieldHeight).map { row in
      let label = Layout.padded(labels[row] ?? "", to: margin, right: true)
      return "\(label) \(ink(.faint, labels[row] == nil ? "│" : "┤"))\(canvas.line(row, ink))"
    }
    return rows + horizontalAxis(axes.x, margin: margin, columns: columns)
  }

  private func draw(
    _ series: Chart.Series, number: Int, on canvas: inout BrailleCanvas, _ axes: ChartAxes
  ) {
    for run in chart.runs(of: series) {
      let dots = run.map { point in
        (
          x: axes.x.position(of: point.x) * Double(canvas.width - 1),
          y: (1 - axes.y.position(of: point.y)) * Double(canvas.height - 1)
        )
      }
      for dot in dots { canvas.set(dot.x, dot.y, number) }
      guard series.mark == .line else { continue }
      for (start, end) in zip(dots, dots.dropFirst()) { canvas.line(start, end, number) }
    }
  }

  private func rowLabels(_ scale: AxisScale) -> [Int: String] {
    let last = Double(fieldHeight - 1)
    let pairs = zip(scale.ticks, scale.labels).map { tick, label in
      (Int(((1 - scale.position(of: tick)) * last).rounded()), label)
    }
    return Dictionary(pairs) { first, _ in first }
  }

  private func horizontalAxis(_ scale: AxisScale, margin: Int, columns: Int) -> [String] {
    let indent = String(repeating: " ", count: margin + 1)
    var rule = Array(repeating: "─", count: columns)
    var labels = ""
    for (tick, label) in zip(scale.ticks, scale.labels) {
      let place = Int((scale.position(of: tick) * Double(columns - 1)).rounded())
      guard rule.indices.contains(place) else { continue }
      rule[place] = "┬"
      let (taken, size) = (displayWidth(of: labels), displayWidth(of: label))
      let start = max(0, place - size / 2)
      guard start > taken || taken == 0, start + size <= columns + 2 else { continue }
      labels = Layout.padded(labels, to: start) + Escaping.visible(label)
    }
    let axis = "\(indent)\(ink(.faint, "└" + rule.joined()))"
    let label = Escaping.visible(chart.xLabel)
    let line = "\(indent) \(labels)"
    if displayWidth(of: line) + 2 + displayWidth(of: label) <= width {
      return [axis, label.isEmpty ? line : "\(line)  \(label)"]
    }
    return [axis, line, Layout.padded(label, to: margin + 2 + columns, right: true)]
  }

  // MARK: Bars

  private var bars: [String] {
    let entries = chart.series.enumerated().flatMap { index, series in
      chart.runs(of: series).joined().map { (series: index, point: $0) }
    }.sorted { ($0.point.x, $0.series) < ($1.point.x, $1.series) }
    let labels = entries.map { Layout.shortened(name(at: $0.point.x), to: max(4, width / 3)) }
    let values = entries.map { NumberText.text(of: $0.point.y) }
    let labelWidth = labels.map { displayWidth(of: $0) }.max() ?? 0
    let room = max(4, width - labelWidth - (values.map(\.count).max() ?? 0) - 3)
    let axis = chart.yScale == .log ? AxisScale(logarithmOf: entries.map(\.point.y), count: 4) : nil
    let largest = entries.map { abs($0.point.y) }.max() ?? 1
    var lines = entries.indices.prefix(TerminalChart.mostBars).map { index in
      let height = entries[index].point.y
      let share = axis.map { $0.position(of: height) } ?? (largest > 0 ? abs(height) / largest : 0)
      let bar = ink(.series(entries[index].series), block(share * Double(room)))
      return "\(Layout.padded(labels[index], to: labelWidth, right: true)) \(bar) \(values[index])"
    }
    if entries.count > lines.count { lines.append("… \(entries.count - lines.count) more bars") }
    return lines
  }

  private func name(at place: Double) -> String {
    guard let index = Int(exactly: place), chart.xNames.indices.contains(index) else {
      return NumberText.general(place, digits: 4)
    }
    return Escaping.visible(chart.xNames[index])
  }

  private func block(_ length: Double) -> String {
    let eighths = Int((length * 8).rounded())
    let parts = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"]
    return String(repeating: "█", count: eighths / 8) + parts[eighths % 8]
  }
}

/// Dots in braille characters, each of the colour of the series that set it last.
struct BrailleCanvas {
  private let columns: Int
  private let rows: Int
  private var bits: [UInt8]
  private var owners: [Int]

  init(columns: Int, rows: Int) {
    self.columns = columns
    self.rows = rows
    bits = Array(repeating: 0, count: columns * rows)
    owners = Array(repeating: 0, count: columns * rows)
  }

  /// How many dots there are in a row.
  var width: Int { columns * 2 }
  /// How many dots there are in a column.
  var height: Int { rows * 4 }

  /// Sets the nearest dot.
  mutating func set(_ x: Double, _ y: Double, _ owner: Int) {
    guard x.isFinite, y.isFinite, x > -1, y > -1, x < Double(width), y < Double(height) else {
      return
    }
    let (column, row) = (
      min(max(Int(x.rounded()), 0), width - 1), min(max(Int(y.rounded()), 0), height - 1)
    )
    let cell = row / 4 * columns + column / 2
    let masks: [[UInt8]] = [[0x01, 0x08], [0x02, 0x10], [0x04, 0x20], [0x40, 0x80]]
    bits[cell] |= masks[row % 4][column % 2]
    owners[cell] = owner
  }

  /// Sets the dots between two.
  mutating func line(
    _ start: (x: Double, y: Double), _ end: (x: Double, y: Double), _ owner: Int
  ) {
    let steps = max(abs(end.x - start.x), abs(end.y - start.y)).rounded(.up)
    guard steps.isFinite, steps >= 1 else { return }
    for step in 0...Int(min(steps, 10_000)) {
      let part = Double(step) / steps
      set(start.x + (end.x - start.x) * part, start.y + (end.y - start.y) * part, owner)
    }
  }

  /// Writes a row of characters.
  func line(_ row: Int, _ ink: Ink) -> String {
    (0..<columns).map { column in
      let cell = row * columns + column
      guard bits[cell] != 0, let scalar = Unicode.Scalar(0x2800 + UInt32(bits[cell])) else {
        return " "
      }
      return ink(.series(owners[cell]), String(scalar))
    }.joined()
  }
}
