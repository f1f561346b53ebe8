/// Everything a call needs to know about a function, as trivial bytes: entering a function counts no
/// references.
struct CallTarget {
  /// The instructions.
  let code: UnsafePointer<UInt32>
  /// The constants.
  let constants: UnsafeMutablePointer<Slot>
  /// What the function captured.
  let captures: UnsafeMutablePointer<Slot>
  /// How many registers a call needs.
  let registerCount: Int
  /// The first register that only holds parts of expressions.
  let firstTemporary: Int
  /// Whether it is a cell or a file, whose names outlive the call.
  let isCell: Bool
  /// How many values a plain call hands over; -1 if calls go through the library.
  let parameterCount: Int
  /// What was compiled; held by the function.
  let prototype: Unmanaged<Prototype>
  /// The functions that it may call whatever their order; held by the function.
  let group: Unmanaged<Group>?

  init(_ prototype: Prototype, captures: UnsafeMutablePointer<Slot>, group: Group?) {
    code = UnsafePointer(prototype.code)
    constants = prototype.constants
    self.captures = captures
    registerCount = prototype.registerCount
    firstTemporary = prototype.firstTemporary
    isCell = prototype.isCell
    parameterCount = prototype.isLayer ? -1 : prototype.parameters.count
    self.prototype = Unmanaged.passUnretained(prototype)
    self.group = group.map(Unmanaged.passUnretained)
  }
}

/// A call that is going on.
struct Frame {
  /// The function.
  let target: CallTarget
  /// Its registers.
  let base: UnsafeMutablePointer<Slot>
  /// Where it goes on; up to date whenever something else runs.
  var position: UnsafePointer<UInt32>
  /// Whether the call came from outside the loop, to which its result goes.
  let isEntry: Bool

  /// What was compiled.
  var prototype: Prototype { target.prototype.takeUnretainedValue() }
  /// The first register behind this call's.
  var end: UnsafeMutablePointer<Slot> { base + target.registerCount }
  /// The index of the word of code that runs or ran last.
  var index: Int { max(0, position - target.code - 1) }
}
