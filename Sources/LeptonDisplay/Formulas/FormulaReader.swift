/// Reads a formula in TeX: what lessons need of it, as LaTeX with amsmath understands it.
///
/// Whatever it does not know makes the whole formula unreadable: a formula of which a part is missing
/// says something else.
struct FormulaReader {
  /// That a formula is not understood.
  struct Unreadable: Error {}

  /// What a formula is made of.
  enum Token: Hashable {
    case command(String)
    case character(Character)
    case opening, closing, above, below, cell, line, end
  }

  /// How many bytes a formula may have.
  static let sizeLimit = 2000
  /// How deep it may be nested.
  private static let depthLimit = 40

  private let text: [Character]
  private var position = 0
  private var depth = 0

  init(_ tex: String) { text = Array(tex) }

  /// Reads all of it; lines that it is broken into become rows.
  mutating func formula() throws(Unreadable) -> Formula {
    let rows = try grid(until: .end)
    if rows.count == 1, rows[0].count == 1 { return rows[0][0] }
    guard rows.allSatisfy({ $0.count == 1 }) else { throw Unreadable() }
    return .grid(Formula.Grid(rows: rows, columns: [.centre], isDisplayed: true))
  }

  /// Reads rows of cells, up to a token that stays unread.
  mutating func grid(until end: Token) throws(Unreadable) -> [[Formula]] {
    var rows: [[Formula]] = [[]]
    while true {
      rows[rows.count - 1].append(try row(until: [.cell, .line, end]))
      let token = peek()
      if token == end { break }
      _ = next()
      if token == .line {
        skipLength()
        rows.append([])
      }
    }
    let isEmptyAtEnd = rows.count > 1 && rows[rows.count - 1] == [.row([])]
    return isEmptyAtEnd ? rows.dropLast() : rows
  }

  /// Reads parts that follow each other, up to one of these tokens, which stays unread.
  mutating func row(until ends: Set<Token>) throws(Unreadable) -> Formula {
    depth += 1
    defer { depth -= 1 }
    guard depth <= Self.depthLimit else { throw Unreadable() }
    var parts: [Formula] = []
    while case let token = peek(), !ends.contains(token) {
      switch token {
      case .above, .below, .character("'"):
        parts.append(try scripts(on: parts.popLast() ?? .row([])))
      case .command("limits"), .command("nolimits"):
        _ = next()
        parts.append(try limits(token == .command("limits"), on: parts.popLast()))
      case .command("displaystyle"), .command("textstyle"):
        _ = next()
        let rest = try row(until: ends)
        parts.append(.style(rest, isDisplayed: token == .command("displaystyle")))
      default: parts.append(try atom())
      }
    }
    return parts.count == 1 ? parts[0] : .row(parts)
  }

  private func limits(
    _ areSet: Bool, on formula: Formula?
  ) throws(Unreadable) -> Formula {
    switch formula {
    case .sign(let sign, .large): .sign(sign, .large(takesLimits: areSet))
    case .function(let name, _): .function(name, takesLimits: areSet)
    default: throw Unreadable()
    }
  }

  /// Reads what stands below, above and behind as primes, in whichever order.
  private mutating func scripts(on base: Formula) throws(Unreadable) -> Formula {
    var below: Formula?
    var above: Formula?
    var primes = 0
    while true {
      switch peek() {
      case .character("'"):
        _ = next()
        primes += 1
      case .above where above == nil:
        _ = next()
        above = try argument()
      case .below where below == nil:
        _ = next()
        below = try argument()
      case .above, .below: throw Unreadable()
      default:
        // Beside what they mark and not above it: as a letter the prime is raised already.
        let marks = Formula.sign(String(repeating: "′", count: primes), .ordinary)
        let marked = primes > 0 ? .row([base, marks]) : base
        return below == nil && above == nil ? marked : .script(marked, below: below, above: above)
      }
    }
  }

  /// Reads the argument of a command: a group, or the next sign alone.
  mutating func argument() throws(Unreadable) -> Formula {
    switch peek() {
    case .opening: return try group()
    case .character(let digit) where digit.isASCII && digit.isNumber:
      _ = next()
      return .number(String(digit))
    default: return try atom()
    }
  }

  private mutating func group() throws(Unreadable) -> Formula {
    _ = next()
    let inside = try row(until: [.closing])
    _ = next()
    return inside
  }

