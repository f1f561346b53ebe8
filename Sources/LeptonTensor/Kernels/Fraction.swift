import CKernels
import Glibc

/// Fractions whose exponentials and logarithms kernels need.
protocol Fraction: Arithmetic, BinaryFloatingPoint {
  /// Writes exp(x − shift) and returns the sum.
  static func exponentials(
    _ x: UnsafePointer<Self>, minus shift: Self, into y: UnsafeMutablePointer<Self>, _ count: Int
  ) -> Self
  /// The sum of exp(x − shift).
  static func exponentialSum(_ x: UnsafePointer<Self>, minus shift: Self, _ count: Int) -> Self
  static func logarithm(_ x: Self) -> Self
  /// The largest of many elements; where some are no number, either of them or the largest of the others.
  static func largest(_ x: UnsafePointer<Self>, _ count: Int) -> Self
  /// ``topAndSum(_:_:)`` of so few elements that a kernel takes them all at once, if there is one.
  static func shortTopAndSum(_ x: UnsafePointer<Self>, _ count: Int) -> (top: Self, sum: Self)?
  /// ``shares(_:into:_:label:times:)`` by such a kernel; false if there is none.
  static func writeShortShares(
    _ x: UnsafePointer<Self>, into y: UnsafeMutablePointer<Self>, _ count: Int, label: Int?,
    times factor: Self
  ) -> Bool
}

extension Fraction {
  /// The largest element, and the sum of exp(x − largest).
  static func topAndSum(_ x: UnsafePointer<Self>, _ count: Int) -> (top: Self, sum: Self) {
    if let short = shortTopAndSum(x, count) { return short }
    let top = largest(x, count)
    return (top, exponentialSum(x, minus: top, count))
  }

  /// Writes the shares of that sum, 1 less at a label, times a factor.
  static func shares(
    _ x: UnsafePointer<Self>, into y: UnsafeMutablePointer<Self>, _ count: Int, label: Int?,
    times factor: Self
  ) {
    if writeShortShares(x, into: y, count, label: label, times: factor) { return }
    let share = 1 / exponentials(x, minus: largest(x, count), into: y, count)
    let own = label.map { (y[$0] * share - 1) * factor }
    for index in 0..<count { y[index] = y[index] * share * factor }
    if let label, let own { y[label] = own }
  }
}

extension Double: Fraction {
  static func exponentials(
    _ x: UnsafePointer<Double>, minus shift: Double, into y: UnsafeMutablePointer<Double>,
    _ count: Int
  ) -> Double {
    var sum = 0.0
    for index in 0..<count {
      y[index] = exp(x[index] - shift)
      sum += y[index]
    }
    return sum
  }

  static func exponentialSum(_ x: UnsafePointer<Double>, minus shift: Double, _ count: Int)
    -> Double
  {
    (0..<count).reduce(0.0) { $0 + exp(x[$1] - shift) }
  }

  static func logarithm(_ x: Double) -> Double { log(x) }

  static func shortTopAndSum(_ x: UnsafePointer<Double>, _ count: Int) -> (
    top: Double, sum: Double
  )? { nil }

  static func writeShortShares(
    _ x: UnsafePointer<Double>, into y: UnsafeMutablePointer<Double>, _ count: Int, label: Int?,
    times factor: Double
  ) -> Bool { false }

  static func largest(_ x: UnsafePointer<Double>, _ count: Int) -> Double {
    (0..<count).reduce(-.infinity) { larger(x[$1], $0) }
  }
}

extension Float: Fraction {
  /// Sixteen sums of every sixteenth exponential, of which the last eight are added to the first.
  @inline(__always)
  private static func sum(
    _ x: UnsafePointer<Float>, _ shift: Float, _ count: Int,
    _ visit: (_ index: Int, _ values: SIMD8<Float>, _ used: Int) -> Void
  ) -> Float {
    let shift = lk_splat(shift)
    var totals = (lk_splat(0), lk_splat(0))
    func values(_ index: Int) -> SIMD8<Float> {
      var values = lk_exp(lk_load(x + index) - shift)
      let used = min(count - index, 8)
      for lane in used..<8 { values[lane] = 0 }
      visit(index, values, used)
      return values
    }
    var index = 0
    while index < count {
      totals.0 += values(index)
      if index + 8 < count { totals.1 += values(index + 8) }
      index += 16
    }
    return lk_sum(totals.0 + totals.1)
  }

  static func exponentials(
    _ x: UnsafePointer<Float>, minus shift: Float, into y: UnsafeMutablePointer<Float>, _ count: Int
  ) -> Float {
    Processor.isWide
      ? lk_wide_exponentials(x, shift, y, count) : narrowExponentials(x, shift, y, count)
  }

  /// ``exponentials(_:minus:into:_:)`` eight at a time.
  static func narrowExponentials(
    _ x: UnsafePointer<Float>, _ shift: Float, _ y: UnsafeMutablePointer<Float>, _ count: Int
  ) -> Float {
    sum(x, shift, count) { index, values, used in
      if used == 8 { lk_store(y + index, values) } else { lk_store_part(y + index, values, used) }
    }
  }

  static func exponentialSum(_ x: UnsafePointer<Float>, minus shift: Float, _ count: Int) -> Float {
    Processor.isWide
      ? lk_wide_exponentials(x, shift, nil, count) : sum(x, shift, count) { _, _, _ in }
  }

  /// Whether so many elements are one vector of the wide kernels.
  private static func isShort(_ count: Int) -> Bool { Processor.isWide && 1...16 ~= count }

  static func shortTopAndSum(_ x: UnsafePointer<Float>, _ count: Int) -> (
    top: Float, sum: Float
  )? {
    guard isShort(count) else { return nil }
    var top: Float = 0
    let sum = lk_wide_short_sum(x, count, &top)
    return (top, sum)
  }

  static func writeShortShares(
    _ x: UnsafePointer<Float>, into y: UnsafeMutablePointer<Float>, _ count: Int, label: Int?,
    times factor: Float
  ) -> Bool {
    guard isShort(count) else { return false }
    lk_wide_short_shares(x, y, count, label ?? -1, factor)
    return true
  }

  static func logarithm(_ x: Float) -> Float { lk_log(lk_splat(x))[0] }

  /// Four vectors at a time: each comparison of one chain would wait for the one before.
  static func largest(_ x: UnsafePointer<Float>, _ count: Int) -> Float {
    let none = lk_splat(-.infinity)
    var tops = (none, none, none, none)
    var index = 0
    while index + 32 <= count {
      tops.0 = lk_larger(lk_load(x + index), tops.0)
      tops.1 = lk_larger(lk_load(x + index + 8), tops.1)
      tops.2 = lk_larger(lk_load(x + index + 16), tops.2)
      tops.3 = lk_larger(lk_load(x + index + 24), tops.3)
      index += 32
    }
    while index + 8 <= count {
      tops.0 = lk_larger(lk_load(x + index), tops.0)
      index += 8
    }
    var top = lk_top(lk_larger(lk_larger(tops.0, tops.1), lk_larger(tops.2, tops.3)))
    while index < count {
      top = x[index] > top ? x[index] : top
      index += 1
    }
    return top
  }
}
