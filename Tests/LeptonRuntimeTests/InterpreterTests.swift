import Glibc
import LeptonRuntime
import LeptonSession
import LeptonTensor
import Testing

/// A session over a handful of words, and what a cell gave.
private struct Desk {
  let session: Interpreter

  init(_ words: [Builtin] = [], files: [Library.File] = []) {
    session = Interpreter(library: Library(families: [Family("Test", words)], files: files))
  }

  /// Runs a cell; gives its result and everything it gave.
  func run(_ text: String, id: String = "cell", seed: Int = 0) -> (CellResult, [Event]) {
    var events: [Event] = []
    let cell = Cell(id: id, file: "test.lep", text: text, seed: seed)
    let result = session.run(cell) { events.append($0) }
    return (result, events)
  }

  /// The texts of the values that a cell shows, and the codes of its failures.
  func shows(_ text: String, id: String = "cell", seed: Int = 0) -> [String] {
    run(text, id: id, seed: seed).1.compactMap { event in
      switch event {
      case .output(.value(let value)): value.text
      case .output(.failure(let failure)): "\(failure.code): \(failure.message)"
      default: nil
      }
    }
  }
}

@Suite("The interpreter as a session")
struct InterpreterTests {
  @Test("An interruption stops an endless loop and keeps what was bound")
  func interruption() {
    let desk = Desk()
    var once = false
    var result = CellResult.finished
    let cell = Cell(id: "a", file: "a.lep", text: "n = 0\nwhile true { n = n + 1 }")
    result = desk.session.run(cell) { event in
      if case .heartbeat = event, !once {
        once = true
        desk.session.interrupt()
      }
    }
    #expect(result == .interrupted)
    #expect(desk.shows("n > 0") == ["true"])
  }

  @Test("A product that takes long is left when the time is over", arguments: ElementType.products)
  func longProduct(type: ElementType) {
    let big = Builtin("big()", "Makes a large matrix.") { (_: Context) -> Tensor in
      try Tensor(repeating: 0, shape: [2600, 2600], type: type)
    }
    let desk = Desk([big])
    desk.session.context.limits.seconds = 0
    let cell = Cell(id: "a", file: "a.lep", text: "x = big()\ntry { y = x @ x } catch e { }")
    #expect(desk.session.run(cell) { _ in } == .interrupted)
  }

  @Test("What functions that call each other captured is given up with them")
  func groups() {
    final class Witness: Object {
      static let typeName = "witness"
      let source = "witness()"
    }
    weak var last: Witness?
    let witness = Builtin("witness()", "Makes a witness.") { (_: Context) -> Value in
      let made = Witness()
      last = made
      return .object(made)
    }
    let text = """
      fn make() {
        w = witness()
        fn even(n) = if n == 0 { type(w) } else { odd(n - 1) }
        fn odd(n) = even(n - 1)
        [even, x -> [w, even(x)]]
      }
      fs = make()
      fs[0](2)
      fs = fs[1](4)[1]
      """
    let type = Builtin("type(x)", "Names the type.") { (x: Value) in x.typeName }
    let desk = Desk([witness, type])
    #expect(desk.shows(text) == ["\"witness\""])
    #expect(last == nil)
  }

  @Test("A program cannot catch an interruption")
  func uncatchable() {
    let desk = Desk()
    let text = "while true { try { while true { } } catch e { } }"
    let result = desk.session.run(Cell(id: "a", file: "a.lep", text: text)) { event in
      if case .heartbeat = event { desk.session.interrupt() }
    }
    #expect(result == .interrupted)
  }

