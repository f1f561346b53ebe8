import LeptonTensor

/// A value inside the machine: sixteen trivial bytes.
///
/// Numbers, truths and `nothing` stand in the bits themselves. Everything else is a counted
/// reference: lists, records and tensors are single references already and stand there as they
/// are, without a box around them. Whoever writes a slot over or leaves it behind must release it. The tags are chosen so that `a.tag | b.tag == 0` says that both are ints, and
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
    /// A string of one character of ASCII, which is the bits; no `Text` is such a string.
    static let character: UInt64 = 8
    /// From here on the bits are a counted reference.
    static let heap: UInt64 = 10
    /// A `Text`.
    static let string: UInt64 = 10
    /// A list: the reference to the array's own storage.
    static let list: UInt64 = 12
    /// A `Record`.
    static let record: UInt64 = 14
    /// A `Tensor`.
    static let tensor: UInt64 = 16
    /// A `Closure`.
    static let closure: UInt64 = 18
    /// A `Word`.
    static let word: UInt64 = 20
    /// An `IntegerRange`.
    static let range: UInt64 = 22
    /// A `Box` with anything else.
    static let other: UInt64 = 24
    /// A `Group`, which the program never sees.
    static let group: UInt64 = 26
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

  init(character byte: UInt8) { self.init(tag: Tag.character, bits: UInt64(byte)) }

  /// Makes a slot that holds one count of an object.
  init(tag: UInt64, retaining object: AnyObject) {
    let reference = Unmanaged.passRetained(object).toOpaque()
    self.init(tag: tag, bits: UInt64(UInt(bitPattern: reference)))
  }

  /// The int, if the tag says so.
  var int: Int { Int(truncatingIfNeeded: bits) }

  /// The float, if the tag says so.
  var float: Double { Double(bitPattern: bits) }

  /// Whether the bits are a counted reference.
  var isHeap: Bool { tag >= Tag.heap }

  /// The reference as an address, where the bits are one.
  @inline(__always)
  var address: UnsafeRawPointer? { UnsafeRawPointer(bitPattern: UInt(bits)) }

  /// The object of a class, where the tag says that it is one.
  @inline(__always)
  private func object<Object: AnyObject>(_ tag: UInt64, as _: Object.Type) -> Object? {
    guard self.tag == tag else { return nil }
    return address.map { Unmanaged<Object>.fromOpaque($0).takeUnretainedValue() }
  }

  /// Whether it is a string, of whatever length.
  @inline(__always)
  var isString: Bool { tag == Tag.character || tag == Tag.string }

  /// The string, if it is one.
  var string: String? {
    if tag == Tag.character { return String(UnicodeScalar(UInt8(truncatingIfNeeded: bits))) }
    return object(Tag.string, as: Text.self)?.string
  }
  /// Lends the string where it stands, if it is one.
  @inline(__always)
  func withName<Result>(_ body: (UnsafePointer<String>) -> Result?) -> Result? {
    if tag == Tag.string, let address {
      return Unmanaged<Text>.fromOpaque(address)._withUnsafeGuaranteedRef { $0.withString(body) }
    }
    return string.flatMap { withUnsafePointer(to: $0, body) }
  }

  /// Lends the record, without counting; only for the tag of records.
  @inline(__always)
  func withRecord<Result>(_ body: (Record.Storage) -> Result?) -> Result? {
    address.flatMap { Unmanaged<Record.Storage>.fromOpaque($0)._withUnsafeGuaranteedRef(body) }
  }

  /// The text, if the slot holds one.
  var textObject: Text? { object(Tag.string, as: Text.self) }
  /// The closure, if the slot holds one.
  var closure: Closure? { object(Tag.closure, as: Closure.self) }
  /// How the function that the slot holds is called, if it is one that takes `count` values as they are.
  @inline(__always)
  func target(count: Int) -> UnsafePointer<CallTarget>? {
    guard tag == Tag.closure, let address else { return nil }
    let target = Unmanaged<Closure>.fromOpaque(address)._withUnsafeGuaranteedRef { $0.target }
    return target.pointee.parameterCount == count ? target : nil
  }
  /// The word, if the slot holds one; whoever asks must not outlive the slot's count.
  var word: Unmanaged<Word>? {
    guard tag == Tag.word else { return nil }
    return address.map(Unmanaged<Word>.fromOpaque)
  }
  /// The range, if the slot holds one.
  var range: IntegerRange? { object(Tag.range, as: IntegerRange.self) }
  /// The box, if the slot holds one.
  var box: Box? { object(Tag.other, as: Box.self) }
  /// The group, if the slot holds one.
  var group: Group? { object(Tag.group, as: Group.self) }

  /// Adds a count where the bits are a reference.
  @inline(__always)
  func retain() {
    if isHeap { Counting.retain(self) }
  }

  /// Takes a count away where the bits are a reference.
  @inline(__always)
  func release() {
    if isHeap { Counting.release(self) }
  }
}

extension UnsafeMutablePointer<Slot> {
  /// The bits as what the tag says they are: a struct that is one counted reference.
  @inline(__always)
  private func bits<Reference>(as type: Reference.Type) -> UnsafeMutablePointer<Reference> {
    (UnsafeMutableRawPointer(self) + MemoryLayout<UInt64>.size).assumingMemoryBound(to: type)
  }

  /// The object that stands here; only for tags of the heap.
  var object: UnsafeMutablePointer<AnyObject> { bits(as: AnyObject.self) }
  /// The list that stands here, to be read or changed where it stands; only for the tag of lists.
  var list: UnsafeMutablePointer<[Value]> { bits(as: [Value].self) }
  /// The record that stands here; only for the tag of records.
  var record: UnsafeMutablePointer<Record> { bits(as: Record.self) }
  /// The tensor that stands here; only for the tag of tensors.
  var tensor: UnsafeMutablePointer<Tensor> { bits(as: Tensor.self) }
  /// The text that stands here; only for the tag of strings.
  var text: UnsafeMutablePointer<Text> { bits(as: Text.self) }

  /// Lends the text that stands here, without counting; only for the tag of strings.
  @inline(__always)
  func withText<Result>(_ body: (Text) -> Result?) -> Result? {
    pointee.address.flatMap {
      Unmanaged<Text>.fromOpaque($0)._withUnsafeGuaranteedRef(body)
    }
  }
}
