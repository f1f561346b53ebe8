/// Breaks pieces into lines, in time proportional to their number.
struct LayoutPrinter {
  private let pieces: [LayoutPiece]
  /// How many columns a line should have at the most.
  private let width: Int
  /// The spaces of a step of indent.
  private static let step = 2

  private var lines: [Line] = []
  private var line = Line()
  /// The columns that the line at hand takes.
  private var column = 0
  private var indent = 0
  /// For each open group whether it stands on one line.
  private var isFlat: [Bool] = []
  private var needsSpace = false
  private var needsLine = false
  private var needsBlank = false
  /// Whether a comment ends the line at hand.
  private var mustBreak = false

  /// A line, and the comment at its end.
  private struct Line {
    var text = ""
    var width = 0
    var remark: (text: String, column: Int)?
  }

  init(_ pieces: [LayoutPiece], width: Int) {
    self.pieces = pieces
    self.width = width
  }

  mutating func print() -> String {
    for index in pieces.indices { print(index) }
    if !line.text.isEmpty { endLine() }
    alignRemarks()
    return lines.map { line in
      guard let remark = line.remark else { return line.text + "\n" }
      let gap = String(repeating: " ", count: max(2, remark.column - line.width))
      return line.text + gap + remark.text + "\n"
    }.joined()
  }

  private mutating func print(_ index: Int) {
    let isFlat = isFlat.last ?? false
    switch pieces[index] {
    case .text(let text): write(text)
    case .space: needsSpace = true
    case .line: breakLine(unless: isFlat)
    case .softLine: if !isFlat { needsLine = true }
    case .fillLine: breakLine(unless: isFlat || fits(from: index + 1, behind: 1))
    case .hardLine: needsLine = true
    case .blankLine: needsBlank = true
    case .forceBreak: break
    case .comma: if !isFlat { write(",") }
    case .begin: self.isFlat.append(isFlat || fits(from: index))
    case .end: self.isFlat.removeLast()
    case .indent(let steps): indent += steps
    case .remark(let text, let column):
      line.remark = (text, column)
      mustBreak = true
    case .comment(let text):
      needsLine = true
      write(text)
      mustBreak = true
    }
  }

  private mutating func breakLine(unless isFlat: Bool) {
    if isFlat { needsSpace = true } else { needsLine = true }
  }

  // MARK: Writing

  private mutating func write(_ text: String) {
    let joins = text == "," && line.remark != nil
    if mustBreak && !joins || needsLine { endLine() }
    if line.text.isEmpty {
      line.text = String(repeating: " ", count: indent * Self.step)
      column = line.text.utf8.count
    } else if needsSpace {
      line.text += " "
      column += 1
    }
    line.text += text
    if let end = text.lastIndex(of: "\n") {
      column = displayWidth(of: text[text.index(after: end)...])
    } else {
      column += displayWidth(of: text)
    }
    line.width = column
    needsSpace = false
    needsBlank = false
  }

  private mutating func endLine() {
    if !line.text.isEmpty {
      lines.append(line)
      if needsBlank { lines.append(Line()) }
    }
    line = Line()
    needsLine = false
    needsBlank = false
    needsSpace = false
    mustBreak = false
  }

  // MARK: Fitting

  /// Whether a group, or else what follows up to the next piece of a line, fits on the line at hand
  /// behind so many further columns, with what sticks to its end.
  private func fits(from start: Int, behind columns: Int = 0) -> Bool {
    var rest = width - columns - (needsLine || mustBreak ? indent * Self.step : column)
    if needsSpace { rest -= 1 }
    var depth = 0
    var isOutside = columns > 0
    for index in start..<pieces.count where rest >= 0 {
      switch pieces[index] {
      case .text(let text):
        guard let end = text.firstIndex(of: "\n") else {
          rest -= displayWidth(of: text)
          break
        }
        return rest >= displayWidth(of: text[..<end])
      case .space: rest -= 1
      case .forceBreak: if !isOutside { return false }
      case .line, .fillLine, .softLine, .hardLine, .remark, .comment:
        if isOutside { return true }
        guard let columns = pieces[index].columnsInFlatGroup else { return false }
        rest -= columns
      case .comma: if isOutside { rest -= 1 }
      case .begin: depth += 1
      case .end:
        depth -= 1
        isOutside = isOutside || depth == 0
      case .blankLine, .indent: break
      }
    }
    return rest >= 0
  }

  // MARK: Comments

  /// Comments at the ends of neighbouring lines that began in one column still do.
  private mutating func alignRemarks() {
    var start = 0
    while start < lines.count {
      guard let column = lines[start].remark?.column else {
        start += 1
        continue
      }
      let end = lines[start...].firstIndex { $0.remark?.column != column } ?? lines.count
      let aligned = (lines[start..<end].map(\.width).max() ?? 0) + 2
      for index in start..<end { lines[index].remark?.column = aligned }
      start = end
    }
  }
}
