// Numbers in lists and records, read and written where they stand: the short way of the loop, which leaves
// everything else to the functions that know all cases.

extension Machine {
  /// The number at a place from 0 of the list that stands in a register, if it is one.
  @inline(__always)
  func number(_ place: UnsafeMutablePointer<Slot>, _ key: Slot) -> Slot? {
    place.pointee.tag == Slot.Tag.list ? value(UnsafePointer(place.list), key)?.number : nil
  }

  /// The number at a place from 0 of a list, if it is one.
  @inline(__always)
  func number(_ list: UnsafePointer<[Value]>, _ key: Slot) -> Slot? { value(list, key)?.number }

  /// The list at a place from 0 of the list that stands in a register, if it is one.
  @inline(__always)
  func row(_ place: UnsafeMutablePointer<Slot>, _ key: Slot) -> UnsafePointer<[Value]>? {
    place.pointee.tag == Slot.Tag.list ? value(UnsafePointer(place.list), key)?.list : nil
  }

  /// The element at a place from 0 of a list, where it stands.
  @inline(__always)
  private func value(_ list: UnsafePointer<[Value]>, _ key: Slot) -> UnsafePointer<Value>? {
    guard key.tag == Slot.Tag.int, UInt(key.bits) < UInt(bitPattern: list.pointee.count) else {
      return nil
    }
    return elements(list) + key.int
  }

  /// The elements of a list, as long as nothing changes it.
  @inline(__always)
  func elements(_ list: UnsafePointer<[Value]>) -> UnsafePointer<Value> {
    let storage = UnsafeRawPointer(list).load(as: UnsafeRawPointer.self)
    return (storage + elementsOffset).assumingMemoryBound(to: Value.self)
  }

  /// The number under the name of a `field` instruction, if the record has it where it was the last time.
  @inline(__always)
  func number(in record: Slot, under next: UInt32) -> Slot? {
    guard record.tag == Slot.Tag.record, let value = glance(record.address, under: next) else {
      return nil
    }
    return UnsafePointer(value).number
  }

  /// The record under the name of a `field` instruction, without a count of its own, if the record has it
  /// where it was the last time.
  @inline(__always)
  func record(in record: Slot, under next: UInt32) -> Slot? {
    guard record.tag == Slot.Tag.record, let value = glance(record.address, under: next),
      case .record = value.pointee
    else { return nil }
    return Slot(tag: Slot.Tag.record, bits: UnsafePointer(value).payload)
  }

  /// The value under a name of a record, where it was the last time; no closure here is so large that
  /// it would become a call, which would count the record.
  @inline(__always)
  private func glance(_ record: UnsafeRawPointer?, under next: UInt32)
    -> UnsafeMutablePointer<Value>?
  {
    guard let record else { return nil }
    let name = frame.pointee.target.pointee.names + Int(next & 0xFFFF)
    let position = Int(next >> 16)
    return Unmanaged<Record.Storage>.fromOpaque(record)._withUnsafeGuaranteedRef {
      $0.value(under: name, at: position)
    }
  }

  /// Writes a number over another one of a list that nobody else holds; false, with nothing changed, if
  /// it is not all that.
  @inline(__always)
  func write(_ number: Slot, at key: Slot, of place: UnsafeMutablePointer<Slot>) -> Bool {
    guard place.pointee.tag == Slot.Tag.list, number.isNumber,
      let old = value(UnsafePointer(place.list), key), old.number != nil,
      isKnownUniquelyReferenced(&place.object.pointee)
    else { return false }
    UnsafeMutablePointer(mutating: old).write(number)
    return true
  }

  /// Writes a number over another one of a record that nobody else holds, under the name of an
  /// `updateField` instruction; false, with nothing changed, if it is not all that.
  @inline(__always)
  func write(_ number: Slot, under next: UInt32, of place: UnsafeMutablePointer<Slot>) -> Bool {
    guard place.pointee.tag == Slot.Tag.record, number.isNumber,
      let old = glance(place.pointee.address, under: next),
      UnsafePointer(old).number != nil, isKnownUniquelyReferenced(&place.object.pointee)
    else { return false }
    old.write(number)
    return true
  }
}

extension Machine {
  /// Writes a number over another one at the end of a path through lists and records that nobody else
  /// holds; false, with nothing changed, if it is not all that.
  func write(
    _ number: Slot, along path: Prototype.PlainPath, _ keys: UnsafeMutablePointer<Slot>,
    of place: UnsafeMutablePointer<Slot>
  ) -> Bool {
    guard number.isNumber, path.count > 0 else { return false }
    var isRecord = place.pointee.tag == Slot.Tag.record
    guard isRecord || place.pointee.tag == Slot.Tag.list else { return false }
    var holder = UnsafeMutableRawPointer(place.object)
    for depth in 0..<path.count {
      let object = holder.assumingMemoryBound(to: AnyObject.self)
      guard isKnownUniquelyReferenced(&object.pointee) else { return false }
      let found =
        isRecord
        ? field(path.steps[depth], holder) : element(path.steps[depth], keys, holder)
      guard let found else { return false }
      if depth + 1 == path.count {
        guard UnsafePointer(found).number != nil else { return false }
        found.write(number)
        return true
      }
      isRecord = found.record != nil
      guard isRecord || found.list != nil else { return false }
      holder = UnsafeMutableRawPointer(found)
    }
    return false
  }

  /// The value at a step of a path into a record, where it was the last time.
  @inline(__always)
  private func field(_ step: Prototype.PlainStep, _ record: UnsafeMutableRawPointer)
    -> UnsafeMutablePointer<Value>?
  {
    guard step.key == nil else { return nil }
    return glance(record.load(as: UnsafeRawPointer.self), under: step.word)
  }

  /// The value at a step of a path into a list, at a place from 0.
  @inline(__always)
  private func element(
    _ step: Prototype.PlainStep, _ keys: UnsafeMutablePointer<Slot>,
    _ list: UnsafeMutableRawPointer
  ) -> UnsafeMutablePointer<Value>? {
    guard let key = step.key else { return nil }
    let list = UnsafePointer(list.assumingMemoryBound(to: [Value].self))
    return value(list, keys[key]).map { UnsafeMutablePointer(mutating: $0) }
  }
}

extension UnsafeMutablePointer<Value> {
  /// Writes a number over another one.
  @inline(__always)
  fileprivate func write(_ number: Slot) {
    initialize(to: number.tag == Slot.Tag.int ? .int(number.int) : .float(number.float))
  }
}

extension Slot {
  /// Whether it is an int or a float.
  @inline(__always)
  fileprivate var isNumber: Bool { tag <= Tag.float }
}
