extension Machine {
  /// The value of a register; one that only holds a part of an expression is emptied.
  @inline(__always)
  func operand(_ register: Int, _ frame: UnsafeMutablePointer<Frame>) -> Value {
    let slot = frame.pointee.base[register]
    if slot.tag == Slot.Tag.int { return .int(slot.int) }
    if slot.tag == Slot.Tag.float { return .float(slot.float) }
    return otherOperand(register, frame)
  }

  @inline(never)
  private func otherOperand(_ register: Int, _ frame: UnsafeMutablePointer<Frame>) -> Value {
    let slot = frame.pointee.base[register]
    if register >= frame.pointee.firstTemporary {
      frame.pointee.base[register] = .absent
      return Value(taking: slot)
    }
    return Value(slot)
  }

  /// Empties a register that only holds a part of an expression.
  @inline(__always)
  func giveUp(_ register: Int, _ frame: UnsafeMutablePointer<Frame>) {
    let place = frame.pointee.base + register
    if place.pointee.isHeap, register >= frame.pointee.firstTemporary { put(.absent, place) }
  }

  /// Arithmetic that is not two floats or two small ints.
  @inline(never)
  func arithmetic(_ operation: Operation, _ i: Instruction, _ frame: UnsafeMutablePointer<Frame>)
    throws
  {
    let x = frame.pointee.base[i.b], y = frame.pointee.base[i.c]
    if operation == .add, x.isString, y.isString { return try concatenate(i, frame) }
    let result =
      try Slot.arithmetic(operation, x, y)
      ?? Slot(Arithmetic.apply(operation, operand(i.b, frame), operand(i.c, frame)))
    put(result, frame.pointee.base + i.a)
  }

  /// Arithmetic with a constant that is not two floats or two small ints.
  @inline(never)
  func arithmeticConstant(
    _ operation: Operation, _ i: Instruction, _ frame: UnsafeMutablePointer<Frame>
  ) throws {
    let x = frame.pointee.base[i.b], y = frame.pointee.constants[i.c]
    let result =
      try Slot.arithmetic(operation, x, y)
      ?? Slot(Arithmetic.apply(operation, operand(i.b, frame), Value(y)))
    put(result, frame.pointee.base + i.a)
  }

  /// Evaluates `f >> g`.
  @inline(never)
  func compose(_ i: Instruction, _ frame: UnsafeMutablePointer<Frame>) throws {
    let value = try Arithmetic.compose(operand(i.b, frame), operand(i.c, frame))
    put(Slot(value), frame.pointee.base + i.a)
  }

  /// Evaluates `-x`.
  @inline(never)
  func negate(_ i: Instruction, _ frame: UnsafeMutablePointer<Frame>) throws {
    let x = frame.pointee.base[i.b]
    if x.tag == Slot.Tag.float { return put(Slot(float: -x.float), frame.pointee.base + i.a) }
    put(Slot(try Arithmetic.negate(operand(i.b, frame))), frame.pointee.base + i.a)
  }

  /// Evaluates `not x`.
  @inline(never)
  func not(_ i: Instruction, _ frame: UnsafeMutablePointer<Frame>) throws {
    let x = frame.pointee.base[i.b]
    if x.tag == Slot.Tag.bool { return put(Slot(bool: x.bits == 0), frame.pointee.base + i.a) }
    put(Slot(try Truth.not(operand(i.b, frame))), frame.pointee.base + i.a)
  }

  /// `and`, `or` of two values that both are there.
  @inline(never)
  func connect(_ operation: Operation, _ i: Instruction, _ frame: UnsafeMutablePointer<Frame>)
    throws
  {
    let value = try Truth.connect(operation, operand(i.b, frame), operand(i.c, frame))
    put(Slot(value), frame.pointee.base + i.a)
  }

  /// A comparison as a value.
  @inline(never)
  func compare(_ operation: Operation, _ i: Instruction, _ frame: UnsafeMutablePointer<Frame>)
    throws
  {
    let x = frame.pointee.base[i.b], y = frame.pointee.base[i.c]
    if let holds = Slot.compare(operation, x, y) {
      giveUp(i.b, frame)
      giveUp(i.c, frame)
      return put(Slot(bool: holds), frame.pointee.base + i.a)
    }
    let value = try Comparison.apply(operation, operand(i.b, frame), operand(i.c, frame))
    put(Slot(value), frame.pointee.base + i.a)
  }

  /// A comparison of registers as a condition.
  @inline(never)
  func holds(_ operation: Operation, _ i: Instruction, _ frame: UnsafeMutablePointer<Frame>) throws
    -> Bool
  {
    if let holds = Slot.compare(operation, frame.pointee.base[i.b], frame.pointee.base[i.c]) {
      giveUp(i.b, frame)
      giveUp(i.c, frame)
      return holds
    }
    return try Truth.of(
      Comparison.apply(operation, operand(i.b, frame), operand(i.c, frame)))
  }

  /// A comparison with a constant as a condition.
  @inline(never)
  func holdsConstant(_ operation: Operation, _ i: Instruction, _ frame: UnsafeMutablePointer<Frame>)
    throws -> Bool
  {
    let constant = frame.pointee.constants[i.c]
    if let holds = Slot.compare(operation, frame.pointee.base[i.b], constant) {
      giveUp(i.b, frame)
      return holds
    }
    return try Truth.of(Comparison.apply(operation, operand(i.b, frame), Value(constant)))
  }

  /// Whether a condition holds.
  @inline(__always)
  func truth(_ place: UnsafeMutablePointer<Slot>, _ frame: UnsafeMutablePointer<Frame>) throws
    -> Bool
  {
    let slot = place.pointee
    return slot.tag == Slot.Tag.bool ? slot.bits != 0 : try truth(of: slot)
  }

  @inline(never)
  private func truth(of slot: Slot) throws -> Bool { try Truth.of(Value(slot)) }

  /// Whether an operand of `and` or `or` settles it; a tensor never does.
  @inline(never)
  func isScalar(_ truth: Bool, _ slot: Slot) throws -> Bool {
    if slot.tag == Slot.Tag.tensor || slot.tag == Slot.Tag.list { return false }
    return try (slot.tag == Slot.Tag.bool ? slot.bits != 0 : self.truth(of: slot)) == truth
  }
}

extension Slot {
  /// Arithmetic of an int with a float, and of ints where it is more than one instruction; `nil` for
  /// everything else.
  static func arithmetic(_ operation: Operation, _ x: Slot, _ y: Slot) throws -> Slot? {
    if x.tag | y.tag == 0 { return try Arithmetic.ints(operation, x.int, y.int).map(Slot.init) }
    guard let left = x.number, let right = y.number else { return nil }
    return try Arithmetic.floats(operation, left, right).map { Slot(float: $0) }
  }

  /// Compares numbers, and strings for equality; `nil` for everything else.
  static func compare(_ operation: Operation, _ x: Slot, _ y: Slot) -> Bool? {
    if x.tag | y.tag == 0 { return Comparison.apply(operation, x.int, y.int) }
    if operation == .equal || operation == .notEqual, x.isString, y.isString,
      let left = x.string, let right = y.string
    {
      return left.isSame(as: right) == (operation == .equal)
    }
    guard let left = x.number, let right = y.number else { return nil }
    return Comparison.apply(operation, left, right)
  }

  /// The number, if it is an int or a float.
  private var number: Double? {
    tag == Tag.float ? float : tag == Tag.int ? Double(int) : nil
  }
}
