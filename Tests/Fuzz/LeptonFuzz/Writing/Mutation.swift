import LeptonSyntax

/// Changes of texts that somebody wrote.
public enum Mutation {
  /// Changes a program a little.
  static func changed(_ text: String, _ writer: ProgramWriter, _ dice: inout Dice) -> String {
    switch dice.below(10) {
    case 0...5: changingTokens(of: text, writer, &dice)
    case 6: changingLines(of: text, &dice)
    case 7: nesting(text, &dice)
    default: String(decoding: changingBytes(of: Array(text.utf8), &dice), as: UTF8.self)
    }
  }

  /// Leaves out, doubles, moves and replaces tokens.
  static func changingTokens(of text: String, _ writer: ProgramWriter, _ dice: inout Dice) -> String
  {
    let source = Source(name: "", text: text)
    var tokens = Lexer.tokens(of: source).dropLast().map { (kind: $0.kind, text: source[$0.span]) }
    guard !tokens.isEmpty else { return text }
    var writer = writer
    writer.dice = Dice(seed: dice.next())
    writer.budget = 12
    for _ in 0..<(1 + dice.below(3)) {
      let place = dice.below(tokens.count)
      switch dice.below(8) {
      case 0: tokens[place].text = ""
      case 1: tokens[place].text += tokens[place].text
      case 2: tokens.swapAt(place, dice.below(tokens.count))
      case 3: tokens[place].text = dice.pick(scraps)
      default: tokens[place].text = replacement(of: tokens[place], &writer)
      }
    }
    return tokens.map(\.text).joined()
  }

  /// Something that may stand where a token stood.
  private static func replacement(
    of token: (kind: Token.Kind, text: String), _ writer: inout ProgramWriter
  ) -> String {
    switch token.kind {
    case .integer, .float:
      writer.dice.happens(60) ? "(\(writer.dice.pick(ProgramWriter.odd)))" : writer.leaf(.int)
    case .string: writer.leaf(.string)
    case .identifier: writer.dice.pick(writer.vocabulary.words).signature.name
    case .keyword: writer.dice.pick(Keyword.allCases).rawValue
    case .symbol: writer.dice.pick(Symbol.allCases).rawValue
    case .space, .newline, .comment, .documentation: writer.dice.pick([" ", "\n", "\r\n", "#\n"])
    default: writer.expression(.anything)
    }
  }

  private static func changingLines(of text: String, _ dice: inout Dice) -> String {
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    let first = dice.below(lines.count)
    switch dice.below(3) {
    case 0: lines.remove(at: first)
    case 1: lines.insert(lines[first], at: dice.below(lines.count))
    default: lines.swapAt(first, dice.below(lines.count))
    }
    return lines.joined(separator: dice.happens(10) ? "\r\n" : "\n")
  }

  /// Puts a text many times into brackets, with or without closing them.
  private static func nesting(_ text: String, _ dice: inout Dice) -> String {
    let pairs = [
      ("(", ")"), ("[", "]"), ("{ ", " }"), ("{a: ", "}"), ("f(", ")"), ("-", ""), ("not ", ""),
      ("x -> ", ""), ("if true { ", " }"), ("f\"{", "}\""), ("layer x -> ", ""), ("1 + ", ""),
      ("try { ", " } catch e { }"), ("while false { ", " }"), ("fn f() { ", " }"), ("x[", "]"),
    ]
    let (opening, closing) = dice.pick(pairs)
    let count = dice.pick([2, 10, 130, 200, 700])
    let line = text.split(separator: "\n").first.map(String.init) ?? "1"
    return String(repeating: opening, count: count) + line
      + String(repeating: closing, count: dice.happens(80) ? count : count / 2)
  }

  /// Changes, leaves out, doubles and inserts bytes.
  static func changingBytes(of bytes: [UInt8], _ dice: inout Dice) -> [UInt8] {
    var bytes = bytes
    for _ in 0..<(1 + dice.below(4)) {
      let start = dice.below(bytes.count + 1)
      let end = min(bytes.count, start + dice.below(8))
      switch dice.below(4) {
      case 0: bytes.removeSubrange(start..<end)
      case 1: bytes.insert(contentsOf: bytes[start..<end], at: start)
      case 2: bytes.replaceSubrange(start..<end, with: dice.pick(scraps).utf8)
      default: if start < end { bytes[start] = UInt8(truncatingIfNeeded: dice.next()) }
      }
    }
    return bytes
  }

  /// Pieces at which readers stumble.
  static let scraps = [
    "fn", "layer", "(", ")", "[", "]", "{", "}", ",", ":", ";", ".", "...", "->", "=", ">>", "**",
    "0x", "1_", "1e", "1e999", "\"", "\"\"\"", "f\"", "f\"\"\"", "'", "\\", "\n", "\r\n", "\r", " ",
    "#", "##", "{{", "}}", "損", "σ", "\u{301}", "\u{FEFF}", "\u{0}", "“", "\\uD800", "\\U00110000",
    "\\x", ":.3f", "nan", "\u{2028}", "\u{1F468}\u{200D}\u{1F469}", "\t", "\u{AD}", "```", "---",
    "999999999999999999999", "±", "[..]",
  ]
}
