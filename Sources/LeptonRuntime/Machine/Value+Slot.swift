import LeptonTensor

extension Value {
  /// Takes the value of a slot without taking its count.
  init(_ slot: Slot) {
    switch slot.tag {
    case Slot.Tag.int: self = .int(slot.int)
    case Slot.Tag.float: self = .float(slot.float)
    case Slot.Tag.bool: self = .bool(slot.bits != 0)
    case Slot.Tag.nothing, Slot.Tag.absent: self = .nothing
    case Slot.Tag.character: self = .string(slot.string ?? "")
    default:
      slot.retain()
      self.init(taking: slot)
    }
  }

  /// Takes the value of a slot and its count; a value that nobody else holds can be changed in place.
  @inline(__always)
  init(taking slot: Slot) {
    switch slot.tag {
    case Slot.Tag.int: self = .int(slot.int)
    case Slot.Tag.float: self = .float(slot.float)
    default: self = Value.moved(slot)
    }
  }

  @inline(never)
  private static func moved(_ slot: Slot) -> Value {
    var slot = slot
    return withUnsafeMutablePointer(to: &slot) { Value(moving: $0) }
  }

  private init(moving slot: UnsafeMutablePointer<Slot>) {
    switch slot.pointee.tag {
    case Slot.Tag.int: self = .int(slot.pointee.int)
    case Slot.Tag.float: self = .float(slot.pointee.float)
    case Slot.Tag.bool: self = .bool(slot.pointee.bits != 0)
    case Slot.Tag.character: self = .string(slot.pointee.string ?? "")
    case Slot.Tag.list: self = .list(slot.list.move())
    case Slot.Tag.record: self = .record(slot.record.move())
    case Slot.Tag.tensor: self = .tensor(slot.tensor.move())
    case Slot.Tag.string: self = .string(slot.text.move().string)
    default:
      self = Value(referredToBy: slot.pointee)
      slot.pointee.release()
    }
  }

  /// The value of what stands on the heap as an object of its own.
  private init(referredToBy slot: Slot) {
    if let closure = slot.closure {
      self = .function(closure)
    } else if let word = slot.word {
      self = .function(word.takeUnretainedValue())
    } else if let range = slot.range {
      self = .object(range)
    } else {
      self = slot.box?.value ?? .nothing
    }
  }
}

extension Slot {
  /// Makes a slot that holds a count of the value.
  @inline(__always)
  init(_ value: Value) {
    switch value {
    case .int(let int): self.init(int: int)
    case .float(let float): self.init(float: float)
    default: self = Slot.of(value)
    }
  }

  @inline(never)
  private static func of(_ value: Value) -> Slot { Slot(holding: value) }

  private init(holding value: Value) {
    switch value {
    case .nothing: self = .nothing
    case .bool(let bool): self.init(bool: bool)
    case .int(let int): self.init(int: int)
    case .float(let float): self.init(float: float)
    case .string(let string): self.init(string: string)
    case .list(let elements): self.init(list: elements)
    case .record(let record): self.init(record: record)
    case .tensor(let tensor): self.init(tensor: tensor)
    case .function(let function as Closure): self.init(tag: Tag.closure, retaining: function)
    case .function(let function as Word): self.init(tag: Tag.word, retaining: function)
    case .object(let object as IntegerRange): self.init(tag: Tag.range, retaining: object)
    case .function, .object: self.init(tag: Tag.other, retaining: Box(value))
    }
  }

  /// Makes a slot of a string.
  init(string: String) {
    if string.utf8.count == 1, let byte = string.utf8.first {
      self.init(character: byte)
    } else {
      self.init(tag: Tag.string, retaining: Text(string))
    }
  }

  /// Makes a slot of a list.
  init(list elements: [Value]) {
    self.init(tag: Tag.list, bits: 0)
    withUnsafeMutablePointer(to: &self) { $0.list.initialize(to: elements) }
  }

  /// Makes a slot of a record.
  init(record: Record) {
    self.init(tag: Tag.record, bits: 0)
    withUnsafeMutablePointer(to: &self) { $0.record.initialize(to: record) }
  }

  /// Makes a slot of a tensor.
  init(tensor: Tensor) {
    self.init(tag: Tag.tensor, bits: 0)
    withUnsafeMutablePointer(to: &self) { $0.tensor.initialize(to: tensor) }
  }
}
