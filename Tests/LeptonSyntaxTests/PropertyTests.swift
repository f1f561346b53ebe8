import LeptonSyntax
import Testing

@Suite("Whatever the text")
struct PropertyTests {
  private static let scraps = [
    "x", "f", "fn", "if", "else", "for", "in", "while", "try", "catch", "layer", "record", "expect",
    "import", "return", "not", "and", "(", ")", "[", "]", "{", "}", ",", ":", ";", ".", "...", "->",
    "=", ">>", "+", "-", "*", "/", "^", "**", "==", "<", "1", "0.5", "0x", "1_", "\"", "\"\"\"",
    "f\"", "f\"\"\"", "'", "\\", "\n", "\r\n", " ", "  ", "#", "##", "{{", "}}", "{", "損", "σ",
    "\u{301}", "\u{FEFF}", "\u{0}", "“", "a:", "\"k\":", "\\n", "\\u12", ":.3f", "nan", "-\n",
  ]

  /// Texts of random scraps, and programs with random pieces cut out, doubled and put elsewhere.
  private static let texts: [String] = {
    var dice = Dice(seed: 7)
    let soups = (0..<1500).map { _ in
      (0..<Int.random(in: 1...40, using: &dice)).map { _ in dice.pick(scraps) }.joined()
    }
    let mutants = (0..<1500).map { _ in mutant(of: dice.pick(corpus), &dice) }
    return corpus + soups + mutants
  }()

  private static func mutant(of text: String, _ dice: inout Dice) -> String {
    var scalars = Array(text.unicodeScalars)
    for _ in 0..<Int.random(in: 1...4, using: &dice) {
      let start = Int.random(in: 0...scalars.count, using: &dice)
      let end = min(scalars.count, start + Int.random(in: 0...6, using: &dice))
      let piece = Bool.random(using: &dice) ? Array(dice.pick(scraps).unicodeScalars) : []
      scalars.replaceSubrange(start..<end, with: piece)
    }
    return String(String.UnicodeScalarView(scalars))
  }

  @Test("the tokens cover it without gap, and printing what was parsed gives it back")
  func lossless() {
    for text in Self.texts {
      let parsed = parse(text)
      var end = 0
      for token in parsed.tokens {
        #expect(token.span.start == end, "\(text.debugDescription)")
        end = token.span.end
      }
      #expect(end == text.utf8.count)
      #expect(Array(Printer.print(parsed).utf8) == Array(text.utf8))
    }
  }

  @Test("every span lies within it, and a statement's within the text behind the one before")
  func spans() {
    for text in Self.texts {
      let parsed = parse(text)
      var end = 0
      for statement in parsed.statements {
        #expect(statement.span.start >= end && statement.span.end >= statement.span.start)
        end = statement.span.end
      }
      #expect(end <= text.utf8.count)
      for diagnostic in parsed.diagnostics {
        #expect(diagnostic.span.start >= 0 && diagnostic.span.end <= text.utf8.count)
        #expect(diagnostic.span.start <= diagnostic.span.end)
      }
    }
  }

  @Test("what is complete has no mistake, and what has none is complete or documentation")
  func completenessAgrees() {
    for text in Self.texts {
      let isRight = parse(text + "\n").diagnostics.isEmpty
      switch completeness(of: text) {
      case .complete: #expect(isRight, "\(text.debugDescription)")
      case .invalid: #expect(!isRight, "\(text.debugDescription)")
      case .incomplete: break
      }
    }
  }
}
