import LeptonRuntime
import LeptonSession
import Testing

@Suite("Completion and description")
struct CompletionTests {
  private let session: Interpreter

  init() {
    let words = [
      Builtin("train(model, data, epochs = 1)", "Trains.") { (_: Value, _: Value, _: Int) in
        Value.nothing
      },
      Builtin("upper(text)", "Capitals.") { (text: String) in text.uppercased() },
      Builtin("double(x)", "Twice.") { (x: Double) in 2 * x },
    ]
    session = Interpreter(library: Library(families: [Family("Words", words)]))
    let text = """
      ## The area of a field.
      fn area(width, height = 1) { width * height }
      config = {rate: 0.1, "odd key": 2, inner: {depth: 3}}
      name = "x"
      """
    _ = session.run(Cell(id: "a", file: "a", text: text)) { _ in }
  }

  private func completions(_ text: String) -> [String] {
    session.complete(text, at: text.utf8.count).map(\.text)
  }

  @Test(
    "What may stand at the end of a text",
    arguments: [
      ("conf", ["config"]), ("t", ["train", "true", "try"]),
      ("config.", ["rate", "inner"]), ("config.inner.d", ["depth"]),
      ("train(m, e", ["epochs=", "else", "expect"]), ("train(m, epochs=2, ", ["model=", "data="]),
      ("area(", ["width=", "height="]), ("area((1), he", ["height="]),
      ("config[\"o", ["odd key"]), ("config[\"odd", ["odd key"]), ("config[\"inner\"]", []),
      ("name.", ["upper"]), ("x = # conf", []), ("\"conf", []), ("12", []), ("f().do", ["double"]),
    ])
  func places(text: String, expected: [String]) {
    let found = completions(text)
    #expect(Array(found.prefix(expected.count)) == expected || found == expected)
    if expected.isEmpty { #expect(found.isEmpty) }
  }

  @Test("A completion says what it replaces and what it is")
  func replaces() {
    let found = session.complete("1 + conf", at: 8).first
    #expect(found?.replaces == 4)
    #expect(found?.summary == "record of rate, odd key, inner")
    #expect(session.complete("are", at: 3).first?.summary == "The area of a field.")
  }

  @Test("Of very many names the first are given, and the last")
  func many() {
    let text = (0..<10_000).map { "many_\($0) = \($0)" }.joined(separator: "\n")
    _ = session.run(Cell(id: "b", file: "b", text: text)) { _ in }
    let found = completions("many_")
    #expect(found.count == 400)
    #expect(found.first == "many_0" && found.last == "many_9999")
  }

  @Test("A function of the program is described by its own text")
  func description() {
    let area = session.describe("area", at: 2)
    #expect(area?.heading == "area(width, height = 1)")
    #expect(area?.summary == "The area of a field.")
    #expect(session.describe("name", at: 0)?.summary == "\"x\"")
    #expect(session.describe("double(2)", at: 3)?.summary == "Twice.")
    #expect(session.describe("nobody", at: 3) == nil)
  }

  @Test("The last value of an entry has its number as a name")
  func results() {
    var shown: [String] = []
    for (number, text) in ["1 + 1", "x = 5", "_ * 10", "_1 + _3"].enumerated() {
      let cell = Cell(id: "in-\(number + 1)", file: "p", text: text, entry: number + 1)
      _ = session.run(cell) {
        if case .output(.value(let value)) = $0 { shown.append(value.text) }
      }
    }
    #expect(shown == ["2", "20", "22"])
    #expect(!session.definitions.contains { $0.name.hasPrefix("_") })
  }
}
