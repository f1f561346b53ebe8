/// How often a byte stands among others.
enum ByteCount {
  /// Counts a byte, sixteen bytes at a time.
  static func of(_ byte: UInt8, in bytes: UnsafePointer<UInt8>, _ range: Range<Int>) -> Int {
    let wanted = SIMD16<UInt8>(repeating: byte)
    var (place, total) = (range.lowerBound, 0)
    while place + 16 <= range.upperBound {
      // A lane counts to 255 before it is added to the others.
      let end = min(place + 255 * 16, range.upperBound)
      var counts = SIMD16<UInt8>()
      while place + 16 <= end {
        let text = UnsafeRawPointer(bytes + place).loadUnaligned(as: SIMD16<UInt8>.self)
        counts.replace(with: counts &+ 1, where: text .== wanted)
        place += 16
      }
      total += Int(SIMD16<UInt16>(truncatingIfNeeded: counts).wrappedSum())
    }
    while place < range.upperBound {
      if bytes[place] == byte { total += 1 }
      place += 1
    }
    return total
  }
}
