import LeptonSession
import LeptonSyntax

/// Fits the printed form of a value to a width.
///
/// It comes in lines of `ValueText.pageWidth` columns. What had to be broken there stays broken, one
/// part below the other; lines that are filled are filled to the new width, and where that is narrow,
/// more is broken. Nothing but blanks between parts changes.
public enum ValueLayout {
  /// Lays a list, a record or a tensor out anew; any other value stays as it is.
  public static func fitted(_ text: String, to width: Int) -> String {
    guard width != ValueText.pageWidth, let parts = PrintedValue.read(text) else { return text }
    return ValueLines(width: max(20, width)).text(of: parts, from: 0, closing: 0)
  }
}

/// A printed value as text and brackets.
private enum PrintedValue {
  case text(String)
  indirect case group(Group)

  /// What stands between two brackets, with commas between its parts.
  struct Group {
    var open: Character
    var close: Character
    /// The parts, each in pieces: `rate: tensor(`, a group, `)`.
    var parts: [[PrintedValue]]
    /// Whether they stand in several lines.
    var isBroken: Bool
    /// Whether brackets stand in it.
    var isNested: Bool { parts.contains { $0.contains(where: \.isGroup) } }
  }

  var isGroup: Bool { if case .group = self { true } else { false } }

  /// Reads a value; nothing where lines or commas of the text mean something else.
  static func read(_ text: String) -> [PrintedValue]? {
    guard !text.isEmpty else { return nil }
    var reader = Reader(text)
    return reader.pieces(until: nil)
  }

  /// On one line.
  static func line(_ pieces: [PrintedValue]) -> String {
    pieces.map { piece in
      switch piece {
      case .text(let text): text
      case .group(let group):
        "\(group.open)\(group.parts.map(line).joined(separator: ", "))\(group.close)"
      }
    }.joined()
  }
}

extension PrintedValue {
  /// Reads the pieces of a printed value from its bytes.
  private struct Reader {
    private let bytes: [UInt8]
    private var place = 0
    /// The column of the next byte in the text as it came.
    private var column = 0
    /// What has been read of the text before the next bracket or comma.
    private var run: [UInt8] = []

    init(_ text: String) { bytes = Array(text.utf8) }

    /// Reads the pieces of a part, up to the comma or the bracket that ends it.
    ///
    /// - Parameter close: The bracket that ends the group, or nothing outside of any.
    mutating func pieces(until close: UInt8?) -> [PrintedValue]? {
      var pieces: [PrintedValue] = []
      var calls = 0
      while place < bytes.count {
        let byte = bytes[place]
        switch byte {
        case close,
          UInt8(ascii: ",") where close != nil && calls == 0:
          flush(into: &pieces)
          return pieces
        case UInt8(ascii: "]"), UInt8(ascii: "}"), UInt8(ascii: "#"), UInt8(ascii: "\n"): return nil
        case UInt8(ascii: "-") where bytes[place...].starts(with: "->".utf8): return nil
        case UInt8(ascii: "["), UInt8(ascii: "{"):
          flush(into: &pieces)
          guard let group = group(byte) else { return nil }
          pieces.append(.group(group))
        case UInt8(ascii: "\""):
          takeString()
        default:
          if byte == UInt8(ascii: "(") { calls += 1 }
          if byte == UInt8(ascii: ")") { calls -= 1 }
          take()
        }
      }
      flush(into: &pieces)
      return close == nil ? pieces : nil
    }

    private mutating func group(_ open: UInt8) -> Group? {
      let close = open == UInt8(ascii: "[") ? UInt8(ascii: "]") : UInt8(ascii: "}")
      skip()
      let indent = column
      var parts: [[PrintedValue]] = []
      var isBroken = false
      while let part = pieces(until: close) {
        if !part.isEmpty || !parts.isEmpty { parts.append(part) }
        let end = bytes[place]
        skip()
        guard end == UInt8(ascii: ",") else {
          return Group(
            open: Character(Unicode.Scalar(open)), close: Character(Unicode.Scalar(close)),
            parts: parts, isBroken: isBroken)
        }
        isBroken = skipGap(indent) || isBroken
      }
      return nil
    }

    /// Passes over what separates two parts: a blank, or a line end and the blanks that bring the next
    /// line below the first; further blanks belong to the part.
    ///
    /// - Returns: Whether a line ended.
    private mutating func skipGap(_ indent: Int) -> Bool {
      guard bytes[place...].first == UInt8(ascii: "\n") else {
        if bytes[place...].first == UInt8(ascii: " ") { skip() }
        return false
      }
      place += 1
      column = 0
      while column < indent, bytes[place...].first == UInt8(ascii: " ") { skip() }
      return true
    }

    private mutating func take() {
      run.append(bytes[place])
      place += 1
    }

    private mutating func takeString() {
      take()
      while place < bytes.count, bytes[place] != UInt8(ascii: "\"") {
        if bytes[place] == UInt8(ascii: "\\"), place + 1 < bytes.count { take() }
        take()
      }
      if place < bytes.count { take() }
    }

    private mutating func skip() {
      place += 1
      column += 1
    }

    private mutating func flush(into pieces: inout [PrintedValue]) {
      guard !run.isEmpty else { return }
      let text = String(decoding: run, as: UTF8.self)
      column += displayWidth(of: text)
      run = []
      pieces.append(.text(text))
    }
  }
}

/// Lays printed values out in lines of a width.
private struct ValueLines {
  let width: Int
  /// What stands further right than that is not broken any more.
  private var deepest: Int { width * 3 / 4 }

  init(width: Int) { self.width = width }

  /// Pieces from a column on, with so many columns behind them.
  func text(of pieces: [PrintedValue], from column: Int, closing: Int) -> String {
    var (text, column) = ("", column)
    for (place, piece) in pieces.enumerated() {
      switch piece {
      case .text(let more):
        text += more
        column += displayWidth(of: more)
      case .group(let group):
        let rest = displayWidth(of: PrintedValue.line(Array(pieces[(place + 1)...])))
        text += self.text(of: group, from: column, closing: closing + rest)
      }
    }
    return text
  }

  private func text(of group: PrintedValue.Group, from column: Int, closing: Int) -> String {
    let line = PrintedValue.line([.group(group)])
    let isFitting = column + displayWidth(of: line) + closing <= width
    if column > deepest || (isFitting && !(group.isNested && group.isBroken)) { return line }
    let inside =
      group.isNested
      ? below(group.parts, column + 1, closing) : filled(group.parts, column + 1, closing)
    return "\(group.open)\(inside)\(group.close)"
  }

  private func below(_ parts: [[PrintedValue]], _ indent: Int, _ closing: Int) -> String {
    parts.map { text(of: $0, from: indent, closing: closing + 1) }
      .joined(separator: ",\n" + String(repeating: " ", count: indent))
  }

  private func filled(_ parts: [[PrintedValue]], _ indent: Int, _ closing: Int) -> String {
    var (text, column) = ("", indent)
    for (place, part) in parts.enumerated() {
      let isLast = place == parts.count - 1
      let piece = PrintedValue.line(part) + (isLast ? "" : ",")
      let columns = displayWidth(of: piece)
      let isFull = column + 1 + columns + (isLast ? closing + 1 : 0) > width
      if place > 0 {
        text += isFull ? "\n" + String(repeating: " ", count: indent) : " "
        column = isFull ? indent : column + 1
      }
      text += piece
      column += columns
    }
    return text
  }
}
