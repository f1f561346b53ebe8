import CKernels
import Glibc

/// Copies places along an axis: `out[o, k, :] = x[o, place[k], :]`.
struct GatherKernel<L: Arithmetic> {
  let lines: Lines
  let places: Int
  let tiling: Tiling
  let rowBytes: Int
  /// Whether the places are cut into tiles, along their leading axis.
  let cutsPlaces: Bool
  /// Where places outside are told, if they are not to be zeros.
  let failure: Failure?

  init(_ problem: Problem) {
    lines = Lines(problem.inputs[0].shape, problem.attributes.axes)
    places = problem.inputs[1].shape.count
    rowBytes = lines.inner * problem.output.elementType.byteCount
    failure = problem.attributes.isStrict ? GatherWork.failure(problem) : nil
    let named = problem.inputs[1].shape
    cutsPlaces = lines.outer == 1 && named.rank > 0
    let leading = Tiling(named)
    tiling = Tiling(
      rows: places,
      rowsPerTile: cutsPlaces
        ? leading.rowsPerTile * max(places / max(leading.rows, 1), 1) : max(places, 1))
  }

  /// The bytes of rows that are asked for before they are needed; they stay in the second-level cache.
  private static var nearBytes: Int { 1 << 16 }

  func work() -> Work {
    let (lines, places, tiling, bytes) = (lines, places, tiling, rowBytes)
    let (tile, failure) = (tiling.rowsPerTile, failure)
    let ahead = max(min(GatherKernel.nearBytes / max(bytes, 1), 16), 2)
    return Work(
      tiles: tiling.count,
      accesses: cutsPlaces
        ? [.tiled(bytes: tile * bytes), .whole, .tiled(bytes: tile * MemoryLayout<L>.stride)]
        : [.whole, .whole, .whole], failure: failure
    ) { memory, tile in
      let named = memory.input(1, as: L.self)
      if let failure { GatherKernel.check(named, tiling.range(tile), lines.length, failure) }
      for outer in 0..<lines.outer {
        let source = memory.input(0) + outer * lines.length * bytes
        let range = tiling.range(tile)
        let target = memory.output + outer * places * bytes
        if bytes == 4 {
          GatherKernel.copy(source, target, named, lines.length, range, UInt32.self)
          continue
        }
        if bytes == 8 {
          GatherKernel.copy(source, target, named, lines.length, range, UInt64.self)
          continue
        }
        for place in range {
          // Rows lie anywhere in memory: while one is copied, and while what comes next computes with
          // those of this tile, one further on is on its way.
          if bytes >= 256 && place + ahead < places {
            GatherKernel.prefetch(source, named[place + ahead].asInt, lines.length, bytes)
          }
          let row = target + place * bytes
          var index = named[place].asInt
          if index < 0 { index &+= lines.length }
          if index >= 0 && index < lines.length {
            memcpy(row, source + index * bytes, bytes)
          } else {
            memset(row, 0, bytes)
          }
        }
      }
    }
  }
}

extension GatherKernel {
  /// Reports the first place that is not in `0 ..< length`.
  private static func check(
    _ named: UnsafeMutablePointer<L>, _ range: Range<Int>, _ length: Int, _ failure: Failure
  ) {
    for place in range where named[place].asInt < 0 || named[place].asInt >= length {
      return failure.report(place, 0)
    }
  }

  /// Copies rows that are as large as a number.
  @inline(__always)
  private static func copy<E: FixedWidthInteger>(
    _ source: UnsafeMutableRawPointer, _ target: UnsafeMutableRawPointer,
    _ named: UnsafeMutablePointer<L>, _ length: Int, _ range: Range<Int>, _ type: E.Type
  ) {
    let (x, y) = (source.assumingMemoryBound(to: E.self), target.assumingMemoryBound(to: E.self))
    for place in range {
      var index = named[place].asInt
      if index < 0 { index &+= length }
      y[place] = index >= 0 && index < length ? x[index] : 0
    }
  }

  /// Asks for a row of a few kilobytes before it is needed.
  @inline(__always)
  private static func prefetch(
    _ source: UnsafeMutableRawPointer, _ index: Int, _ length: Int, _ bytes: Int
  ) {
    guard index >= 0 && index < length else { return }
    for offset in stride(from: 0, to: min(bytes, 4096), by: 64) {
      lk_prefetch(source + index * bytes + offset)
    }
  }
}

