import Foundation
import LeptonFiles
import LeptonLibrary
import LeptonNotebook
import LeptonRuntime
import LeptonSession
import Testing

/// Whatever is edited, a run with the cache gives what a fresh one gives, byte for byte.
@Suite struct Caching {
  @Test(arguments: [1, 2, 3, 4, 5, 6] as [UInt64])
  func `a run with the cache is the run without it, whatever was edited`(seed: UInt64) throws {
    let desk = try Desk(seed: seed)
    var replayed = 0
    for step in 0..<25 {
      if step > 0 { try desk.edit() }
      let fresh = try desk.fresh()
      let cached = try desk.cached()
      let live = try desk.live()
      #expect(cached.report == fresh.report, "step \(step):\n\(desk.text)")
      #expect(live.report == fresh.report, "living session, step \(step):\n\(desk.text)")
      #expect(cached.exit == fresh.exit)
      // Run again, nothing is computed but what failed or wrote.
      let again = try desk.cached()
      #expect(again.report == fresh.report)
      #expect(again.replayed >= cached.replayed)
      replayed += again.replayed
    }
    #expect(replayed > 0, "the cache was of no use")
  }

  @Test func `a second run computes nothing`() throws {
    let desk = try Desk(seed: 0)
    desk.cells = ["a = 2", "b = a * 2\nb", "plot([a, b])"]
    #expect(try desk.cached().replayed == 0)
    #expect(try desk.cached().replayed == 3)
    desk.cells[2] = "plot([b, a])"
    // The new cell needs the values of the others.
    #expect(try desk.cached().replayed == 0)
    desk.cells.append("expect true")
    // This one needs nobody's.
    #expect(try desk.cached().replayed == 3)
  }

  @Test func `where all is known the session is asked nothing`() throws {
    let desk = try Desk(seed: 0)
    desk.cells = ["unused = 1\na = p", "fn f(x) { y = x\n2 }\nf(a)"]
    let first = try desk.cached()
    #expect(first.questions > 0)
    let again = try desk.cached()
    #expect(again.questions == 0 && again.report == first.report)
    #expect(again.told == first.told && !first.told.isEmpty, "\(first.told)")
    desk.prose += 1
    #expect(
      try desk.cached().questions == 1, "a warning names its line, so the check is another one")
    // What a file has a part in is looked at each time.
    try desk.write("fn g() = 1", to: "lib.lep")
    desk.cells.append("import \"lib.lep\"\nlib.g()")
    _ = try desk.cached()
    #expect(try desk.cached().questions == 1)
    try desk.write("fn g() = hh", to: "lib.lep")
    #expect(try desk.cached().report == desk.fresh().report)
    desk.cells[2] = "nothing_like_that"
    #expect(try desk.cached().exit == .unreadable)
    let rejected = try desk.cached()
    #expect(rejected.exit == .unreadable && rejected.questions == 0)
    desk.engine = "another"
    #expect(try desk.cached().questions > 0)
  }

  @Test func `a cell that asks for it is kept with what it needs, and no other`() throws {
    let desk = try Desk(seed: 0)
    desk.takesAll = false
    desk.cells = ["a = 2", "#| cache: true\nb = a * 2\nb", "c = b\nc", "1"]
    #expect(try desk.cached().replayed == 0)
    // The third cell needs their values.
    #expect(try desk.cached().replayed == 0)
    desk.cells[2] = "2"
    #expect(try desk.cached().replayed == 2)
    desk.cells[0] = "a = 3"
    #expect(try desk.cached().replayed == 0)
    desk.takesAll = true
    desk.cells = ["a = 2\na", "#| cache: false\nb = 7\nb"]
    #expect(try desk.cached().replayed == 0)
    #expect(try desk.cached().replayed == 1)
  }

  @Test func `a file that changes, and a cache that was tampered with, count for nothing`() throws {
    let desk = try Desk(seed: 0)
    desk.cells = ["a = read_text(\"data.txt\")\na"]
    _ = try desk.cached()
    #expect(try desk.cached().replayed == 1)
    try desk.write("other")
    #expect(try desk.cached().replayed == 0)
    #expect(try desk.cached().report.contains("other"))
    desk.bytes = Array(
      String(decoding: desk.bytes, as: UTF8.self).replacing("other", with: "false").utf8)
    let run = try desk.cached()
    #expect(run.replayed == 0)
    #expect(run.report.contains("other"))
  }

  @Test func `what fails, writes or is another's is never replayed`() throws {
    let desk = try Desk(seed: 0)
    desk.cells = ["fail(\"no\")", "write_text(\"out.txt\", \"x\")", "1 + 1"]
    _ = try desk.cached()
    #expect(try desk.cached().replayed == 1)
    desk.engine = "another"
    #expect(try desk.cached().replayed == 0)
  }
}

/// A notebook that is edited by chance, and run with the real language.
private final class Desk {
  var cells: [String]
  var prose = 1
  var parameter = 1
  var seed = 1
  var engine = "this"
  var takesAll = true
  var bytes: [UInt8] = []
  private var dice: Dice
  private let folder: String
  private var session: Interpreter
  private var memory: CellMemory

