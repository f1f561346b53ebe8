import LeptonSession
import LeptonSyntax

/// Draws matrices of numbers as SVG: each number a cell, the stronger coloured the larger it is.
///
/// Colours are shades of one ink on the ground of the page, so that they read on light and on dark
/// pages; numbers below zero have another ink than those above.
public enum HeatmapSVG {
  /// Draws a heatmap.
  public static func picture(of map: Heatmap) -> Picture {
    var drawing = HeatmapDrawing(map)
    drawing.draw()
    return Picture(svg: drawing.svg.file, alternative: map.sentence)
  }
}

/// A heatmap that is being drawn.
private struct HeatmapDrawing {
  private static let margin = 16.0
  private static let fieldWidth = 560.0
  /// How many characters of a row's name are shown.
  private static let nameLength = 18
  private static let keyWidth = 12.0

  let map: Heatmap
  let cells: HeatmapCells
  let size: (width: Double, height: Double)
  let left: Double
  let top: Double
  /// Whether the numbers stand in the cells; otherwise a key tells what the colours mean.
  let showsNumbers: Bool
  var svg: SVGText

  init(_ map: Heatmap) {
    self.map = map
    let cells = HeatmapCells(map)
    self.cells = cells
    let longest = cells.values.map { cells.text(of: $0).count }.max() ?? 0
    let width = min(max(HeatmapDrawing.fieldWidth / Double(max(1, cells.columns)), 7), 56)
    size = (width, cells.rows > 24 ? max(7, width.rounded()) : 28)
    showsNumbers = Double(longest) * 7 + 4 <= width && size.height >= 20
    let names = map.rowNames.map { displayWidth(of: $0) }.max() ?? 0
    let nameWidth = Double(min(names, HeatmapDrawing.nameLength)) * 7
    left = HeatmapDrawing.margin + nameWidth + (names > 0 ? 8 : 0)
    let titleHeight = map.title.isEmpty ? 0.0 : 26
    top = HeatmapDrawing.margin + titleHeight + (map.yLabel.isEmpty ? 0 : 22)
    let field = (width * Double(cells.columns), size.height * Double(cells.rows))
    let namesHeight = map.columnNames.isEmpty ? 0.0 : 22
    let bottom = namesHeight + (map.xLabel.isEmpty ? 0 : 20)
    let key = showsNumbers ? 0 : 90.0
    let titleWidth = Double(displayWidth(of: map.title)) * 8.5 + 2 * HeatmapDrawing.margin
    svg = SVGText(
      width: max(left + field.0 + key + HeatmapDrawing.margin, titleWidth),
      height: top + field.1 + bottom + HeatmapDrawing.margin,
      title: map.title.isEmpty ? "Heatmap" : map.title, description: map.sentence)
  }

  mutating func draw() {
    if !map.title.isEmpty { write(map.title, "title", x: HeatmapDrawing.margin, y: 29) }
    if !map.yLabel.isEmpty { write(map.yLabel, nil, x: HeatmapDrawing.margin, y: top - 8) }
    for row in 0..<cells.rows {
      for column in 0..<cells.columns { drawCell(row, column) }
    }
    drawNames()
    if !showsNumbers { drawKey() }
  }

  private mutating func drawCell(_ row: Int, _ column: Int) {
    let index = row * cells.columns + column
    guard cells.values.indices.contains(index), cells.values[index].isFinite else { return }
    let number = cells.values[index]
    let strength = cells.strength(of: number)
    let x = left + Double(column) * size.width
    let y = top + Double(row) * size.height
    // Between large cells there is a gap of a pixel; small ones would drown in it.
    let gap = size.width >= 12 ? 1.0 : 0
    fill(x: x, y: y, size.width - gap, size.height - gap, ink: number < 0 ? 1 : 0, strength)
    guard showsNumbers else { return }
    write(
      cells.text(of: number), strength > 0.55 ? "middle strong" : "middle weak",
      x: x + size.width / 2, y: y + size.height / 2 + 4)
  }

  private mutating func fill(
    x: Double, y: Double, _ width: Double, _ height: Double, ink: Int, _ strength: Double
  ) {
    svg.add(
      "rect",
      [
        ("class", .string("f\(ink)")), ("x", .number(x)), ("y", .number(y)),
        ("width", .number(width)), ("height", .number(height)),
        ("fill-opacity", .number(0.05 + 0.95 * strength)),
      ])
  }

  private mutating func drawNames() {
    if cells.block.rows == 1 {
      for (row, name) in map.rowNames.prefix(cells.rows).enumerated() where size.height >= 12 {
        let y = top + (Double(row) + 0.5) * size.height + 4
        write(Layout.shortened(name, to: HeatmapDrawing.nameLength), "end", x: left - 8, y: y)
      }
    }
    let bottom = top + size.height * Double(cells.rows)
    if cells.block.columns == 1 {
      let room = max(2, Int(size.width / 7))
      for (column, name) in map.columnNames.prefix(cells.columns).enumerated() {
        let x = left + (Double(column) + 0.5) * size.width
        write(Layout.shortened(name, to: room), "middle", x: x, y: bottom + 16)
      }
    }
    guard !map.xLabel.isEmpty else { return }
    let middle = left + size.width * Double(cells.columns) / 2
    write(map.xLabel, "middle", x: middle, y: bottom + (map.columnNames.isEmpty ? 16 : 36))
  }

  /// A bar of all shades with the numbers at its ends.
  private mutating func drawKey() {
    let x = left + size.width * Double(cells.columns) + 16
    let height = max(60, min(size.height * Double(cells.rows), 160)) / 10
    for step in 0..<10 {
      let share = 1 - (Double(step) + 0.5) / 10
      let number = cells.low + share * (cells.high - cells.low)
      fill(
        x: x, y: top + Double(step) * height, HeatmapDrawing.keyWidth, height,
        ink: number < 0 ? 1 : 0, cells.strength(of: number))
    }
    write(cells.text(of: cells.high), nil, x: x + HeatmapDrawing.keyWidth + 6, y: top + 10)
    write(cells.text(of: cells.low), nil, x: x + HeatmapDrawing.keyWidth + 6, y: top + 10 * height)
  }

  private mutating func write(_ text: String, _ name: String?, x: Double, y: Double) {
    let place: [(String, SVGText.Attribute)] = [("x", .number(x)), ("y", .number(y))]
    let attributes = name.map { [("class", SVGText.Attribute.string($0))] } ?? []
    svg.add("text", attributes + place, text: text)
  }
}
