import LeptonSyntax
import Testing

@Suite("The formatter")
struct FormatterTests {
  @Test(
    "writes what people would",
    arguments: [
      ("x=1\ny  =  [ 1,2 ,3 ]\n", "x = 1\ny = [1, 2, 3]\n"),
      ("fn area( w,h=1 ){w*h}", "fn area(w, h = 1) { w * h }\n"),
      ("fn sq ( x )=x ^ 2", "fn sq(x) = x^2\n"),
      ("f( a,k = -2 );", "f(a, k=-2);\n"),
      ("a = 1; b = 2; b", "a = 1\nb = 2\nb\n"),
      ("f(x); y", "f(x);\ny\n"),
      ("not  a   and b in  c", "not a and b in c\n"),
      ("x[ 1 : 3 , : ]; x[ : : 2 ,... ]", "x[1:3, :];\nx[::2, ...]\n"),
      ("{ lr : 0.1 , \"any key\":1 }", "{lr: 0.1, \"any key\": 1}\n"),
      ("if a{b}else if c{d}else{e}", "if a { b } else if c { d } else { e }\n"),
      ("for i,x in xs{a=1\nb=2}", "for i, x in xs {\n  a = 1\n  b = 2\n}\n"),
      ("try{f()}catch e{\ng()\n}", "try {\n  f()\n} catch e {\n  g()\n}\n"),
      ("fn f(q:[b,...,3])->[b]{\nq}", "fn f(q: [b, ..., 3]) -> [b] {\n  q\n}\n"),
      (
        "expect a>0 ,\"no\"\nrecord r=a\nimport  models",
        "expect a > 0, \"no\"\nrecord r = a\nimport models\n"
      ),
      ("x=1_000+0x1F*1e-3-.5", "x = 1_000 + 0x1F * 1e-3 - .5\n"),
      (
        "s=\"\"\"a\n  b\"\"\"\nf\"{ x+1 :.2f} {{\"", "s = \"\"\"a\n  b\"\"\"\nf\"{x + 1:.2f} {{\"\n"
      ),
      ("f\" { a+f( b,k = 1 ) } {x:>5}\"", "f\" {a + f(b, k=1)} {x:>5}\"\n"),
      (
        "f\"{ {a:1}.a } { {a:1} } {[ x for x in xs ]}\"",
        "f\"{ {a: 1}.a} { {a: 1} } {[x for x in xs]}\"\n"
      ),
      ("f\"{f\"{a+b}\"+\"c\"}\"", "f\"{f\"{a + b}\" + \"c\"}\"\n"),
      ("f\"{(()->{a;b})()}\"", "f\"{(()->{a;b})()}\"\n"),
      ("f\"\"\"{ a+b }\n{a+\nb}\"\"\"", "f\"\"\"{a + b}\n{a+\nb}\"\"\"\n"),
      ("net=a>>b\n>>c", "net = a\n  >> b\n  >> c\n"),
      ("net=a>>\nb", "net = a\n  >> b\n"),
      ("xs\n.map(x->x*2)\n.len", "xs\n  .map(x -> x * 2)\n  .len\n"),
      ("x=layer  y->{\ny@w}", "x = layer y -> {\n  y @ w\n}\n"),
      (
        "fn f(){}\nfn g(){return}\nwhile true{break}",
        "fn f() { }\nfn g() { return }\nwhile true { break }\n"
      ),
      ("g = () -> 0; h = (x) -> x", "g = () -> 0\nh = (x) -> x\n"),
      (
        "-x ^ -2; (1) .e5; 1 .e5; -9223372036854775808",
        "-x^-2;\n(1).e5;\n1 .e5;\n-9223372036854775808\n"
      ),
      ("[1,\n2]\n[\n3,4,]", "[1, 2]\n[\n  3, 4,\n]\n"),
      ("cfg . lr=1\nxs[ 0 ].a=2", "cfg.lr = 1\nxs[0].a = 2\n"),
      ("\n\n\nx\n\n\n\ny\n\n", "x\n\ny\n"),
    ])
  func looks(text: String, expected: String) {
    #expect(Formatter.format(parse(text)) == expected)
    #expect(Formatter.format(parse(expected)) == expected)
  }

