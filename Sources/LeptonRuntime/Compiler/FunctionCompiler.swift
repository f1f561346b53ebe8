import LeptonSyntax

/// Compiles one function, or one cell, to code for the machine.
///
/// Names become registers: parameters first, then the other names of the body, then the parts of
/// expressions, which are taken and given back like a stack. Where a body has more names than fit
/// the first registers, the rest stand in far ones, which are copied to be used.
final class FunctionCompiler {
  /// What is being made.
  let prototype: Prototype
  /// The compiler of the function in which this one stands.
  let parent: FunctionCompiler?
  /// What every part of the program sees.
  let environment: Environment
  /// The code so far.
  var code = CodeBuffer()
  /// The registers of the names.
  var registers: [String: Int] = [:]
  /// The names of comprehensions around the place that is being compiled, innermost last.
  var innerNames: [(name: String, register: Int)] = []
  /// The names that certainly have a value at the place that is being compiled.
  var assigned: Set<String> = []
  /// The registers of names that are read where they may have no value: they are marked so first.
  var unsure: Set<Int> = []
  /// The captures, by name.
  var captureIndices: [String: Int] = [:]
  /// The names of the group to which this function belongs.
  var siblings: [String] = []
  /// The groups that are made in this body: their members, and the registers that hold them.
  var groups: [(members: FunctionGroup, register: Int)] = []
  /// Which member of which of these groups a definition is, by the place of its name.
  var groupPlaces: [Span: (group: Int, index: Int)] = [:]
  /// The loops around the place that is being compiled.
  var loops: [Loop] = []
  /// The next register for a part of an expression.
  var nextTemporary = 0
  /// How many statements deep in braces the place is; the members of groups stand at 0.
  var blockDepth = 0
  /// The first of the registers for names of comprehensions, which are no temporaries.
  var firstInnerRegister = 0
  /// How many of those registers are in use.
  var usedInnerRegisters = 0
  /// The shape that the heading states for the result.
  var resultShape: ShapePattern?
  /// The expressions whose value is that of the function.
  var results: Set<Span> = []
  /// The ranges in which failures are caught.
  var handlers: [Prototype.Handler] = []

  /// How many names may stand in directly addressed registers.
  static let nearLimit = 160
  /// How many groups may be made in a body.
  static let groupLimit = 16
  /// How many registers can be addressed directly.
  static let registerLimit = 256

  /// A loop that is being compiled.
  struct Loop {
    /// The jumps of its `continue`s.
    var continues: [Int] = []
    /// The jumps of its `break`s.
    var breaks: [Int] = []
  }

  /// What every part of a program sees.
  struct Environment {
    /// The text.
    var source: Source
    /// The names that earlier cells defined.
    var globals: Set<String>
    /// Finds a word of the library.
    var word: (String) throws -> Value?
    /// All names that could be meant, for "did you mean".
    var candidates: () -> [String]
  }

  init(
    _ name: String, span: Span, parent: FunctionCompiler?, environment: Environment
  ) {
    prototype = Prototype(name: name, source: environment.source, span: span)
    self.parent = parent
    self.environment = environment
  }

  /// Adds an instruction.
  func emit(_ operation: Operation, _ a: Int = 0, _ b: Int = 0, _ c: Int = 0, at span: Span) {
    code.emit(Instruction(operation, a, b, c), at: span)
  }

  /// Adds an instruction with a number of sixteen bits.
  func emit(_ operation: Operation, _ a: Int, wide: Int, at span: Span) throws {
    guard wide <= 0xFFFF else { throw failure(.tooLong, at: span) }
    code.emit(Instruction(operation, a, wide: wide), at: span)
  }

  /// Adds an instruction and the word behind it.
  func emit(
    _ operation: Operation, _ a: Int, _ b: Int = 0, _ c: Int = 0, next: Int, at span: Span
  ) {
    code.emit(Instruction(operation, a, b, c), at: span)
    code.emit(next: next, at: span)
  }

  /// Adds a jump and gives the place to patch.
  func emitJump(_ operation: Operation, _ a: Int = 0, _ b: Int = 0, _ c: Int = 0, at span: Span)
    -> Int
  {
    emit(operation, a, b, c, next: 0, at: span)
    return code.position - 1
  }

  /// Makes jumps lead to the next instruction.
  func land(_ places: [Int]) {
    for place in places { code.patch(place, to: code.position) }
  }

  /// Takes a register for a part of an expression.
  func temporary(at span: Span) throws -> Int {
    let register = nextTemporary
    guard register < Self.registerLimit else { throw failure(.tooDeep, at: span) }
    nextTemporary += 1
    prototype.registerCount = max(prototype.registerCount, nextTemporary)
    return register
  }

  /// Gives back all registers that `body` takes.
  func scoped<Result>(_ body: () throws -> Result) rethrows -> Result {
    let mark = nextTemporary
    defer { nextTemporary = mark }
    return try body()
  }

  /// Gives registers to the names of the body and sets where temporaries begin.
  func declare(_ names: [String]) {
    for name in names where registers[name] == nil {
      let near = registers.count
      registers[name] = near < Self.nearLimit ? near : Self.registerLimit + near - Self.nearLimit
    }
    nextTemporary = min(registers.count, Self.nearLimit)
    prototype.firstTemporary = nextTemporary
    let far = max(0, registers.count - Self.nearLimit)
    prototype.registerCount = far == 0 ? nextTemporary : Self.registerLimit + far
  }

  /// Hands the finished code over to the prototype.
  func finish() -> Prototype {
    if !prototype.isCell {
      let marks = unsure.sorted().map { Instruction(.unset, 0, wide: $0) }
      code.prepend(marks, at: prototype.span)
      handlers = handlers.map { $0.shifted(by: marks.count) }
      code.shortenReturns()
    }
    prototype.spans = code.spans
    prototype.handlers = handlers
    prototype.finish(
      code: code.words, constants: code.constants, fieldNames: code.fieldNames)
    return prototype
  }

  /// The diagnostic of something that cannot be compiled.
  func failure(_ mistake: CompileMistake, at span: Span) -> Diagnostic {
    mistake.diagnostic(in: environment.source, at: span)
  }
}
