import LeptonTensor

extension Machine {
  /// Does what a word would do with the `count` values behind `place`, where they are plain; false,
  /// with nothing taken, where the word must be called.
  func cut(_ shortcut: Shortcut, _ place: UnsafeMutablePointer<Slot>, count: Int) throws -> Bool {
    switch shortcut {
    case .function(let number, let tensor):
      try count == 1 && (self.number(number, place) || self.tensor(tensor, place))
    case .tensor(let body): try count == 1 && tensor(body, place)
    case .count: count == 1 && self.count(place)
    case .range: range(place, count: count)
    case .lookup: count == 3 && look(up: place)
    case .append: try count == 2 && append(place)
    }
  }

  private func number(
    _ body: @convention(c) (Double) -> Double, _ place: UnsafeMutablePointer<Slot>
  ) -> Bool {
    switch place[1].tag {
    case Slot.Tag.float: put(Slot(float: body(place[1].float)), place)
    case Slot.Tag.int: put(Slot(float: body(Double(place[1].int))), place)
    default: return false
    }
    return true
  }

  private func tensor(
    _ body: (Tensor) throws -> Tensor, _ place: UnsafeMutablePointer<Slot>
  ) throws -> Bool {
    guard place[1].tag == Slot.Tag.tensor else { return false }
    try tick(64)
    put(Slot(tensor: try body((place + 1).tensor.pointee)), place)
    put(.absent, place + 1)
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
    guard let bounds = bounds(place + 1, count),
      let range = try? IntegerRange(from: bounds.start, to: bounds.stop, by: bounds.step)
    else { return false }
    put(Slot(tag: Slot.Tag.range, retaining: range), place)
    return true
  }

  /// The bounds of a range that ints state, if that is what they are.
  private func bounds(
    _ values: UnsafeMutablePointer<Slot>, _ count: Int
  ) -> (start: Int, stop: Int, step: Int)? {
    guard 1...3 ~= count, (0..<count).allSatisfy({ values[$0].tag == Slot.Tag.int }) else {
      return nil
    }
    if count == 1 { return (0, values[0].int, 1) }
    return (values[0].int, values[1].int, count == 3 ? values[2].int : 1)
  }

  /// Makes a range ready to be gone through without making it; calls its word where it is none.
  @inline(never)
  func prepareRange(_ i: Instruction, _ word: Slot, _ frame: UnsafeMutablePointer<Frame>) throws {
    let state = frame.pointee.base + i.a
    let place = frame.pointee.base + i.b
    guard let (start, stop, step) = bounds(place + 1, i.c),
      let length = try? IntegerRange.length(from: start, to: stop, by: step)
    else {
      try callWord(word, place, count: i.c)
      take(place, state)
      return try prepareLoop(state)
    }
    put(Slot(int: start), state)
    put(Slot(int: length), state + 1)
    put(Slot(int: step), state + 2)
    try tick(1)
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
