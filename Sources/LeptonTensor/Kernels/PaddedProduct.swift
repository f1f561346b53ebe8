import Glibc

/// A product of few rows with a matrix that is used many times: its columns are filled up to a whole
/// number of registers, and its rows do not crowd into few sets of the cache.
struct PaddedProduct<T: LaneNumber>: Sendable {
  /// The inner size.
  let inner: Int
  /// The columns with those that fill up; the distance of rows in the result.
  let columns: Int
  private let used: Int
  private let layout: MatrixLayout
  private let rows: Int

  init(rows: Int, inner: Int, columns used: Int) {
    (self.rows, self.inner, self.used) = (rows, inner, used)
    let filled = (used + 15) / 16 * 16
    columns = filled % 512 == 0 ? filled + 16 : filled
    layout = MatrixLayout(m: rows, k: inner, n: columns, flags: ProductFlags(a: false, b: false))
  }

  /// The elements of the matrix, and of the result.
  var weights: Int { inner * columns }
  var result: Int { rows * columns }

  /// A copy of a matrix with a row for each inner place.
  func packed(_ matrix: UnsafePointer<T>, into room: inout Room) -> UnsafeMutablePointer<T> {
    let target = room.take(weights, of: T.self)
    for row in 0..<inner {
      memcpy(target + row * columns, matrix + row * used, used * MemoryLayout<T>.stride)
      (target + (row * columns + used)).update(repeating: 0, count: columns - used)
    }
    return target
  }

  /// A copy of the transpose of a matrix that has a column for each inner place.
  func packedTransposed(
    _ matrix: UnsafePointer<T>, into room: inout Room
  ) -> UnsafeMutablePointer<T> {
    let target = room.take(weights, of: T.self)
    for row in 0..<inner {
      for column in 0..<used { target[row * columns + column] = matrix[column * inner + row] }
      (target + (row * columns + used)).update(repeating: 0, count: columns - used)
    }
    return target
  }

  /// Multiplies the first rows of a dense matrix.
  @inline(__always)
  func multiply(
    _ a: UnsafePointer<T>, _ weights: UnsafePointer<T>, into c: UnsafeMutablePointer<T>,
    rows: Int, _ scratch: UnsafeMutableRawPointer
  ) {
    layout.multiply(a, weights, c, 0..<rows, scratch)
  }
}

/// Scratch memory that is given away piece by piece, each 64-byte aligned with readable bytes behind it.
struct Room {
  private var next: UnsafeMutableRawPointer

  init(_ start: UnsafeMutableRawPointer) { next = start }

  /// The next piece.
  mutating func take<T>(_ count: Int, of type: T.Type) -> UnsafeMutablePointer<T> {
    defer { next += Room.size(count, of: type) }
    return next.bindMemory(to: T.self, capacity: count)
  }

  /// The bytes of pieces together.
  static func bytes<T>(_ counts: [Int], of type: T.Type) -> Int {
    counts.reduce(0) { $0 + size($1, of: type) }
  }

  private static func size<T>(_ count: Int, of type: T.Type) -> Int {
    (count * MemoryLayout<T>.stride + Storage.slack + 63) / 64 * 64
  }
}
