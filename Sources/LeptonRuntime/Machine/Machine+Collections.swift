extension Machine {
  /// Adds registers to the list in another.
  @inline(never)
  func extendList(_ i: Instruction, _ frame: UnsafeMutablePointer<Frame>) throws {
    let base = frame.pointee.base
    for index in 0..<i.c { try append(base + i.b + index, to: base + i.a) }
  }

  /// Moves a register to the end of a list that nobody else holds.
  func append(
    _ element: UnsafeMutablePointer<Slot>, to list: UnsafeMutablePointer<Slot>
  ) throws {
    if element.pointee.mayNest { try checkNesting(Value(element.pointee)) }
    let slot = element.pointee
    element.pointee = .absent
    try append(Value(taking: slot), to: list)
  }

  /// Adds a value at the end of a list.
  @inline(__always)
  func append(_ value: Value, to list: UnsafeMutablePointer<Slot>) throws {
    try list.list.pointee.checkGrowth()
    list.list.pointee.append(value)
  }

  /// Adds named values to a record that nobody else holds.
  @inline(never)
  func extendRecord(
    _ i: Instruction, _ names: Int, _ frame: UnsafeMutablePointer<Frame>
  ) throws {
    let names = frame.pointee.prototype.names[names]
    let values = names.list.indices.map { operand(i.b + $0, frame) }
    try values.forEach(checkNesting)
    let place = frame.pointee.base + i.a
    if let shared = names.shared, place.record.pointee.count == 0 {
      return put(Slot(record: Record(names: shared, values: values)), place)
    }
    for (name, value) in zip(names.list, values) { place.record.pointee[name] = value }
  }

  /// Evaluates `x[i]`: an element of a list, a character, a named value, else what `Indexing` says.
  @inline(never)
  func index(_ i: Instruction, _ frame: UnsafeMutablePointer<Frame>) throws {
    if let element = element(frame.pointee.base + i.b, frame.pointee.base[i.c]) {
      giveUp(i.b, frame)
      giveUp(i.c, frame)
      return put(element, frame.pointee.base + i.a)
    }
    let subscripts = [Subscript.position(operand(i.c, frame))]
    put(Slot(try Indexing.value(of: operand(i.b, frame), at: subscripts)), frame.pointee.base + i.a)
  }

  /// The first of two indices of a variable, with a count of its own.
  @inline(never)
  func outerElement(_ i: Instruction, _ frame: UnsafeMutablePointer<Frame>) throws -> Slot {
    let base = frame.pointee.base
    if let element = element(base + i.b, base[i.c]) { return element }
    return Slot(try Indexing.value(of: Value(base[i.b]), at: [.position(Value(base[i.c]))]))
  }

  /// The second of two indices: of what the first one gave, whose count it takes.
  @inline(never)
  func putElement(_ outer: Slot, _ key: Slot, _ place: UnsafeMutablePointer<Slot>) throws {
    var outer = outer
    defer { outer.release() }
    if let element = withUnsafeMutablePointer(to: &outer, { element($0, key) }) {
      return put(element, place)
    }
    put(Slot(try Indexing.value(of: Value(outer), at: [.position(Value(key))])), place)
  }

  /// The element under an int or a name, with a count of its own; `nil` where it takes more to find it.
  @inline(__always)
  private func element(_ place: UnsafeMutablePointer<Slot>, _ key: Slot) -> Slot? {
    switch place.pointee.tag {
    case Slot.Tag.list where key.tag == Slot.Tag.int:
      let count = place.list.pointee.count
      let position = key.int < 0 ? key.int + count : key.int
      guard position >= 0, position < count else { return nil }
      return (elements(UnsafePointer(place.list)) + position).slot
    case Slot.Tag.string where key.tag == Slot.Tag.int:
      return place.withText { text in
        let count = text.count
        let position = key.int < 0 ? key.int + count : key.int
        guard position >= 0, position < count else { return nil }
        return text.element(at: position).map { Slot($0) }
      }
    case Slot.Tag.record:
      let record = place.pointee
      let value = key.withName { name in record.withRecord { $0.value(under: name) } }
      return value.map { UnsafePointer($0).slot }
    default: return nil
    }
  }

  /// Evaluates `x[i, 1:3, ...]`.
  @inline(never)
  func indexMany(_ i: Instruction, _ kinds: Int, _ frame: UnsafeMutablePointer<Frame>) throws {
    var register = i.c
    let subscripts = try self.subscripts(
      frame.pointee.prototype.subscripts[kinds], &register, frame)
    put(Slot(try Indexing.value(of: operand(i.b, frame), at: subscripts)), frame.pointee.base + i.a)
  }

  /// Reads subscripts whose values stand in registers.
  func subscripts(
    _ kinds: [Prototype.SubscriptKind], _ register: inout Int, _ frame: UnsafeMutablePointer<Frame>
  ) throws -> [Subscript] {
    func next() -> Value {
      defer { register += 1 }
      return operand(register, frame)
    }
    return try kinds.map { kind in
      switch kind {
      case .position: .position(next())
      case .ellipsis: .ellipsis
      case .slice(let start, let stop, let step):
        try .slice(
          start: start ? Indexing.bound(next()) : nil, stop: stop ? Indexing.bound(next()) : nil,
          step: step ? Indexing.bound(next()) : nil)
      }
    }
  }

  /// Evaluates `x.name`; `next` remembers where the name stood in the record that was asked last.
  @inline(never)
  func field(
    _ i: Instruction, _ next: UnsafePointer<UInt32>, _ frame: UnsafeMutablePointer<Frame>
  ) throws {
    let place = frame.pointee.base + i.b
    let name = frame.pointee.target.pointee.names + Int(next.pointee & 0xFFFF)
    if place.pointee.tag == Slot.Tag.record, let value = value(place.pointee, under: name, next) {
      let slot = value.slot
      giveUp(i.b, frame)
      return put(slot, frame.pointee.base + i.a)
    }
    let object = operand(i.b, frame)
    guard let value = try Fields.value(of: name.pointee, in: object) else {
      throw missing(name.pointee, in: object)
    }
    put(Slot(value), frame.pointee.base + i.a)
  }

  /// The value under a name of the record in a slot: most often it stands where it stood the last time.
  @inline(__always)
  private func value(
    _ record: Slot, under name: UnsafePointer<String>, _ next: UnsafePointer<UInt32>
  ) -> UnsafePointer<Value>? {
    record.withRecord { storage in
      UnsafePointer(
        storage.value(under: name, at: Int(next.pointee >> 16))
          ?? storage.position(of: name).map { storage.values + remembered($0, next) })
    }
  }

  /// Notes at `next` where a name stands.
  @inline(never)
  func remembered(_ position: Int, _ next: UnsafePointer<UInt32>) -> Int {
    if let position = UInt16(exactly: position) {
      let place = UnsafeMutablePointer(mutating: next)
      place.pointee = next.pointee & 0xFFFF | UInt32(position) << 16
    }
    return position
  }
}

extension Slot {
  /// Makes a slot of a character.
  init(_ element: Text.Element) {
    switch element {
    case .ascii(let byte): self.init(character: byte)
    case .other(let string): self.init(tag: Tag.string, retaining: Text(string))
    }
  }

  /// Whether it may hold other values.
  @inline(__always)
  var mayNest: Bool { tag == Tag.list || tag == Tag.record }
}