  private mutating func atom() throws(Unreadable) -> Formula {
    switch peek() {
    case .opening:
      // What stands in braces is one thing, and its signs are not joined with their neighbours.
      let inside = try group()
      if case .sign(let sign, _) = inside { return .sign(sign, .ordinary) }
      return inside
    case .character(let character):
      if character.isASCII && character.isNumber { return number() }
      _ = next()
      return Self.formula(of: character)
    case .command(let name):
      _ = next()
      depth += 1
      defer { depth -= 1 }
      guard depth <= Self.depthLimit else { throw Unreadable() }
      return try command(name)
    default: throw Unreadable()
    }
  }

  private mutating func number() -> Formula {
    skipBlanks()
    var digits = ""
    while position < text.count {
      let character = text[position]
      let isPoint =
        character == "." && position + 1 < text.count && text[position + 1].isASCII
        && text[position + 1].isNumber && !digits.contains(".")
      guard (character.isASCII && character.isNumber) || isPoint else { break }
      digits.append(character)
      position += 1
    }
    return .number(digits)
  }

  private static func formula(of character: Character) -> Formula {
    switch character {
    case "+", "±", "×", "·", "⋅", "÷", "∘", "⊙", "⊗", "⊕", "∪", "∩", "∧", "∨":
      .sign(String(character), .binary)
    case "-", "−": .sign("−", .binary)
    case "*": .sign("∗", .binary)
    case "=", "<", ">", ":", "≤", "≥", "≠", "≈", "∈", "→", "←", "⇒", "∼", "≡", "∝":
      .sign(String(character), .relation)
    case "(", "[": .sign(String(character), .opening)
    case ")", "]", "!", "?": .sign(String(character), .closing)
    case ",", ";": .sign(String(character), .punctuation)
    case "∑", "∏": .sign(String(character), .large(takesLimits: true))
    case "∫": .sign(String(character), .large(takesLimits: false))
    case "~": .space(1 / 4)
    default:
      character.isLetter
        ? .name(String(character), isUpright: !character.isASCII && !("α"..."ω" ~= character))
        : character.isNumber ? .number(String(character)) : .sign(String(character), .ordinary)
    }
  }

  // Tokens.

  /// The next token, which stays unread.
  func peek() -> Token {
    var copy = self
    return copy.next()
  }

  /// Reads a token.
  @discardableResult mutating func next() -> Token {
    skipBlanks()
    guard position < text.count else { return .end }
    let character = text[position]
    position += 1
    switch character {
    case "{": return .opening
    case "}": return .closing
    case "^": return .above
    case "_": return .below
    case "&": return .cell
    case "\\": return commandToken()
    default: return .character(character)
    }
  }

  private mutating func commandToken() -> Token {
    let start = position
    while position < text.count, text[position].isASCII, text[position].isLetter { position += 1 }
    if position == start {
      guard position < text.count else { return .end }
      position += 1
      if text[start] == "\\" { return .line }
      return .command(text[start].isWhitespace ? " " : String(text[start]))
    }
    return .command(String(text[start..<position]))
  }

  /// Passes over blanks and comments.
  private mutating func skipBlanks() {
    while position < text.count {
      if text[position] == "%" {
        while position < text.count, !text[position].isNewline { position += 1 }
      } else if text[position].isWhitespace {
        position += 1
      } else {
        return
      }
    }
  }

  /// Reads a group as it stands: words, a name, a length.
  mutating func words() throws(Unreadable) -> String {
    guard next() == .opening else { throw Unreadable() }
    var words = ""
    var open = 1
    while position < text.count {
      let character = text[position]
      position += 1
      switch character {
      case "{": open += 1
      case "}":
        open -= 1
        if open == 0 { return words }
      case "\\":
        guard position < text.count, !text[position].isLetter else { throw Unreadable() }
        words.append(",;: !".contains(text[position]) ? " " : text[position])
        position += 1
      default: words.append(character == "~" || character.isWhitespace ? " " : character)
      }
    }
    throw Unreadable()
  }

  /// Reads what stands in square brackets, if something does.
  mutating func option() -> String? {
    guard peek() == .character("["), let end = text[position...].firstIndex(of: "]") else {
      return nil
    }
    _ = next()
    let option = String(text[position..<end])
    position = end + 1
    return option
  }

  /// Passes over the length that may stand behind the end of a line.
  private mutating func skipLength() {
    var copy = self
    guard let length = copy.option(),
      length.hasSuffix("pt") || length.hasSuffix("em") || length.hasSuffix("ex")
    else { return }
    self = copy
  }
}
