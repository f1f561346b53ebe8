extension Machine {
  /// Makes a sequence ready to be gone through: a range becomes two numbers, all else stays.
  func prepareLoop(_ place: UnsafeMutablePointer<Slot>) throws {
    let value = Value(place.pointee)
    if case .object(let object) = value, let range = object as? IntegerRange {
      put(Slot(int: range.start), place)
      put(Slot(int: range.length), place + 1)
      put(Slot(int: range.step), place + 2)
    } else {
      put(Slot(try Iteration.sequence(of: value)), place)
      put(Slot(int: 0), place + 1)
      put(.nothing, place + 2)
    }
  }

  /// Puts the next element where it is wanted; false behind the last.
  @inline(__always)
  func nextElement(
    _ state: UnsafeMutablePointer<Slot>, _ place: UnsafeMutablePointer<Slot>
  ) throws -> Bool {
    guard state.pointee.tag == Slot.Tag.int else { return try nextOfOther(state, place) }
    let left = state[1].int
    if left == 0 { return false }
    put(state.pointee, place)
    state[1] = Slot(int: left - 1)
    state.pointee = Slot(int: state.pointee.int &+ state[2].int)
    return true
  }

  private func nextOfOther(
    _ state: UnsafeMutablePointer<Slot>, _ place: UnsafeMutablePointer<Slot>
  ) throws -> Bool {
    let position = state[1].int
    guard let box = state.pointee.box,
      let element = try Iteration.element(at: position, of: box.value)
    else { return false }
    state[1] = Slot(int: position + 1)
    put(Slot(element), place)
    return true
  }

  /// Takes an element of a sequence apart.
  func unpack(_ i: Instruction, _ frame: UnsafeMutablePointer<Frame>) throws {
    let parts = try Iteration.parts(of: operand(i.b, frame), count: i.c)
    for (index, part) in parts.enumerated() { put(Slot(part), frame.pointee.base + i.a + index) }
  }

  /// Adds registers to the list in another.
  func extendList(_ i: Instruction, _ frame: UnsafeMutablePointer<Frame>) throws {
    let base = frame.pointee.base
    for index in 0..<i.c { try append(base + i.b + index, to: base + i.a) }
  }

  /// Moves a register to the end of a list that nobody else holds.
  func append(
    _ element: UnsafeMutablePointer<Slot>, to list: UnsafeMutablePointer<Slot>
  ) throws {
    if element.pointee.isHeap { try checkNesting(Value(element.pointee)) }
    guard let box = list.pointee.box, case .list(var elements) = box.take() else { return }
    elements.append(Value(taking: element.pointee))
    element.pointee = .absent
    box.value = .list(elements)
  }

  /// Adds named values to a record that nobody else holds.
  func extendRecord(
    _ i: Instruction, _ names: Int, _ frame: UnsafeMutablePointer<Frame>
  ) throws {
    let values = frame.pointee.prototype.names[names].indices.map { operand(i.b + $0, frame) }
    try values.forEach(checkNesting)
    guard let box = frame.pointee.base[i.a].box, case .record(var record) = box.take() else {
      return
    }
    for (name, value) in zip(frame.pointee.prototype.names[names], values) { record[name] = value }
    box.value = .record(record)
  }

  /// Writes a value in a format.
  func formatText(_ i: Instruction, _ format: Slot, _ frame: UnsafeMutablePointer<Frame>) throws {
    guard case .string(let format) = Value(format) else { return }
    let text = try TextFormat(format).apply(to: operand(i.b, frame))
    put(Slot(.string(text)), frame.pointee.base + i.a)
  }

  /// Joins strings.
  func joinText(_ i: Instruction, _ frame: UnsafeMutablePointer<Frame>) {
    var text = ""
    for index in 0..<i.c {
      if case .string(let piece) = operand(i.b + index, frame) { text += piece }
    }
    put(Slot(.string(text)), frame.pointee.base + i.a)
  }

  /// Evaluates `x[i]`.
  func index(_ i: Instruction, _ frame: UnsafeMutablePointer<Frame>) throws {
    let key = frame.pointee.base[i.c]
    if key.tag == Slot.Tag.int, let box = frame.pointee.base[i.b].box,
      case .list(let elements) = box.value
    {
      let position = key.int < 0 ? key.int + elements.count : key.int
      if position >= 0, position < elements.count {
        return put(Slot(elements[position]), frame.pointee.base + i.a)
      }
    }
    let subscripts = [Subscript.position(operand(i.c, frame))]
    put(Slot(try Indexing.value(of: operand(i.b, frame), at: subscripts)), frame.pointee.base + i.a)
  }

  /// Evaluates `x[i, 1:3, ...]`.
  func indexMany(_ i: Instruction, _ kinds: Int, _ frame: UnsafeMutablePointer<Frame>) throws {
    var register = i.c
    let subscripts = try self.subscripts(
      frame.pointee.prototype.subscripts[kinds], &register, frame)
    put(Slot(try Indexing.value(of: operand(i.b, frame), at: subscripts)), frame.pointee.base + i.a)
  }

  /// Reads subscripts whose values stand in registers.
  private func subscripts(
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

  /// Evaluates `x.name`.
  func field(_ i: Instruction, _ name: Slot, _ frame: UnsafeMutablePointer<Frame>) throws {
    guard case .string(let name) = Value(name) else { return }
    let object = operand(i.b, frame)
    guard let value = try Fields.value(of: name, in: object) else {
      throw Fields.missing(name, in: object)
    }
    put(Slot(value), frame.pointee.base + i.a)
  }

  /// `x.name[key] = value`: takes the variable's value out, changes it and puts it back; a failure
  /// puts it back as it was.
  func update(_ i: Instruction, _ path: Int, _ frame: UnsafeMutablePointer<Frame>) throws {
    var register = i.b
    let steps = try frame.pointee.prototype.paths[path].map { step -> Updating.Step in
      switch step {
      case .field(let name): .field(name)
      case .index(let kinds): .index(try subscripts(kinds, &register, frame))
      }
    }
    let value = operand(i.c, frame)
    try checkNesting(value)
    let place = frame.pointee.base + i.a
    let slot = place.pointee
    place.pointee = .absent
    var target = Value(taking: slot)
    defer { put(Slot(target), place) }
    try Updating.update(&target, along: steps[...], to: value)
  }
}