  @Test(
    "keeps comments where they stand",
    arguments: [
      (
        "#!/usr/bin/env lepton-run\n\n# a\nx=1 # b\n",
        "#!/usr/bin/env lepton-run\n\n# a\nx = 1  # b\n"
      ),
      ("x\n# end", "x\n# end\n"), ("# only", "# only\n"), ("", ""),
      ("f(# a\n1, # b\n2 # c\n)", "f(  # a\n  1,  # b\n  2,  # c\n)\n"),
      ("f(\n# a\n\n1\n\n# b\n)", "f(\n  # a\n\n  1,\n\n  # b\n)\n"),
      ("[a # x\n+ b]", "[\n  a  # x\n    + b,\n]\n"),
      (
        "if a{b\n# in\n}\n# between\nelse{c}", "if a {\n  b\n  # in\n}\n# between\nelse {\n  c\n}\n"
      ),
      ("fn f(){\n# nothing yet\n}", "fn f() {\n  # nothing yet\n}\n"),
      ("## doc\n##  more\nfn f()=1", "## doc\n##  more\nfn f() = 1\n"),
      ("# far\n\n## doc\n\nfn f()=1", "# far\n\n## doc\n\nfn f() = 1\n"),
      ("a=1   # x\nbb=22 # y\nc=3 # z", "a = 1    # x\nbb = 22  # y\nc = 3  # z\n"),
      (
        "net=a # one\n>>b # two\n\n# three\n>>c",
        "net = a  # one\n  >> b  # two\n\n  # three\n  >> c\n"
      ),
      ("x = 1; # why\ny", "x = 1  # why\ny\n"),
      ("{a:1, # one\nb:2}", "{\n  a: 1,  # one\n  b: 2,\n}\n"),
      ("x=(# why\na+b)", "x = (  # why\n  a + b\n)\n"),
    ])
  func comments(text: String, expected: String) {
    #expect(Formatter.format(parse(text)) == expected)
    #expect(Formatter.format(parse(expected)) == expected)
  }

  private static let long = String(repeating: "long_name", count: 9)

  @Test(
    "breaks what is too long",
    arguments: [
      ("f(\(long), b, c=1)+g", "f(\(long), b, c=1) + g\n"),
      ("f(\(long), bbbbb, cccc=100)", "f(\n  \(long), bbbbb, cccc=100\n)\n"),
      ("f(\(long), \(long), c=1)", "f(\n  \(long),\n  \(long),\n  c=1,\n)\n"),
      ("{a: \(long), b: 1, c: 2, d: 3}", "{\n  a: \(long),\n  b: 1,\n  c: 2,\n  d: 3,\n}\n"),
      ("x = \(long) + bbbbbb * ccccc", "x =\n  \(long) + bbbbbb * ccccc\n"),
      ("x = \(long) + (\(long) - c)", "x =\n  \(long) +\n  (\(long) - c)\n"),
      ("x = \(long) >> bbbbbbbb >> ccccc", "x = \(long)\n  >> bbbbbbbb\n  >> ccccc\n"),
      ("f(x->{\ny\n}, k=1)", "f(\n  x -> {\n    y\n  },\n  k=1,\n)\n"),
      ("f(a, x->{\ny\n})", "f(a, x -> {\n  y\n})\n"),
      ("tensor([\(long), \(long)])", "tensor([\n  \(long),\n  \(long),\n])\n"),
      ("if \(long) and \(long) { a }", "if \(long) and\n    \(long) {\n  a\n}\n"),
      ("fn f(a) { \(long) + \(long) }", "fn f(a) {\n  \(long) +\n    \(long)\n}\n"),
      ("[x for x in \(long)]", "[x for x in \(long)]\n"),
      ("[x for x in \(long) if x > 100]", "[\n  x\n  for x in \(long)\n  if x > 100\n]\n"),
      ("x = \"\(long)损失损失a\"+yy", "x =\n  \"\(long)损失损失a\" + yy\n"),
    ])
  func breaks(text: String, expected: String) {
    #expect(Formatter.format(parse(text)) == expected)
    #expect(Formatter.format(parse(expected)) == expected)
  }

