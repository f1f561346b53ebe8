extension Machine {
  /// Calls what stands in `place` with the `count` values behind it; true if a frame was pushed, false
  /// if the result stands there already.
  func enter(_ place: UnsafeMutablePointer<Slot>, count: Int) throws -> Bool {
    guard place.pointee.tag == Slot.Tag.closure, let closure = place.pointee.closure else {
      try callOther(place, count: count, names: [])
      return false
    }
    let target = closure.target
    if target.parameterCount != count {
      if closure.isLayer && context.callLayer != nil {
        try callOther(place, count: count, names: [])
        return false
      }
      try bind(closure.prototype, place + 1, count: count, names: [])
    }
    try push(target, base: place + 1, isEntry: false)
    try tick(1)
    return true
  }

  /// Calls a function of the caller's own group.
  func enterSibling(
    _ index: Int, _ frame: UnsafeMutablePointer<Frame>, _ place: UnsafeMutablePointer<Slot>,
    count: Int
  ) throws {
    guard let target = frame.pointee.target.group?._withUnsafeGuaranteedRef({ $0.target(index) })
    else {
      throw LanguageError.undefinedSibling(siblingName(index, frame))
    }
    if target.parameterCount != count {
      try bind(target.prototype.takeUnretainedValue(), place + 1, count: count, names: [])
    }
    try push(target, base: place + 1, isEntry: false)
    try tick(1)
  }

  /// Calls with some values under names.
  func enterNamed(_ i: Instruction, _ shape: Int, _ frame: UnsafeMutablePointer<Frame>) throws
    -> Bool
  {
    let shape = frame.pointee.prototype.callShapes[shape]
    return try enterNamed(
      frame.pointee.base + i.a, count: shape.positionalCount, names: shape.names)
  }

  private func enterNamed(
    _ place: UnsafeMutablePointer<Slot>, count: Int, names: [String]
  ) throws -> Bool {
    guard let closure = place.pointee.closure, !(closure.isLayer && context.callLayer != nil) else {
      try callOther(place, count: count, names: names)
      return false
    }
    try bind(closure.prototype, place + 1, count: count, names: names)
    try push(closure.target, base: place + 1, isEntry: false)
    try tick(1)
    return true
  }

  /// A dot call: the field if the receiver has one, else the function of that name.
  func enterMethod(_ i: Instruction, _ shape: Int, _ frame: UnsafeMutablePointer<Frame>) throws
    -> Bool
  {
    let shape = frame.pointee.prototype.callShapes[shape]
    let place = frame.pointee.base + i.a
    let receiver = Value(place[1])
    if let field = try Fields.value(of: shape.method, in: receiver) {
      put(Slot(field), place)
      let count = i.b - 1
      for index in 0..<max(count, 0) { take(place + 2 + index, place + 1 + index) }
      if count == 0 { put(.absent, place + 1) }
      return try enterNamed(place, count: shape.positionalCount, names: shape.names)
    }
    guard place.pointee.tag != Slot.Tag.absent else {
      throw Fields.missing(shape.method, in: receiver)
    }
    return try enterNamed(place, count: shape.positionalCount + 1, names: shape.names)
  }

  /// Calls a word.
  func callWord(_ word: Slot, _ place: UnsafeMutablePointer<Slot>, count: Int) throws {
    guard case .function(let callable)? = word.box?.value, let word = callable as? Word else {
      throw LanguageError.notCallable(Value(word))
    }
    try tick(64)
    var values = takeValues(place + 1, count)
    try putNested(word.call(&values, in: context), place)
  }

  /// Calls a word whose argument at `c` is a variable that its result will replace.
  func callUpdating(_ i: Instruction, _ next: UInt32, _ frame: UnsafeMutablePointer<Frame>) throws {
    let variable = frame.pointee.base + Int(next >> 16)
    let constant = frame.pointee.target.constants[Int(next & 0xFFFF)]
    guard case .function(let callable)? = constant.box?.value, let word = callable as? Word else {
      throw LanguageError.notCallable(Value(constant))
    }
    try tick(64)
    let place = frame.pointee.base + i.a
    take(variable, place + 1 + i.c)
    var values = takeValues(place + 1, i.b)
    do {
      try putNested(word.call(&values, in: context), place)
    } catch {
      if i.c < values.count { put(Slot(values[i.c]), variable) }
      throw error
    }
  }

  /// Calls what is neither a function of the program nor known to be a word.
  private func callOther(
    _ place: UnsafeMutablePointer<Slot>, count: Int, names: [String]
  ) throws {
    let callee = Value(place.pointee)
    let values = takeValues(place + 1, count + names.count)
    let named = zip(names, values.dropFirst(count)).map { (name: $0, value: $1) }
    try tick(64)
    put(Slot(try context.call(callee, Arguments(Array(values.prefix(count)), named: named))), place)
  }

  /// Moves values out of registers.
  private func takeValues(_ place: UnsafeMutablePointer<Slot>, _ count: Int) -> [Value] {
    (0..<count).map { index in
      let slot = place[index]
      place[index] = .absent
      return Value(taking: slot)
    }
  }

  /// Puts the values of a call where the function's parameters stand: by position, then by name, then
  /// marks as absent what has a default.
  func bind(
    _ prototype: Prototype, _ base: UnsafeMutablePointer<Slot>, count: Int, names: [String]
  ) throws {
    let parameters = prototype.parameters
    if names.isEmpty, count == parameters.count { return }
    guard count <= parameters.count else {
      throw LanguageError.tooManyArguments(prototype.name, parameters.count, count)
    }
    let given = (0..<names.count).map { index in
      let slot = base[count + index]
      base[count + index] = .absent
      return slot
    }
    for index in count..<parameters.count { put(.absent, base + index) }
    defer { given.dropFirst(names.count).forEach { $0.release() } }
    for (name, slot) in zip(names, given) {
      guard let index = parameters.firstIndex(where: { $0.name == name }) else {
        throw LanguageError.unknownArgument(prototype.name, name, parameters.map(\.name))
      }
      guard base[index].tag == Slot.Tag.absent else {
        throw LanguageError.argumentTwice(prototype.name, name)
      }
      put(slot, base + index)
    }
    for (index, parameter) in parameters.enumerated()
    where !parameter.hasDefault && base[index].tag == Slot.Tag.absent {
      throw LanguageError.missingArgument(prototype.name, parameter.name)
    }
  }

  /// Counts work down, and looks at the clock and at interruption when enough was done.
  @inline(__always)
  func tick(_ cost: Int) throws {
    patience -= cost
    if patience <= 0 { try look() }
  }

  /// Looks at interruption and sends a sign of life where one is due.
  @inline(never)
  func look() throws {
    patience = Self.patienceOfOne
    try context.checkInterruption()
  }

  /// The same at a turn of a loop.
  @inline(never)
  func look(at position: UnsafePointer<UInt32>) throws {
    frames[frameCount - 1].position = position
    try look()
  }

  /// The name of a function of the caller's group.
  func siblingName(_ index: Int, _ frame: UnsafeMutablePointer<Frame>) -> String {
    frame.pointee.target.group?.takeUnretainedValue().prototypes[index].name ?? ""
  }
}
