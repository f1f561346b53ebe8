import LeptonFiles
import LeptonSession
import LeptonTensor

/// What a running word can reach: output, progress, interruption, chance, files, calls back.
///
/// There is no global mutable state; all of it travels here.
public final class Context {
  /// Every word of the language.
  public let library: Library
  /// The one door to files.
  public var files: FileBroker {
    noteEffect()
    return broker
  }
  private let broker: FileBroker
  /// The session in which the word runs.
  public unowned let interpreter: Interpreter
  /// Things that a family of words keeps while its word runs, such as the scope in which layers ask
  /// for parameters; the key is the family's own.
  public var attachments: [String: AnyObject] = [:]
  /// What calls layers that are written in Lepton.
  ///
  /// It opens the scope in which they ask for parameters and calls `callBody`. Without it a layer is
  /// called like any function.
  public var callLayer: ((Closure, Arguments, Context) throws -> Value)?
  /// What the run of a cell may use.
  public var limits = Limits()
  /// Whether long work is to be cut short, because it is only to be seen that it runs.
  public var isSmokeRun = false

  /// What runs functions of the program.
  private(set) lazy var machine = {
    let machine = Machine(context: self)
    lentMachine = Unmanaged.passUnretained(machine)
    return machine
  }()
  /// The same, to be lent without counting.
  private var lentMachine: Unmanaged<Machine>?
  /// Who gets what the running cell gives.
  private var receive: ((Event) -> Void)?
  /// Whether the user asked for a stop.
  private let interruption: Interruption
  /// The running cell.
  private var cell = Cell(id: "", file: "", text: "")
  /// How many times the cell has drawn from chance.
  private var draws: UInt64 = 0
  /// What chance depends on in the place of the cell.
  private var chance: RandomKey?
  /// How many layers the cell has made.
  private var layers = 0
  /// When the last sign of life was sent, in seconds.
  private var lastSign = 0.0
  /// When memory was last looked at, in seconds.
  private var lastLook = 0.0
  /// How many turns the cell has taken.
  private var turns = 0
  /// The value that the cell has shown last.
  private(set) var lastShown: Value?
  /// The call that a check looks at, as if it ran.
  var foreseenCall: CallSite?

  /// Makes the context of an interpreter.
  init(
    library: Library, files: FileBroker, interpreter: Interpreter, interruption: Interruption
  ) {
    self.interruption = interruption
    self.library = library
    broker = files
    self.interpreter = interpreter
  }

  /// Does something as the run of a cell.
  func running<Result>(
    _ cell: Cell, receive: (Event) -> Void, body: () throws -> Result
  ) rethrows -> Result {
    self.cell = cell
    draws = 0
    layers = 0
    lastSign = 0
    turns = 0
    isVolatile = false
    interruption.limit(to: limits.seconds.map { Self.seconds + $0 } ?? .infinity)
    interruption.settle()
    return try withoutActuallyEscaping(receive) { receive in
      self.receive = receive
      defer { forget() }
      return try Execution.$interruption.withValue(interruption, operation: body)
    }
  }

  /// Gives up what the cell has left here.
  ///
  /// Values of the program may hold the context, so between cells it holds none of them: the session
  /// would never end.
  private func forget() {
    receive = nil
    lastShown = nil
    attachments = [:]
  }

  /// Emits something to be shown and kept.
  public func emit(_ output: Output) { receive?(.output(output)) }

  /// Notes that the running word reaches for something outside of its arguments: a file, the time.
  public func noteEffect() { hadEffect = true }
  private var hadEffect = false

  /// Tries something whose effects do not count: what it would show is dropped.
  ///
  /// It is pure if it showed nothing, drew nothing from chance and reached for nothing outside; if not, or
  /// if it throws, the cell goes on as if it had not been tried.
  public func tried<Result>(
    _ body: () throws -> Result
  ) rethrows -> (result: Result, isPure: Bool) {
    let (outer, drawn, made, before) = (receive, draws, layers, hadEffect)
    var (wasSilent, isPure) = (true, false)
    hadEffect = false
    receive = { event in
      if case .output = event { wasSilent = false } else { outer?(event) }
    }
    defer {
      receive = outer
      hadEffect = before || hadEffect
      if !isPure { (draws, layers) = (drawn, made) }
    }
    let result = try body()
    isPure = wasSilent && draws == drawn && !hadEffect
    return (result, isPure)
  }

  /// Shows a value as the end of a cell would.
  public func show(_ value: Value) throws {
    lastShown = value
    switch value {
    case .nothing: break
    case .tensor(let tensor): emit(.tensor(TensorValue(tensor)))
    case .object(let object):
      if let outputs = try object.outputs(in: self) {
        outputs.forEach(emit)
      } else {
        emit(.value(ValueText(value.page, type: value.typeName)))
      }
    default: emit(.value(ValueText(value.page, type: value.typeName)))
    }
  }

  /// The number of the prompt entry that runs, if one does.
  var entry: Int? { cell.entry }

  /// Tells that what the cell gives differs from run to run, once for all of the cell: a message to another
  /// process takes longer than what programs measure.
  public func noteVolatile() {
    noteEffect()
    if !isVolatile { receive?(.volatile) }
    isVolatile = true
  }
  private var isVolatile = false

