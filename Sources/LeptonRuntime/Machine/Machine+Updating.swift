// Updates of variables. What stands on the path is changed where it stands as long as nobody else
// holds it; what takes more than finding a place by an int or a name is left to `Updating`.

extension Machine {
  /// Evaluates `x[key] = value`.
  func updateElement(_ i: Instruction, _ frame: UnsafeMutablePointer<Frame>) throws {
    let base = frame.pointee.base
    let place = base + i.a
    let key = base[i.b]
    if base[i.c].mayNest { try checkNesting(Value(base[i.c])) }
    switch place.pointee.tag {
    case Slot.Tag.list where key.tag == Slot.Tag.int:
      let count = place.list.pointee.count
      let position = key.int < 0 ? key.int + count : key.int
      guard position >= 0, position < count else { break }
      place.list.pointee[position] = operand(i.c, frame)
      return
    case Slot.Tag.record:
      guard let name = key.string else { break }
      place.record.pointee[name] = operand(i.c, frame)
      return giveUp(i.b, frame)
    default: break
    }
    let step = Updating.Step.index([.position(operand(i.b, frame))])
    try update(place, along: [step], to: operand(i.c, frame))
  }

  /// Evaluates `x.name = value`; `next` remembers where the name stood in the record of the last time.
  func updateField(
    _ i: Instruction, _ next: UnsafePointer<UInt32>, _ frame: UnsafeMutablePointer<Frame>
  ) throws {
    let name = (frame.pointee.target.constants + Int(next.pointee & 0xFFFF)).text.pointee.string
    let place = frame.pointee.base + i.a
    let value = frame.pointee.base[i.b]
    if value.mayNest { try checkNesting(Value(value)) }
    guard place.pointee.tag == Slot.Tag.record else {
      return try update(place, along: [.field(name)], to: operand(i.b, frame))
    }
    if let position = position(of: name, in: place.record, next) {
      place.record.pointee.update(at: position) { $0 = operand(i.b, frame) }
    } else {
      place.record.pointee[name] = operand(i.b, frame)
    }
  }

  /// Evaluates `x.name[key] = value` along a path of several steps.
  func update(_ i: Instruction, _ path: Int, _ frame: UnsafeMutablePointer<Frame>) throws {
    let path = frame.pointee.prototype.paths[path]
    let value = operand(i.c, frame)
    try checkNesting(value)
    let place = frame.pointee.base + i.a
    if path.isPlain, change(place, path, frame.pointee.base + i.b, to: value) { return }
    var register = i.b
    let steps = try path.steps.map { step -> Updating.Step in
      switch step {
      case .field(let name): .field(name)
      case .index(let kinds): .index(try subscripts(kinds, &register, frame))
      }
    }
    try update(place, along: steps, to: value)
  }

  /// Takes the variable's value out, changes it and puts it back; a failure puts it back as it was.
  private func update(
    _ place: UnsafeMutablePointer<Slot>, along steps: [Updating.Step], to value: Value
  ) throws {
    let slot = place.pointee
    place.pointee = .absent
    var target = Value(taking: slot)
    defer { put(Slot(target), place) }
    try Updating.update(&target, along: steps[...], to: value)
  }

  /// Changes a variable along a path of ints and names; false, with nothing changed, where that is not
  /// all it takes.
  private func change(
    _ place: UnsafeMutablePointer<Slot>, _ path: Prototype.UpdatePath,
    _ keys: UnsafeMutablePointer<Slot>, to value: Value
  ) -> Bool {
    if place.pointee.tag == Slot.Tag.record, case .field(let name)? = path.steps.first,
      let position = place.record.pointee.position(of: name)
    {
      return place.record.pointee.update(at: position) { change(&$0, path, 1, keys, value) }
    }
    let slot = place.pointee
    place.pointee = .absent
    var target = Value(taking: slot)
    defer { put(Slot(target), place) }
    return change(&target, path, 0, keys, value)
  }

  private func change(
    _ target: inout Value, _ path: Prototype.UpdatePath, _ depth: Int,
    _ keys: UnsafeMutablePointer<Slot>, _ value: Value
  ) -> Bool {
    guard depth < path.steps.count else {
      target = value
      return true
    }
    let isLast = depth + 1 == path.steps.count
    switch path.steps[depth] {
    case .field(let name):
      return change(&target, named: name, isLast: isLast, to: value) {
        change(&$0, path, depth + 1, keys, value)
      }
    case .index where keys.pointee.tag == Slot.Tag.int:
      guard case .list(var elements) = target else { return false }
      let key = keys.pointee.int
      let position = key < 0 ? key + elements.count : key
      guard position >= 0, position < elements.count else { return false }
      target = .nothing
      let isChanged = change(&elements[position], path, depth + 1, keys + 1, value)
      target = .list(elements)
      return isChanged
    case .index:
      guard let name = keys.pointee.string else { return false }
      return change(&target, named: name, isLast: isLast, to: value) {
        change(&$0, path, depth + 1, keys + 1, value)
      }
    }
  }

  /// Changes a named value; the last name of a path may be a new one.
  @inline(__always)
  private func change(
    _ target: inout Value, named name: String, isLast: Bool, to value: Value,
    _ body: (inout Value) -> Bool
  ) -> Bool {
    guard case .record(var record) = target else { return false }
    let position = record.position(of: name)
    guard position != nil || isLast else { return false }
    target = .nothing
    defer { target = .record(record) }
    if let position { return record.update(at: position, body) }
    record[name] = value
    return true
  }
}
