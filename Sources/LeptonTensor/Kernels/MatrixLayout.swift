import CBLAS

/// Sizes and strides of one matrix product.
struct MatrixLayout: Sendable {
  let m: Int
  let k: Int
  let n: Int
  /// Distances between rows and between columns of the left operand.
  let a: (row: Int, column: Int)
  /// The same of the right operand.
  let b: (row: Int, column: Int)
  /// Where the second chain of each sum begins, if it has two.
  let middle: Int?
  /// How the product is left before its end, if it takes long.
  let earlyEnd: EarlyEnd?
  private let isWide = Processor.isWide

  init(m: Int, k: Int, n: Int, flags: ProductFlags, earlyEnd: EarlyEnd? = nil) {
    (self.m, self.k, self.n) = (m, k, n)
    middle = k > Self.longestChain ? Self.middle(of: k) : nil
    self.earlyEnd = earlyEnd
    a = flags.a ? (1, m) : (k, 1)
    b = flags.b ? (1, k) : (n, 1)
  }

  /// The most terms of a sum of float32 that is one chain.
  static let longestChain = 512

  /// The middle of an axis, near to where the tiles of one half of the threads meet those of the other.
  ///
  /// It says of which terms a sum is made, and so stays where it is when tiles are cut otherwise.
  private static func middle(of length: Int) -> Int {
    let unit = (length + 511) / 512 * 16
    return (length + unit - 1) / unit / 2 * unit
  }

  /// Computes some rows of the product.
  func multiply<T: Arithmetic>(
    _ a: UnsafePointer<T>, _ b: UnsafePointer<T>, _ c: UnsafeMutablePointer<T>, _ rows: Range<Int>,
    _ scratch: UnsafeMutableRawPointer
  ) {
    if T.self == Float.self {
      MatrixTile(self, scratch, isWide: isWide).multiply(
        UnsafeRawPointer(a).assumingMemoryBound(to: Float.self),
        UnsafeRawPointer(b).assumingMemoryBound(to: Float.self),
        UnsafeMutableRawPointer(c).assumingMemoryBound(to: Float.self), rows)
    } else if T.self == Double.self {
      double(
        UnsafeRawPointer(a).assumingMemoryBound(to: Double.self),
        UnsafeRawPointer(b).assumingMemoryBound(to: Double.self),
        UnsafeMutableRawPointer(c).assumingMemoryBound(to: Double.self), rows)
    } else {
      plain(a, b, c, rows)
    }
  }

  /// Computes some columns of the product, whose sums have at least one term.
  func multiplyColumns(
    _ a: UnsafePointer<Float>, _ b: UnsafePointer<Float>, _ c: UnsafeMutablePointer<Float>,
    _ columns: Range<Int>, _ scratch: UnsafeMutableRawPointer
  ) {
    MatrixTile(self, scratch, isWide: isWide).multiply(a, b, c, 0..<m, columns: columns)
  }

  /// Computes chains of some rows of the product over a range of the inner axis.
  func chains(
    _ a: UnsafePointer<Float>, _ b: UnsafePointer<Float>, _ c: UnsafeMutablePointer<Float>,
    _ rows: Range<Int>, over inner: Range<Int>, _ scratch: UnsafeMutableRawPointer
  ) {
    MatrixTile(self, scratch, isWide: isWide).chains(
      a, b, rows, 0..<n, over: inner, into: c + rows.lowerBound * n, step: n)
  }

  private func double(
    _ a: UnsafePointer<Double>, _ b: UnsafePointer<Double>, _ c: UnsafeMutablePointer<Double>,
    _ rows: Range<Int>
  ) {
    guard k > 0, n > 0, !rows.isEmpty else {
      return (c + rows.lowerBound * n).update(repeating: 0, count: rows.count * n)
    }
    // The cut depends on sizes alone, whether anybody may ask for an early end or not.
    let fitting = Self.longCall / rows.count / k
    let width = fitting < n ? max(fitting / 64 * 64, 64) : n
    for column in stride(from: 0, to: n, by: width) {
      if earlyEnd?.isWanted == true { return }
      cblas_dgemm(
        CblasRowMajor, self.a.column == 1 && self.a.row == k ? CblasNoTrans : CblasTrans,
        self.b.column == 1 && self.b.row == n ? CblasNoTrans : CblasTrans, Int32(rows.count),
        Int32(min(width, n - column)), Int32(k), 1, a + rows.lowerBound * self.a.row,
        Int32(max(self.a.row, self.a.column)), b + column * self.b.column,
        Int32(max(self.b.row, self.b.column)), 0, c + rows.lowerBound * n + column, Int32(n))
    }
  }

  /// As many multiplications and additions as one call of OpenBLAS makes, which nobody can stop.
  private static let longCall = 1 << 33

  private func plain<T: Arithmetic>(
    _ a: UnsafePointer<T>, _ b: UnsafePointer<T>, _ c: UnsafeMutablePointer<T>, _ rows: Range<Int>
  ) {
    for row in rows where earlyEnd?.isWanted != true {
      for column in 0..<n {
        var sum = T(converting: 0)
        for inner in 0..<k {
          sum = T.plus(
            sum,
            T.times(
              a[row * self.a.row + inner * self.a.column],
              b[inner * self.b.row + column * self.b.column]))
        }
        c[row * n + column] = sum
      }
    }
  }
}
