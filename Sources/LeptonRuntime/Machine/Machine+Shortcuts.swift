extension Machine {
  /// Does what a word would do with the `count` values behind `place`, where they are plain; false,
  /// with nothing taken, where the word must be called.
  func cut(_ shortcut: Shortcut, _ place: UnsafeMutablePointer<Slot>, count: Int) throws -> Bool {
    switch shortcut {
    case .number(let body): count == 1 && number(body, place)
    case .count: count == 1 && self.count(place)
    case .range: range(place, count: count)
    case .lookup: count == 3 && look(up: place)
    case .append: try count == 2 && append(place)
    }
  }

  private func number(_ body: (Double) -> Double, _ place: UnsafeMutablePointer<Slot>) -> Bool {
    switch place[1].tag {
    case Slot.Tag.float: put(Slot(float: body(place[1].float)), place)
    case Slot.Tag.int: put(Slot(float: body(Double(place[1].int))), place)
    default: return false
    }
    return true
  }

  private func count(_ place: UnsafeMutablePointer<Slot>) -> Bool {
    let count: Int
    switch place[1].tag {
    case Slot.Tag.list: count = (place + 1).list.pointee.count
    case Slot.Tag.record: count = (place + 1).record.pointee.count
    case Slot.Tag.string: count = (place + 1).withText { $0.count } ?? 0
    case Slot.Tag.character: count = 1
    default: return false
    }
    put(Slot(int: count), place)
    put(.absent, place + 1)
    return true
  }

  private func range(_ place: UnsafeMutablePointer<Slot>, count: Int) -> Bool {
    guard 1...3 ~= count, (1...count).allSatisfy({ place[$0].tag == Slot.Tag.int }),
      let range = try? IntegerRange(
        from: count == 1 ? 0 : place[1].int, to: place[count == 1 ? 1 : 2].int,
        by: count == 3 ? place[3].int : 1)
    else { return false }
    put(Slot(tag: Slot.Tag.range, retaining: range), place)
    return true
  }

  private func look(up place: UnsafeMutablePointer<Slot>) -> Bool {
    guard place[1].tag == Slot.Tag.record, place[2].isString else { return false }
    let record = place[1]
    let value = place[2].withName { name in record.withRecord { $0.value(under: name) } }
    if let value {
      put(UnsafePointer(value).slot, place)
      put(.absent, place + 3)
    } else {
      take(place + 3, place)
    }
    put(.absent, place + 1)
    put(.absent, place + 2)
    return true
  }

  private func append(_ place: UnsafeMutablePointer<Slot>) throws -> Bool {
    guard place[1].tag == Slot.Tag.list else { return false }
    try append(place + 2, to: place + 1)
    take(place + 1, place)
    return true
  }
}
