// F-strings: their text stays as it is written, and what stands in their holes is laid out.

extension LayoutWalk {
  /// Adds an f-string as one word, which never breaks.
  mutating func interpolation(_ parts: [Expression.Piece]) {
    comments()
    var word = takeText(upTo: position + 1)
    for part in parts {
      switch part {
      case .text: word += takeText(upTo: position + 1)
      case .value(let value, _): word += takeHole(of: value)
      }
    }
    add(word: word + takeText(upTo: position + 1))
  }

  /// Passes over tokens as they are written.
  private mutating func takeText(upTo end: Int) -> String {
    defer { position = end }
    return text(of: position..<end)
  }

  /// Passes over a hole; one that does not stand on a line, or cannot, stays as it is written.
  private mutating func takeHole(of value: Expression) -> String {
    let end = holeEnd
    let (inner, behind) = pieces(from: position + 1) { walk in walk.group { $0.expression(value) } }
    guard behind <= end else { return takeText(upTo: end + 1) }
    let format = tokens[behind..<end].firstIndex { $0.kind == .format }
    let hasLines = tokens[position..<end].contains { $0.kind == .newline || $0.kind == .comment }
    var printer = LayoutPrinter(inner, width: Self.endless)
    let line = String(printer.print().dropLast())
    guard !hasLines, !line.contains("\n") else { return takeText(upTo: end + 1) }
    position = end + 1
    let formatText = format.map { text(of: $0..<($0 + 1)) } ?? ""
    // `{{` is a brace, and no hole.
    let gap = line.hasPrefix("{") ? " " : ""
    return "{" + gap + line + (formatText.isEmpty && line.hasSuffix("}") ? gap : "") + formatText
      + "}"
  }

  /// More columns than a line ever has.
  private static let endless = 1 << 30

  /// The index of the token that ends the hole at hand.
  private var holeEnd: Int {
    var depth = 0
    var index = position
    while index < tokens.count - 1 {
      if tokens[index].kind == .holeStart { depth += 1 }
      if tokens[index].kind == .holeEnd { depth -= 1 }
      if depth == 0 { break }
      index += 1
    }
    return index
  }
}
