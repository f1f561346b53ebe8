import LeptonTensor

extension Value {
  /// Takes the value of a slot without taking its count.
  init(_ slot: Slot) {
    switch slot.tag {
    case Slot.Tag.int: self = .int(slot.int)
    case Slot.Tag.float: self = .float(slot.float)
    case Slot.Tag.bool: self = .bool(slot.bits != 0)
    case Slot.Tag.closure: self = slot.closure.map(Value.function) ?? .nothing
    default: self = slot.box?.value ?? .nothing
    }
  }

  /// Takes the value of a slot and its count; a value that nobody else holds is moved.
  init(taking slot: Slot) {
    guard var box = slot.takeBox() else {
      self.init(slot)
      slot.release()
      return
    }
    self = isKnownUniquelyReferenced(&box) ? box.take() : box.value
  }
}

extension Slot {
  /// Makes a slot that holds a count of the value.
  init(_ value: Value) {
    switch value {
    case .nothing: self = .nothing
    case .bool(let bool): self.init(bool: bool)
    case .int(let int): self.init(int: int)
    case .float(let float): self.init(float: float)
    case .string: self.init(tag: Tag.string, retaining: Box(value))
    case .list: self.init(tag: Tag.list, retaining: Box(value))
    case .record: self.init(tag: Tag.record, retaining: Box(value))
    case .tensor: self.init(tag: Tag.tensor, retaining: Box(value))
    case .function(let function as Closure): self.init(tag: Tag.closure, retaining: function)
    case .function, .object: self.init(tag: Tag.other, retaining: Box(value))
    }
  }
}
