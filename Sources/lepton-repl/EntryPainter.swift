import LeptonDisplay

/// Draws the entry that is being typed, by rewriting only the rows that differ.
///
/// All of a drawing is written at once, with the cursor hidden, so that nothing flickers.
struct EntryPainter {
  private let output: StandardStream
  /// The rows that stand on the terminal, the entry's and those below it.
  private var shown: [EntryLayout.Row] = []
  private var cursor: (row: Int, column: Int) = (0, 0)

  /// Makes a painter of a terminal.
  init(_ output: StandardStream) { self.output = output }

  /// From now on nothing of the entry stands on the terminal, and the cursor is at a line's begin.
  mutating func forget() {
    shown = []
    cursor = (0, 0)
  }

  /// Draws an entry and what stands below it, of which as many rows are shown as fit.
  mutating func paint(_ layout: EntryLayout, below: [EntryLayout.Row] = [], height: Int) {
    let room = max(1, height - 1)
    let rows = layout.rows
    let first = min(max(0, layout.cursor.row - room + 1), max(0, rows.count - room))
    let visible = Array(rows[first..<min(rows.count, first + room)])
    let more = below.prefix(max(0, room - visible.count))
    show(visible + more, cursor: (layout.cursor.row - first, layout.cursor.column))
  }

  /// Draws an entry for the last time and goes to the line below.
  ///
  /// Of one that is longer than the terminal the whole is left behind, unless it is endless.
  mutating func finish(_ layout: EntryLayout, height: Int) {
    let most = max(height, 400)
    var rows = layout.rows
    if rows.count > most {
      let left = rows.count - most
      rows = rows.prefix(most - 1) + [EntryLayout.Row(text: "… \(left) more rows", columns: 0)]
    }
    show(rows, cursor: (rows.count - 1, rows.last?.columns ?? 0))
    output.write("\r\n")
    forget()
  }

  /// Takes the drawing away, so that something else may be written in its place.
  mutating func clear() {
    output.write(move(to: 0) + "\r\u{1B}[J")
    forget()
  }

  /// The terminal has another width, at which it has broken the rows anew.
  mutating func terminalChanged(to width: Int) {
    let above = shown.prefix(cursor.row).reduce(0) { $0 + max(1, ($1.columns + width - 1) / width) }
    cursor.row = above + cursor.column / max(1, width)
    output.write(move(to: 0) + "\r\u{1B}[J")
    forget()
  }

  private mutating func show(_ rows: [EntryLayout.Row], cursor place: (row: Int, column: Int)) {
    var text = "\u{1B}[?25l"
    for (index, row) in rows.enumerated() {
      if index >= shown.count, index > 0 {
        text += move(to: index - 1) + "\r\n"  // Which scrolls at the last line of the terminal.
        cursor.row = index
      } else if index < shown.count, row == shown[index] {
        continue
      }
      text += move(to: index) + "\r\u{1B}[K" + row.text
    }
    if rows.count < shown.count { text += move(to: rows.count) + "\r\u{1B}[J" }
    shown = rows
    text += move(to: place.row) + "\r"
    if place.column > 0 { text += "\u{1B}[\(place.column)C" }
    cursor = place
    output.write(text + "\u{1B}[?25h")
  }

  /// What moves the cursor to a row of the drawing.
  private mutating func move(to row: Int) -> String {
    defer { cursor.row = row }
    if row < cursor.row { return "\u{1B}[\(cursor.row - row)A" }
    return row > cursor.row ? "\u{1B}[\(row - cursor.row)B" : ""
  }
}
