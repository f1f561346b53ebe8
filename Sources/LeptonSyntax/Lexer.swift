/// Cuts a text into tokens, in one pass and in time proportional to its length.
///
/// Strings with holes are cut flat: `f"a{b:.2f}"` becomes `f"`, `a`, `{`, `b`, `:.2f`, `}`, `"`, so
/// that a hole is lexed like any other code. What encloses the place at hand stands on a stack: an
/// f-string, a hole of one, a bracket within a hole. Nothing is a mistake here: a string that is never
/// closed ends at its line's end, or at the end of the text if it may span lines, and the parser sees
/// that its quotes are missing.
public struct Lexer {
  /// The text.
  let bytes: [UInt8]
  /// How far it is cut.
  var position = 0
  /// What it was cut into.
  var tokens: [Token] = []
  /// What encloses the place at hand, as far as f-strings are concerned.
  var enclosing: [Enclosing] = []
  /// How many of the enclosing holes must end on their line.
  var singleLineHoles = 0

  /// What may enclose a place in or within an f-string.
  enum Enclosing {
    case interpolation(isMultiline: Bool)
    case hole(isMultiline: Bool)
    case brace
    case bracket
  }

  /// Cuts a text into tokens that cover it without gap; the last one is the end.
  public static func tokens(of source: Source) -> [Token] { tokens(of: Array(source.text.utf8)) }

  /// Cuts the bytes of a text into tokens.
  static func tokens(of bytes: [UInt8]) -> [Token] {
    var lexer = Lexer(bytes: bytes)
    return lexer.run()
  }

  init(bytes: [UInt8]) {
    self.bytes = bytes
    tokens.reserveCapacity(bytes.count / 2)
  }

  mutating func run() -> [Token] {
    while position < bytes.count {
      if case .interpolation(let isMultiline)? = enclosing.last {
        scanText(isMultiline: isMultiline)
      } else {
        scanCode()
      }
    }
    while !enclosing.isEmpty { closeInnermost() }
    add(.end, from: position)
    return tokens
  }

  /// The byte at a distance from the place at hand; 0 behind the end.
  func peek(_ distance: Int = 0) -> UInt8 {
    let index = position + distance
    return index < bytes.count ? bytes[index] : 0
  }

  mutating func add(_ kind: Token.Kind, from start: Int) {
    tokens.append(Token(kind, Span(start, position)))
  }

  mutating func skip(while condition: (UInt8) -> Bool) {
    while position < bytes.count, condition(bytes[position]) { position += 1 }
  }

  // MARK: Code

  private mutating func scanCode() {
    let start = position
    switch peek() {
    case UInt8(ascii: " "), UInt8(ascii: "\t"), 0x0B, 0x0C:
      skip { $0 == 0x20 || $0 == 0x09 || $0 == 0x0B || $0 == 0x0C }
      add(.space, from: start)
    case UInt8(ascii: "\r"): scanCarriageReturn()
    case UInt8(ascii: "\n"): scanNewline(width: 1)
    case UInt8(ascii: "#"): scanComment()
    case UInt8(ascii: "\""): scanString(quote: UInt8(ascii: "\""))
    case UInt8(ascii: "'"): scanString(quote: UInt8(ascii: "'"))
    case UInt8(ascii: "0")...UInt8(ascii: "9"): scanNumber()
    case UInt8(ascii: ".") where peek(1).isDigit && !isBehindOperand: scanNumber()
    case let byte where byte.isIdentifierStart: scanWord()
    case 0x80...: scanScalar()
    default: scanSymbol()
    }
  }

  /// Whether the token before ends here and can have a field.
  private var isBehindOperand: Bool {
    switch tokens.last?.kind {
    case .identifier, .symbol(.rightParenthesis), .symbol(.rightBracket): true
    default: false
    }
  }

  /// A carriage return ends a line, with a line feed behind it or alone.
  private mutating func scanCarriageReturn() {
    scanNewline(width: peek(1) == UInt8(ascii: "\n") ? 2 : 1)
  }

  private mutating func scanNewline(width: Int) {
    closeSingleLineStrings()
    position += width
    add(.newline, from: position - width)
  }

  private mutating func scanComment() {
    let start = position
    let startsLine = startsLine
    skip { $0 != UInt8(ascii: "\n") && $0 != UInt8(ascii: "\r") }
    let isDocumentation =
      startsLine && position - start >= 2 && bytes[start + 1] == UInt8(ascii: "#")
      && (position - start == 2 || bytes[start + 2] != UInt8(ascii: "#"))
    add(isDocumentation ? .documentation : .comment, from: start)
  }

  /// Whether only spaces stand before the place at hand on its line.
  private var startsLine: Bool {
    guard let last = tokens.last else { return true }
    if last.kind == .newline { return true }
    return last.kind == .space && (tokens.count == 1 || tokens[tokens.count - 2].kind == .newline)
  }

  private mutating func scanWord() {
    let start = position
    skipIdentifier()
    if position - start == 1, bytes[start] == UInt8(ascii: "f"), peek() == UInt8(ascii: "\"") {
      return startInterpolation(from: start)
    }
    add(keyword(from: start).map { .keyword($0) } ?? .identifier, from: start)
  }

  private func keyword(from start: Int) -> Keyword? {
    let length = position - start
    guard length >= 2, length <= 8 else { return nil }
    let rows = Lexer.keywords[Int(bytes[start])]
    if rows.isEmpty { return nil }
    let word = Lexer.packed(bytes[start..<position])
    return rows.first { $0.word == word }?.keyword
  }

