/// The positions of names in a list, found by the bytes of the names.
///
/// Open addressing with linear probing; a cell holds the upper half of a name's hash and its position
/// plus 1, so that neither growing nor a miss looks at a name. Whoever holds it gives its memory back.
struct NameIndex {
  private var cells: UnsafeMutablePointer<UInt64>
  private var mask: Int
  private var count = 0

  /// Makes the index of names, of which no two are the same.
  init(_ names: UnsafeBufferPointer<String>) {
    (cells, mask) = Self.allocate(32)
    for position in names.indices { append(names, position) }
  }

  /// Gives the memory back.
  func discard() { cells.deallocate() }

  private static func allocate(_ count: Int) -> (UnsafeMutablePointer<UInt64>, mask: Int) {
    let cells = UnsafeMutablePointer<UInt64>.allocate(capacity: count)
    cells.initialize(repeating: 0, count: count)
    return (cells, count - 1)
  }

  /// Adds the name at a position, which is not there yet; its position is the number of names before it.
  mutating func append(_ names: UnsafeBufferPointer<String>, _ position: Int) {
    if count * 2 > mask { grow() }
    count += 1
    let hash = Self.hash(of: names[position])
    insert(hash & Self.hashMask | UInt64(count), from: Int(truncatingIfNeeded: hash >> 32))
  }

  /// The position of a name.
  func position(
    of name: UnsafePointer<String>, among names: UnsafeMutablePointer<String>
  ) -> Int? {
    let hash = Self.hash(of: name.pointee)
    var place = Int(truncatingIfNeeded: hash >> 32) & mask
    while cells[place] != 0 {
      let cell = cells[place]
      if (cell ^ hash) & Self.hashMask == 0 {
        let position = Int(truncatingIfNeeded: cell & ~Self.hashMask) - 1
        if RecordNames.are(name, names + position) { return position }
      }
      place = (place + 1) & mask
    }
    return nil
  }

  private static let hashMask: UInt64 = 0xFFFF_FFFF_0000_0000

  private func insert(_ cell: UInt64, from start: Int) {
    var place = start & mask
    while cells[place] != 0 { place = (place + 1) & mask }
    cells[place] = cell
  }

  private mutating func grow() {
    let old = UnsafeBufferPointer(start: cells, count: mask + 1)
    (cells, mask) = Self.allocate(old.count * 2)
    for cell in old where cell != 0 { insert(cell, from: Int(truncatingIfNeeded: cell >> 32)) }
    old.deallocate()
  }

  /// Folds the bytes, eight at a time, by multiplications of which both halves count.
  private static func hash(of name: String) -> UInt64 {
    name.withBytes { bytes in
      var hash = UInt64(truncatingIfNeeded: bytes.count) ^ 0x9E37_79B9_7F4A_7C15
      var place = 0
      while place + 8 < bytes.count {
        hash = mixed(hash ^ bytes.loadUnaligned(fromByteOffset: place, as: UInt64.self))
        place += 8
      }
      return mixed(hash ^ end(of: bytes))
    }
  }

  /// The last eight bytes, or all of them where there are fewer; short ones may count twice.
  @inline(__always)
  private static func end(of bytes: UnsafeRawBufferPointer) -> UInt64 {
    let count = bytes.count
    if count >= 8 { return bytes.loadUnaligned(fromByteOffset: count - 8, as: UInt64.self) }
    if count >= 4 {
      let first = bytes.loadUnaligned(as: UInt32.self)
      let last = bytes.loadUnaligned(fromByteOffset: count - 4, as: UInt32.self)
      return UInt64(first) << 32 | UInt64(last)
    }
    return bytes.reduce(0) { $0 << 8 | UInt64($1) }
  }

  private static func mixed(_ word: UInt64) -> UInt64 {
    let (high, low) = word.multipliedFullWidth(by: 0xD6E8_FEB8_6659_FD93)
    return high ^ low
  }
}
