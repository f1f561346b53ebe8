import CKernels

// The numbers that operations draw, written where they are needed: no tensor is made for a few of them.
// A counter that is traced counts as 0.
extension RandomKey {
  /// Writes the fractions of ``uniform(_:from:to:type:)`` from a place on.
  package func fill(
    _ target: UnsafeMutableBufferPointer<Float>, at place: Int = 0, from low: Double = 0,
    to high: Double = 1
  ) {
    guard let start = target.baseAddress, place >= 0 else { return }
    let skipped = place % 4
    let head = min((4 - skipped) % 4, target.count)
    if head > 0 {
      let block = Philox.block(place / 4, bits, count)
      for index in 0..<head { start[index] = Philox.fraction(block[skipped + index]) }
    }
    let next = UInt64(place / 4 + (head > 0 ? 1 : 0))
    lk_uniform(bits, count, next, start + head, target.count - head)
    if low == 0 && high == 1 { return }
    let (width, least) = (Float(high - low), Float(low))
    for index in 0..<target.count { start[index] = start[index] * width + least }
  }

  /// Adds the fractions of ``normal(_:mean:deviation:type:)`` with mean 0.
  package func addNormal(to target: UnsafeMutableBufferPointer<Float>, deviation: Double) {
    let deviation = Float(deviation)
    for start in stride(from: 0, to: target.count, by: 4) {
      let block = Philox.block(start / 4, bits, count)
      for index in start..<min(start + 4, target.count) {
        target[index] += Philox.normal(block[index - start]) * deviation
      }
    }
  }

  /// The counter, where it is a number.
  private var count: UInt64 { if case .value(let value) = counter { value } else { 0 } }
}

extension Philox {
  /// A fraction of 24 bits, at least 0 and below 1.
  @inline(__always)
  static func fraction(_ word: UInt32) -> Float { Float(word >> 8) * 0x1p-24 }

  /// A fraction of the normal distribution.
  @inline(__always)
  static func normal(_ word: UInt32) -> Float { normalQuantile7((Double(word) + 0.5) * 0x1p-32) }
}
