import LeptonRuntime
import LeptonSyntax
import Testing

/// A library of a few words.
private struct Words: KnownWords {
  static let headings = [
    "dense(units, activation = identity)", "relu(x)", "identity(x)",
    "train(model, data, epochs = 1)",
    "print(values...)", "pi", "range(start, stop = nothing, step = 1)", "push(list, value)",
    "table(rows, ...)", "mnist()", "digits()", "sum(x, axis = nothing)",
  ]
  var names: [String] { Words.headings.map { String($0.prefix { $0 != "(" }) } }
  let modules = ["models"]

  func signature(of name: String) -> Signature? {
    guard let heading = Words.headings.first(where: { $0 == name || $0.hasPrefix(name + "(") })
    else { return nil }
    var signature = Signature(heading: heading)
    signature.isPure = name == "push"
    if name == "dense" {
      signature.parameters?[0].accepts = .number
      signature.parameters?[0].typeDescription = "a number"
    }
    return signature
  }
}

private func check(_ cells: [String], known: Set<String> = []) -> [Checker.Finding] {
  Checker(words: Words(), known: known)
    .check(cells.map { Parser.parse(Source(name: "test.lnb", text: $0)) })
}

/// The findings of cells as `line:column code`, those of all but the first with the cell before.
private func findings(_ cells: String..., known: Set<String> = []) -> [String] {
  check(cells, known: known).enumerated().flatMap { cell, finding in
    finding.diagnostics.map { diagnostic in
      let place = diagnostic.source.location(of: diagnostic.span.start)
      let prefix = cell == 0 ? "" : "cell \(cell + 1) "
      return "\(prefix)\(place.line):\(place.column) \(diagnostic.code)"
    }
  }
}

@Suite("The check of names")
struct NameCheckTests {
  @Test(
    "lets right programs pass",
    arguments: [
      "x = 1\nx + pi", "fn f(a, b = a) = a + b\nf(1)", "fn even(n) = odd(n)\nfn odd(n) = even(n)",
      "for i, x in range(3) { print(i, x) }", "[y for y in [1] if y > 0]", "xs = [1]\nxs[0] = 2",
      "if true { a = 1 }\na", "if true { a = 1 } else { a = 2 }\na",
      "fn f(x) { for i in x { if i > 0 { print(last) }; last = i } }",
      "try { a = 1 } catch e { print(e) }\na", "import models\nmodels.lenet()",
      "import \"lib/helpers.lep\"\nhelpers.f()", "fn f(q: [b, d]) = q / d", "pi.anything(1)",
      "fn outer() { fn inner() = outer()\n inner() }", "f\"{pi:.2f}\"", "fact = 1\nfn f() = fact",
      "a = 1\nif a > 0 { b = a } \n while a < 3 { a = a + 1; if a > b { break } }",
      "fn f(x) { if x { return 1 } else { y = 2 }\n y }",
      "fn f() = g()\nfn g() = 1\nf()\nfn f() = 5",
      "if true { fn f(n) = f(n) }", "for i in [1] { i; }",
    ])
  func passes(text: String) {
    #expect(findings(text) == [])
  }

  @Test(
    "tells names that nobody defines, once, and names that have no value yet",
    arguments: [
      ("modle + modle", ["1:1 name/unknown"]), ("x = x + 1", ["1:5 name/unassigned"]),
      ("fn f() = hidden", ["1:10 name/unknown"]), ("xs[0] = 1", ["1:1 name/unassigned"]),
      ("fn f() {\n  print(y)\n  y = 1\n  y\n}", ["2:9 name/unassigned"]),
      ("n = 1\nfn f() { n = n + 1\n n }", ["2:14 name/unassigned"]),
      ("f()\nfn f() = 1", ["1:1 name/unassigned"]),
      ("layer x -> x @ p\np = 1", ["1:16 name/unassigned"]),
      ("f = n -> f(n)", ["1:10 name/unassigned"]),
      ("[i for i in xs]\ni", ["1:13 name/unknown", "2:1 name/unknown"]),
      ("fn f(a) = a\na", ["2:1 name/unknown"]),
      ("x[i] = 1\n", ["1:1 name/unassigned", "1:3 name/unknown"]),
      ("import modles", ["1:8 import/unknown"]), ("f\"{nope}\"", ["1:4 name/unknown"]),
      ("if true { fn f() = g() }\nfn g() = 1", ["1:20 name/unassigned"]),
      ("h = () -> g()\nfn g() = 1", ["1:11 name/unassigned"]),
      ("fn f() = g()\nfn g() = 1\nf = 2", ["1:10 name/unassigned"]),
      ("fn f(x) { x + 1; x }", ["1:11 value/unused"]),
      ("digits = digits()", ["1:1 name/shadow", "1:10 name/unassigned"]),
    ])
  func names(text: String, expected: [String]) {
    #expect(findings(text).sorted() == expected.sorted())
  }

