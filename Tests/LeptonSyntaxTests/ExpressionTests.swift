import LeptonSyntax
import Testing

@Suite("An expression")
struct ExpressionTests {
  @Test(
    "groups as the precedences say",
    arguments: [
      ("a or b and not c == d", "a or (b and (not (c == d)))"),
      ("a == b >> c + d * -e ^ f.g", "a == (b >> (c + (d * (-(e ^ (f.g))))))"),
      ("a - b - c", "(a - b) - c"),
      ("a / b * c // d % e @ f", "((((a / b) * c) // d) % e) @ f"),
      ("a ^ b ^ c", "a ^ (b ^ c)"),
      ("-a ^ b", "-(a ^ b)"),
      ("a ^ -b ^ c", "a ^ (-(b ^ c))"),
      ("-a * b", "(-a) * b"),
      ("a >> b >> c", "(a >> b) >> c"),
      ("not a in b", "not (a in b)"),
      ("f(x)[0].g(y)", "((f(x))[0]).g(y)"),
      ("a >> x -> x >> b", "a >> (x -> (x >> b))"),
      ("layer x -> x + 1", "layer x -> (x + 1)"),
    ])
  func grouping(text: String, grouped: String) {
    #expect(sketch(strip(parse(text).statements)) == sketch(strip(parse(grouped).statements)))
  }

  /// The operators of the language's table of decisions, loosest first.
  private static let levels = [
    ["or"], ["and"], ["==", "!=", "<", "<=", ">", ">=", "in"], [">>"], ["+", "-"],
    ["*", "/", "//", "%", "@"], ["^"],
  ]

