/// Sums of terms in 32 lanes, block by block; the blocks are added up in double precision.
///
/// The order depends on the number of terms alone.
enum LaneSums {
  /// Adds up a term for each index below a count.
  @inline(__always)
  static func total<T: Fraction>(_ count: Int, _ term: (Int) -> T) -> Double {
    var total = 0.0
    var start = 0
    while start < count {
      let size = min(4096, count - start)
      total += block(start, size, term).asDouble
      start += size
    }
    return total
  }

  @inline(__always)
  private static func block<T: Fraction>(_ start: Int, _ count: Int, _ term: (Int) -> T) -> T {
    var result: T = 0
    var index = 0
    if count >= 32 {
      withUnsafeTemporaryAllocation(of: T.self, capacity: 32) { lanes in
        lanes.initialize(repeating: 0)
        while index + 32 <= count {
          for lane in 0..<32 { lanes[lane] += term(start + index + lane) }
          index += 32
        }
        var width = 16
        while width > 0 {
          for lane in 0..<width { lanes[lane] += lanes[lane + width] }
          width /= 2
        }
        result = lanes[0]
      }
    }
    while index < count {
      result += term(start + index)
      index += 1
    }
    return result
  }
}
