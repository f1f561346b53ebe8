// Strings, plain ones and those with holes.

extension Lexer {
  /// Cuts a plain string, up to its closing quotes or to where it must end without them.
  mutating func scanString(quote: UInt8) {
    let start = position
    let isMultiline = startsTriple(quote)
    position += isMultiline ? 3 : 1
    while position < bytes.count, !endsString(quote, isMultiline: isMultiline) { skipCharacter() }
    if position < bytes.count, peek() == quote { position += isMultiline ? 3 : 1 }
    add(.string, from: start)
  }

  /// Opens an f-string behind its quotes.
  mutating func startInterpolation(from start: Int) {
    let isMultiline = startsTriple(UInt8(ascii: "\""))
    position += isMultiline ? 3 : 1
    add(.interpolationStart, from: start)
    enclosing.append(.interpolation(isMultiline: isMultiline))
  }

  /// Cuts the text of an f-string up to the next hole or to its end.
  mutating func scanText(isMultiline: Bool) {
    let start = position
    let quote = UInt8(ascii: "\"")
    while position < bytes.count, !endsString(quote, isMultiline: isMultiline), !startsHole {
      if peek() == UInt8(ascii: "{") { position += 1 }
      skipCharacter()
    }
    if position > start { add(.text, from: start) }
    if startsHole {
      startHole(isMultiline: isMultiline)
    } else {
      endInterpolation(isMultiline: isMultiline)
    }
  }

  private mutating func endInterpolation(isMultiline: Bool) {
    let start = position
    if peek() == UInt8(ascii: "\"") { position += isMultiline ? 3 : 1 }
    add(.interpolationEnd, from: start)
    enclosing.removeLast()
  }

  /// Whether the place at hand is the `{` of a hole: `{{` stands for a brace.
  private var startsHole: Bool {
    peek() == UInt8(ascii: "{") && peek(1) != UInt8(ascii: "{")
  }

  private func startsTriple(_ quote: UInt8) -> Bool {
    peek() == quote && peek(1) == quote && peek(2) == quote
  }

  private func endsString(_ quote: UInt8, isMultiline: Bool) -> Bool {
    if isMultiline { return startsTriple(quote) }
    return peek() == quote || peek() == UInt8(ascii: "\n")
      || (peek() == UInt8(ascii: "\r") && peek(1) == UInt8(ascii: "\n"))
  }

  /// Skips a character, with the quote or backslash behind a backslash.
  private mutating func skipCharacter() {
    let isEscape = peek() == UInt8(ascii: "\\")
    position += 1
    let next = peek()
    let quotes = next == UInt8(ascii: "\"") || next == UInt8(ascii: "'")
    if isEscape, quotes || next == UInt8(ascii: "\\") { position += 1 }
  }

  // MARK: Holes

  private mutating func startHole(isMultiline: Bool) {
    position += 1
    add(.holeStart, from: position - 1)
    enclosing.append(.hole(isMultiline: isMultiline))
    if !isMultiline { singleLineHoles += 1 }
  }

  /// Cuts a symbol, which within a hole may be the hole's end or begin its format.
  mutating func addSymbol(_ kind: Token.Kind, from start: Int) {
    if kind == .foreign(.walrus), case .hole(let isMultiline)? = enclosing.last {
      // A format that begins with `=`.
      position = start + 1
      return scanFormat(from: start, isMultiline: isMultiline)
    }
    guard let innermost = enclosing.last, case .symbol(let symbol) = kind else {
      return add(kind, from: start)
    }
    switch (symbol, innermost) {
    case (.rightBrace, _): return closeBrace(from: start)
    case (.colon, .hole(let isMultiline)): return scanFormat(from: start, isMultiline: isMultiline)
    case (.leftBrace, _): enclosing.append(.brace)
    case (.leftParenthesis, _), (.leftBracket, _): enclosing.append(.bracket)
    case (.rightParenthesis, .bracket), (.rightBracket, .bracket): enclosing.removeLast()
    default: break
    }
    add(kind, from: start)
  }

  /// Closes the innermost brace or hole, and the brackets in it that were left open.
  private mutating func closeBrace(from start: Int) {
    while case .bracket? = enclosing.last { enclosing.removeLast() }
    if case .hole? = enclosing.last {
      endHole(from: start)
    } else {
      _ = enclosing.popLast()
      add(.symbol(.rightBrace), from: start)
    }
  }

  private mutating func endHole(from start: Int) {
    if case .hole(isMultiline: false)? = enclosing.popLast() { singleLineHoles -= 1 }
    add(.holeEnd, from: start)
  }

  private mutating func scanFormat(from start: Int, isMultiline: Bool) {
    let quote = UInt8(ascii: "\"")
    while position < bytes.count, peek() != UInt8(ascii: "}"),
      !endsString(quote, isMultiline: isMultiline)
    {
      position += 1
    }
    add(.format, from: start)
    if peek() != UInt8(ascii: "}") { endHole(from: position) }
  }

  /// Closes what an end of line closes: all within the outermost hole that must stand on one line.
  mutating func closeSingleLineStrings() {
    while singleLineHoles > 0 { closeInnermost() }
    if case .interpolation(isMultiline: false)? = enclosing.last { closeInnermost() }
  }

  /// Closes what encloses the place at hand, with an empty token.
  mutating func closeInnermost() {
    switch enclosing.last {
    case .hole: endHole(from: position)
    case .interpolation:
      enclosing.removeLast()
      add(.interpolationEnd, from: position)
    case .brace, .bracket: enclosing.removeLast()
    case nil: break
    }
  }
}
