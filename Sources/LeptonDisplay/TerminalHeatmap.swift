import LeptonSession
import LeptonSyntax

/// A heatmap for a terminal: the numbers themselves where they fit, else shades.
struct TerminalHeatmap {
  private static let shades = ["  ", "░░", "▒▒", "▓▓", "██"]

  private let map: Heatmap
  private let cells: HeatmapCells
  private let width: Int
  private let ink: Ink
  private let colours: TerminalRenderer.Colours

  init(_ map: Heatmap, width: Int, colours: TerminalRenderer.Colours) {
    self.map = map
    cells = HeatmapCells(map)
    self.width = width
    self.colours = colours
    ink = Ink(colours: colours)
  }

  /// The heatmap as lines.
  var text: String {
    let title = map.title.isEmpty ? [] : [ink(.heading, Escaping.visible(map.title))]
    guard !cells.values.isEmpty else {
      return (title + [ink(.faint, "no data")]).joined(separator: "\n")
    }
    let names = map.rowNames.map { Escaping.visible($0) }
    let margin = min(names.map { displayWidth(of: $0) }.max() ?? 0, max(4, width / 4))
    let numbers = cells.values.map { cells.text(of: $0) }
    let headings = map.columnNames.map { Escaping.visible($0) }
    let wanted = (numbers + headings).map { displayWidth(of: $0) }.max() ?? 1
    let room = (width - margin - 1) / max(1, cells.columns)
    let fits = room >= (numbers.map(\.count).max() ?? 1) + 1 && cells.columns * cells.rows <= 1024
    let size = fits ? min(wanted + 1, room) : 2
    let head = fits && !headings.isEmpty ? [self.head(headings, margin: margin, size: size)] : []
    let rows = (0..<cells.rows).map { row in
      let name = cells.block.rows == 1 && names.indices.contains(row) ? names[row] : ""
      let label = Layout.padded(Layout.shortened(name, to: margin), to: margin, right: true)
      return label + " " + self.row(row, size: size, showsNumbers: fits)
    }
    return (title + axes + head + rows + (fits ? [] : [key])).joined(separator: "\n")
  }

  private var axes: [String] {
    let words = [map.yLabel, map.xLabel].filter { !$0.isEmpty }.map { Escaping.visible($0) }
    return words.isEmpty ? [] : [ink(.faint, words.joined(separator: " \\ "))]
  }

  private func head(_ names: [String], margin: Int, size: Int) -> String {
    String(repeating: " ", count: margin + 1)
      + names.map {
        Layout.padded(Layout.shortened($0, to: size - 1), to: size, right: true)
      }.joined()
  }

  private func row(_ row: Int, size: Int, showsNumbers: Bool) -> String {
    (0..<cells.columns).map { column in
      let index = row * cells.columns + column
      guard cells.values.indices.contains(index) else { return "" }
      let number = cells.values[index]
      let text = showsNumbers ? cells.text(of: number) : shade(of: number)
      return coloured(Layout.padded(text, to: size, right: true), number)
    }.joined()
  }

  private func shade(of number: Double) -> String {
    guard colours == .none else { return "" }
    let level = Int((cells.strength(of: number) * 4).rounded())
    return number.isFinite ? Self.shades[min(max(level, 0), 4)] : "??"
  }

  /// A text on a ground of the palette: blues above zero, reds below.
  private func coloured(_ text: String, _ number: Double) -> String {
    let strength = cells.strength(of: number)
    guard colours != .none, number.isFinite, strength > 0.02 else { return text }
    let grounds = number < 0 ? [52, 88, 124, 160, 196] : [17, 18, 19, 20, 21]
    let ground = grounds[min(Int(strength * 5), 4)]
    return "\u{1B}[38;5;231;48;5;\(ground)m\(text)\u{1B}[0m"
  }

  private var key: String {
    let (low, high) = (cells.text(of: cells.low), cells.text(of: cells.high))
    return ink(.faint, colours == .none ? "\(low) to \(high): ░ ▒ ▓ █" : "\(low) to \(high)")
  }
}
