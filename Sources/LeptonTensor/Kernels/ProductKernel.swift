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
