import LeptonSyntax
import Testing

@Suite("Completeness")
struct CompletenessTests {
  @Test(
    "of what can be run",
    arguments: ["", "x = 1", "f(a,\n  b)", "if a { }", "# comment", "x;", "fn f(x) = x", "## d\nx"])
  func complete(text: String) {
    #expect(completeness(of: text) == .complete)
  }

  @Test(
    "of the beginning of something, with the indent of the next line",
    arguments: [
      ("f(", 2), ("f(a,", 2), ("x = {", 2), ("f(x -> {", 4), ("if a {\n  b", 2), ("1 +", 2),
      ("x =", 2), ("x ->", 2), ("fn f(x)", 2), ("try { a }", 2), ("\"\"\"a", 0), ("f\"\"\"a{b", 0),
      ("## documentation", 0), ("(a, b", 2), ("a and", 2), ("[1,\n 2,", 2), ("for x in", 2),
      ("not", 2), ("record a =", 2), ("if a { 1 } else", 2),
    ])
  func incomplete(text: String, indent: Int) {
    #expect(completeness(of: text) == .incomplete(indent: indent))
  }

  @Test(
    "of what nothing can make right",
    arguments: [
      "a b", ")", "\"abc", "f(a b", "f\"a", "import", "x = = 1", "{a", "(]", "for x", "'",
    ])
  func invalid(text: String) {
    #expect(completeness(of: text) == .invalid)
  }
}

@Suite("Spelling")
struct SpellingTests {
  @Test(
    "finds what was meant",
    arguments: [
      ("dnese", "dense"), ("Dense", "dense"), ("crossentropy", "cross_entropy"), ("rleu", "relu"),
      ("flaten", "flatten"), ("softmaxx", "softmax"), ("rel", "relu"), ("X", "x"),
    ])
  func near(word: String, meant: String) {
    let words = ["dense", "cross_entropy", "relu", "flatten", "softmax", "x", "y", "train"]
    #expect(Spelling.nearest(to: word, in: words) == meant)
  }

  @Test("finds nothing where nothing is near", arguments: ["q", "banana", "tr", "", "dense"])
  func far(word: String) {
    #expect(Spelling.nearest(to: word, in: ["dense", "x", "train"]) == nil)
  }

  @Test("compares no words of any length, which would take long")
  func longWords() {
    let word = String(repeating: "a", count: 200_000)
    #expect(Spelling.nearest(to: word, in: [word + "b"]) == nil)
  }

  @Test("takes the nearest, and of equals the first")
  func ties() {
    #expect(Spelling.nearest(to: "abcd", in: ["abce", "abcd_", "abxd"]) == "abce")
    #expect(Spelling.nearest(to: "tain", in: ["stain", "train", "Tain"]) == "Tain")
  }
}

@Suite("Display width")
struct DisplayWidthTests {
  @Test(
    "counts the columns of a terminal",
    arguments: [
      ("", 0), ("abc", 3), ("损失", 4), ("σx", 2), ("e\u{301}", 1), ("한국", 4), ("ｆ", 2), ("ｱ", 1),
      ("😀", 2), ("👨‍👩‍👧", 2), ("🇩🇪", 2), ("❤️", 2), ("\u{200B}", 0), ("\u{7}", 0), ("│─", 2), ("é", 1),
      ("\u{1112}\u{1161}\u{11AB}", 2), ("、。", 4), ("𠀀", 2),
    ])
  func widths(text: String, width: Int) {
    #expect(displayWidth(of: text) == width)
  }
}

@Suite("A heading")
struct HeadingTests {
  @Test("names the word, its parameters, their defaults and what takes the rest")
  func parameters() {
    let source = Source(name: "", text: "f(a, b = [1, 2], rest..., k = -1, ...)")
    let heading = Parser.parseHeading(source)
    #expect(heading.diagnostics.isEmpty)
    #expect(heading.name == "f")
    #expect(heading.parameters?.map(\.name) == ["a", "b", "rest", "k"])
    #expect(heading.parameters?.map(\.isVariadic) == [false, false, true, false])
    #expect(heading.parameters?[1].defaultValue.map(Printer.print) == "[1, 2]")
    #expect(heading.isOpen)
  }

  @Test("of a value has no parameters, of a function without any an empty list")
  func values() {
    #expect(Parser.parseHeading(Source(name: "", text: "pi")).parameters == nil)
    #expect(Parser.parseHeading(Source(name: "", text: "mnist()")).parameters?.isEmpty == true)
    #expect(Parser.parseHeading(Source(name: "", text: "models.lenet()")).name == "models.lenet")
  }

  @Test("says what is wrong with it", arguments: ["f(", "f(a", "f(1)", "f(a) b", "", "f(a =)"])
  func mistakes(text: String) {
    #expect(!Parser.parseHeading(Source(name: "", text: text)).diagnostics.isEmpty)
  }
}

@Suite("A source")
struct SourceTests {
  @Test("counts lines from its first and columns in code points")
  func locations() {
    let source = Source(name: "nb", text: "a\n损失 = x\r\nlast", firstLine: 10)
    #expect(source.location(of: 0) == source.location(of: -5))
    #expect(source.location(of: 2).line == 11 && source.location(of: 2).column == 1)
    #expect(source.location(of: 8).column == 3)
    #expect(source.line(at: 8) == "损失 = x")
    #expect(source.location(of: 9999).line == 12)
    #expect(source[Span(2, 8)] == "损失")
  }
}
