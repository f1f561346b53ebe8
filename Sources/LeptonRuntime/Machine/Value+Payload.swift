// Values where they stand in a list or record, read and changed without copies of what holds them.

extension UnsafePointer<Value> {
  /// The number that stands here, as a slot.
  @inline(__always)
  var number: Slot? {
    switch pointee {
    case .int(let int): Slot(int: int)
    case .float(let float): Slot(float: float)
    default: nil
    }
  }

  /// What stands here, as a slot with a count of its own.
  @inline(__always)
  var slot: Slot { number ?? copy }

  @inline(never)
  private var copy: Slot {
    let slot: Slot
    switch pointee {
    case .list: slot = Slot(tag: Slot.Tag.list, bits: payload)
    case .record: slot = Slot(tag: Slot.Tag.record, bits: payload)
    case .tensor: slot = Slot(tag: Slot.Tag.tensor, bits: payload)
    default: return Slot(pointee)
    }
    slot.retain()
    return slot
  }

  /// The first word of what the value holds, which stands at its beginning.
  var payload: UInt64 { UnsafeRawPointer(self).load(as: UInt64.self) }

  /// The list that stands here, if the value is one.
  @inline(__always)
  var list: UnsafePointer<[Value]>? {
    guard case .list = pointee else { return nil }
    return UnsafeRawPointer(self).assumingMemoryBound(to: [Value].self)
  }
}

extension UnsafeMutablePointer<Value> {
  /// The list that stands here, if the value is one, to be changed where it stands.
  @inline(__always)
  var list: UnsafeMutablePointer<[Value]>? {
    guard case .list = pointee else { return nil }
    return UnsafeMutableRawPointer(self).assumingMemoryBound(to: [Value].self)
  }

  /// The record that stands here, if the value is one, to be changed where it stands.
  @inline(__always)
  var record: UnsafeMutablePointer<Record>? {
    guard case .record = pointee else { return nil }
    return UnsafeMutableRawPointer(self).assumingMemoryBound(to: Record.self)
  }
}
