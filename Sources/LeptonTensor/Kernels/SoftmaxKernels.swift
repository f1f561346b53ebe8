/// A function from a row to a row.
protocol RowKernel: SendableMetatype {
  static func row<T: Fraction>(
    _ x: UnsafePointer<T>, _ y: UnsafeMutablePointer<T>, _ count: Int)
}

enum SoftmaxKernel: RowKernel {
  static func row<T: Fraction>(
    _ x: UnsafePointer<T>, _ y: UnsafeMutablePointer<T>, _ count: Int
  ) {
    T.shares(x, into: y, count, label: nil, times: 1)
  }
}

enum LogSoftmaxKernel: RowKernel {
  static func row<T: Fraction>(
    _ x: UnsafePointer<T>, _ y: UnsafeMutablePointer<T>, _ count: Int
  ) {
    let (top, sum) = T.topAndSum(x, count)
    let shift = top + T.logarithm(sum)
    for index in 0..<count { y[index] = x[index] - shift }
  }
}

/// The rows of a shape, tiled along its leading axis.
struct Rows: Sendable {
  let tiling: Tiling
  let width: Int

  init(_ shape: Shape) {
    width = shape.sizes.last ?? 1
    let leading = Tiling(shape)
    let count = width == 0 ? 0 : shape.count / width
    tiling =
      shape.rank > 1
      ? Tiling(rows: count, rowsPerTile: leading.rowsPerTile * (count / max(shape[0], 1)))
      : Tiling(rows: count)
  }
}

struct RowWork<T: Fraction, K: RowKernel> {
  let rows: Rows

  init(_ problem: Problem) { rows = Rows(problem.output.shape) }

  func work() -> Work {
    let rows = rows
    let access = Access.tiled(
      bytes: rows.tiling.rowsPerTile * rows.width * MemoryLayout<T>.stride)
    return Work(tiles: rows.tiling.count, accesses: [access, access]) { memory, tile in
      let (x, y) = (memory.input(0, as: T.self), memory.output(as: T.self))
      for row in rows.tiling.range(tile) {
        K.row(x + row * rows.width, y + row * rows.width, rows.width)
      }
    }
  }
}

struct CrossEntropyKernel<T: Fraction, L: Arithmetic> {
  let rows: Rows

  init(_ problem: Problem) { rows = Rows(problem.inputs[0].shape) }

  func work() -> Work {
    let rows = rows
    let (count, size) = (rows.tiling.rowsPerTile, MemoryLayout<T>.stride)
    return Work(
      tiles: rows.tiling.count,
      accesses: [
        .tiled(bytes: count * size), .tiled(bytes: count * rows.width * size),
        .tiled(bytes: count * MemoryLayout<L>.stride),
      ]
    ) { memory, tile in
      let (x, labels) = (memory.input(0, as: T.self), memory.input(1, as: L.self))
      for row in rows.tiling.range(tile) {
        let logits = x + row * rows.width
        let (top, sum) = T.topAndSum(logits, rows.width)
        let label = labels[row].asInt
        memory.output(as: T.self)[row] =
          label >= 0 && label < rows.width ? T.logarithm(sum) + top - logits[label] : .nan
      }
    }
  }
}

/// Makes the work of cross entropy for each type of labels.
enum CrossEntropyWork: TypedKernel {
  static func work<L: Arithmetic>(_ labels: L.Type, _ problem: Problem) -> Work {
    problem.output.elementType == .float32
      ? CrossEntropyKernel<Float, L>(problem).work() : CrossEntropyKernel<Double, L>(problem).work()
  }
}

struct CrossEntropySlopeKernel<T: Fraction, L: Arithmetic> {
  let rows: Rows

  init(_ problem: Problem) { rows = Rows(problem.output.shape) }

  func work() -> Work {
    let rows = rows
    let (count, size) = (rows.tiling.rowsPerTile, MemoryLayout<T>.stride)
    let row = Access.tiled(bytes: count * rows.width * size)
    return Work(
      tiles: rows.tiling.count,
      accesses: [
        row, row, .tiled(bytes: count * MemoryLayout<L>.stride), .tiled(bytes: count * size),
      ]
    ) { memory, tile in
      let (labels, gradients) = (memory.input(1, as: L.self), memory.input(2, as: T.self))
      for row in rows.tiling.range(tile) {
        let place = row * rows.width
        let label = labels[row].asInt
        T.shares(
          memory.input(0, as: T.self) + place, into: memory.output(as: T.self) + place, rows.width,
          label: 0..<rows.width ~= label ? label : nil, times: gradients[row])
      }
    }
  }
}

/// Makes the work of the slope of cross entropy for each type of labels.
enum CrossEntropySlopeWork: TypedKernel {
  static func work<L: Arithmetic>(_ labels: L.Type, _ problem: Problem) -> Work {
    problem.output.elementType == .float32
      ? CrossEntropySlopeKernel<Float, L>(problem).work()
      : CrossEntropySlopeKernel<Double, L>(problem).work()
  }
}
