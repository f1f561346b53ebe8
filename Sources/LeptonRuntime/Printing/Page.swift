import LeptonSession
import LeptonSyntax

/// Values in lines that fit a page.
///
/// Breaking only makes line ends of blanks: with blanks for its line ends, a broken text is the text on
/// one line.
enum Page {
  /// How many columns a page has.
  static let width = ValueText.pageWidth
  /// What stands further right than that is not broken any more.
  private static let deepest = 60
  /// A list of lists that is longer is shown by its ends.
  private static let longest = 40
  private static let ends = 10

  /// Fills lines with pieces, with commas between them.
  ///
  /// - Parameters:
  ///   - indent: the column at which the first piece stands, and every line begins.
  ///   - closing: how many columns follow the last piece.
  static func filled(_ pieces: [String], indent: Int, closing: Int) -> String {
    var text = ""
    var column = indent
    for (place, piece) in pieces.enumerated() {
      let size = displayWidth(of: piece) + (place == pieces.count - 1 ? closing : 1)
      if place > 0 {
        let isFull = column + 1 + size > width
        text += isFull ? "\n" + String(repeating: " ", count: indent) : " "
        column = isFull ? indent : column + 1
      }
      text += piece + (place == pieces.count - 1 ? "" : ",")
      column += size
    }
    return text
  }

  /// A value from a column on, with so many columns behind it.
  static func text(of value: Value, from column: Int = 0, closing: Int = 0) -> String {
    let line = value.display
    if column > deepest
      || (!line.contains("\n") && column + displayWidth(of: line) + closing <= width)
    {
      return line
    }
    switch value {
    case .list(let elements): return text(of: elements, line, column, closing)
    case .record(let record): return text(of: record, column, closing)
    case .tensor: return line.indented(by: column)
    default: return line
    }
  }

  private static func text(
    of elements: [Value], _ line: String, _ column: Int, _ closing: Int
  ) -> String {
    let isNested = elements.contains(where: \.isNested)
    let limit = isNested ? longest : ValueWriter.shownElements
    let isCut = elements.count > limit
    let head = isCut ? elements.prefix(ends) : elements[...]
    let tail = isCut ? elements.suffix(ends) : []
    let most = column + 1
    func piece(_ value: Value) -> String { text(of: value, from: most, closing: closing + 1) }
    let pieces = head.map(piece) + (isCut ? ["…"] : []) + tail.map(piece)
    return isNested
      ? "[" + below(pieces, most) + "]"
      : "[" + filled(pieces, indent: most, closing: closing + 1) + "]"
  }

  private static func text(of record: Record, _ column: Int, _ closing: Int) -> String {
    let pieces = zip(record.names, record.values).map { name, value in
      let key = ValueWriter.key(name) + ": "
      return key + text(of: value, from: column + 1 + displayWidth(of: key), closing: closing + 1)
    }
    return "{" + below(pieces, column + 1) + "}"
  }

  private static func below(_ pieces: [String], _ indent: Int) -> String {
    pieces.joined(separator: ",\n" + String(repeating: " ", count: indent))
  }
}

extension Value {
  /// The Lepton that makes the value, fitted to the page: shortened where it is large, broken into lines
  /// where it is long.
  public var page: String { Page.text(of: self) }

  /// Whether other values stand in it.
  fileprivate var isNested: Bool {
    switch self {
    case .list, .record, .tensor, .object: true
    default: false
    }
  }
}

extension String {
  /// The lines behind the first, further right.
  fileprivate func indented(by count: Int) -> String {
    replacing("\n", with: "\n" + String(repeating: " ", count: count))
  }
}
