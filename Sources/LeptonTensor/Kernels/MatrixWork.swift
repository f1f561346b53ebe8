/// A kernel that treats each matrix of a batch on its own.
protocol MatrixKernel: SendableMetatype {
  /// The work for fractions of one type.
  static func work<T: Real>(_ type: T.Type, _ problem: Problem) -> Work
}

extension MatrixKernel {
  /// The work for the fractions of a problem.
  static func work(_ problem: Problem) -> Work {
    problem.output.elementType == .float32
      ? work(Float.self, problem) : work(Double.self, problem)
  }
}

/// The batch of matrices that the last two axes of a shape hold.
struct MatrixShape: Sendable {
  /// The sizes of the axes before the matrices.
  let lead: [Int]
  /// The rows of each matrix.
  let m: Int
  /// The columns of each matrix.
  let n: Int

  init(_ shape: Shape) {
    lead = Array(shape.sizes.dropLast(2))
    m = shape[shape.rank - 2]
    n = shape[shape.rank - 1]
  }

  /// The smaller side.
  var k: Int { min(m, n) }
  /// The elements of one matrix.
  var count: Int { m * n }
  /// The number of matrices.
  var matrices: Int { lead.reduce(1, *) }

  /// How a message names one of the matrices.
  func name(of place: Int) -> String {
    if lead.isEmpty { return "the matrix of shape [\(m), \(n)]" }
    var (rest, index) = (place, lead)
    for axis in lead.indices.reversed() {
      index[axis] = rest % max(lead[axis], 1)
      rest /= max(lead[axis], 1)
    }
    return "matrix \(index) of shape \(lead + [m, n])"
  }
}

/// The memory of one matrix problem: operands, the result, and room to work.
struct MatrixMemory<T: Real> {
  let a: UnsafeMutablePointer<T>
  /// The second operand; the first again if there is only one.
  let b: UnsafeMutablePointer<T>
  let output: UnsafeMutablePointer<T>
  let reals: UnsafeMutablePointer<T>
  let integers: UnsafeMutablePointer<Int32>
}

extension Work {
  /// Work on each matrix of a batch; a body that gives a number has failed, and reports it.
  static func matrices<T: Real>(
    _ problem: Problem, of type: T.Type, reals: Int = 0, integers: Int = 0,
    failure: Failure? = nil, _ body: @escaping @Sendable (MatrixMemory<T>) -> Int?
  ) -> Work {
    let shapes = problem.inputs.map { MatrixShape($0.shape) }
    let (first, last) = (shapes[0], shapes[shapes.count - 1])
    let steps = [problem.output.shape.count / max(first.matrices, 1)] + shapes.map(\.count)
    let tiling = Tiling(rows: first.matrices, rowsPerTile: max(1, 4096 / max(first.count, 1)))
    let size = MemoryLayout<T>.stride
    let room = (reals * size + 63) & ~63
    return Work(
      tiles: tiling.count,
      accesses: steps.map { .tiled(bytes: tiling.rowsPerTile * $0 * size) },
      scratch: room + integers * 4, failure: failure
    ) { memory, tile in
      for place in tiling.range(tile) {
        let second = shapes.count - 1
        let failed = body(
          MatrixMemory(
            a: memory.input(0, as: T.self) + place * first.count,
            b: memory.input(second, as: T.self) + place * last.count,
            output: memory.output(as: T.self) + place * steps[0],
            reals: memory.scratch.assumingMemoryBound(to: T.self),
            integers: (memory.scratch + room).assumingMemoryBound(to: Int32.self)))
        if let failed { failure?.report(place, failed) }
      }
    }
  }
}

/// The steps from which kernels on matrices are made; each works on one matrix, row by row.
enum Matrices<T: Real> {
  /// Writes the transpose of an m × n matrix.
  static func transpose(
    _ source: UnsafePointer<T>, _ m: Int, _ n: Int, into target: UnsafeMutablePointer<T>
  ) {
    let block = 16
    for top in stride(from: 0, to: m, by: block) {
      for left in stride(from: 0, to: n, by: block) {
        for row in top..<min(top + block, m) {
          for column in left..<min(left + block, n) {
            target[column * m + row] = source[row * n + column]
          }
        }
      }
    }
  }

  /// Writes the first rows of a unit matrix.
  static func unit(_ rows: Int, _ columns: Int, into target: UnsafeMutablePointer<T>) {
    target.update(repeating: 0, count: rows * columns)
    for place in 0..<min(rows, columns) { target[place * columns + place] = 1 }
  }

  /// Whether no element is infinite or NaN.
  static func isFinite(_ source: UnsafePointer<T>, _ count: Int) -> Bool {
    for place in 0..<count where !source[place].isFinite { return false }
    return true
  }

  /// The sign of the exchanges that a factorization made.
  static func sign(of pivots: UnsafePointer<Int32>, _ n: Int) -> T {
    (0..<n).reduce(T(1)) { pivots[$1] == Int32($1 + 1) ? $0 : -$0 }
  }

  /// Replaces a matrix that stands column by column by its LU factors; the number of the first
  /// column, from 1, that depends on those before it, or 0.
  static func factor(
    _ a: UnsafeMutablePointer<T>, _ n: Int, pivots: UnsafeMutablePointer<Int32>
  ) -> Int {
    guard n > 0 else { return 0 }
    var (size, info) = (Int32(n), Int32(0))
    T.lapack.getrf(&size, &size, a, &size, pivots, &info)
    return Int(info)
  }

  /// Replaces `b`, which stands column by column, by the solution of equations.
  static func solve(
    _ factors: UnsafePointer<T>, _ n: Int, pivots: UnsafeMutablePointer<Int32>,
    _ b: UnsafeMutablePointer<T>, columns: Int
  ) {
    guard n > 0, columns > 0 else { return }
    var (size, width, info) = (Int32(n), Int32(columns), Int32(0))
    T.lapack.getrs("N", &size, &width, factors, &size, pivots, b, &size, &info, 1)
  }
}