  @Test("Who defines a function anew at the prompt is told who still calls the earlier one")
  func redefinition() {
    let desk = Desk()
    func notices(_ text: String) -> [String] {
      var notices: [String] = []
      let cell = Cell(id: "in", file: "<prompt>", text: text, entry: 1)
      _ = desk.session.run(cell) {
        if case .output(.notice(let notice)) = $0 { notices.append(notice) }
      }
      return notices
    }
    #expect(notices("fn base(x) = x + 1") == [])
    #expect(notices("fn user(x) = base(x)\nother = x -> x") == [])
    #expect(
      notices("fn base(x) = x + 2") == [
        "`user` still calls the earlier `base`; what is defined again takes the new one"
      ])
    #expect(notices("fn user(x) = base(x)") == [])
    #expect(notices("other = x -> x + 1") == [])
  }

  @Test("A sign of life names the line that runs")
  func heartbeat() {
    let (_, events) = Desk().run("i = 0\n\nwhile i < 50000 {\n  i = i + 1\n}")
    let lines = events.compactMap { if case .heartbeat(let line) = $0 { line } else { nil } }
    #expect(lines.first.map { (3...5).contains($0) } == true)
  }

  @Test("Chance depends on seed, cell and ordinal only")
  func chance() {
    let draw = Builtin("draw()", "Draws.") { (context: Context) in
      Int(truncatingIfNeeded: context.nextKey().bits)
    }
    let desk = Desk([draw])
    let first = desk.shows("draw()\ndraw()")
    #expect(first == desk.shows("draw()\ndraw()"))
    #expect(first != desk.shows("draw()\ndraw()", id: "other"))
    #expect(first != desk.shows("draw()\ndraw()", seed: 1))
    #expect(first.count == 2 && first[0] != first[1])
  }

  @Test("A failure carries the calls that led there, innermost first")
  func trace() {
    let text = "fn f(x) = x.nope\nfn g(x) = f(x)\ng(1)"
    let failures = Desk().run(text).1.compactMap {
      if case .output(.failure(let failure)) = $0 { failure } else { nil }
    }
    #expect(failures.first?.place.line == 1)
    #expect(failures.first?.trace.map(\.function) == ["f", "g"])
    #expect(failures.first?.trace.map(\.place.line) == [2, 3])
  }

  @Test("A trace counts the calls of a circle, and has at most ten calls")
  func shortTrace() {
    func trace(_ text: String) -> [Failure.Frame] {
      Desk().run(text).1.compactMap {
        if case .output(.failure(let failure)) = $0 { failure.trace } else { nil }
      }.first ?? []
    }
    let direct = trace("fn f(n) = if n == 0 { n.nope } else { f(n - 1) + 1 }\nf(50)")
    #expect(direct.map(\.function) == ["f", "f"])
    #expect(direct.map(\.repetitions) == [49, 0])
    let circle = trace(
      "fn f(n) = if n == 0 { n.nope } else { g(n) }\nfn g(n) = f(n - 1)\nf(50)")
    #expect(circle.map(\.function) == ["f", "g", "f"])
    #expect(circle.map(\.repetitions) == [49, 49, 0])
    let chain = (1...20).map { "fn f\($0)(x) = f\($0 + 1)(x)\n" }.joined()
    #expect(trace(chain + "fn f21(x) = x.nope\nf1(1)").map(\.function).prefix(2) == ["f21", "f20"])
    #expect(trace(chain + "fn f21(x) = x.nope\nf1(1)").count == 10)
  }

  @Test(
    "A name that a cell gets may be changed in place, and the earlier value is not seen to change")
  func inPlace() {
    let change = Builtin(
      "change(xs, x)", "Tells whether the list could be changed in place.",
      changing: { values, x in
        guard case .list(var list) = values else { return .nothing }
        values = .nothing
        let before = list.withUnsafeBufferPointer(\.baseAddress)
        list[0] = x
        return .list([.bool(before == list.withUnsafeBufferPointer(\.baseAddress))])
      })
    let desk = Desk([change])
    #expect(desk.shows("xs = [1, 2]\nxs = change(xs, 9)\nxs") == ["[true]"])
    #expect(
      desk.shows("xs = [1, 2]\nys = xs\nxs = change(xs, 9)\nxs\nys") == ["[false]", "[1, 2]"])
    #expect(desk.shows("xs = [1, 2]\nxs = xs.change(9)\nxs") == ["[true]"])
    #expect(desk.shows("xs = [1, 2]").isEmpty)
    #expect(desk.shows("xs = change(xs, 9)\nxs") == ["[true]"])
  }

  @Test("The text after a dot is completed with fields, other text with names and words")
  func completion() {
    let desk = Desk([Builtin("sum(x)", "Adds.") { (x: Value) in x }])
    _ = desk.run("config = {rate: 1, rank: 2}")
    #expect(desk.session.complete("config.ra", at: 9).map(\.text) == ["rate", "rank"])
    #expect(desk.session.complete("conf", at: 4).map(\.text) == ["config"])
    #expect(desk.session.complete("su", at: 2).first?.summary == "Adds.")
  }

  @Test("A word is described wherever the place is in it")
  func description() {
    let desk = Desk([Builtin("sum(x)", "Adds.") { (x: Value) in x }])
    #expect(desk.session.describe("1 + sum(2)", at: 5)?.heading == "sum(x)")
    #expect(desk.session.describe("1 + sum(2)", at: 1) == nil)
  }
}

@Suite("Words as they are called")
struct WordTests {
  private var words: [Builtin] {
    [
      Builtin("scale(x, by = 2 + 1)", "Scales.") { (x: Int, by: Int) in x * by },
      Builtin("join(values..., by = \"-\")", "Joins.") { (values: [Value], by: String) in
        values.map(\.text).joined(separator: by)
      },
      Builtin("open(x, ...)", "Takes names.") { (x: Int, others: Record) in others },
      Builtin("apply(f, x)", "Calls.") { (context: Context, f: Callee, x: Value) in
        try f(x, in: context)
      },
    ]
  }

  @Test(
    "Arguments are bound by position and by name",
    arguments: [
      ("scale(2)", "6"), ("scale(2, 5)", "10"), ("scale(by=4, x=2)", "8"),
      ("join(1, \"a\")", "\"1-a\""), ("join(1, 2, by=\"+\")", "\"1+2\""), ("join()", "\"\""),
      ("open(1, rate=2)", "{rate: 2}"), ("apply(x -> x + 1, 4)", "5"), ("apply(scale, 2)", "6"),
      (
        "[1].apply(x -> x)",
        "type/argument: `f` of `apply`: expected a function, and this is a list"
      ),
      (
        "apply(y -> scale(\"a\"), 1)",
        "type/argument: `x` takes an integer, and this is a string"
      ),
    ])
  func binding(text: String, expected: String) {
    #expect(Desk(words).shows(text) == [expected])
  }

  @Test("A word written in Lepton is a word like any other")
  func lepton() {
    let file = Library.File(
      name: "more",
      text: "one = 1\n## Adds one.\n##\n## And no more.\nfn bump(x, by = one) = x + by")
    let desk = Desk(files: [file])
    #expect(desk.shows("bump(2)") == ["3"])
    #expect(desk.shows("import more\nmore.one") == ["1"])
    #expect(desk.session.describe("bump", at: 1)?.summary == "Adds one.")
    #expect(desk.session.describe("bump", at: 1)?.heading == "bump(x, by = one)")
  }
}

extension ElementType {
  /// Those whose products have kernels of their own.
  fileprivate static let products: [ElementType] = [.float32, .float64, .int64]
}
