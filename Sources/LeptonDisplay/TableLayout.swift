import LeptonSession
import LeptonSyntax

/// A table as texts: what both the Markdown and the terminal renderer draw.
struct TableLayout {
  /// More rows than that are shown by their beginning and their end.
  static let rowLimit = 50
  /// How many rows of a long table are shown at either end.
  static let rowsAtEnds = 10

  /// The headings.
  var headings: [String]
  /// For each column whether it is set to the right, because it holds numbers.
  var isRight: [Bool]
  /// For each column whether points stand below each other, which makes no sense between units.
  private var hasPoints: [Bool]
  /// The rows, each with one text for each column.
  var rows: [[String]]
  /// What to say below a table that is not shown whole.
  var remark: String?

  /// Lays a table out; `text` makes a text harmless for its place.
  init(_ table: Table, text: (String) -> String) {
    headings = table.columns.map { text($0.name) }
    isRight = table.columns.indices.map { column in
      let cells = table.rows.compactMap { $0.indices.contains(column) ? $0[column] : nil }
      return TableLayout.areNumbers(cells)
    }
    hasPoints = table.columns.map { $0.format != .duration }
    let shown = TableLayout.shownRows(of: table)
    rows = shown.head.map { TableLayout.texts(of: $0, in: table, text) }
    if shown.left > 0 {
      rows.append(headings.map { _ in "…" })
      let (all, few) = (table.rows.count + table.hidden, 2 * TableLayout.rowsAtEnds)
      remark = "\(NumberText.text(of: all, .grouped)) rows, of which \(few) are shown"
      rows += shown.tail.map { TableLayout.texts(of: $0, in: table, text) }
    }
  }

  /// The table with the points of each column's numbers below each other.
  func aligningPoints() -> TableLayout {
    var layout = self
    for column in headings.indices where isRight[column] && hasPoints[column] {
      let fractions = rows.map { TableLayout.fraction(of: $0[column]) }
      guard !rows.contains(where: { $0[column].contains("e") }) else { continue }
      let longest = fractions.max() ?? 0
      for row in rows.indices where !rows[row][column].isEmpty {
        layout.rows[row][column] += String(repeating: " ", count: longest - fractions[row])
      }
    }
    return layout
  }

  /// How many characters of a number's text stand from its point on.
  private static func fraction(of text: String) -> Int {
    text.firstIndex(of: ".").map { text.distance(from: $0, to: text.endIndex) } ?? 0
  }

  /// The width of each column.
  var widths: [Int] {
    headings.indices.map { column in
      rows.reduce(displayWidth(of: headings[column])) {
        max($0, displayWidth(of: $1[column]))
      }
    }
  }

  private static func areNumbers(_ cells: [Table.Cell]) -> Bool {
    var hasNumber = false
    for cell in cells {
      switch cell {
      case .int, .float: hasNumber = true
      case .missing: continue
      case .text, .bool: return false
      }
    }
    return hasNumber
  }

  private static func shownRows(
    of table: Table
  ) -> (head: ArraySlice<[Table.Cell]>, left: Int, tail: ArraySlice<[Table.Cell]>) {
    let count = table.rows.count + table.hidden
    guard count > rowLimit else { return (table.rows[...], 0, []) }
    return (table.rows.prefix(rowsAtEnds), count - 2 * rowsAtEnds, table.rows.suffix(rowsAtEnds))
  }

  private static func texts(
    of row: [Table.Cell], in table: Table, _ text: (String) -> String
  ) -> [String] {
    table.columns.indices.map { column in
      guard row.indices.contains(column) else { return "" }
      // What a number is written with is harmless everywhere.
      if case .text(let own) = row[column] { return text(own) }
      return NumberText.text(of: row[column], table.columns[column].format)
    }
  }
}
