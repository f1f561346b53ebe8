extension Machine {
  /// Makes a sequence ready to be gone through: a range becomes three numbers; lists, strings and
  /// records stay, with a position beside them.
  @inline(never)
  func prepareLoop(_ place: UnsafeMutablePointer<Slot>) throws {
    if let range = place.pointee.range {
      put(Slot(int: range.length), place + 1)
      put(Slot(int: range.step), place + 2)
      return put(Slot(int: range.start), place)
    }
    switch place.pointee.tag {
    case Slot.Tag.list, Slot.Tag.string, Slot.Tag.record: break
    case Slot.Tag.character: put(Slot(list: [Value(place.pointee)]), place)
    default: put(Slot(try Iteration.sequence(of: Value(place.pointee))), place)
    }
    put(Slot(int: 0), place + 1)
    put(.nothing, place + 2)
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

  @inline(never)
  private func nextOfOther(
    _ state: UnsafeMutablePointer<Slot>, _ place: UnsafeMutablePointer<Slot>
  ) throws -> Bool {
    let position = state[1].int
    var next = position + 1
    let element: Slot
    switch state.pointee.tag {
    case Slot.Tag.list:
      guard position < state.list.pointee.count else { return false }
      let value = elements(UnsafePointer(state.list)) + position
      state[1] = Slot(int: next)
      if case .string(let string) = value.pointee, place.become(string) { return true }
      element = value.slot
    case Slot.Tag.string:
      guard let found = state.withText({ $0.element(atByte: position) }) else { return false }
      next = found.next
      element = Slot(found.element)
    case Slot.Tag.record:
      guard position < state.record.pointee.count else { return false }
      let name = Value.string(state.record.pointee.name(at: position))
      element = Slot(list: [name, state.record.pointee[position]])
    default:
      guard let found = try Iteration.element(at: position, of: Value(state.pointee)) else {
        return false
      }
      element = Slot(found)
    }
    state[1] = Slot(int: next)
    put(element, place)
    return true
  }

  /// Takes an element of a sequence apart.
  @inline(never)
  func unpack(_ i: Instruction, _ frame: UnsafeMutablePointer<Frame>) throws {
    let place = frame.pointee.base + i.b
    if place.pointee.tag == Slot.Tag.list, place.list.pointee.count == i.c {
      let parts = place.list.pointee
      giveUp(i.b, frame)
      for index in parts.indices { put(Slot(parts[index]), frame.pointee.base + i.a + index) }
      return
    }
    let parts = try Iteration.parts(of: operand(i.b, frame), count: i.c)
    for (index, part) in parts.enumerated() { put(Slot(part), frame.pointee.base + i.a + index) }
  }
}

extension UnsafeMutablePointer<Slot> {
  /// Makes the text that stands here another one, if nobody else holds it; false, with nothing changed,
  /// if not, and for a character of ASCII, which is no text.
  fileprivate func become(_ string: String) -> Bool {
    guard pointee.tag == Slot.Tag.string, string.utf8.count != 1,
      isKnownUniquelyReferenced(&text.pointee)
    else { return false }
    _ = withText { text -> Void? in text.become(string) }
    return true
  }
}