  struct Dice: RandomNumberGenerator {
    var state: UInt64
    mutating func next() -> UInt64 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return state ^ (state >> 29)
    }
  }

  struct Run {
    var report: String
    var exit: ExitCode
    var replayed: Int
    /// How often the session was asked something.
    var questions: Int
    /// The mistakes and warnings that were told.
    var told: [String]
  }

  init(seed: UInt64) throws {
    dice = Dice(state: seed &* 77 &+ 5)
    folder = NSTemporaryDirectory() + "lepton-cache-" + UUID().uuidString
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    cells = ["a = 3", "b = 4\nb", "c = a + b", "print(c)"]
    session = Desk.session(folder)
    memory = CellMemory(CellCache(engine: "this"))
    try write("first")
  }

  func write(_ text: String, to name: String = "data.txt") throws {
    try Data(text.utf8).write(to: URL(fileURLWithPath: "\(folder)/\(name)"))
  }

  /// Cells that define, read, update, draw, read files, show lines, fail.
  private static let pieces = [
    "a = 5", "a = 6\na", "b = a * 2\nb", "c = a + b\nprint(c)", "a = a + 1\na", "fn f(x) = x + a",
    "c = f(b)", "fn f(x) { x * b }\nf(2)", "normal([2])", "b = normal([])\nb", "b", "[a, b, c]",
    "expect a > 4", "record score = b", "read_text(\"data.txt\")",
    "c = len(read_text(\"data.txt\"))",
    "try { fail(\"q\") } catch e { e.line }", "fail(\"stop\")", "b = p + 1\nb", "p",
    "write_text(\"data.txt\", f\"{a}\")", "plot([a, b])", "c = x -> x + a\nc(1)", "print(\"on\")",
  ]

  func edit() throws {
    let place = Int.random(in: 0..<cells.count, using: &dice)
    let piece = Self.pieces.randomElement(using: &dice) ?? ""
    switch Int.random(in: 0..<10, using: &dice) {
    case 0...3: cells[place] = piece
    case 4...5: cells.insert(piece, at: place)
    case 6: if cells.count > 4 { cells.remove(at: place) }
    case 7: prose += 1
    case 8: parameter += 1
    default:
      if Bool.random(using: &dice) { try write("text \(parameter) \(place)") } else { seed += 1 }
    }
  }

  var text: String {
    let head = "---\nseed: \(seed)\nparams: {p: \(parameter)}\n---\n"
    let lines = String(repeating: "Prose.\n\n", count: prose)
    return head + lines + cells.map { "```lepton\n\($0)\n```\n" }.joined(separator: "\n")
  }

  func fresh() throws -> Run { try run(Self.session(folder), nil) }

  func cached() throws -> Run {
    let cache = CellCache(reading: bytes, engine: engine)
    let run = try run(Self.session(folder), CellMemory(cache, takesAll: takesAll))
    bytes = cache.bytes()
    return run
  }

  func live() throws -> Run {
    let notebook = Notebook(parsing: text, name: "n.lnb")
    if !memory.suits(notebook, session) {
      session = Self.session(folder)
      memory = CellMemory(memory.cache)
    }
    return try run(session, memory)
  }

  private static func session(_ folder: String) -> Interpreter {
    var broker = FileBroker(folder: folder, readable: [folder], writable: [folder])
    broker.log = FileLog()
    return Interpreter(library: .standard(), files: broker)
  }

  private func run(_ session: Interpreter, _ memory: CellMemory?) throws -> Run {
    // A run that writes the file leaves it as it was, so that the next one begins as this did.
    let before = FileManager.default.contents(atPath: folder + "/data.txt")
    defer { try? before?.write(to: URL(fileURLWithPath: folder + "/data.txt")) }
    let notebook = Notebook(parsing: text, name: "n.lnb")
    let sink = MemorySink()
    let binding = try ParameterBinding(notebook.frontMatter.parameters, given: ParameterSources())
    var replayed = 0
    var told: [String] = []
    let counted = CountingSession(session)
    let run = NotebookRun(
      notebook, parameters: binding, session: counted, report: sink, memory: memory
    ) { event in
      if case .cellEnded(let outcome) = event, outcome.isCached { replayed += 1 }
      if case .failure(let failure) = event { told.append("\(failure.place.line) \(failure.code)") }
    }
    let result = run.run()
    return Run(
      report: sink.text, exit: result.exit, replayed: replayed, questions: counted.questions,
      told: told)
  }
}

/// Counts what is asked of another session.
private final class CountingSession: Session {
  private let session: any Session
  private(set) var questions = 0

  init(_ session: any Session) { self.session = session }

  func check(_ cells: [Cell]) throws -> [CellCheck] {
    questions += 1
    return try session.check(cells)
  }
  func run(_ cell: Cell, receive: (Event) -> Void) throws -> CellResult {
    questions += 1
    return try session.run(cell, receive: receive)
  }
  func touches() throws -> [FileTouch] {
    questions += 1
    return try session.touches()
  }
  func isComplete(_ text: String) throws -> Completeness { try session.isComplete(text) }
  func complete(_ text: String, at offset: Int) throws -> [Completion] { [] }
  func describe(_ text: String, at offset: Int) throws -> WordDescription? { nil }
  func interrupt() { session.interrupt() }
}
