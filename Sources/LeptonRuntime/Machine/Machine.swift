/// The register machine: runs compiled functions on a stack of slots of its own.
///
/// A function written in Lepton that calls another uses no native stack. A word that calls back does,
/// and that is counted: too deep a recursion of either kind is an ordinary error.
final class Machine {
  /// What running words can reach.
  unowned(unsafe) let context: Context
  /// The registers of all calls.
  private let stack: UnsafeMutablePointer<Slot>
  /// The calls that are going on, outermost first.
  let frames: UnsafeMutablePointer<Frame>
  /// The last place for a call.
  private let lastFrame: UnsafeMutablePointer<Frame>
  /// The innermost call; the place before the first where none is going on.
  private(set) var frame: UnsafeMutablePointer<Frame>
  /// What is done with the registers of a cell or file before they are given up.
  var onCellEnd: ((UnsafeMutablePointer<Slot>) -> Void)?
  /// How many loops of this machine stand in each other on the native stack.
  private var nativeDepth = 0
  /// How many turns and calls are left before the next look at the clock and at interruption.
  var patience = Machine.patienceOfOne

  /// How far behind the beginning of an array's storage its elements begin.
  let elementsOffset: Int
  /// The format that was read last.
  var lastFormat: ReadFormat?
  /// Where texts are put together.
  let writer = ByteWriter()

  /// How many registers there are.
  static let stackLimit = 1 << 22
  /// How many calls may be going on.
  static let frameLimit = 100_000
  /// How many times a word may call back from within a word that was called back.
  static let nativeLimit = 128
  /// How many turns and calls pass between two looks.
  static let patienceOfOne = 8192

  init(context: Context) {
    self.context = context
    stack = .allocate(capacity: Self.stackLimit)
    frames = .allocate(capacity: Self.frameLimit)
    lastFrame = frames + (Self.frameLimit - 1)
    frame = frames - 1
    prepared = stack
    let probe = [Value.nothing]
    elementsOffset =
      probe.withUnsafeBufferPointer { elements in
        UnsafeRawPointer(elements.baseAddress).map { Int(bitPattern: $0) } ?? 0
      } - unsafeBitCast(probe, to: Int.self)
  }

  deinit {
    stack.deallocate()
    frames.deallocate()
  }

  /// The end of the registers that have been written to at least once.
  private var prepared: UnsafeMutablePointer<Slot>

  /// How many calls are going on.
  var frameCount: Int { frame - frames + 1 }

  /// The first register behind those of the calls that are going on.
  var top: UnsafeMutablePointer<Slot> { frame < frames ? stack : frame.pointee.end }

  /// Begins a call whose arguments stand in `base`.
  @inline(__always)
  func push(
    _ target: UnsafePointer<CallTarget>, base: UnsafeMutablePointer<Slot>, isEntry: Bool
  ) throws {
    let end = base + target.pointee.registerCount
    if end > prepared || frame >= lastFrame { try prepare(upTo: end) }
    frame += 1
    frame.initialize(
      to: Frame(
        target: target, base: base, constants: target.pointee.constants,
        position: target.pointee.code, isEntry: isEntry))
  }

  /// Makes sure that registers exist, that they may be written to, and that a further call may begin.
  @inline(never)
  private func prepare(upTo end: UnsafeMutablePointer<Slot>) throws {
    guard frameCount < Self.frameLimit, end <= stack + Self.stackLimit else {
      throw LanguageError.tooDeep
    }
    if end > prepared {
      prepared.initialize(repeating: .absent, count: end - prepared)
      prepared = end
    }
  }

  /// Ends the innermost call, which may be that of a cell.
  func pop() {
    if frame.pointee.target.pointee.isCell { onCellEnd?(frame.pointee.base) }
    leave()
  }

  /// Ends the innermost call of a function: gives up what its registers hold.
  @inline(__always)
  func leave() {
    var register = frame.pointee.base
    let end = register + frame.pointee.target.pointee.registerCount
    while register < end {
      if register.pointee.isHeap {
        register.pointee.release()
        register.pointee = .absent
      }
      register += 1
    }
    frame -= 1
  }

  /// Calls a function from outside the loop.
  func invoke(_ closure: Closure, _ arguments: Arguments) throws -> Value {
    let base = top
    let values = arguments.positional + arguments.named.map(\.value)
    try reserve(base, values.count)
    for (index, value) in values.enumerated() { put(Slot(value), base + index) }
    let names = arguments.named.map(\.name)
    return try withExtendedLifetime(closure) {
      do {
        try bind(closure.prototype, base, count: arguments.positional.count, names: names)
      } catch {
        giveUp(base, values.count)
        throw error
      }
      return Value(taking: try run(closure.target, base: base))
    }
  }

  /// Calls a function of one or two parameters from outside the loop; whoever calls holds it.
  func invoke(_ target: UnsafePointer<CallTarget>, _ one: Value, _ two: Value?) throws -> Value {
    let base = top
    try reserve(base, 2)
    put(Slot(one), base)
    if let two { put(Slot(two), base + 1) }
    return Value(taking: try run(target, base: base))
  }

  /// Makes sure that registers exist and may be written to.
  func reserve(_ base: UnsafeMutablePointer<Slot>, _ count: Int) throws {
    let end = base + max(count, 256)
    if end > prepared { try prepare(upTo: end) }
  }

  /// Runs a function whose arguments stand in `base` to its end.
  func run(_ target: UnsafePointer<CallTarget>, base: UnsafeMutablePointer<Slot>) throws -> Slot {
    do {
      guard nativeDepth < Self.nativeLimit else { throw LanguageError.tooDeep }
      try push(target, base: base, isEntry: true)
    } catch {
      giveUp(base, target.pointee.prototype.takeUnretainedValue().parameters.count)
      throw error
    }
    nativeDepth += 1
    defer { nativeDepth -= 1 }
    return try loop()
  }

  /// Gives up the arguments of a call that does not begin, which nobody else would.
  private func giveUp(_ base: UnsafeMutablePointer<Slot>, _ count: Int) {
    for register in base..<(base + count) { put(.absent, register) }
  }

  /// Writes a slot over.
  @inline(__always)
  func put(_ slot: Slot, _ place: UnsafeMutablePointer<Slot>) {
    let old = place.pointee
    place.pointee = slot
    old.release()
  }
}
