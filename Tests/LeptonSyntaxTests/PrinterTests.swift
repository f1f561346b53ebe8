import LeptonSyntax
import Testing

@Suite("The canonical form")
struct PrinterTests {
  @Test("gives the tree back when it is parsed, and itself when that is printed")
  func corpusRoundTrip() {
    for text in corpus {
      let parsed = parse(text)
      #expect(parsed.diagnostics.isEmpty, "\(text)")
      let printed = Printer.print(parsed.statements)
      let again = parse(printed)
      #expect(again.diagnostics.isEmpty, "\(printed)")
      #expect(sketch(again.statements) == sketch(parsed.statements), "\(printed)")
      #expect(Printer.print(again.statements) == printed)
    }
  }

  @Test("gives any tree back but for parentheses")
  func generatedRoundTrip() {
    var generator = TreeGenerator(seed: 11)
    for index in 0..<3000 {
      let tree = generator.expression(index % 5)
      let printed = Printer.print(tree)
      let again = parse(printed)
      #expect(again.diagnostics.isEmpty, "\(printed)")
      let statement = Statement(.expression(tree), Span(0, 0))
      #expect(sketch(strip(again.statements)) == sketch([statement]), "\(printed)")
    }
  }

  @Test(
    "looks as people write",
    arguments: [
      ("fn area( w,h=1 ){w*h}", "fn area(w, h = 1) { w * h }"),
      ("fn sq ( x )=x^2", "fn sq(x) = x ^ 2"),
      ("f( a,k = 2 );", "f(a, k=2);"), ("(x)->x", "x -> x"),
      ("if a{b}else if c{d}else{e}", "if a { b } else if c { d } else { e }"),
      ("for i,x in xs{a=1\nb=2}", "for i, x in xs {\n  a = 1\n  b = 2\n}"),
      ("##  a\n##\n##b\nx=1", "##  a\n##\n## b\nx = 1"),
      ("fn f(q:[b,...,3])->[b]{q}", "fn f(q: [b, ..., 3]) -> [b] { q }"),
    ])
  func looks(text: String, canonical: String) {
    #expect(Printer.print(parse(text).statements) == canonical)
  }

  @Test("prints functions as a value is asked for them")
  func functions() {
    guard case .definition(_, let function)? = parse("fn f(a, b = 1) { a }").statements.first?.kind
    else {
      Issue.record("no definition")
      return
    }
    #expect(Printer.print(function) == "(a, b = 1) -> { a }")
    #expect(Printer.print(function, named: "g") == "fn g(a, b = 1) { a }")
  }

  @Test("escapes what cannot be seen")
  func literals() {
    #expect(Printer.print(literal: "a\"\\\n\t\u{7}\u{202E}é😀") == #""a\"\\\n\t\x07\u202eé😀""#)
  }
}
