extension Machine {
  /// Adds registers to the list in another.
  func extendList(_ i: Instruction, _ frame: UnsafeMutablePointer<Frame>) throws {
    let base = frame.pointee.base
    for index in 0..<i.c { try append(base + i.b + index, to: base + i.a) }
  }

  /// Moves a register to the end of a list that nobody else holds.
  func append(
    _ element: UnsafeMutablePointer<Slot>, to list: UnsafeMutablePointer<Slot>
  ) throws {
    if element.pointee.mayNest { try checkNesting(Value(element.pointee)) }
    try list.list.pointee.checkGrowth()
    let slot = element.pointee
    element.pointee = .absent
    list.list.pointee.append(Value(taking: slot))
  }

  /// Adds named values to a record that nobody else holds.
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
  func index(_ i: Instruction, _ frame: UnsafeMutablePointer<Frame>) throws {
    if let element = element(frame.pointee.base + i.b, frame.pointee.base[i.c]) {
      giveUp(i.b, frame)
      giveUp(i.c, frame)
      return put(element, frame.pointee.base + i.a)
    }
    let subscripts = [Subscript.position(operand(i.c, frame))]
    put(Slot(try Indexing.value(of: operand(i.b, frame), at: subscripts)), frame.pointee.base + i.a)
  }

  /// The element under an int or a name, with a count of its own; `nil` where it takes more to find it.
  @inline(__always)
  private func element(_ place: UnsafeMutablePointer<Slot>, _ key: Slot) -> Slot? {
    switch place.pointee.tag {
    case Slot.Tag.list where key.tag == Slot.Tag.int:
      let count = place.list.pointee.count
      let position = key.int < 0 ? key.int + count : key.int
      return position >= 0 && position < count ? Slot(elements(place)[position]) : nil
    case Slot.Tag.string where key.tag == Slot.Tag.int:
      return place.withText { text in
        let count = text.count
        let position = key.int < 0 ? key.int + count : key.int
        guard position >= 0, position < count else { return nil }
        return text.element(at: position).map { Slot($0) }
      }
    case Slot.Tag.record: return key.string.flatMap { place.record.pointee[$0] }.map { Slot($0) }
    default: return nil
    }
  }

  /// The elements of the list that stands in a register, as long as nothing changes it.
  @inline(__always)
  func elements(_ place: UnsafeMutablePointer<Slot>) -> UnsafePointer<Value> {
    let storage = UnsafeRawPointer(bitPattern: UInt(place.pointee.bits)) ?? UnsafeRawPointer(place)
    return (storage + elementsOffset).assumingMemoryBound(to: Value.self)
  }

  /// Evaluates `x[i, 1:3, ...]`.
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
  func field(
    _ i: Instruction, _ next: UnsafePointer<UInt32>, _ frame: UnsafeMutablePointer<Frame>
  ) throws {
    let name = frame.pointee.target.constants + Int(next.pointee & 0xFFFF)
    let place = frame.pointee.base + i.b
    if place.pointee.tag == Slot.Tag.record,
      let position = position(of: name.text.pointee.string, in: place.record, next)
    {
      let value = Slot(place.record.pointee[position])
      giveUp(i.b, frame)
      return put(value, frame.pointee.base + i.a)
    }
    let object = operand(i.b, frame)
    let text = name.text.pointee.string
    guard let value = try Fields.value(of: text, in: object) else {
      throw Fields.missing(text, in: object, isWord: context.library.knows(text))
    }
    put(Slot(value), frame.pointee.base + i.a)
  }

  /// Where a name stands in a record: most often where it stood the last time.
  @inline(__always)
  func position(
    of name: String, in record: UnsafeMutablePointer<Record>, _ next: UnsafePointer<UInt32>
  ) -> Int? {
    let guess = Int(next.pointee >> 16)
    if record.pointee.seems(name, at: guess) { return guess }
    guard let position = record.pointee.position(of: name) else { return nil }
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
