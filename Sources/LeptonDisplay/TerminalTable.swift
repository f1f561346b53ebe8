import LeptonSession
import LeptonSyntax

/// A table for a terminal: columns two blanks apart, a rule under the headings, no boxes.
///
/// Where it is too wide, the widest texts are shortened first; where they would become too short to be
/// read, the last columns are only named.
struct TerminalTable {
  private static let gap = 2
  private let table: Table
  private let layout: TableLayout
  private let width: Int
  private let ink: Ink

  init(_ table: Table, width: Int, ink: Ink) {
    self.table = table
    self.width = width
    self.ink = ink
    layout = TableLayout(table) { Escaping.visible($0) }.aligningPoints()
  }

  /// The table as lines.
  var text: String {
    let title = table.title.isEmpty ? [] : [ink(.heading, Escaping.visible(table.title))]
    guard !layout.headings.isEmpty else {
      return (title + [ink(.faint, "empty table")]).joined(separator: "\n")
    }
    let widths = fittedWidths()
    let rule = widths.map { String(repeating: "─", count: $0) }
    let lines =
      [ink(.heading, line(layout.headings, widths))]
      + [ink(.faint, rule.joined(separator: String(repeating: " ", count: TerminalTable.gap)))]
      + layout.rows.map { line($0, widths) }
    let remark = layout.remark.map { [ink(.faint, $0)] } ?? []
    return (title + lines + remark + leftOut(after: widths.count)).joined(separator: "\n")
  }

  private func line(_ texts: [String], _ widths: [Int]) -> String {
    let cells = widths.indices.map { column in
      let text = Layout.shortened(texts[column], to: widths[column])
      return Layout.padded(text, to: widths[column], right: layout.isRight[column])
    }
    let line = cells.joined(separator: String(repeating: " ", count: TerminalTable.gap))
    return String(line.reversed().drop { $0 == " " }.reversed())
  }

  private func leftOut(after count: Int) -> [String] {
    let names = layout.headings.dropFirst(count)
    guard !names.isEmpty else { return [] }
    let list = names.prefix(8).joined(separator: ", ") + (names.count > 8 ? ", …" : "")
    let columns = names.count == 1 ? "1 more column" : "\(names.count) more columns"
    return [ink(.faint, Layout.shortened("… and \(columns): \(list)", to: width))]
  }

  /// The widths of those columns that are shown.
  private func fittedWidths() -> [Int] {
    var widths = shownWidths
    while total(widths) > width, let widest = widestText(widths) {
      let second =
        widths.indices.filter { $0 != widest && !layout.isRight[$0] }
        .map { widths[$0] }.max() ?? 0
      let excess = total(widths) - width
      let least = max(leastWidth, min(second, widths[widest] - 1))
      widths[widest] = max(least, widths[widest] - excess)
    }
    return widths.map { min($0, width) }
  }

  /// The widths of as many columns as there is room for, if texts are shortened as far as may be.
  private var shownWidths: [Int] {
    var widths = layout.widths
    func least(_ column: Int) -> Int {
      layout.isRight[column] ? widths[column] : min(widths[column], leastWidth)
    }
    while widths.count > 1, total(widths.indices.map(least)) > width { widths.removeLast() }
    return widths
  }

  /// A text is shortened to no less than that.
  private var leastWidth: Int { min(16, max(6, width / 5)) }

  private func widestText(_ widths: [Int]) -> Int? {
    widths.indices
      .filter { !layout.isRight[$0] && widths[$0] > leastWidth }
      .max { widths[$0] < widths[$1] }
  }

  private func total(_ widths: [Int]) -> Int {
    widths.reduce(TerminalTable.gap * (widths.count - 1), +)
  }
}
