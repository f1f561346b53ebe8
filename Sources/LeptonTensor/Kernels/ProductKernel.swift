import CBLAS

/// Makes work of matrix products: our kernel for float32, OpenBLAS for float64, loops for the rest.
struct ProductKernel {
  let problem: Problem
  let flags: ProductFlags
  let m: Int
  let k: Int
  let n: Int
  let tiling: Tiling

  init(_ problem: Problem) {
    self.problem = problem
    flags = ProductFlags(problem.attributes)
    (m, k) = flags.left(problem.inputs[0].shape)
    n = problem.output.shape.sizes.last ?? 1
    tiling = Tiling(rows: m)
  }

  func work() -> Work {
    switch problem.output.elementType {
    case .float32: work(Float.self)
    case .float64: work(Double.self)
    case .int64: work(Int.self)
    case .int32: work(Int32.self)
    case .uint8: work(UInt8.self)
    case .int8: work(Int8.self)
    case .bool: work(Truth.self)
    }
  }

  /// A batch of products is cut by matrices and by rows within them.
  private func work<T: Arithmetic>(_ type: T.Type) -> Work {
    let batch = MatrixBatch(problem)
    let earlyEnd = EarlyEnd(operations: [batch.count, m, k, n])
    let tiling = self.tiling
    let layout = MatrixLayout(m: m, k: k, n: n, flags: flags, earlyEnd: earlyEnd)
    let single = batch.count == 1
    if T.self == Float.self, single, !flags.a, m <= Self.fewRows, k * n >= Self.manyWeights {
      if m > 1, let halves = HalvedProduct(layout) { return halves.work() }
      if m == 1 || flags.b, n > MatrixTile.mostColumns { return columns(layout) }
    }
    if T.self == Float.self, single, let turned = TurnedProduct(self, earlyEnd) {
      return turned.work()
    }
    let size = MemoryLayout<T>.stride
    let left: Access = single && !flags.a ? .tiled(bytes: tiling.rowsPerTile * k * size) : .whole
    let accesses: [Access] =
      single || tiling.count == 1 || m % tiling.rowsPerTile == 0
      ? [
        .tiled(bytes: min(tiling.rowsPerTile, single ? tiling.rowsPerTile : m) * n * size), left,
        .whole,
      ]
      : [.whole, left, .whole]
    return Work(
      tiles: batch.count * tiling.count, accesses: accesses, scratch: MatrixTile.scratch,
      failure: earlyEnd?.failure
    ) { memory, tile in
      let (matrix, part) = tile.quotientAndRemainder(dividingBy: tiling.count)
      let (a, b) = batch.offsets(matrix)
      layout.multiply(
        memory.input(0, as: T.self) + a, memory.input(1, as: T.self) + b,
        memory.output(as: T.self) + matrix * layout.m * layout.n, tiling.range(part), memory.scratch
      )
    }
  }

  /// Rows up to which, and elements of the right operand from which on, tiles are parts of that operand.
  ///
  /// Few rows take as long as the right operand takes to come from the caches, and so each thread has its
  /// own part of it. Where the operand is the weights of a layer, the parts are rows of them, forwards
  /// (``HalvedProduct``) and backwards, where they stand transposed: the same for which the thread works out
  /// gradients and updates. What another thread has read would cost several times as much to write.
  private static let fewRows = 128
  private static let manyWeights = 1 << 15

  /// A product of few rows of float32, in tiles of columns.
  private func columns(_ layout: MatrixLayout) -> Work {
    let columns = Tiling(rows: n, rowsPerTile: m == 1 ? MatrixTile.mostColumns : 32)
    return Work(
      tiles: columns.count, accesses: [.whole, .whole, .whole], scratch: MatrixTile.scratch,
      failure: layout.earlyEnd?.failure
    ) { memory, tile in
      layout.multiplyColumns(
        memory.input(0, as: Float.self), memory.input(1, as: Float.self),
        memory.output(as: Float.self), columns.range(tile), memory.scratch)
    }
  }
}

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
  private static let longestChain = 512

  /// The middle of an axis: where the tiles of one half of the threads meet those of the other.
  private static func middle(of length: Int) -> Int {
    let tiling = Tiling(rows: length)
    return tiling.count / 2 * tiling.rowsPerTile
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

/// Where the matrices of a batch lie.
struct MatrixBatch: Sendable {
  let count: Int
  private let lead: [Int]
  private let a: [Int]
  private let b: [Int]

  init(_ problem: Problem) {
    let lead = Array(problem.output.shape.sizes.dropLast(2))
    self.lead = lead
    count = lead.reduce(1, *)
    func steps(_ shape: Shape) -> [Int] {
      let missing = lead.count + 2 - shape.rank
      return lead.indices.map { axis in
        axis < missing || shape[axis - missing] == 1 ? 0 : shape.strides[axis - missing]
      }
    }
    a = steps(problem.inputs[0].shape)
    b = steps(problem.inputs[1].shape)
  }

  /// The first elements of both operands of a matrix of the batch.
  func offsets(_ matrix: Int) -> (Int, Int) {
    var rest = matrix
    var offsets = (0, 0)
    for axis in lead.indices.reversed() {
      let (next, index) = rest.quotientAndRemainder(dividingBy: lead[axis])
      offsets.0 += index * a[axis]
      offsets.1 += index * b[axis]
      rest = next
    }
    return offsets
  }
}