  /// Tells how far a long piece of work is.
  public func report(_ progress: Progress) { receive?(.progress(progress)) }

  /// Whether the running word was called by the text of the running cell, not by a function of another.
  public var isCalledFromCell: Bool {
    callSite.map { $0.source.name == cell.file && $0.source.firstLine == cell.firstLine } ?? false
  }

  /// Whether the user has asked the running cell to stop.
  public var isInterrupted: Bool { interruption.isRequested }

  /// Takes note of an interruption: the cell goes on with what the word gives back.
  public func settleInterruption() { interruption.settle() }

  /// Sends a sign of life where one is due, and stops the cell if the user asked for it or if it has
  /// used what it may use.
  ///
  /// - Throws: `LanguageError` with code `run/interrupted`.
  public func checkInterruption() throws {
    let now = Self.seconds
    turns += Machine.patienceOfOne
    if turns > limits.turns ?? .max { interruption.request() }
    if interruption.look() { throw LanguageError.interrupted }
    try checkMemory(at: now)
    guard now - lastSign >= 0.5 else { return }
    lastSign = now
    receive?(.heartbeat(line: machine.currentLine))
  }

  /// Stops the cell before the machine has no memory left, which many small values take as well.
  private func checkMemory(at now: Double) throws {
    guard now - lastLook >= 0.1 else { return }
    lastLook = now
    if SystemMemory.isScarce { throw LanguageError.noMemory }
  }

  /// The seconds of a clock that never goes back.
  package static var seconds: Double { Interruption.seconds }

  /// The key of the next draw of chance: it depends on the seed, the cell and the ordinal of the draw
  /// within the cell, and on nothing else.
  public func nextKey() -> RandomKey {
    defer { draws += 1 }
    if let chance { return chance.folded(draws) }
    return RandomKey(seed: UInt64(bitPattern: Int64(cell.seed))).folded(cell.id).folded(draws)
  }

  /// Where a layer is made.
  func origin(name: String, maker: String?, arguments: [LayerOrigin.Argument], site: CallSite?)
    -> LayerOrigin
  {
    defer { layers += 1 }
    return LayerOrigin(
      cell: cell.id, ordinal: layers, name: name, maker: maker, arguments: arguments, site: site)
  }

  /// The innermost call in the user's own text that led to the running word.
  public var callSite: CallSite? { foreseenCall ?? machine.site() }

  /// The call of a word written in Lepton that called the running word: `lion(0.001, 0.9, 0.99)`.
  public var libraryCall: String? { machine.libraryCall }

  /// The value of a word of the language, wherever it is written; `nil` if there is none.
  public func word(_ name: String) throws -> Value? { try interpreter.word(name) }

  /// The name to which the result of the running word will be given: `u` in `u = word(…)`.
  public var targetName: String? { machine.targetName }

  /// Calls a function of the program; if it fails, the failure says at a place what was going on,
  /// unless it says so already.
  public func noting<Result>(
    _ note: @autoclosure () -> String, at site: CallSite?, _ body: () throws -> Result
  ) throws -> Result {
    do {
      return try body()
    } catch var raised as Raised {
      if let site, raised.notes.isEmpty {
        raised.notes.append(.init(note(), source: site.source, span: site.span))
      }
      throw raised
    }
  }

  /// Does something with chance that depends on a key instead of the cell.
  public func withChance<Result>(
    _ key: RandomKey, _ body: () throws -> Result
  ) rethrows -> Result {
    let (outer, outerDraws) = (chance, draws)
    (chance, draws) = (key, 0)
    defer { (chance, draws) = (outer, outerDraws) }
    return try body()
  }

  /// Lends the machine.
  @inline(__always)
  func withMachine<Result>(_ body: (Machine) throws -> Result) rethrows -> Result {
    if let lentMachine { return try lentMachine._withUnsafeGuaranteedRef(body) }
    return try body(machine)
  }

  /// Calls anything that can be called.
  public func call(_ function: Value, _ arguments: Arguments) throws -> Value {
    guard let callable = function.callable else { throw LanguageError.notCallable(function) }
    return try callable.call(arguments, in: self)
  }

  /// Calls anything that can be called with one or two values; a function of the program gets them
  /// without arrays.
  public func call(_ function: Value, _ one: Value, _ two: Value? = nil) throws -> Value {
    if let closure = function.closure,
      closure.target.pointee.parameterCount == (two == nil ? 1 : 2)
    {
      return try withExtendedLifetime(closure) { try machine.invoke(closure.target, one, two) }
    }
    return try call(function, two.map { [one, $0] } ?? [one])
  }

  /// Calls anything that can be called with values by position.
  public func call(_ function: Value, _ arguments: [Value]) throws -> Value {
    try call(function, Arguments(arguments))
  }
}

extension TensorValue {
  /// How many elements are carried to be compared.
  private static let carried = 10_000

  /// Takes a tensor to be shown.
  public init(_ tensor: Tensor) {
    let isSmall = tensor.shape.count <= Self.carried && !tensor.isTraced
    let elements = isSmall ? try? tensor.elements(as: Double.self) : nil
    self.init(
      elementType: tensor.elementType.rawValue, shape: tensor.shape.sizes,
      elements: elements ?? [], text: tensor.display)
  }
}