  /// Every keyword under its first byte.
  private static let keywords: [[(word: UInt64, keyword: Keyword)]] = {
    var table = [[(word: UInt64, keyword: Keyword)]](repeating: [], count: 256)
    for keyword in Keyword.allCases {
      let bytes = Array(keyword.rawValue.utf8)
      table[Int(bytes[0])].append((packed(bytes[...]), keyword))
    }
    return table
  }()

  /// Up to eight bytes as one number.
  private static func packed(_ bytes: ArraySlice<UInt8>) -> UInt64 {
    bytes.reduce(0) { $0 << 8 | UInt64($1) }
  }

  /// Cuts what begins with a scalar outside ASCII.
  private mutating func scanScalar() {
    let start = position
    let (scalar, width) = self.scalar(at: position)
    position += width
    if scalar.properties.isXIDStart {
      skipIdentifier()
      add(.identifier, from: start)
    } else {
      let isSpace = scalar.properties.isWhitespace || (scalar.value == 0xFEFF && start == 0)
      add(isSpace ? .space : .invalid, from: start)
    }
  }

  private mutating func skipIdentifier() {
    while position < bytes.count {
      if bytes[position].isIdentifierContinuation {
        position += 1
      } else if bytes[position] >= 0x80 {
        let (scalar, width) = scalar(at: position)
        guard scalar.properties.isXIDContinue else { return }
        position += width
      } else {
        return
      }
    }
  }

  func scalar(at index: Int) -> (Unicode.Scalar, width: Int) {
    let width = bytes[index] >= 0xF0 ? 4 : bytes[index] >= 0xE0 ? 3 : bytes[index] >= 0xC0 ? 2 : 1
    let piece = bytes[index..<Swift.min(index + width, bytes.count)]
    return (String(decoding: piece, as: UTF8.self).unicodeScalars.first ?? "\u{FFFD}", piece.count)
  }

  private mutating func scanSymbol() {
    let start = position
    let ahead = UInt32(peek()) << 16 | UInt32(peek(1)) << 8 | UInt32(peek(2))
    for row in Lexer.symbols[Int(peek())] where ahead & row.mask == row.spelling {
      position += row.length
      return addSymbol(row.kind, from: start)
    }
    position += 1
    add(.invalid, from: start)
  }

  /// A symbol, as the first of three bytes.
  private struct SymbolRow {
    let spelling: UInt32
    let mask: UInt32
    let length: Int
    let kind: Token.Kind

    init(_ text: String, _ kind: Token.Kind) {
      length = text.utf8.count
      spelling = text.utf8.reduce(0) { $0 << 8 | UInt32($1) } << (8 * (3 - UInt32(length)))
      mask = 0xFFFFFF << (8 * (3 - UInt32(length))) & 0xFFFFFF
      self.kind = kind
    }
  }

  /// Every symbol under its first byte, longest first; none has more than three.
  private static let symbols: [[SymbolRow]] = {
    var table = [[SymbolRow]](repeating: [], count: 128)
    let ours = Symbol.allCases.map { ($0.rawValue, Token.Kind.symbol($0)) }
    let foreign = ForeignOperator.allCases.map { ($0.rawValue, Token.Kind.foreign($0)) }
    for (text, kind) in (ours + foreign).sorted(by: { $0.0.utf8.count > $1.0.utf8.count }) {
      if let first = text.utf8.first { table[Int(first)].append(SymbolRow(text, kind)) }
    }
    return table
  }()

  // MARK: Numbers

  /// Cuts a number, with all letters and digits that stick to it; the parser looks at it closely.
  private mutating func scanNumber() {
    let start = position
    if peek() == UInt8(ascii: "0"), peek(1) | 0x20 == UInt8(ascii: "x") {
      skipIdentifier()
      return add(.integer, from: start)
    }
    skip { $0.isDigit || $0 == UInt8(ascii: "_") }
    let hasFraction = skipFraction()
    let hasExponent = skipExponent()
    skipIdentifier()
    add(hasFraction || hasExponent ? .float : .integer, from: start)
  }

  private mutating func skipFraction() -> Bool {
    guard peek() == UInt8(ascii: ".") else { return false }
    let next = peek(1)
    let isField = (next.isIdentifierStart || next >= 0x80) && !startsExponent(at: 1)
    guard !isField, next != UInt8(ascii: ".") else { return false }
    position += 1
    skip { $0.isDigit || $0 == UInt8(ascii: "_") }
    return true
  }

  private mutating func skipExponent() -> Bool {
    guard startsExponent(at: 0) else { return false }
    position += 2
    skip { $0.isDigit || $0 == UInt8(ascii: "_") }
    return true
  }

  private func startsExponent(at distance: Int) -> Bool {
    guard peek(distance) | 0x20 == UInt8(ascii: "e") else { return false }
    let next = peek(distance + 1)
    let isSign = next == UInt8(ascii: "+") || next == UInt8(ascii: "-")
    return next.isDigit || (isSign && peek(distance + 2).isDigit)
  }
}

extension UInt8 {
  var isDigit: Bool { self >= 0x30 && self <= 0x39 }
  var isIdentifierStart: Bool {
    (self | 0x20 >= 0x61 && self | 0x20 <= 0x7A) || self == UInt8(ascii: "_")
  }
  var isIdentifierContinuation: Bool { isIdentifierStart || isDigit }
}
