/// A kernel made ready for given shapes: tiles that can be computed in any order, by any thread.
///
/// How work is cut into tiles depends on shapes alone, and one tile is always computed whole, so
/// results do not depend on the number of threads.
final class Work: Sendable {
  /// The number of tiles.
  let tiles: Int
  /// What a tile reads and writes of the output and of each input.
  let accesses: [Access]
  /// The bytes of scratch memory that a tile needs.
  let scratch: Int
  /// Whether each element of the output is written after the operands' elements at its place, and
  /// only those, have been read.
  let isElementwise: Bool
  /// Where the kernel reports elements that it cannot compute with, if there may be such.
  let failure: Failure?
  private let body: @Sendable (Operands, Int) -> Void

  init(
    tiles: Int = 1, accesses: [Access] = [], scratch: Int = 0, isElementwise: Bool = false,
    failure: Failure? = nil, _ body: @escaping @Sendable (Operands, Int) -> Void
  ) {
    self.tiles = tiles
    self.accesses = accesses
    self.scratch = scratch
    self.isElementwise = isElementwise
    self.failure = failure
    self.body = body
  }

  /// Computes one tile.
  @inline(__always)
  func run(_ operands: Operands, tile: Int) { body(operands, tile) }
}

/// How tile number i touches a buffer.
enum Access: Sendable, Hashable {
  /// Anywhere.
  case whole
  /// Only bytes `i * bytes ..< (i + 1) * bytes`.
  case tiled(bytes: Int)
}

/// The memory that a tile works on.
struct Operands {
  /// The output, then the inputs.
  let pointers: UnsafePointer<UnsafeMutableRawPointer>
  /// Scratch memory of the thread, 64-byte aligned.
  let scratch: UnsafeMutableRawPointer

  @inline(__always)
  var output: UnsafeMutableRawPointer { pointers[0] }

  @inline(__always)
  func input(_ index: Int) -> UnsafeMutableRawPointer { pointers[index + 1] }

  @inline(__always)
  func output<E>(as type: E.Type) -> UnsafeMutablePointer<E> {
    pointers[0].assumingMemoryBound(to: E.self)
  }

  @inline(__always)
  func input<E>(_ index: Int, as type: E.Type) -> UnsafeMutablePointer<E> {
    pointers[index + 1].assumingMemoryBound(to: E.self)
  }
}

/// The cut of a number of rows into tiles.
struct Tiling: Sendable, Hashable {
  let rows: Int
  let rowsPerTile: Int

  /// Cuts rows into at most 32 tiles: of 16 rows, or, if that is not enough, of such a number that the
  /// tiles of both halves have nearly as many rows.
  init(rows: Int) {
    guard rows > 512 else {
      self.init(rows: rows, rowsPerTile: 16)
      return
    }
    // Many rows may be single elements, whose tiles begin where cache lines do.
    let unit = rows > 4096 ? 16 : 8
    let least = (rows + 32 * unit - 1) / (32 * unit) * unit
    let sizes = stride(from: least, to: least + min(least, 8 * unit), by: unit)
    func difference(_ size: Int) -> Int { abs((rows + size - 1) / size / 2 * 2 * size - rows) }
    self.init(rows: rows, rowsPerTile: sizes.min { difference($0) < difference($1) } ?? least)
  }

  init(rows: Int, rowsPerTile: Int) {
    self.rows = rows
    self.rowsPerTile = rowsPerTile
  }

  /// Cuts the leading axis of a shape.
  init(_ shape: Shape) {
    self.init(rows: shape.rank == 0 ? 1 : shape[0])
  }

  var count: Int { max((rows + rowsPerTile - 1) / rowsPerTile, 1) }

  @inline(__always)
  func range(_ tile: Int) -> Range<Int> {
    let start = tile * rowsPerTile
    return start..<min(start + rowsPerTile, rows)
  }
}
