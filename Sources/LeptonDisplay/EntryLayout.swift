import LeptonSyntax

/// An entry as it stands on a terminal while it is typed: rows of coloured text, and the cursor.
public struct EntryLayout {
  /// A row of the terminal.
  public struct Row: Equatable, Sendable {
    /// What stands there, with colours and without a line end.
    public var text: String
    /// How many columns it takes.
    public var columns: Int

    /// Makes a row.
    public init(text: String, columns: Int) {
      self.text = text
      self.columns = columns
    }
  }

  /// What stands before the lines.
  public struct Margins: Sendable {
    /// What stands before the first line.
    public var first: String
    /// What stands before every other.
    public var others: String

    /// Tells what stands before the first line and before the others.
    public init(first: String, others: String) {
      self.first = first
      self.others = others
    }
  }

  /// The rows; there is at least one.
  public private(set) var rows: [Row] = []
  /// Where the cursor stands.
  public private(set) var cursor: (row: Int, column: Int) = (0, 0)

  private let width: Int
  private let margin: String
  private let marginStyle: String
  private var line = ""
  private var column = 0
  private var style = ""

  /// Lays an entry out; the cursor is given in UTF-8 bytes, and so are the places of `marks`, which are
  /// no part of its code.
  public init(
    _ text: String, cursor offset: Int, margins: Margins, width: Int,
    colours: TerminalRenderer.Colours, marks: [Range<Int>] = []
  ) {
    self.width = max(width, 2)
    margin = margins.others
    marginStyle = colours == .none ? "" : "90"
    putSlowly(margins.first[...], from: 0, cursor: -1, style: colours == .none ? "" : "1")
    var place = 0
    for piece in CodePaint(text, cursor: offset, colours: colours, marks: marks).pieces {
      let end = place + piece.text.utf8.count
      let isPlain = piece.text.utf8.allSatisfy { $0 >= 0x20 && $0 < 0x7F }
      if isPlain, !(place..<end).contains(offset) {
        put(piece.text, style: piece.style)
      } else {
        putSlowly(piece.text, from: place, cursor: offset, style: piece.style)
      }
      place = end
    }
    if offset >= place { markCursor() }
    endRow()
  }

  /// Puts a text that is simple, does not hold the cursor and takes a column for each byte.
  private mutating func put(_ text: some StringProtocol, style: String) {
    var rest = text[...]
    while !rest.isEmpty {
      if column == width { endRow() }
      let part = rest.prefix(width - column)
      change(to: style)
      line += part
      column += part.utf8.count
      rest = rest.dropFirst(part.utf8.count)
    }
  }

  private mutating func putSlowly(
    _ text: Substring, from start: Int, cursor: Int, style: String
  ) {
    var place = start
    for character in text {
      if (place..<place + character.utf8.count).contains(cursor) { markCursor(at: character) }
      place += character.utf8.count
      if character.isNewline {
        endRow()
        put(margin, style: marginStyle)
        continue
      }
      let shown = Self.shown(character)
      let columns = displayWidth(of: shown)
      if column + columns > width { endRow() }
      change(to: style)
      line += shown
      column += columns
    }
  }

  /// A character, or what stands for one that would command the terminal.
  private static func shown(_ character: Character) -> String {
    character == "\t" ? "  " : Escaping.visible(String(character))
  }

  /// Notes that the cursor stands before the next character.
  private mutating func markCursor(at next: Character = " ") {
    let columns = next.isNewline ? 0 : max(1, displayWidth(of: Self.shown(next)))
    if column == width || column + columns > width { endRow() }
    cursor = (rows.count, column)
  }

  private mutating func change(to style: String) {
    guard style != self.style else { return }
    if !self.style.isEmpty { line += "\u{1B}[0m" }
    if !style.isEmpty { line += "\u{1B}[\(style)m" }
    self.style = style
  }

  private mutating func endRow() {
    change(to: "")
    rows.append(Row(text: line, columns: column))
    (line, column) = ("", 0)
  }
}

extension EntryLayout {
  /// A row that stays in the background, without colours where there are none; it is cut where it is
  /// too long.
  public static func faintRow(
    _ text: String, width: Int, colours: TerminalRenderer.Colours
  ) -> Row {
    let text = Layout.shortened(text, to: width)
    return Row(text: Ink(colours: colours)(.faint, text), columns: displayWidth(of: text))
  }

  /// A row for each entry of a list: a word, and what is said of it.
  public static func list(
    _ entries: [(word: String, remark: String)], width: Int, colours: TerminalRenderer.Colours
  ) -> [Row] {
    let column = min(width / 2, entries.map { displayWidth(of: $0.word) }.max() ?? 0)
    return entries.map { word, remark in
      let head = Layout.padded(Layout.shortened(Escaping.visible(word), to: column), to: column)
      let room = width - column - 4
      let tail = Layout.shortened(Escaping.visible(remark), to: max(0, room))
      let text = "  \(head)  \(Ink(colours: colours)(.faint, tail))"
      return Row(text: text, columns: 4 + column + displayWidth(of: tail))
    }
  }
}
