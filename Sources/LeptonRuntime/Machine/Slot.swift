/// A value inside the machine: sixteen trivial bytes.
///
/// Numbers, truths and `nothing` stand in the bits themselves. Everything else is a counted
/// reference to a `HeapObject`; whoever writes a slot over or leaves it behind must release it, which
/// `Registers` does. The tags are chosen so that `a.tag | b.tag == 0` says that both are ints, and
/// `a.tag & b.tag == 1` that both are floats: 1 is the only odd tag.
struct Slot {
  /// What the bits are.
  var tag: UInt64
  /// The number, or the reference.
  var bits: UInt64

  /// The tags of slots.
  enum Tag {
    static let int: UInt64 = 0
    static let float: UInt64 = 1
    static let bool: UInt64 = 2
    static let nothing: UInt64 = 4
    /// A register that has no value yet, or an argument that was not given.
    static let absent: UInt64 = 6
    /// From here on the bits are a counted reference.
    static let heap: UInt64 = 8
    /// A `Box` with a string.
    static let string: UInt64 = 8
    /// A `Box` with a list.
    static let list: UInt64 = 10
    /// A `Box` with a record.
    static let record: UInt64 = 12
    /// A `Box` with a tensor.
    static let tensor: UInt64 = 14
    /// A `Closure`.
    static let closure: UInt64 = 16
    /// A `Box` with anything else.
    static let other: UInt64 = 18
    /// A `Group`, which the program never sees.
    static let group: UInt64 = 20
  }

  static let nothing = Slot(tag: Tag.nothing, bits: 0)
  static let absent = Slot(tag: Tag.absent, bits: 0)
  static let `true` = Slot(bool: true)
  static let `false` = Slot(bool: false)

  init(tag: UInt64, bits: UInt64) {
    self.tag = tag
    self.bits = bits
  }

  init(int: Int) { self.init(tag: Tag.int, bits: UInt64(bitPattern: Int64(int))) }

  init(float: Double) { self.init(tag: Tag.float, bits: float.bitPattern) }

  init(bool: Bool) { self.init(tag: Tag.bool, bits: bool ? 1 : 0) }

  /// Makes a slot that holds one count of an object.
  init(tag: UInt64, retaining object: HeapObject) {
    let reference = Unmanaged.passRetained(object).toOpaque()
    self.init(tag: tag, bits: UInt64(UInt(bitPattern: reference)))
  }

  /// The int, if the tag says so.
  var int: Int { Int(truncatingIfNeeded: bits) }

  /// The float, if the tag says so.
  var float: Double { Double(bitPattern: bits) }

  /// Whether the bits are a counted reference.
  var isHeap: Bool { tag >= Tag.heap }

  /// The reference, if the tag says that there is one.
  private var reference: Unmanaged<HeapObject>? {
    UnsafeRawPointer(bitPattern: UInt(bits)).map(Unmanaged<HeapObject>.fromOpaque)
  }

  /// The object, if there is one.
  var object: HeapObject? { isHeap ? reference?.takeUnretainedValue() : nil }

  /// The box, if the slot holds one.
  var box: Box? {
    guard isHeap, tag != Tag.closure, tag != Tag.group else { return nil }
    return reference.map { unsafeDowncast($0.takeUnretainedValue(), to: Box.self) }
  }

  /// The box and the slot's count of it, if the slot holds one.
  func takeBox() -> Box? {
    guard isHeap, tag != Tag.closure, tag != Tag.group else { return nil }
    return reference.map { unsafeDowncast($0.takeRetainedValue(), to: Box.self) }
  }

  /// The closure, if the slot holds one.
  var closure: Closure? {
    guard tag == Tag.closure else { return nil }
    return reference.map { unsafeDowncast($0.takeUnretainedValue(), to: Closure.self) }
  }

  /// Adds a count where the bits are a reference.
  @inline(__always)
  func retain() {
    if tag >= Tag.heap { _ = reference?.retain() }
  }

  /// Takes a count away where the bits are a reference.
  @inline(__always)
  func release() {
    if tag >= Tag.heap { reference?.release() }
  }
}
