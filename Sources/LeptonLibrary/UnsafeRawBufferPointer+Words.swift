/// The words of a text of ASCII, found eight bytes at a time.
///
/// Eight bytes stand in one number, the first in its lowest byte; a mark is the highest bit of a byte. As no
/// byte of ASCII has that bit, a sum of two such bytes never carries into the next one.
extension UnsafeRawBufferPointer {
  private static var marks: UInt64 { 0x8080_8080_8080_8080 }

  /// How many words there are; `nil` if not all bytes are characters of ASCII.
  var wordCount: Int? {
    var count = 0
    var seen: UInt64 = 0
    var before: UInt64 = 0
    forEachEight { bytes, _ in
      let letters = ~Self.spaces(bytes) & Self.marks
      count += (letters & ~(letters << 8 | before)).nonzeroBitCount
      before = letters >> 56
      seen |= bytes
    }
    return seen & Self.marks == 0 ? count : nil
  }

  /// Gives the places of the words, where all bytes are characters of ASCII.
  func forEachWord(_ body: (Range<Int>) -> Void) {
    var start = 0
    forEachEight { bytes, place in
      var spaces = Self.spaces(bytes)
      while spaces != 0 {
        let end = place + spaces.trailingZeroBitCount / 8
        if end > start { body(start..<Swift.min(end, count)) }
        start = end + 1
        spaces &= spaces - 1
      }
    }
    if start < count { body(start..<count) }
  }

  /// Gives eight bytes at a time and where they stand; behind the last one stand blanks.
  @inline(__always)
  private func forEachEight(_ body: (UInt64, Int) -> Void) {
    var place = 0
    while place + 8 <= count {
      body(loadUnaligned(fromByteOffset: place, as: UInt64.self), place)
      place += 8
    }
    guard place < count else { return }
    body(self[place...].reversed().reduce(0x2020_2020_2020_2020) { $0 << 8 | UInt64($1) }, place)
  }

  /// A mark in each byte that is white space: a blank, or one of the characters 9 to 13.
  @inline(__always)
  private static func spaces(_ bytes: UInt64) -> UInt64 {
    let blanks = ~((bytes ^ 0x2020_2020_2020_2020) &+ 0x7F7F_7F7F_7F7F_7F7F)
    let controls = (bytes &+ 0x7777_7777_7777_7777) & ~(bytes &+ 0x7272_7272_7272_7272)
    return (blanks | controls) & marks
  }
}
