import LeptonLibrary
import LeptonRuntime
import LeptonSession
import Testing

@Suite("Words for the prompt")
struct AtThePromptTests {
  private let session = Interpreter(library: .standard())

  private func run(_ text: String) -> (outputs: [Output], isVolatile: Bool) {
    let (outputs, count) = counted(text)
    return (outputs, count > 0)
  }

  /// What a cell shows, and how often it tells that this differs from run to run.
  private func counted(_ text: String) -> (outputs: [Output], volatile: Int) {
    var outputs: [Output] = []
    var volatile = 0
    _ = session.run(Cell(id: "in-1", file: "p", text: text, entry: 1)) { event in
      if case .output(let output) = event { outputs.append(output) }
      if case .volatile = event { volatile += 1 }
    }
    return (outputs, volatile)
  }

  @Test(
    "What needs a person or the entries is a wish",
    arguments: [
      ("quit()", Wish.leave), ("reset()", .reset), ("seed(7)", .seed(7)),
      ("edit()", .edit(entry: nil)), ("edit(3)", .edit(entry: 3)),
      ("entries(\"train\")", .entries(part: "train")),
      ("save_session(\"a.lnb\")", .save(file: "a.lnb")),
      ("load(\"a.lep\")", .load(file: "a.lep")),
      ("page(\"ab\")", .page("ab")), ("lesson()", .lesson("", anew: false)), ("check()", .check),
      ("hint()", .hint),
      ("lesson(\"1\", anew=true)", .lesson("1", anew: true)), ("next()", .next),
    ])
  func wishes(text: String, wish: Wish) {
    #expect(run(text).outputs == [.wish(wish)])
    #expect(!wish.refusal.isEmpty)
  }

  @Test("Times differ from run to run, and so do what words tell of them")
  func volatile() {
    #expect(run("bench(() -> 1 + 1)").isVolatile)
    #expect(run("clock()").isVolatile)
    #expect(run("time(() -> 1)").isVolatile)
    #expect(!run("1 + 1").isVolatile)
  }

  @Test("Each cell tells once that times differ, however often it looks at the clock")
  func volatileOnce() {
    for _ in 0..<2 { #expect(counted("for i in range(100) { clock() }").volatile == 1) }
  }

  @Test("time shows how long a call took, and gives its value")
  func time() {
    let (outputs, _) = run("x = time(() -> 6 * 7)\nx")
    guard case .elapsed(let seconds)? = outputs.first, outputs.count == 2 else {
      Issue.record("\(outputs)")
      return
    }
    #expect(seconds > 0 && seconds < 60)
    #expect(outputs[0].withoutTimings == nil && outputs[1].withoutTimings != nil)
  }

  @Test("What only tells how long something took is left out where timings are")
  func withoutTimings() {
    #expect(run("bench(() -> 1)").outputs.allSatisfy { $0.withoutTimings == nil })
    #expect(run("table({})").outputs.allSatisfy { $0.withoutTimings != nil })
  }

  @Test(
    "Completion knows codes, words and data sets between quotes, each with a sentence",
    arguments: [
      ("explain(\"shape/in", "shape/inner"), ("help(\"one_h", "one_hot"),
      ("csv(\"data:iris/", "data:iris/iris.csv"),
      ("csv(path=\"data:wine/", "data:wine/wine_data.csv"),
    ])
  func texts(text: String, expected: String) {
    let found = session.complete(text, at: text.utf8.count).first { $0.text == expected }
    #expect(found?.summary.isEmpty == false)
  }

  @Test("Every name that completion offers has a sentence")
  func sentences() {
    let letters = "abcdefghijklmnopqrstuvwxyz".map(String.init)
    let found = letters.flatMap { session.complete($0, at: 1) }
    #expect(found.count > 500)
    #expect(found.filter { $0.summary.isEmpty }.map(\.text) == [])
  }

  @Test("A profile names the steps of the engine, and gives what the function gave")
  func profile() throws {
    let (outputs, isVolatile) = run("profile(() -> sum(ones([64, 64]) @ ones([64, 64])))")
    #expect(isVolatile)
    guard case .table(let table)? = outputs.first else {
      Issue.record("no table")
      return
    }
    let names = table.rows.compactMap { if case .text(let name)? = $0.first { name } else { nil } }
    #expect(names.last == "outside the engine")
    #expect(names.count >= 3)
    guard case .tensor(let sum)? = outputs.last else {
      Issue.record("no value")
      return
    }
    #expect(sum.elements == [262_144])
  }

  @Test("The profile of a training has the steps of its plan")
  func profileOfTraining() {
    let (outputs, _) = run(
      """
      data = dataset(ones([64, 8]), [x % 2 for x in range(64)])
      trained = profile(() -> train(dense(4, relu) >> dense(2), data, epochs=2, batch=16))
      """)
    guard case .table(let table)? = outputs.first else {
      Issue.record("no table")
      return
    }
    #expect(table.rows.contains { if case .int(let runs) = $0[1] { runs >= 8 } else { false } })
  }

  @Test("A program may give the name of such a word to something else")
  func hiding() {
    let cells = ["seed = 3\nseed", "dense = 3\ndense"].enumerated().map {
      Cell(id: "c\($0.offset)", file: "p", text: $0.element)
    }
    let warnings = session.check(cells).flatMap(\.failures).map(\.code)
    #expect(warnings == ["name/shadow"])
  }
}