  @Test("counts the comma behind a last element, whether it is written or not")
  func lastComma() {
    let long = String(repeating: "x", count: 88)
    for inner in ["g(\(long), yy)", "g(\(long), yyy)", "g(\(long), yyyy)"] {
      let once = Formatter.format(parse("f(aaaa, bbbbbbbbbbbbb, \(inner))")) ?? ""
      #expect(Formatter.format(parse(once)) == once)
      #expect(once.split(separator: "\n").allSatisfy { $0.count <= Formatter.width })
    }
  }

  @Test("fills lines with numbers")
  func fills() {
    let numbers = (100..<140).map { "\($0)" }.joined(separator: ",")
    let lines = Formatter.format(parse("[\(numbers)]"))?.split(separator: "\n") ?? []
    #expect(lines.map(\.count) == [1, 96, 96, 11, 1])
  }

  @Test("leaves a text with mistakes alone")
  func mistakes() {
    #expect(Formatter.format(parse("x = (")) == nil)
  }

  @Test("keeps the tree and changes nothing the second time, whatever the program")
  func programs() {
    for text in corpus + Self.generated {
      let parsed = parse(text)
      #expect(parsed.diagnostics.isEmpty, "\(text)")
      let once = Formatter.format(parsed) ?? ""
      let again = parse(once)
      #expect(sketch(again.statements) == sketch(parsed.statements), "\(text)\n---\n\(once)")
      #expect(Formatter.format(again) == once, "\(text)\n---\n\(once)")
      #expect(words(again) == words(parsed), "\(text)\n---\n\(once)")
    }
  }

  /// Random programs, whose spaces, ends of lines and comments are shuffled where that is allowed.
  private static let generated: [String] = {
    var generator = TreeGenerator(seed: 5)
    var shuffle = Shuffle(seed: 6)
    return (0..<1500).map { index in
      let (first, second) = (generator.expression(index % 4), generator.expression(2))
      let text = statement(index, Printer.print(first), Printer.print(second))
      let shuffled = shuffle.shuffled(text)
      return parse(shuffled).diagnostics.isEmpty ? shuffled : text
    }
  }()
}

/// A statement that holds two expressions.
private func statement(_ index: Int, _ first: String, _ second: String) -> String {
  switch index % 9 {
  case 0: "x = \(first); \(second);"
  case 1: "for a, b in \(first) { \(second)\nbreak }"
  case 2: "fn f(a, b: [n, 2] = \(first)) = \(second)"
  case 3: "fn f(a) {\n  \(first)\n\n\n  return \(second)\n}"
  case 4: "while \(first) { x.a[\(second)] = 1 }"
  case 5: "expect \(first), \(second)\nrecord r = \(second)"
  case 6: "try { \(first) } catch e { \(second) }"
  case 7: "[\(first) for a in \(second) if a]"
  default: first
  }
}

/// The words of a text but for commas behind a last element and `;`.
private func words(_ parsed: ParsedSource) -> [String] {
  let tokens = parsed.tokens.filter {
    ![.space, .newline, .symbol(.comma), .symbol(.semicolon)].contains($0.kind)
  }
  return tokens.map {
    let text = parsed.source[$0.span]
    return $0.kind == .comment ? String(text.reversed().drop { $0 == " " }.reversed()) : text
  }
}

/// Changes the layout of a text, but not its meaning.
private struct Shuffle {
  private var dice: Dice

  init(seed: UInt64) { dice = Dice(seed: seed) }

  mutating func shuffled(_ text: String) -> String {
    var result = ""
    let parsed = parse(text)
    var open: [Token.Kind] = []
    for token in parsed.tokens {
      let written = parsed.source[token.span]
      switch token.kind {
      case .interpolationStart, .symbol(.leftParenthesis), .symbol(.leftBracket),
        .symbol(.leftBrace), .holeStart:
        open.append(token.kind)
      case .interpolationEnd, .symbol(.rightParenthesis), .symbol(.rightBracket),
        .symbol(.rightBrace), .holeEnd:
        _ = open.popLast()
      default: break
      }
      result += written
      let isFree = open.last == .symbol(.leftParenthesis) || open.last == .symbol(.leftBracket)
      if isFree, !open.contains(.interpolationStart) { result += gap() }
    }
    return result
  }

  private mutating func gap() -> String {
    dice.pick(["", "", "", " ", "  ", "\n", "\n\n\n", " # note\n", "\n  # own line\n"])
  }
}
