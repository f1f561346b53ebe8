import LeptonSyntax
import Testing

@Suite("A mistake")
struct MistakeTests {
  @Test(
    "is told at its place, and only once",
    arguments: [
      ("x = (1 +\ny = 2", ["1:5-6 syntax/bracket"]),
      ("f(a b, c)\nz = 1", ["1:5-6 syntax/unexpected"]),
      ("z = )", ["1:5-6 syntax/bracket"]),
      ("x = [1, 2\ny = [3]", ["1:5-6 syntax/bracket"]),
      ("fn f(x) {\n  x +\n", ["1:9-10 syntax/bracket"]),
      ("fn f(x) {\n  y = (x\n}\nz = 1", ["2:7-8 syntax/bracket"]),
      ("a ** b", ["1:3-5 syntax/operator"]),
      (
        "a && b || !c",
        ["1:3-5 syntax/operator", "1:8-10 syntax/operator", "1:11-12 syntax/operator"]
      ),
      ("x += 1", ["1:3-5 syntax/operator"]),
      ("x not in xs", ["1:3-9 syntax/operator"]),
      ("a + not b", ["1:5-8 syntax/operator"]),
      ("+1", ["1:1-2 syntax/operator"]),
      ("in = 3", ["1:1-3 syntax/keyword"]),
      ("fn for(x) = x", ["1:4-7 syntax/keyword"]),
      ("f(in=3)", ["1:3-5 syntax/keyword"]),
      ("f(x) = 1", ["1:1-5 syntax/target"]),
      ("a + b = 1", ["1:1-6 syntax/target"]),
      ("a = b = 1", ["1:7-8 syntax/operator"]),
      ("x = {a}", ["1:5-6 syntax/unexpected"]),
      ("(1, 2)", ["1:3-4 syntax/unexpected"]),
      ("()", ["1:2-3 syntax/unexpected"]),
      ("x[]", ["1:2-4 syntax/unexpected"]),
      ("x = ...", ["1:5-8 syntax/unexpected"]),
      ("sum(x for x in xs)", ["1:7-10 syntax/unexpected"]),
      ("f(a=1, 2)", ["1:8-9 syntax/order"]),
      ("fn f(a = 1, b) = a", ["1:13-14 syntax/order"]),
      ("9223372036854775808", ["1:1-20 syntax/number"]),
      ("0xFFFFFFFFFFFFFFFFF", ["1:1-20 syntax/number"]),
      ("3x + 1_", ["1:1-3 syntax/number", "1:6-8 syntax/number"]),
      ("0b11", ["1:1-5 syntax/number"]), ("1.5.2", ["1:4-6 syntax/unexpected"]),
      ("x.0", ["1:3-4 syntax/unexpected"]),
      ("\"abc\ny = 1", ["1:1-5 syntax/string"]),
      ("x = \"\"\"abc\ny", ["1:5-2 syntax/string"]),
      ("'abc'", ["1:1-6 syntax/string"]),
      (
        #""a\qb\x4\uD800""#, ["1:3-5 syntax/escape", "1:6-9 syntax/escape", "1:9-15 syntax/escape"]
      ),
      (#"f"a{}b""#, ["1:5-6 syntax/string"]), (#"f"a}b""#, ["1:4-5 syntax/string"]),
      (#"f"a{x"#, ["1:1-3 syntax/string"]), (#"f"{x:.2f""#, ["1:3-4 syntax/bracket"]),
      (#"f"{x:{w}}""#, ["1:5-8 syntax/string", "1:9-10 syntax/string"]),
      (#"f"{a b}""#, ["1:6-7 syntax/unexpected"]),
      ("if a b", ["1:6-7 syntax/unexpected"]), ("if x = 1 { }", ["1:6-7 syntax/operator"]),
      ("for x xs { }", ["1:7-9 syntax/unexpected"]), ("while { }", ["1:10-10 syntax/unexpected"]),
      ("try { a }", ["1:10-10 syntax/unexpected"]),
      ("def f(x):\n  return x", ["1:1-4 syntax/foreign"]),
      ("y = a if b else c", ["1:7-9 syntax/unexpected"]),
      ("if a:\n  b\n  c = = 1\nd", ["1:5-6 syntax/unexpected"]),
      ("i++", ["1:2-4 syntax/operator"]), ("i--", ["1:2-4 syntax/operator"]),
      ("x .^ 2", ["1:3-5 syntax/operator"]), ("a ~= b", ["1:3-5 syntax/operator"]),
      ("print a, 3", ["1:7-11 syntax/unexpected"]), ("int x = 3", ["1:1-4 syntax/unexpected"]),
      ("for i = 1:3 { }", ["1:7-8 syntax/unexpected"]),
      ("for i in 1:3 { }", ["1:11-12 syntax/unexpected"]),
      ("a, b = 1, 2", ["1:2-3 syntax/unexpected"]),
      ("x = 3 // three sides", ["1:7-9 syntax/unexpected"]),
      ("layer 3", ["1:7-8 syntax/unexpected"]), ("import 3", ["1:8-9 syntax/unexpected"]),
      ("record = 3", ["1:1-7 syntax/keyword"]),
      ("a ≤ b", ["1:3-4 syntax/character"]), ("“a”", ["1:1-2 syntax/character"]),
      ("a\n}\nb", ["2:1-2 syntax/bracket"]), (";", ["1:1-2 syntax/unexpected"]),
      ("损 失 x", ["1:3-6 syntax/unexpected"]),
    ])
  func places(text: String, expected: [String]) {
    #expect(mistakes(text) == expected)
  }

  @Test("costs no more than its statement, or what stands between its brackets")
  func recovery() {
    let text = """
      a = 1 1
      b = f(2 2, 3).g
      c = {k: }
      fn d(x) {
        y = = 3
        z = x
        z
      }
      e = [1, , 2]; f = 5
      """
    let parsed = parse(text)
    #expect(parsed.diagnostics.count == 5)
    #expect(parsed.statements.count == 6)
    #expect(sketch(parsed.statements).contains("field(call"))
    guard case .definition(_, let function) = parsed.statements[3].kind else {
      Issue.record("no definition")
      return
    }
    #expect(function.body.statements.count == 3)
  }

  @Test(
    "says how it is mended",
    arguments: [
      ("x ** 2", "x ^ 2"), ("x += 1", "x = x + 1"), ("if x: y", "braces"),
      ("def f(x): x", "fn f(x)"), ("y = a if b else c", "if c { a } else { b }"),
      ("a ≤ b", "<="), ("lambda x: x", "x -> x^2"), ("f(x for x in y)", "[x^2 for x in xs]"),
      ("None 1", "`nothing`"), ("3x", "3 * x"), ("'a'", "\"text\""), ("x = 1, 2", "[a, b]"),
    ])
  func help(text: String, words: String) {
    let help = parse(text).diagnostics.first?.help.first ?? ""
    #expect(help.contains(words), "\(help)")
  }

  @Test("of nesting is told instead of running out of stack")
  func nesting() {
    let count = 5_000
    func times(_ piece: String) -> String { String(repeating: piece, count: count) }
    let texts = [
      times("(") + times(")"), times("[") + times("]"), times("{a: ") + times("}"),
      times("-") + "1",
      times("not ") + "1",
      "1" + times(" + 1"), "1" + times(" ^ 1"), "x" + times(".f"), "x" + times("(1)"),
      times("x -> "), times("if a { ") + times("}"), "if a { }" + times(" else if a { }"),
      times("f\"{") + times("}\""),
      times("fn f() {\n") + times("}"), times("layer x -> "), times("f(") + times(")"),
      "a" + times(" >> a"), times("while a { ") + times("}"),
    ]
    for text in texts {
      let codes = Set(parse(text).diagnostics.map(\.code))
      #expect(codes.contains("syntax/nesting"), "\(text.prefix(40))")
    }
    for piece in ["(", "[", "{", "f\"{", "\"", "f\"\"\"{", "fn f() {", "x -> {", ")", "]", "}"] {
      #expect(!parse(times(piece)).diagnostics.isEmpty)
      _ = completeness(of: times(piece))
    }
    #expect(parse("a" + times(" < a")).diagnostics.isEmpty)
    #expect(parse("[" + times("1, ") + "]").diagnostics.isEmpty)
    #expect(parse(times("a\n")).statements.count == count)
  }

  @Test("at the limits of nesting is none")
  func atLimits() {
    let deep = String(repeating: "(", count: 100) + "1" + String(repeating: ")", count: 100)
    #expect(parse(deep).diagnostics.isEmpty)
    let long = parse("1" + String(repeating: " + 1", count: 600))
    #expect(long.diagnostics.isEmpty)
    #expect(Printer.print(long.statements) == Printer.print(long))
  }

  @Test("is told at most a hundred times")
  func limit() {
    #expect(parse(String(repeating: "1 1\n", count: 1000)).diagnostics.count == 100)
  }

  @Test("has a code with an area, a sentence without a full stop and no type names")
  func wording() {
    let texts = ["x = (", "1 1", "a ** b", "\"", "x.0", "in = 1", "f(a=1, 2)", "3x", "“"]
    for diagnostic in texts.flatMap({ parse($0).diagnostics }) {
      #expect(diagnostic.code.hasPrefix("syntax/"))
      #expect(!diagnostic.message.hasSuffix("."))
      #expect(!diagnostic.message.contains("Optional"))
    }
  }
}
