/// Everything a call needs to know about a function, as trivial bytes: entering a function counts no
/// references.
struct CallTarget {
  /// The instructions.
  let code: UnsafePointer<UInt32>
  /// The constants.
  let constants: UnsafeMutablePointer<Slot>
  /// The names that stand behind dots.
  let names: UnsafePointer<String>
  /// The functions that are made in it.
  let functions: UnsafePointer<Unmanaged<Prototype>>
  /// The paths of its updates.
  let paths: UnsafePointer<Prototype.PlainPath>
  /// What the function captured.
  let captures: UnsafeMutablePointer<Slot>
  /// How many values it captured.
  let captureCount: Int
  /// How the functions of its group are called; `nil` where one is not defined yet.
  let siblings: UnsafePointer<UnsafePointer<CallTarget>?>?
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

  init(
    _ prototype: Prototype, captures: UnsafeMutablePointer<Slot>, count: Int, group: Group?
  ) {
    code = UnsafePointer(prototype.code.first)
    constants = prototype.constants.first
    names = UnsafePointer(prototype.fieldNames.first)
    functions = UnsafePointer(prototype.functions.first)
    paths = UnsafePointer(prototype.plainPaths.first)
    self.captures = captures
    captureCount = count
    siblings = group.map { UnsafePointer($0.targets) }
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
  let target: UnsafePointer<CallTarget>
  /// Its registers.
  let base: UnsafeMutablePointer<Slot>
  /// The constants of the function, at hand for the return to it.
  let constants: UnsafeMutablePointer<Slot>
  /// Where it goes on; up to date whenever something else runs.
  var position: UnsafePointer<UInt32>
  /// Whether the call came from outside the loop, to which its result goes.
  let isEntry: Bool

  /// What was compiled.
  var prototype: Prototype { target.pointee.prototype.takeUnretainedValue() }
  /// The first register that only holds parts of expressions.
  @inline(__always)
  var firstTemporary: Int { target.pointee.firstTemporary }
  /// The first register behind this call's.
  var end: UnsafeMutablePointer<Slot> { base + target.pointee.registerCount }
  /// The index of the word of code that runs or ran last.
  var index: Int { max(0, position - target.pointee.code - 1) }
}
