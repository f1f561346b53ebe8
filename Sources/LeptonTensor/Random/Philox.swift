/// Philox-4×32-10, a counter-based generator (Salmon et al., "Parallel Random Numbers: As Easy as
/// 1, 2, 3", 2011): four 32-bit numbers as a function of a 128-bit counter and a 64-bit key.
package enum Philox {
  /// The block of four numbers for a counter and a key.
  @inline(__always)
  package static func block(_ counter: SIMD4<UInt32>, _ key: SIMD2<UInt32>) -> SIMD4<UInt32> {
    var (counter, key) = (counter, key)
    for _ in 0..<10 {
      let a = UInt64(counter.x) &* 0xD251_1F53
      let b = UInt64(counter.z) &* 0xCD9E_8D57
      counter = SIMD4(
        UInt32(truncatingIfNeeded: b >> 32) ^ counter.y ^ key.x, UInt32(truncatingIfNeeded: b),
        UInt32(truncatingIfNeeded: a >> 32) ^ counter.w ^ key.y, UInt32(truncatingIfNeeded: a))
      key = key &+ SIMD2(0x9E37_79B9, 0xBB67_AE85)
    }
    return counter
  }

  /// The block with a number, of those that a key and its counter name.
  @inline(__always)
  static func block(_ number: Int, _ key: UInt64, _ counter: UInt64) -> SIMD4<UInt32> {
    let number = UInt64(truncatingIfNeeded: number)
    return block(
      SIMD4(number.low, number.high, counter.low, counter.high), SIMD2(key.low, key.high))
  }

  /// A key derived from a key and a number.
  static func mixed(_ key: UInt64, with number: UInt64) -> UInt64 {
    let words = block(
      SIMD4(number.low, number.high, 0x6B65_7920, 0x666F_6C64), SIMD2(key.low, key.high))
    return UInt64(words.x) | UInt64(words.y) << 32
  }
}

extension UInt64 {
  fileprivate var low: UInt32 { UInt32(truncatingIfNeeded: self) }
  fileprivate var high: UInt32 { UInt32(truncatingIfNeeded: self >> 32) }
}
