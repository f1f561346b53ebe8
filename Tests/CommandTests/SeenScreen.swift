/// What a terminal shows of what a program has written to it: as much of one as the prompt uses.
struct SeenScreen {
  /// A place of the screen.
  struct Cell: Hashable {
    /// What stands there; nothing in the second half of a wide character.
    var text = " "
    /// The colours and the like, as they were asked for: `32`, `1;7`; empty for none.
    var ink = ""
  }

  private(set) var columns: Int
  private var rows: [[Cell]]
  /// The lines that have left at the top.
  private var past: [String] = []
  /// Where the next character comes to stand.
  private(set) var cursor = (row: 0, column: 0)
  private var ink = ""
  /// What has been read of a command.
  private var command: String?

  init(rows: Int, columns: Int) {
    self.columns = columns
    self.rows = Array(repeating: Array(repeating: Cell(), count: columns), count: rows)
  }

  /// The lines, without the blanks at their ends.
  var lines: [String] { rows.map(Self.line) }

  /// All lines from the begin, also those that have left at the top, without empty ones at the end.
  var text: String {
    var all = past + lines
    while all.last?.isEmpty == true { all.removeLast() }
    return all.joined(separator: "\n")
  }

  /// The line with the cursor.
  var line: String { lines[cursor.row] }

  /// The line below it.
  var below: String? { cursor.row + 1 < rows.count ? lines[cursor.row + 1] : nil }

  /// The ink of the first character of a text in the line with the cursor.
  func ink(of text: String) -> String? {
    guard let range = line.range(of: text) else { return nil }
    let column = line[..<range.lowerBound].reduce(0) { $0 + Self.columns(of: $1) }
    return rows[cursor.row][column].ink
  }

  /// Takes note of another size; what does not fit is cut off.
  mutating func resize(rows height: Int, columns width: Int) {
    while rows.count > height { past.append(Self.line(rows.removeFirst())) }
    rows += Array(repeating: [], count: height - rows.count)
    rows = rows.map { row in
      row.prefix(width) + Array(repeating: Cell(), count: max(0, width - row.count))
    }
    columns = width
    cursor = (min(cursor.row, height - 1), min(cursor.column, width - 1))
  }

  /// Shows what has been written.
  mutating func show(_ text: String) {
    for scalar in text.unicodeScalars { take(scalar) }
  }

  private mutating func take(_ scalar: Unicode.Scalar) {
    if let begun = command {
      command = begun + String(scalar)
      // `ESC [ … letter`; any other sequence that the prompt writes ends with its second character.
      let isWhole = begun.isEmpty ? scalar != "[" : ("@"..."~").contains(scalar)
      if isWhole { obey(command?.dropFirst() ?? "") }
      if isWhole { command = nil }
      return
    }
    switch scalar {
    case "\u{1B}": command = ""
    case "\r": cursor.column = 0
    case "\n": feed()
    case "\u{8}": cursor.column = max(0, cursor.column - 1)
    case "\u{7}": break
    default: put(Character(scalar))
    }
  }

  private mutating func put(_ character: Character) {
    let width = Self.columns(of: character)
    guard width > 0 else {
      rows[cursor.row][max(0, cursor.column - 1)].text.append(character)
      return
    }
    if cursor.column + width > columns {
      feed()
      cursor.column = 0
    }
    rows[cursor.row][cursor.column] = Cell(text: String(character), ink: ink)
    if width == 2 { rows[cursor.row][cursor.column + 1] = Cell(text: "", ink: ink) }
    cursor.column += width
  }

  private mutating func feed() {
    cursor.row += 1
    guard cursor.row == rows.count else { return }
    past.append(Self.line(rows.removeFirst()))
    rows.append(Array(repeating: Cell(), count: columns))
    cursor.row -= 1
  }

  private mutating func obey(_ order: Substring) {
    let number = Int(order.dropLast()) ?? 0
    switch order.last {
    case "A": cursor.row = max(0, cursor.row - max(1, number))
    case "B": cursor.row = min(rows.count - 1, cursor.row + max(1, number))
    case "C": cursor.column = min(columns - 1, cursor.column + max(1, number))
    case "D": cursor.column = max(0, cursor.column - max(1, number))
    case "K": clear(cursor.row, from: cursor.column)
    case "J":
      if number == 2 { for row in rows.indices { clear(row, from: 0) } }
      clear(cursor.row, from: min(cursor.column, columns))
      for row in rows.indices.dropFirst(cursor.row + 1) { clear(row, from: 0) }
    case "m": ink = number == 0 && order.count <= 2 ? "" : String(order.dropLast())
    default: break
    }
  }

  private mutating func clear(_ row: Int, from column: Int) {
    for place in rows[row].indices.dropFirst(column) { rows[row][place] = Cell() }
  }

  private static func line(_ row: [Cell]) -> String {
    String(row.map(\.text).joined().reversed().drop { $0 == " " }.reversed())
  }

  /// How many columns a character of the tests takes.
  private static func columns(of character: Character) -> Int {
    guard let scalar = character.unicodeScalars.first else { return 0 }
    if scalar.properties.generalCategory == .nonspacingMark { return 0 }
    switch scalar.value {
    case 0x1100...0x115F, 0x2E80...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFF00...0xFF60,
      0x1F300...0x1FAFF:
      return 2
    default: return 1
    }
  }
}
