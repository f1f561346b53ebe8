extension Machine {
  /// Calls what stands in `place` with the `count` values behind it, where it is no function that takes
  /// just so many; true if a frame was pushed, false if the result stands there already.
  @inline(never)
  func enter(_ place: UnsafeMutablePointer<Slot>, count: Int) throws -> Bool {
    guard let closure = place.pointee.closure else {
      if place.pointee.tag == Slot.Tag.word {
        try callWord(place.pointee, place, count: count)
      } else {
        try callOther(place, count: count, names: [])
      }
      return false
    }
    if closure.isLayer && context.callLayer != nil {
      try callOther(place, count: count, names: [])
      return false
    }
    try bind(closure.prototype, place + 1, count: count, names: [])
    try push(closure.target, base: place + 1, isEntry: false)
    try tick(1)
    return true
  }

  /// Calls a function of the caller's own group, whatever the number of values.
  @inline(never)
  func enterSibling(
    _ index: Int, _ frame: UnsafeMutablePointer<Frame>, _ place: UnsafeMutablePointer<Slot>,
    count: Int
  ) throws {
    guard let target = frame.pointee.target.pointee.siblings?[index] else {
      throw LanguageError.undefinedSibling(siblingName(index, frame))
    }
    try bind(target.pointee.prototype.takeUnretainedValue(), place + 1, count: count, names: [])
    try push(target, base: place + 1, isEntry: false)
    try tick(1)
  }

  /// Calls with some values under names.
  @inline(never)
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
  @inline(never)
  func enterMethod(_ i: Instruction, _ shape: Int, _ frame: UnsafeMutablePointer<Frame>) throws
    -> Bool
  {
    let place = frame.pointee.base + i.a
    let shape = frame.pointee.prototype.callShapes[shape]
    if place[1].hasFields {
      let receiver = Value(place[1])
      if let field = try Fields.value(of: shape.method, in: receiver) {
        put(Slot(field), place)
        let count = i.b - 1
        for index in 0..<max(count, 0) { take(place + 2 + index, place + 1 + index) }
        if count == 0 { put(.absent, place + 1) }
        return try enterNamed(place, count: shape.positionalCount, names: shape.names)
      }
      if case .record(let record) = receiver, record.module != nil {
        throw missing(shape.method, in: receiver)
      }
    }
    if shape.names.isEmpty, place.pointee.tag == Slot.Tag.word {
      try callWord(place.pointee, place, count: shape.positionalCount + 1)
      return false
    }
    guard place.pointee.tag != Slot.Tag.absent else {
      throw missing(shape.method, calledOn: Value(place[1]), frame)
    }
    return try enterNamed(place, count: shape.positionalCount + 1, names: shape.names)
  }

  /// The error of a field that is not there.
  func missing(_ name: String, in value: Value) -> LanguageError {
    if case .record(let record) = value, let module = record.module {
      return .missingMember(
        name, of: module, record.names, home: context.library.module(defining: name),
        isWord: context.library.knows(name))
    }
    return Fields.missing(name, in: value, isWord: context.library.knows(name))
  }

  /// The error of a call behind a dot for which there is neither a field nor a function.
  private func missing(
    _ name: String, calledOn value: Value, _ frame: UnsafeMutablePointer<Frame>
  ) -> LanguageError {
    guard !context.library.knows(name) else { return missing(name, in: value) }
    let own = frame.pointee.prototype.cellNames.map(\.name) + context.interpreter.names
    return Fields.missing(name, calledOn: value, functions: own + context.library.names)
  }

  /// A dot call whose receiver is the variable that its result will replace: a receiver that can have
  /// no fields is handed over, so that a word may change it in place.
  @inline(never)
  func enterUpdatingMethod(
    _ i: Instruction, _ next: UInt32, _ frame: UnsafeMutablePointer<Frame>
  ) throws -> Bool {
    let variable = frame.pointee.base + i.c
    let place = frame.pointee.base + i.a
    guard !variable.pointee.hasFields, place.pointee.tag == Slot.Tag.word else {
      putCopy(variable.pointee, place + 1)
      return try enterMethod(i, Int(next), frame)
    }
    try callWord(place.pointee, place, count: i.b, updating: 0, from: variable)
    return false
  }

  /// Calls a word whose argument at `c` is a variable that its result will replace.
  @inline(never)
  func callUpdating(_ i: Instruction, _ next: UInt32, _ frame: UnsafeMutablePointer<Frame>) throws {
    let variable = frame.pointee.base + Int(next >> 16)
    let word = frame.pointee.constants[Int(next & 0xFFFF)]
    try callWord(word, frame.pointee.base + i.a, count: i.b, updating: i.c, from: variable)
  }

  /// Adds a register to the list in a variable; calls the word of the `next` constant where it is no list.
  @inline(never)
  func pushElement(_ i: Instruction, _ next: UInt32, _ frame: UnsafeMutablePointer<Frame>) throws {
    let variable = frame.pointee.base + i.c
    let value = frame.pointee.base + i.b
    let place = frame.pointee.base + i.a
    if variable.pointee.tag == Slot.Tag.list {
      try tick(1)
      if !value.pointee.isHeap { return try append(Value(taking: value.pointee), to: variable) }
      putCopy(value.pointee, place)
      giveUp(i.b, frame)
      return try append(place, to: variable)
    }
    putCopy(value.pointee, place + 2)
    giveUp(i.b, frame)
    try callWord(frame.pointee.constants[Int(next)], place, count: 2, updating: 0, from: variable)
    take(place, variable)
  }

  /// Calls a word with the values behind `place`: by its shortcut where it has one for them, else,
  /// with up to three, without an array where its row allows that.
  @inline(never)
  func callWord(_ word: Slot, _ place: UnsafeMutablePointer<Slot>, count: Int) throws {
    // A word lives as long as the library, whatever becomes of the slot.
    try word.word?._withUnsafeGuaranteedRef { word in
      if let shortcut = word.shortcut, try cut(shortcut, place, count: count) {
        return try tick(1)
      }
      try tick(64)
      let direct = try word.callDirectly(count: count, in: context) { takeValue(place + 1 + $0) }
      if let direct { return try putNested(direct, place) }
      var values = takeValues(place + 1, count)
      try putNested(word.call(&values, in: context), place)
    }
  }

  /// The same where the value at one position is taken out of a variable; a failure puts it back.
  private func callWord(
    _ word: Slot, _ place: UnsafeMutablePointer<Slot>, count: Int, updating position: Int,
    from variable: UnsafeMutablePointer<Slot>
  ) throws {
    take(variable, place + 1 + position)
    try word.word?._withUnsafeGuaranteedRef { word in
      do {
        if let shortcut = word.shortcut, try cut(shortcut, place, count: count) {
          return try tick(1)
        }
      } catch {
        take(place + 1 + position, variable)
        throw error
      }
      try tick(64)
      if position == 0 {
        var first = takeValue(place + 1)
        do {
          let direct = try word.callDirectly(&first, count: count, in: context) {
            takeValue(place + 1 + $0)
          }
          if let direct { return try putNested(direct, place) }
        } catch {
          put(Slot(first), variable)
          throw error
        }
        put(Slot(first), place + 1)
      }
      var values = takeValues(place + 1, count)
      do {
        try putNested(word.call(&values, in: context), place)
      } catch {
        if position < values.count { put(Slot(values[position]), variable) }
        throw error
      }
    }
  }

  /// Calls what is neither a function of the program nor known to be a word.
  private func callOther(
    _ place: UnsafeMutablePointer<Slot>, count: Int, names: [String]
  ) throws {
    let callee = Value(place.pointee)
    guard callee.callable != nil else {
      let frame = frames[frameCount - 1]
      throw LanguageError.notCallable(
        callee, CallSite(frame.prototype.source, span(of: frame)).callee)
    }
    let values = takeValues(place + 1, count + names.count)
    let named = zip(names, values.dropFirst(count)).map { (name: $0, value: $1) }
    try tick(64)
    put(Slot(try context.call(callee, Arguments(Array(values.prefix(count)), named: named))), place)
  }

  /// Moves values out of registers.
  private func takeValues(_ place: UnsafeMutablePointer<Slot>, _ count: Int) -> [Value] {
    (0..<count).map { takeValue(place + $0) }
  }

  /// Moves a value out of a register.
  @inline(__always)
  private func takeValue(_ place: UnsafeMutablePointer<Slot>) -> Value {
    let slot = place.pointee
    place.pointee = .absent
    return Value(taking: slot)
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
      throw LanguageError.missingArgument(
        prototype.name, parameter.name,
        heading: "it is called with (\(parameters.map(\.name).joined(separator: ", ")))")
    }
  }

  /// Counts work down, and looks at the clock and at interruption when enough was done.
  @inline(__always)
  func tick(_ cost: Int) throws {
    patience &-= cost
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
    frame.pointee.target.pointee.group?.takeUnretainedValue().prototypes[index].name ?? ""
  }
}

extension Slot {
  /// Whether a name behind a dot may be a field of it.
  fileprivate var hasFields: Bool {
    switch tag {
    case Tag.record, Tag.tensor, Tag.other, Tag.range: true
    default: false
    }
  }
}