/// Adds updates at places along an axis, or puts them there, in their order.
///
/// Where the first axis is meant, a tile has some places of it to itself: it goes through all names and
/// takes those that lie there, so that each sum is taken in one order. There are fewer tiles where an
/// update is short beside the look at its name.
struct ScatterKernel<T: Arithmetic, L: Arithmetic> {
  let lines: Lines
  let places: Int
  let tiling: Tiling
  let rowBytes: Int

  init(_ problem: Problem) {
    lines = Lines(problem.inputs[0].shape, problem.attributes.axes)
    places = problem.inputs[1].shape.count
    rowBytes = lines.inner * problem.output.elementType.byteCount
    let most = Swift.max(lines.inner / 4, 1)
    let rows = Swift.max(Tiling(rows: lines.length).rowsPerTile, (lines.length + most - 1) / most)
    tiling = Tiling(
      rows: lines.length,
      rowsPerTile: lines.outer == 1 ? (rows + 15) / 16 * 16 : Swift.max(lines.length, 1))
  }

  @inline(__always)
  func work(_ join: @escaping @Sendable (_ old: T, _ new: T) -> T) -> Work {
    let (lines, places, tiling, bytes) = (lines, places, tiling, rowBytes)
    let part: Access = lines.outer == 1 ? .tiled(bytes: tiling.rowsPerTile * bytes) : .whole
    return Work(tiles: tiling.count, accesses: [part, part, .whole, .whole]) { memory, tile in
      let own = tiling.range(tile)
      let (y, named) = (memory.output(as: T.self), memory.input(1, as: L.self))
      let updates = memory.input(2, as: T.self)
      for outer in 0..<lines.outer {
        let first = (outer * lines.length + own.lowerBound) * bytes
        memcpy(memory.output + first, memory.input(0) + first, own.count * bytes)
        for place in 0..<places {
          var index = named[place].asInt
          if index < 0 { index &+= lines.length }
          guard index >= own.lowerBound && index < own.upperBound else { continue }
          let row = y + (outer * lines.length + index) * lines.inner
          let update = updates + (outer * places + place) * lines.inner
          for column in 0..<lines.inner { row[column] = join(row[column], update[column]) }
        }
      }
    }
  }
}

/// Makes the work of gathering for each type of places.
enum GatherWork: TypedKernel {
  /// The report of a place that does not exist.
  static func failure(_ problem: Problem) -> Failure {
    let (named, size) = (
      problem.inputs[1].shape, problem.inputs[0].shape[problem.attributes.axes[0]]
    )
    return Failure { place, _ in
      let index = zip(named.strides, named.sizes).map { place / $0 % Swift.max($1, 1) }
      return TensorError(
        "value/index",
        "the number \(index.isEmpty ? "" : "at \(index) ")is no place of an axis of size \(size)",
        help: ["the places are 0 to \(size - 1)"])
    }
  }

  static func work<L: Arithmetic>(_ places: L.Type, _ problem: Problem) -> Work {
    GatherKernel<L>(problem).work()
  }
}

/// Makes the work of adding at places for each element type, and for the usual type of places.
enum AddingWork: TypedKernel {
  static func work<T: Arithmetic>(_ type: T.Type, _ problem: Problem) -> Work {
    func other<L: Arithmetic>(_ places: L.Type) -> Work {
      ScatterKernel<T, L>(problem).work { T.plus($0, $1) }
    }
    let places = problem.inputs[1].elementType
    return places == .int64
      ? ScatterKernel<T, Int>(problem).work { T.plus($0, $1) } : other(places.arithmetic)
  }
}

/// Makes the work of putting at places for each element type, and for the usual type of places.
enum PuttingWork: TypedKernel {
  static func work<T: Arithmetic>(_ type: T.Type, _ problem: Problem) -> Work {
    func other<L: Arithmetic>(_ places: L.Type) -> Work {
      ScatterKernel<T, L>(problem).work { _, new in new }
    }
    let places = problem.inputs[1].elementType
    return places == .int64
      ? ScatterKernel<T, Int>(problem).work { _, new in new } : other(places.arithmetic)
  }
}
