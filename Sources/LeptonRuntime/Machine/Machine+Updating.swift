// Updates of variables. What stands on the path is changed where it stands as long as nobody else
// holds it; what takes more than finding a place by an int or a name is left to `Updating`.

extension Machine {
  /// Evaluates `x[key] = value`.
  @inline(never)
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
      guard key.isString else { break }
      if let field = key.withName({ place.record.pointee.place(of: $0) }) {
        field.pointee = operand(i.c, frame)
      } else {
        place.record.pointee[key.string ?? ""] = operand(i.c, frame)
      }
      return giveUp(i.b, frame)
    default: break
    }
    let step = Updating.Step.index([.position(operand(i.b, frame))])
    try update(place, along: [step], to: operand(i.c, frame))
  }

  /// Evaluates `x.name = value`; `next` remembers where the name stood in the record of the last time.
  @inline(never)
  func updateField(
    _ i: Instruction, _ next: UnsafePointer<UInt32>, _ frame: UnsafeMutablePointer<Frame>
  ) throws {
    let name = frame.pointee.target.pointee.names + Int(next.pointee & 0xFFFF)
    let place = frame.pointee.base + i.a
    let value = frame.pointee.base[i.b]
    if value.mayNest { try checkNesting(Value(value)) }
    guard place.pointee.tag == Slot.Tag.record else {
      return try update(place, along: [.field(name.pointee)], to: operand(i.b, frame))
    }
    if let field = self.place(in: place.record, under: name, next) {
      field.pointee = operand(i.b, frame)
    } else {
      place.record.pointee[name.pointee] = operand(i.b, frame)
    }
  }

  /// Where the value under a name of a record stands, to be changed: most often where it stood the last
  /// time, which `next` remembers.
  @inline(__always)
  private func place(
    in record: UnsafeMutablePointer<Record>, under name: UnsafePointer<String>,
    _ next: UnsafePointer<UInt32>
  ) -> UnsafeMutablePointer<Value>? {
    record.pointee.own()
    return record.pointee.withStorage { storage in
      storage.value(under: name, at: Int(next.pointee >> 16))
        ?? storage.position(of: name).map { storage.values + remembered($0, next) }
    }
  }

  /// Evaluates `x.name[key] = value` along a path of several steps.
  @inline(never)
  func update(_ i: Instruction, _ path: Int, _ frame: UnsafeMutablePointer<Frame>) throws {
    let place = frame.pointee.base + i.a
    let keys = frame.pointee.base + i.b
    let plain = frame.pointee.target.pointee.paths[path]
    if write(frame.pointee.base[i.c], along: plain, keys, of: place) { return }
    if frame.pointee.base[i.c].mayNest { try checkNesting(Value(frame.pointee.base[i.c])) }
    let walk = Walk(path: plain, frame: frame, keys: keys, value: i.c)
    if change(place, walk) { return }
    var register = i.b
    let steps = try frame.pointee.prototype.paths[path].steps.map { step -> Updating.Step in
      switch step {
      case .field(let name): .field(name)
      case .index(let kinds): .index(try subscripts(kinds, &register, frame))
      }
    }
    try update(place, along: steps, to: operand(i.c, frame))
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

  /// What a change along a path needs at each of its steps.
  private struct Walk {
    let path: Prototype.PlainPath
    let frame: UnsafeMutablePointer<Frame>
    let keys: UnsafeMutablePointer<Slot>
    /// The register of the new value.
    let value: Int

    /// The name at a step.
    @inline(__always)
    func name(_ step: UnsafeMutablePointer<Prototype.PlainStep>) -> UnsafePointer<String> {
      frame.pointee.target.pointee.names + Int(step.pointee.word & 0xFFFF)
    }
  }

  /// Changes a variable along a path of ints and names; false, with nothing changed that the program
  /// could see, where that is not all it takes.
  private func change(_ place: UnsafeMutablePointer<Slot>, _ walk: Walk) -> Bool {
    if walk.path.count == 0 { return false }
    return switch place.pointee.tag {
    case Slot.Tag.record: change(place.record, walk, 0)
    case Slot.Tag.list: change(place.list, walk, 0)
    default: false
    }
  }

  private func change(_ value: UnsafeMutablePointer<Value>, _ walk: Walk, _ depth: Int) -> Bool {
    if depth == walk.path.count {
      value.pointee = operand(walk.value, walk.frame)
      return true
    }
    if let record = value.record { return change(record, walk, depth) }
    return value.list.map { change($0, walk, depth) } ?? false
  }

  private func change(_ list: UnsafeMutablePointer<[Value]>, _ walk: Walk, _ depth: Int) -> Bool {
    guard let key = walk.path.steps[depth].key, walk.keys[key].tag == Slot.Tag.int else {
      return false
    }
    let count = list.pointee.count
    let position = walk.keys[key].int < 0 ? walk.keys[key].int + count : walk.keys[key].int
    guard position >= 0, position < count else { return false }
    return list.pointee.withUnsafeMutableBufferPointer { elements in
      elements.baseAddress.map { change($0 + position, walk, depth + 1) } ?? false
    }
  }

  /// The same in a record; the last name of a path may be a new one.
  private func change(_ record: UnsafeMutablePointer<Record>, _ walk: Walk, _ depth: Int) -> Bool {
    let step = walk.path.steps + depth
    guard let key = step.pointee.key else {
      let name = walk.name(step)
      let place = withUnsafePointer(to: &step.pointee.word) {
        self.place(in: record, under: name, $0)
      }
      return change(place, named: name.pointee, of: record, walk, depth)
    }
    guard walk.keys[key].isString else { return false }
    let place = walk.keys[key].withName { record.pointee.place(of: $0) }
    return change(place, named: walk.keys[key].string ?? "", of: record, walk, depth)
  }

  @inline(__always)
  private func change(
    _ place: UnsafeMutablePointer<Value>?, named name: @autoclosure () -> String,
    of record: UnsafeMutablePointer<Record>, _ walk: Walk, _ depth: Int
  ) -> Bool {
    if let place { return change(place, walk, depth + 1) }
    guard depth + 1 == walk.path.count else { return false }
    record.pointee[name()] = operand(walk.value, walk.frame)
    return true
  }
}
