import LeptonLibrary
import LeptonRuntime
import LeptonSyntax
import Testing

@Suite("The check and the table of words")
struct CheckedExamplesTests {
  private let library = Library.standard()

  @Test("every heading can be read")
  func headings() {
    for name in library.names {
      #expect(library.signature(of: name)?.mistakes.isEmpty == true, "\(name)")
    }
  }

  @Test("no example of a word has a mistake")
  func examples() {
    let checker = Checker(words: library)
    for example in ExampleTests.all where !example.output.contains("error") {
      let source = Source(name: example.word, text: example.input)
      let mistakes = checker.check([Parser.parse(source)])[0].diagnostics
      #expect(mistakes.map(\.message) == [], "\(example.input)")
    }
  }

  @Test("warns of an updated copy that goes nowhere, and of nothing that may have an effect")
  func unused() {
    func codes(_ text: String) -> [String] {
      Checker(words: library).check([Parser.parse(Source(name: "", text: text))])[0]
        .diagnostics.map(\.code)
    }
    #expect(codes("fn f(xs) { push(xs, 1)\n xs }") == ["value/unused"])
    #expect(codes("fn f(xs) { print(xs)\n if len(xs) > 3 { fail(\"long\") }\n xs }") == [])
  }
}
