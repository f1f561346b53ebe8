extension Parser {
  /// Reads the integer at hand.
  mutating func integer(digits: String, at span: Span) -> Int {
    let literal = Literal.integer(bytes[span.start..<span.end])
    advance()
    switch literal {
    case .magnitude(let value):
      if let value = Int(exactly: value) { return value }
      report(.integerTooLarge(digits), at: span)
    case .tooLarge: report(.integerTooLarge(digits), at: span)
    case .malformed: report(.malformedNumber(digits), at: span)
    }
    return 0
  }

  /// Reads the number with a fraction or an exponent at hand.
  mutating func float() -> Expression {
    let span = current.span
    let value = Literal.float(bytes[span.start..<span.end])
    if value == nil { report(.malformedNumber(currentText), at: span) }
    advance()
    return Expression(.float(value ?? 0), span)
  }

  // MARK: Strings

  /// Reads the plain string at hand.
  mutating func string() -> String {
    let span = current.span
    let quote = bytes[span.start]
    let width = bytes[span.start..<span.end].starts(with: [quote, quote, quote]) ? 3 : 1
    let isClosed = isClosed(span, quote: quote, width: width)
    if quote == UInt8(ascii: "'") { report(.singleQuotes, at: span) }
    if !isClosed { reportUnclosedString(at: span, isMultiline: width == 3) }
    let end = isClosed ? span.end - width : span.end
    let value = decoded(Span(span.start + width, end), isFormatted: false)
    advance()
    return value
  }

  private func isClosed(_ span: Span, quote: UInt8, width: Int) -> Bool {
    let end = span.end - width
    guard end >= span.start + width, bytes[end..<span.end].allSatisfy({ $0 == quote }) else {
      return false
    }
    let content = bytes[(span.start + width)..<end]
    return content.reversed().prefix { $0 == UInt8(ascii: "\\") }.count.isMultiple(of: 2)
  }

  private mutating func reportUnclosedString(at span: Span, isMultiline: Bool) {
    if isMultiline, isPrefix {
      wantsMore = true
    } else {
      report(.unclosedString(quotes: isMultiline ? "\"\"\"" : "\""), at: span)
    }
  }

  /// Reads an f-string.
  mutating func interpolation() -> Expression {
    let start = current.span
    let opened = open()
    guard opened.isClosed else { return Expression(.invalid, start) }
    let end = stream.tokens[opened.partner].span
    if end.start == end.end {
      reportUnclosedString(at: start, isMultiline: start.end - start.start > 2)
    }
    var pieces: [Expression.Piece] = []
    while !isPanicking, position != opened.partner, let piece = piece() { pieces.append(piece) }
    return Expression(.interpolation(pieces), close(opened))
  }

  private mutating func piece() -> Expression.Piece? {
    let span = current.span
    switch current.kind {
    case .text:
      advance()
      return .text(decoded(span, isFormatted: true))
    case .holeStart: return hole()
    default: return nil
    }
  }

  private mutating func hole() -> Expression.Piece {
    let opened = open()
    if current.kind == .holeEnd { fail(.emptyHole) }
    let start = current.span.start
    let value = expression()
    if !isPanicking, current.kind == .foreign(.exclamation),
      ["r", "s", "a"].contains(text(next.span))
    {
      fail(.conversion(text(Span(start, previousSpan.end))))
    }
    let format = isPanicking ? "" : format()
    reportUnclosedHole(opened)
    _ = close(opened)
    return .value(value, format: format)
  }

  private mutating func format() -> String {
    guard current.kind == .format else { return "" }
    let format = String(currentText.dropFirst())
    if format.contains("{") { report(.holeInFormat) }
    advance()
    return format
  }

  private mutating func reportUnclosedHole(_ opened: Opened) {
    guard opened.isClosed else { return }
    let end = stream.tokens[opened.partner].span
    let behind = stream.tokens[opened.partner + 1]
    let isToldAlready = behind.kind == .interpolationEnd && behind.span.start == behind.span.end
    if end.start == end.end, !isToldAlready {
      report(.unclosed("{"), at: stream.tokens[opened.index].span)
    }
  }

  // MARK: Escapes

  /// Reads the text of a string: its escapes, and in an f-string the doubled braces.
  private mutating func decoded(_ span: Span, isFormatted: Bool) -> String {
    let content = bytes[span.start..<span.end]
    let isPlain = content.allSatisfy {
      $0 != UInt8(ascii: "\\") && $0 != UInt8(ascii: "\r")
        && !(isFormatted && ($0 == UInt8(ascii: "{") || $0 == UInt8(ascii: "}")))
    }
    if isPlain { return String(decoding: content, as: UTF8.self) }
    var result: [UInt8] = []
    var index = span.start
    while index < span.end {
      index += decode(at: index, end: span.end, isFormatted: isFormatted, into: &result)
    }
    return String(decoding: result, as: UTF8.self)
  }

  /// Reads one character of a string; gives how many bytes it takes.
  private mutating func decode(
    at index: Int, end: Int, isFormatted: Bool, into result: inout [UInt8]
  ) -> Int {
    let byte = bytes[index]
    let next = index + 1 < end ? bytes[index + 1] : 0
    switch byte {
    case UInt8(ascii: "\\"): return decodeEscape(at: index, end: end, into: &result)
    case UInt8(ascii: "\r") where next == UInt8(ascii: "\n"): return 1
    case UInt8(ascii: "{") where isFormatted && next == byte, UInt8(ascii: "}") where isFormatted:
      if next != byte { report(.loneBrace, at: Span(index, index + 1)) }
      result.append(byte)
      return next == byte ? 2 : 1
    default:
      result.append(byte)
      return 1
    }
  }

  private mutating func decodeEscape(at index: Int, end: Int, into result: inout [UInt8]) -> Int {
    let letter = index + 1 < end ? bytes[index + 1] : 0
    switch letter {
    case UInt8(ascii: "n"): result.append(UInt8(ascii: "\n"))
    case UInt8(ascii: "t"): result.append(UInt8(ascii: "\t"))
    case UInt8(ascii: "\\"), UInt8(ascii: "\""), UInt8(ascii: "'"): result.append(letter)
    case UInt8(ascii: "x"): return decodeScalar(at: index, digits: 2, end: end, into: &result)
    case UInt8(ascii: "u"): return decodeScalar(at: index, digits: 4, end: end, into: &result)
    case UInt8(ascii: "U"): return decodeScalar(at: index, digits: 8, end: end, into: &result)
    default:
      report(.unknownEscape(escape(at: index, end: end)), at: Span(index, min(index + 2, end)))
      result.append(bytes[index])
      return 1
    }
    return 2
  }

  /// The backslash and the character behind it.
  private func escape(at index: Int, end: Int) -> String {
    String(String(decoding: bytes[index..<min(index + 5, end)], as: UTF8.self).prefix(2))
  }

  private mutating func decodeScalar(
    at index: Int, digits: Int, end: Int, into result: inout [UInt8]
  ) -> Int {
    let hexadecimal = bytes[(index + 2)..<max(index + 2, min(index + 2 + digits, end))]
      .prefix { Literal.digit($0) != nil }
    let value = hexadecimal.reduce(UInt32(0)) { $0 << 4 | UInt32(Literal.digit($1) ?? 0) }
    let width = 2 + hexadecimal.count
    if hexadecimal.count == digits, let scalar = Unicode.Scalar(value) {
      result += Array(String(Character(scalar)).utf8)
    } else {
      report(.malformedEscape(digits: digits), at: Span(index, index + width))
    }
    return width
  }
}