  @Test("sees what earlier cells define, and says where a later one does")
  func order() {
    #expect(findings("a = 1", "a + b", "b = 2") == ["cell 2 1:5 name/later"])
    #expect(check(["a", "a = 2"])[0].diagnostics.first?.notes.count == 1)
    #expect(findings("a + b", known: ["a", "b"]) == [])
  }

  @Test("says what was meant")
  func meant() {
    let help = check(["model = 1\nmodle\nTrue\ndnese(1)"])[0].diagnostics.map(\.help.first)
    #expect(help == ["did you mean `model`?", "write `true`", "did you mean `dense`?"])
  }

  @Test("tells a hundred mistakes of a cell at the most, which warnings do not crowd out")
  func many() {
    let unused = "fn f(x) {\n" + String(repeating: "x + 1\n", count: 200) + "}\n"
    let unknown = (0..<300).map { "name\($0)\n" }.joined()
    let found = check([unused + unknown])[0].diagnostics
    #expect(found.count { $0.severity == .warning } == 100)
    #expect(found.count { $0.severity == .error } == 100)
  }

  @Test("says that a recorded result binds no name")
  func recorded() {
    let found = check(["record a = 1", "expect a > 0"])[1].diagnostics
    #expect(found.map(\.code) == ["name/unknown"])
    #expect(found.first?.help.first?.contains("assign it first") == true)
  }

  @Test("does not blame names whose assignment was not understood")
  func doubtful() {
    #expect(findings("x = = 1", "x + y") == ["1:5 syntax/unexpected", "cell 2 1:5 name/unknown"])
  }

  @Test("warns of hidden words where they are first hidden")
  func hidden() {
    #expect(findings("sum = 1", "sum = 2") == ["1:1 name/shadow"])
    #expect(check(["sum = 1"])[0].diagnostics.first?.severity == .warning)
    #expect(findings("fn f(sum) = sum") == [])
  }
}

@Suite("The check of dependencies")
struct DependencyCheckTests {
  @Test("finds what each cell reads and defines")
  func dependencies() {
    let found = check([
      "data = mnist()\nfn net(n) = dense(n) >> relu", "model = net(10)\nsize = 3\nsize",
      "data = data\nmodel.predict(data)", "fn later(x) = x + size + model\nprint(later(1).net())",
    ])
    #expect(found.map(\.defines) == [["data", "net"], ["model", "size"], ["data"], ["later"]])
    #expect(found.map(\.reads) == [[], ["net"], ["data", "model"], ["size", "model", "net"]])
  }

  @Test("counts a name that is assigned on one path only as read")
  func paths() {
    #expect(check(["x = 1", "if true { x = 2 }\nx"])[1].reads == ["x"])
    #expect(check(["x = 1", "if true { x = 2 } else { x = 3 }\nx"])[1].reads == [])
    #expect(check(["x = 1", "for x in [1] { print(x) }\nx"])[1].reads == ["x"])
    #expect(check(["x = 1", "x[0] = 2"])[1].reads == ["x"])
  }

  @Test("knows names that have values from before")
  func known() {
    #expect(check(["a + pi"], known: ["a"])[0].reads == ["a"])
  }
}

@Suite("The check of calls")
struct CallCheckTests {
  @Test(
    "lets right calls pass",
    arguments: [
      "dense(3, relu)", "dense(units=3)", "print()", "print(1, 2, 3)", "train(1, data=2, epochs=3)",
      "table([], anything=1)", "1.dense()", "fn f(a, b = 1) = a\nf(1)\nf(b=2, a=1)",
      "f = x -> x\nf(1)", "dense(pi)", "dense(1.5)", "dense(-1)", "g = relu\ng(1, 2, 3)",
      "fn f(a) = a\nfn f(a, b) = b\nf(1)", "fn f(a) {\n g = a\n g(1, 2)\n}", "x = [1]\nx[0](1)",
    ])
  func passes(text: String) {
    #expect(findings(text) == [])
  }

