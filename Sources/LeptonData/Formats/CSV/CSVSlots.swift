/// Values of a column, each in 64 bits: a number, a truth, or where a text stands.
struct CSVSlots {
  /// What stands for a missing value; a value that looks like it is read otherwise.
  static let gap: UInt64 = 1 << 63 | 1

  /// Whether a value is missing.
  let hasGaps: Bool
  private let slots: UnsafeBufferPointer<UInt64>
  private let bytes: UnsafePointer<UInt8>

  /// Takes values that were read of some bytes.
  init(_ slots: UnsafeBufferPointer<UInt64>, hasGaps: Bool, of bytes: UnsafePointer<UInt8>) {
    self.slots = slots
    self.hasGaps = hasGaps
    self.bytes = bytes
  }

  /// How many there are.
  var count: Int { slots.count }

  /// For each of them whether it is missing.
  var gaps: [Bool] { slots.map { $0 == Self.gap } }
}

// Into slots.
extension CSVSlots {
  /// The slot of a whole number.
  @inline(__always)
  static func slot(of value: Int) -> UInt64 { UInt64(bitPattern: Int64(value)) }

  /// The slot of a text: its place, its length, and whether its quotes are doubled; `nil` for a place beyond
  /// all blocks.
  static func slot(of cell: CSVCell) -> UInt64? {
    guard cell.place < 1 << 40 else { return nil }
    return UInt64(cell.place) << 22 | UInt64(cell.count) << 1 | (cell.hasDoubledQuotes ? 1 : 0)
  }
}

// Out of slots; what is missing is a filler.
extension CSVSlots {
  var integers: [Int] {
    slots.map { $0 == Self.gap ? .filler : Int(Int64(bitPattern: $0)) }
  }

  var numbers: [Double] {
    slots.map { $0 == Self.gap ? .filler : Double(bitPattern: $0) }
  }

  var truths: [Bool] { slots.map { $0 == 1 } }

  func texts() throws(CSVFault) -> [String] {
    try slots.map { slot throws(CSVFault) in slot == Self.gap ? .filler : try text(slot) }
  }

  private func text(_ slot: UInt64) throws(CSVFault) -> String {
    let start = Int(slot >> 22)
    let end = start + Int(slot >> 1 & 0x1F_FFFF)
    let field = CSVField(start: start, end: end, hasDoubledQuotes: slot & 1 == 1)
    return try CSVCell(field, in: bytes, CSVNumber.Marks(decimal: 0)).text()
  }
}
