import LeptonSyntax
import Testing

@Suite("A statement")
struct StatementTests {
  @Test(
    "ends at the end of its line or at a semicolon",
    arguments: [
      ("a\nb", 2), ("a; b", 2), ("a;\nb", 2), ("f(a,\n  b)\nc", 2), ("a +\n  b", 1),
      ("x =\n  1", 1), ("f = x ->\n  x", 1), ("a\n  >> b\n\n  # and\n  >> c\nd", 2),
      ("xs\n  .map(f)\n  .sum()", 1), ("a\n.5", 2), ("[1,\n\n 2]\n3", 2), ("a and\nb\nor_", 2),
      ("if a { b }\nelse { c }", 1), ("if a\n{ b }", 1), ("try { a }\ncatch e { b }", 1),
      ("a\n\n\n", 1), ("{a: 1,\n b: 2}\nc", 2), ("a\r\nb\r\n", 2), ("a # c\rb\r", 2),
      ("[1]\r[0]", 2), ("x[0,\n1]", 1),
      ("f(x -> {\n  a = 1\n  a\n})\nb", 2), ("return\na", 2), ("not\na", 1), ("x\n[1]", 2),
    ])
  func lines(text: String, count: Int) {
    let parsed = parse(text)
    #expect(parsed.diagnostics.isEmpty)
    #expect(parsed.statements.count == count)
  }

  @Test("is silent if a semicolon ends it, and only then")
  func silence() {
    #expect(parse("a; b\nc;").statements.map(\.isSilent) == [true, false, true])
  }

  @Test("has the documentation that stands directly above it")
  func documentation() {
    let text = """
      ## Not this, a blank line follows.

      ## One
      ##   two
      ## three
      fn f(x) = x
      a  ## no documentation behind code
      ### nor this
      b
      ## but
      # this
      c
      """
    #expect(parse(text).statements.map(\.documentation) == ["One\n  two\nthree", "", "", "but"])
  }

  @Test(
    "assigns to a name and any path into its value",
    arguments: [
      ("x = 1", "x", 0), ("cfg.lr = 1", "cfg", 1), ("xs[0] = 1", "xs", 1),
      ("net.blocks[2].lr[1:, m] = 1", "net", 4),
    ])
  func targets(text: String, name: String, steps: Int) {
    guard case .assignment(let target, _)? = parse(text).statements.first?.kind else {
      Issue.record("no assignment")
      return
    }
    #expect(target.name.text == name)
    #expect(target.path.count == steps)
    #expect(parse(text).source[target.span] + " = 1" == text)
  }

  @Test(
    "has one of the forms of the grammar",
    arguments: [
      ("fn f(a, b = 1) { a }", "definition"), ("fn f() = 1", "definition"),
      ("for x in xs { }", "forLoop"), ("while c { break; continue }", "whileLoop"),
      ("return 1", "returnValue"), ("import \"a.lep\"", "importModule"),
      ("import models", "importModule"), ("expect a > 1, \"why\"", "expect"),
      ("record accuracy = 1", "record"), ("x", "expression"),
    ])
  func forms(text: String, form: String) {
    let parsed = parse(text)
    #expect(parsed.diagnostics.isEmpty)
    #expect(parsed.statements.first.map { sketch($0.kind).hasPrefix(form) } == true)
  }

  @Test("shapes stand in headings")
  func shapes() {
    let text = "fn f(q: [b, ..., 3], v: [] = 1) -> [b, e] { q }"
    guard case .definition(_, let function)? = parse(text).statements.first?.kind else {
      Issue.record("no definition")
      return
    }
    #expect(sketch(function.parameters[0].shape?.sizes ?? []) == "[named(b), any, fixed(3)]")
    #expect(function.parameters[1].shape?.sizes.isEmpty == true)
    #expect(function.result?.sizes.count == 2)
  }
}