  @Test(
    "tells calls that cannot fit",
    arguments: [
      ("dense()", ["1:1 call/missing"]), ("dense(1, relu, 3)", ["1:16 call/excess"]),
      ("dense(1, activaton=relu)", ["1:10 call/unknown"]),
      ("dense(units=1, units=2)", ["1:16 call/repeated"]),
      ("dense(1, units=2)", ["1:10 call/repeated"]), ("dense(\"3\")", ["1:7 type/argument"]),
      ("dense(units=[3])", ["1:13 type/argument"]), ("dense(-\"a\")", []),
      ("mnist(1)", ["1:7 call/excess"]), ("fn f(a) = a\nf(1, 2)", ["2:6 call/excess"]),
      ("fn f(a) = f()", ["1:11 call/missing"]), ("f = x -> x\nf()", ["2:1 call/missing"]),
      ("fn f(a) {\n fn g() = 1\n g(a)\n}", ["3:4 call/excess"]),
      ("dense(1,\n  dense())", ["2:3 call/missing"]),
      ("[dense() for i in [1]]", ["1:2 call/missing"]),
    ])
  func mistakes(text: String, expected: [String]) {
    #expect(findings(text) == expected)
  }

  @Test("knows functions of other cells, unless they are bound twice")
  func otherCells() {
    #expect(findings("fn f(a) = a", "f()") == ["cell 2 1:1 call/missing"])
    #expect(findings("fn f(a) = a", "f = 1", "f()") == [])
    #expect(findings("fn f(a) = a", "f()", known: ["f"]) == [])
  }

  @Test("says it in the words of the language")
  func wording() {
    let texts = ["dense()", "dense(1, 2, 3)", "dense(\"a\")", "train(1, 2, k=1)"]
    let found = texts.map { text in check([text])[0].diagnostics[0] }
    #expect(
      found.map(\.message) == [
        "`dense` needs `units`", "`dense` takes 2 arguments, and 3 are given",
        "`units` takes a number, and this is a string", "`train` has no argument `k`",
      ])
    #expect(found[0].help == ["it is called as dense(units, activation = identity)"])
  }
}

@Suite("The check of statements")
struct StatementCheckTests {
  @Test(
    "warns of values that go nowhere",
    arguments: [
      ("x = 1\nx\nx + 1", []), ("fn f(x) {\n  x + 1\n  x\n}", ["2:3 value/unused"]),
      ("fn f(x) {\n  x == 1\n  x\n}", ["2:3 value/unused"]),
      ("fn f(x) {\n  push(x, 1)\n  x\n}", ["2:3 value/unused"]),
      ("fn f(x) {\n  print(x)\n  x\n}", []), ("fn f(x) {\n  x + 1;\n  x\n}", ["2:3 value/unused"]),
      ("for i in [1] { i }", ["1:16 value/unused"]), ("fn f(x) = if x { 1 } else { 2 }", []),
      ("fn f(x) {\n  if x { 1 } else { 2 }\n  x\n}", ["2:10 value/unused", "2:21 value/unused"]),
      ("fn f(x) { try { x } catch e { 1 } }", []),
      ("layer x -> {\n  x\n  x\n}", ["2:3 value/unused"]),
      ("fn f() {\n  \"text\"\n  1\n}", ["2:3 value/unused"]),
    ])
  func unused(text: String, expected: [String]) {
    #expect(findings(text) == expected)
  }

  @Test(
    "tells what stands in the wrong place",
    arguments: [
      ("break", ["1:1 syntax/loop"]),
      ("for i in [1] { x -> { continue } }", ["1:16 value/unused", "1:23 syntax/loop"]),
      ("return 1", ["1:1 syntax/return"]), ("while true { return 1 }", ["1:14 syntax/return"]),
      ("fn f(a, a) = a", ["1:9 name/repeated"]), ("{a: 1, a: 2}", ["1:8 name/repeated"]),
      ("while true { if true { break } }", []),
      ("for a, a in [] { a; }", ["1:8 name/repeated"]),
      ("[a for a, a in []]", ["1:11 name/repeated"]),
    ])
  func places(text: String, expected: [String]) {
    #expect(findings(text) == expected)
  }

  @Test("gives mistakes of the parser and its own in the order of their places")
  func order() {
    #expect(
      findings("nope\n1 1\nnone") == [
        "1:1 name/unknown", "2:3 syntax/unexpected", "3:1 name/unknown",
      ])
  }

  @Test("goes as deep as the parser lets a program be")
  func depth() {
    let sum = "1" + String(repeating: " + 1", count: 600)
    let nested = String(repeating: "x -> (", count: 60) + "pi" + String(repeating: ")", count: 60)
    #expect(findings(sum) == [])
    #expect(findings(nested) == [])
  }

  @Test("never traps, whatever was parsed")
  func robustness() {
    let pieces = [
      "x", "=", "fn f(", ")", "{", "}", "for", "in", "[", "]", ".", "->", "\n", "1", ",",
    ]
    var seed: UInt64 = 1
    for _ in 0..<2000 {
      var text = ""
      for _ in 0..<12 {
        seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        text += pieces[Int(seed >> 33) % pieces.count] + " "
      }
      let found = check([text, "x"])
      #expect(found.count == 2)
    }
  }
}

