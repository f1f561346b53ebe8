import LeptonLibrary
import LeptonRuntime
import LeptonSession
import LeptonSyntax
import Testing

@Suite("Whatever is nested deeply")
struct DepthTests {
  /// A program that nests something so often.
  struct Nest: CustomStringConvertible {
    let name: String
    let open: String
    let core: String
    let close: String

    init(_ name: String, _ open: String, _ core: String, _ close: String) {
      self.name = name
      self.open = open
      self.core = core
      self.close = close
    }

    var description: String { name }

    func text(_ count: Int) -> String {
      String(repeating: open, count: count) + core + String(repeating: close, count: count)
    }
  }

  static let nests = [
    Nest("parentheses", "(", "1", ")"), Nest("lists", "[", "1", "]"),
    Nest("records", "{a: ", "1", "}"), Nest("calls", "abs(", "1", ")"),
    Nest("subscripts", "[1][", "0", "]"), Nest("branches", "if true { ", "1", " }"),
    Nest("alternatives", "if false { 1 } else ", "{ 2 }", ""),
    Nest("turns", "for i in [1] { ", "i;", " }"), Nest("loops", "while false { ", "1;", " }"),
    Nest("attempts", "try { ", "1", " } catch e { e }"),
    Nest("functions", "fn f() { ", "1", "\nf }"), Nest("arrows", "x -> ", "1", ""),
    Nest("arrows with blocks", "x -> { y = x\n", "1", " }"), Nest("layers", "layer x -> ", "x", ""),
    Nest("minus", "-", "1", ""), Nest("spaced minus", "- ", "1", ""),
    Nest("not", "not ", "true", ""),
    Nest("texts with holes", "f\"{", "1", "}\""),
    Nest("comprehensions", "[i for i in ", "[1]", "]"),
    Nest("powers", "1 ^ ", "1", ""), Nest("sums", "1 + ", "1", ""),
    Nest("products", "", "1", " * 1"),
    Nest("truths", "true and ", "true", ""), Nest("comparisons", "1 <= ", "1", ""),
    Nest("compositions", "abs >> ", "abs", ""), Nest("fields", "", "{a: 1}", ".a"),
    Nest("calls of calls", "", "abs", "(1)"), Nest("elements", "", "[1]", "[0]"),
    Nest("definitions", "fn f(a = ", "1", ") = 1"), Nest("imports", "import \"", "a", "\"\n"),
    Nest("updates", "a[", "0", "] = 1"), Nest("expectations", "expect (", "true", ")"),
    Nest("mixed", "[{a: (x -> if true { -f(", "1", ") })}]"),
  ]

  @Test("gives a value or a mistake with a place, and is laid out or refused", arguments: nests)
  func ordinary(nest: Nest) {
    let session = Interpreter(library: .standard())
    for count in [60, 120, 200, 700] {
      let text = nest.text(count)
      let cell = Cell(id: "deep", file: "deep.lep", text: text)
      let failures = session.check([cell]).flatMap(\.findings)
      #expect(failures.allSatisfy { $0.place.line > 0 && $0.code.contains("/") })
      _ = session.run(cell) { event in
        guard case .output(.failure(let failure)) = event else { return }
        #expect(
          failure.place.line > 0 && !failure.code.hasPrefix("internal/"), "\(failure.message)")
      }
      let parsed = Parser.parse(Source(name: "deep.lep", text: text))
      let formatted = Formatter.format(parsed)
      #expect((formatted == nil) == !parsed.diagnostics.isEmpty)
      if let formatted {
        let again = Parser.parse(Source(name: "deep.lep", text: formatted))
        #expect(Formatter.format(again) == formatted)
      }
    }
  }
}