  @Test("groups every pair of operators as the table of decisions says")
  func pairs() {
    let all = Self.levels.enumerated().flatMap { level, row in row.map { (level, $0) } }
    for (left, first) in all {
      for (right, second) in all where !(left == 2 && right == 2) {
        let isRight = right > left || (right == left && first == "^")
        let grouped = isRight ? "a \(first) (b \(second) c)" : "(a \(first) b) \(second) c"
        let plain = "a \(first) b \(second) c"
        #expect(
          sketch(strip(parse(plain).statements)) == sketch(strip(parse(grouped).statements)),
          "\(plain)")
      }
      let negated = left < 6 ? "(-a) \(first) b" : "-(a \(first) b)"
      #expect(
        sketch(strip(parse("-a \(first) b").statements))
          == sketch(strip(parse(negated).statements)), "-a \(first) b")
    }
  }

  @Test("chains comparisons instead of nesting them")
  func chains() {
    #expect(
      sketchOfExpression("a < b <= c in d")
        == #"comparison(name("a"), [(less, name("b")), (lessOrEqual, name("c")), (isIn, name("d"))])"#
    )
  }

  @Test(
    "reads numbers",
    arguments: [
      ("42", "int(42)"), ("1_000", "int(1000)"), ("0x1F", "int(31)"), ("0xFf_00", "int(65280)"),
      ("9223372036854775807", "int(9223372036854775807)"),
      ("-9223372036854775808", "int(-9223372036854775808)"),
      ("0.5", "float(0.5)"), (".5", "float(0.5)"), ("5.", "float(5.0)"), ("1e-3", "float(0.001)"),
      ("1.e3", "float(1000.0)"), ("2E+2", "float(200.0)"), ("1_0.2_5", "float(10.25)"),
      ("inf", "float(inf)"), ("1e999", "float(inf)"),
      ("2.f", #"field(int(2), f)"#), ("1.5.f", #"field(float(1.5), f)"#),
    ])
  func numbers(text: String, tree: String) {
    #expect(sketchOfExpression(text) == tree)
  }

  @Test(
    "reads strings",
    arguments: [
      (#""a\"b\\c\n\t""#, "a\"b\\c\n\t"), (#""\x41\u03c3\U0001F600""#, "Aσ😀"),
      ("\"\"\"one\ntwo \"quoted\" \\n\"\"\"", "one\ntwo \"quoted\" \n"),
      ("\"\"\"a\r\nb\"\"\"", "a\nb"), ("\"{not a hole}\"", "{not a hole}"), ("\"损失\"", "损失"),
      ("\"\"", ""), ("\"\"\"\"\"\"", ""),
    ])
  func strings(text: String, value: String) {
    #expect(sketchOfExpression(text) == "string(\(value.debugDescription))")
  }

  @Test(
    "reads f-strings with their holes, formats and doubled braces",
    arguments: [
      (#"f"a{x}b""#, #"[text("a"), value(name("x"), ""), text("b")]"#),
      (#"f"{x:.3f}""#, #"[value(name("x"), ".3f")]"#),
      (#"f"{{{x}}}""#, #"[text("{"), value(name("x"), ""), text("}")]"#),
      (#"f"{d[1:2]:>4}""#, #"[value(index(name("d"), [slice(int(1), int(2), -)]), ">4")]"#),
      (#"f"{f"{x}"}""#, #"[value(interpolation([value(name("x"), "")]), "")]"#),
      (#"f"{ {a: 1}.a }""#, #"[value(field(record([(a, int(1))]), a), "")]"#),
      ("f\"\"\"{a\n+ b}\"\"\"", #"[value(binary(add, name("a"), name("b")), "")]"#),
      (#"f"\t{"q"}""#, #"[text("\t"), value(string("q"), "")]"#),
    ])
  func interpolations(text: String, pieces: String) {
    #expect(sketchOfExpression(text) == "interpolation(\(pieces))")
  }

  @Test(
    "reads every kind of subscript",
    arguments: [
      ("x[-1]", "[position(unary(negate, int(1)))]"),
      ("x[1:3, :]", "[slice(int(1), int(3), -), slice(-, -, -)]"),
      ("x[::2]", "[slice(-, -, int(2))]"),
      ("x[a:]", #"[slice(name("a"), -, -)]"#), ("x[:b:]", #"[slice(-, name("b"), -)]"#),
      ("x[..., 0,]", "[ellipsis, position(int(0))]"),
    ])
  func subscripts(text: String, parts: String) {
    #expect(sketchOfExpression(text) == #"index(name("x"), \#(parts))"#)
  }

  @Test(
    "tells records from blocks by what follows the brace",
    arguments: [
      ("{}", "record([])"), ("{\n a: 1,\n}", "record([(a, int(1))])"),
      (#"{"a b": 1, in: 2}"#, "record([(a b, int(1)), (in, int(2))])"),
    ])
  func records(text: String, tree: String) {
    #expect(sketchOfExpression(text) == tree)
  }

  @Test("a function's body behind an arrow is a record or a block by the same rule")
  func functionBodies() {
    #expect(parse("x -> {a: 1}").diagnostics.isEmpty)
    #expect(sketchOfExpression("x -> {a: 1}").contains("record"))
    #expect(sketchOfExpression("x -> {}").contains("record"))
    #expect(!sketchOfExpression("x -> { a }").contains("record"))
    #expect(!sketchOfExpression("if a { } else { }").contains("record"))
  }

  @Test(
    "gives each node the place of all its text",
    arguments: [
      "f(a, b=1)", "-x ^ 2", "a < b", "x[1:2]", "a.b.c", "{a: 1}", "x -> x + 1", "layer x -> { x }",
      "if a { 1 } else { 2 }", "try { a } catch e { b }", "[x for x in xs]", #"f"{x}""#, "(a)",
    ])
  func places(text: String) {
    let parsed = parse("  \(text)  # comment")
    guard case .expression(let value)? = parsed.statements.first?.kind else {
      Issue.record("no expression")
      return
    }
    #expect(parsed.source[value.span] == text)
    #expect(parsed.statements[0].span == value.span)
  }
}