@Suite("The check of flow")
struct FlowCheckTests {
  @Test(
    "warns of what never runs, once",
    arguments: [
      ("fn f() {\n  return 1\n  print(2)\n  3\n}", ["3:3 flow/unreachable"]),
      ("for i in [1] {\n  continue\n  print(i)\n}", ["3:3 flow/unreachable"]),
      ("fn f(c) {\n  if c { return 1 } else { return 2 }\n  3\n}", ["3:3 flow/unreachable"]),
      ("fn f(c) {\n  if c { return 1 }\n  3\n}", []),
      ("while true {\n  if pi > 3 { break }\n  print(1)\n}\n2", []),
      ("fn f() {\n  return 1\n  if pi > 3 {\n    print(2)\n  }\n}", ["3:3 flow/unreachable"]),
      ("fn f() {\n  try { return 1 } catch e { print(e) }\n  3\n}", []),
      ("fn f(xs) {\n  for x in xs { return x }\n  3\n}", []),
    ])
  func unreachable(text: String, expected: [String]) {
    #expect(findings(text) == expected)
  }

  @Test(
    "warns of names that a function assigns and nobody reads",
    arguments: [
      ("fn f() {\n  x = 1\n  2\n}", ["2:3 name/unread"]),
      ("fn f() {\n  x = 1\n  x\n}", []), ("fn f() {\n  x = 1\n  () -> x\n}", []),
      ("fn f() {\n  _x = 1\n  2\n}", []), ("x = 1", []),
      ("fn f(xs) {\n  for x in xs { print(1) }\n}", []),
      ("fn f() {\n  fn g() = 1\n  2\n}", ["2:6 name/unread"]),
      ("fn f(xs) {\n  xs[0] = 1\n}", ["2:3 name/unread"]),
      ("fn f(xs) {\n  xs[0] = 1\n  xs\n}", []),
      ("fn f(xs) {\n  i = 0\n  xs[i] = 1\n  xs\n}", []),
      ("fn f() {\n  g = x -> x\n  1.g()\n}", []),
      ("fn f() {\n  x = [1]\n  x = push(x, 2)\n  3\n}", []),
      ("try { fn f() = 1 } catch e { 2 }", []),
    ])
  func unread(text: String, expected: [String]) {
    #expect(findings(text) == expected)
  }

  @Test("says that a function assigns only its own names")
  func outer() {
    let found = check(["n = 0", "fn count() {\n  n = 1\n}"])[1].diagnostics
    #expect(found.map(\.message) == ["this `n` is the function's own, and is never read"])
    #expect(found.map(\.severity) == [.warning])
  }

  @Test("forgets what a path assigned that was not gone")
  func paths() {
    #expect(findings("if pi > 3 { a = 1 } else { b = a }") == ["1:32 name/unassigned"])
    #expect(
      findings("if pi > 3 { a = 1 } else { fail(1) }\na".replacing("fail(1)", with: "1")) == [])
    #expect(findings("fn f(c) {\n  if c { a = 1 } else { return 0 }\n  a\n}") == [])
    #expect(findings("while pi > 3 { if pi > 3 { a = 1 } else { print(a) } }") == [])
    #expect(findings("expect try { a = 1\n true } catch e { false }, f\"{a}\"\na") == [])
  }
}

@Suite("The check of values")
struct ValueCheckTests {
  @Test(
    "tells conditions that are neither true nor false",
    arguments: [
      ("if 1 { 2 } else { 3 }", ["1:4 type/condition"]),
      ("while \"a\" { }", ["1:7 type/condition"]),
      ("x = 1\nx == 1 or 2", ["2:11 type/condition"]), ("not 0", ["1:5 type/condition"]),
      ("[x for x in [1] if nothing]", ["1:20 type/condition"]),
      ("x = true\nif x { 1 } else { 2 }", []), ("while true { break }", []),
    ])
  func conditions(text: String, expected: [String]) {
    #expect(findings(text) == expected)
  }

  @Test(
    "warns of comparisons that can only come out one way",
    arguments: [
      ("pi == nan", ["1:1 value/never"]), ("pi != -nan", ["1:1 value/never"]),
      ("1 == \"1\"", ["1:1 value/never"]), ("{a: 1} == nothing", ["1:1 value/never"]),
      ("pi == nothing", []), ("1 == 1.0", []), ("[1] == 1", []), ("true == 1", []),
      ("pi < nothing", ["1:6 type/operands"]), ("pi < {a: 1}", ["1:6 type/operands"]),
      ("1 < pi < \"a\"", []), ("pi in 3", ["1:7 type/operands"]), ("1 in [1]", []),
      ("\"a\" in \"abc\"", []),
    ])
  func comparisons(text: String, expected: [String]) {
    #expect(findings(text) == expected)
  }
}
