import LeptonFiles
import LeptonSession
import LeptonSyntax
import LeptonTensor

/// The language in this process: a session that checks and runs cells.
///
/// It is used by one thread at a time, save for `interrupt`, which any thread may call.
public final class Interpreter: Session, @unchecked Sendable {
  /// What the words of this session can reach.
  public private(set) lazy var context = Context(
    library: library, files: files, interpreter: self, interruption: interruption)
  /// Whether the user asked for a stop.
  private let interruption = Interruption()
  /// Every word of the language.
  public let library: Library
  /// The files that may be touched.
  private let files: FileBroker
  /// The values of the names that cells have defined, each of which holds a count.
  private(set) var globals: [String: Slot] = [:]
  /// The files that are being imported, outermost first.
  var importing: [String] = []
  /// The values of the words that are written in Lepton, by file.
  var modules: [String: Record] = [:]

  /// Makes a session over a library and the files that it may touch.
  public init(library: Library, files: FileBroker = FileBroker()) {
    self.library = library
    self.files = files
  }

  deinit { globals.values.forEach { $0.release() } }

  /// The names that cells have defined, with their values, in the order of the names.
  public var definitions: [(name: String, value: Value)] {
    names.map { ($0, globals[$0].map { Value($0) } ?? .nothing) }
  }

  /// The names that cells have defined, in order, without those of results.
  var names: [String] { globals.keys.filter { !Self.isResult($0) }.sorted() }

  /// What checks cells that follow those that have run.
  var checker: Checker { Checker(words: library, known: Set(globals.keys)) }

  /// Runs a cell, handing over everything it gives at the moment it gives it.
  public func run(_ cell: Cell, receive: (Event) -> Void) -> CellResult {
    context.running(cell, receive: receive) {
      let source = Source(name: cell.file, text: cell.text, firstLine: cell.firstLine)
      let parsed = Parser.parse(source)
      let mistakes = checker.check([parsed]).flatMap(\.diagnostics).filter { $0.severity == .error }
      guard mistakes.isEmpty else {
        mistakes.forEach { context.emit(.failure(Failure($0))) }
        return .failed
      }
      let earlier = cell.entry == nil ? [:] : namedFunctions
      defer { tellOfEarlierFunctions(earlier) }
      return run(parsed)
    }
  }

  private func run(_ parsed: ParsedSource) -> CellResult {
    do {
      try execute(compile(parsed.statements, parsed.source, showsValues: true))
      return .finished
    } catch let diagnostic as Diagnostic {
      context.emit(.failure(Failure(diagnostic)))
    } catch let raised as Raised {
      context.emit(.failure(raised.failure))
      if raised.isInterruption { return .interrupted }
    } catch {
      let raised = Raised(
        error: LanguageError(from: error), source: parsed.source, span: Span(0, 0), trace: [])
      context.emit(.failure(raised.failure))
    }
    return .failed
  }

  /// Compiles a cell.
  private func compile(
    _ statements: [Statement], _ source: Source, showsValues: Bool
  ) throws -> Prototype {
    try FunctionCompiler.compile(
      cell: statements,
      environment: environment(source, globals: Set(globals.keys)), showsValues: showsValues)
  }

  /// What the compiler asks about names.
  func environment(_ source: Source, globals: Set<String>) -> FunctionCompiler.Environment {
    FunctionCompiler.Environment(
      source: source, globals: globals,
      word: { [unowned self] in try word($0) },
      candidates: { [unowned self] in globals.sorted() + library.names })
  }

  /// Runs a compiled cell: its names are moved into its registers, and what it binds is moved back,
  /// whether it fails or not.
  private func execute(_ cell: Prototype) throws {
    let machine = context.machine
    let base = machine.top
    try machine.reserve(base, cell.registerCount)
    for name in cell.cellNames {
      machine.put(take(name) ?? .absent, base + name.register)
    }
    let captures = Captures.of(cell)
    machine.onCellEnd = { [unowned self] base in keep(cell, base) }
    defer { machine.onCellEnd = nil }
    try withExtendedLifetime((captures, cell)) {
      try machine.run(captures.target, base: base).release()
    }
  }

  /// The value of a name for a cell: moved if the cell binds it, so that it may be changed in place.
  private func take(_ name: Prototype.CellName) -> Slot? {
    if name.isBound { return globals.removeValue(forKey: name.name) }
    globals[name.name]?.retain()
    return globals[name.name]
  }

  /// Moves what a cell bound back.
  private func keep(_ cell: Prototype, _ base: UnsafeMutablePointer<Slot>) {
    for name in cell.cellNames where name.isBound {
      let slot = base[name.register]
      base[name.register] = .absent
      if slot.tag != Slot.Tag.absent { set(name.name, slot) }
    }
    guard let shown = context.lastShown else { return }
    set("_", Slot(shown))
    guard let entry = context.entry else { return }
    set("_\(entry)", Slot(shown))
    globals.removeValue(forKey: "_\(entry - Self.keptResults)")?.release()
  }

  /// How many results of entries keep their names.
  private static let keptResults = 100

  /// Whether a name is that of a result: `_`, `_3`.
  static func isResult(_ name: String) -> Bool {
    name.first == "_" && name.utf8.dropFirst().allSatisfy { (48...57).contains($0) }
  }

  private func set(_ name: String, _ slot: Slot) {
    globals[name]?.release()
    globals[name] = slot
  }

  /// Gives the files that cells touched since this was last asked, where the broker notes that.
  public func touches() -> [FileTouch] {
    (files.log?.take() ?? []).map {
      FileTouch(path: $0.path, digest: $0.digest, isWritten: $0.isWritten)
    }
  }

  /// Asks the running cell to stop at its next turn or step.
  public func interrupt() { interruption.request() }
}
