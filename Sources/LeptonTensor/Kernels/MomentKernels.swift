// Sums along a run of axes of which two are wanted at once. The two lie side by side along the last axis
// of the result: first the means of its places, then the variances.

/// The mean and the variance of each line.
struct MomentKernel<T: Fraction> {
  let problem: Problem
  let lines: Lines

  init(_ problem: Problem) {
    self.problem = problem
    lines = Lines(problem.inputs[0].shape, problem.attributes.axes)
  }

  func work() -> Work {
    let lines = lines
    let columns = Columns<T>(lines, last: problem.inputs[0].shape.sizes.last ?? 1)
    if let cut = columns.cut {
      return Work(tiles: cut.count, accesses: [.whole, .whole], scratch: columns.bytes) {
        memory, tile in
        columns.moments(
          memory.input(0, as: T.self), memory.output(as: T.self), cut.range(tile), memory.scratch)
      }
    }
    let pairs = PairTiles(problem, lines, MemoryLayout<T>.stride)
    return Work(
      tiles: pairs.tiling.count, accesses: [pairs.output, pairs.input], scratch: columns.bytes
    ) { memory, tile in
      for outer in pairs.tiling.range(tile) {
        let x = memory.input(0, as: T.self) + outer * lines.length * lines.inner
        let y = memory.output(as: T.self) + outer * 2 * lines.inner
        if lines.inner == 1 {
          MomentKernel.along(x, lines.length, y)
        } else {
          columns.moments(x, y, 0..<lines.inner, memory.scratch)
        }
      }
    }
  }

  @inline(__always)
  private static func along(
    _ x: UnsafePointer<T>, _ count: Int, _ y: UnsafeMutablePointer<T>
  ) {
    let share = 1 / Double(count)
    y[0] = T(LaneSums.total(count) { x[$0] } * share)
    let mean = y[0]
    y[1] = T(LaneSums.total(count) { (x[$0] - mean) * (x[$0] - mean) } * share)
  }
}

/// Σ g and Σ g (x − m) of each line, with one m for each line or for each column.
struct PairedSumKernel<T: Fraction> {
  let problem: Problem
  let lines: Lines
  /// How far the centres of neighbouring outer places lie apart.
  let stride: Int

  init(_ problem: Problem) {
    self.problem = problem
    lines = Lines(problem.inputs[0].shape, problem.attributes.axes)
    stride = problem.inputs[2].shape.count == lines.inner ? 0 : lines.inner
  }

  func work() -> Work {
    let (lines, stride) = (lines, stride)
    let columns = Columns<T>(lines, last: problem.inputs[0].shape.sizes.last ?? 1)
    if let cut = columns.cut {
      return Work(
        tiles: cut.count, accesses: [.whole, .whole, .whole, .whole], scratch: columns.bytes
      ) { memory, tile in
        columns.pairedSums(
          memory.input(0, as: T.self), memory.input(1, as: T.self), memory.input(2, as: T.self),
          memory.output(as: T.self), cut.range(tile), memory.scratch)
      }
    }
    let pairs = PairTiles(problem, lines, MemoryLayout<T>.stride)
    return Work(
      tiles: pairs.tiling.count, accesses: [pairs.output, pairs.input, pairs.input, .whole],
      scratch: columns.bytes
    ) { memory, tile in
      for outer in pairs.tiling.range(tile) {
        let start = outer * lines.length * lines.inner
        let (g, x) = (memory.input(0, as: T.self) + start, memory.input(1, as: T.self) + start)
        let centres = memory.input(2, as: T.self) + outer * stride
        let y = memory.output(as: T.self) + outer * 2 * lines.inner
        if lines.inner == 1 {
          let centre = centres[0]
          y[0] = T(LaneSums.total(lines.length) { g[$0] })
          y[1] = T(LaneSums.total(lines.length) { g[$0] * (x[$0] - centre) })
        } else {
          columns.pairedSums(g, x, centres, y, 0..<lines.inner, memory.scratch)
        }
      }
    }
  }
}

/// Tiles of outer places, aligned with those of the input's leading axis.
private struct PairTiles {
  let tiling: Tiling
  let output: Access
  let input: Access

  init(_ problem: Problem, _ lines: Lines, _ size: Int) {
    let shape = problem.inputs[0].shape
    let isLed =
      shape.rank > 1 && shape[0] > 0 && lines.outer % shape[0] == 0
      && problem.attributes.axes[0] > 0
    tiling =
      isLed
      ? Tiling(
        rows: lines.outer,
        rowsPerTile: Tiling(rows: shape[0]).rowsPerTile * (lines.outer / shape[0]))
      : Tiling(rows: lines.outer, rowsPerTile: max(lines.outer, 1))
    output = .tiled(bytes: tiling.rowsPerTile * 2 * lines.inner * size)
    input = .tiled(bytes: tiling.rowsPerTile * lines.length * lines.inner * size)
  }
}

/// Sums down the columns of `[length, inner]`.
///
/// Rows are taken in blocks that stay in the cache; a block is added up in the elements' own type, the
/// blocks in double precision. Where there are few columns, several rows are taken as one long row
/// whose columns are put together at the end.
private struct Columns<T: Fraction>: Sendable {
  /// The tiles of columns, if there is one outer place and threads can share its columns only.
  let cut: Tiling?
  private let inner: Int
  /// The size of the last axis.
  private let last: Int
  /// How many rows are taken as one.
  private let fold: Int
  private let rows: Int
  /// The most columns that a tile takes, those of all rows that are taken as one.
  private let width: Int
  private let rowsPerBlock: Int

  init(_ lines: Lines, last: Int) {
    let columnsPerTile = 64
    inner = lines.inner
    self.last = max(last, 1)
    cut =
      lines.outer == 1 && inner > columnsPerTile
      ? Tiling(rows: inner, rowsPerTile: columnsPerTile) : nil
    let most = max(1, columnsPerTile / max(inner, 1))
    fold = (1...most).last { lines.length % $0 == 0 } ?? 1
    rows = lines.length / fold
    width = cut?.rowsPerTile ?? inner * fold
    rowsPerBlock = max(16, 4096 / max(width, 1))
  }

  /// The scratch memory: two sums of each column in double precision, two of a block, and the centres.
  var bytes: Int { width * (2 * 8 + 3 * MemoryLayout<T>.stride) + 192 }

  private struct Scratch {
    let first: UnsafeMutablePointer<Double>
    let second: UnsafeMutablePointer<Double>
    let blockFirst: UnsafeMutablePointer<T>
    let blockSecond: UnsafeMutablePointer<T>
    let centres: UnsafeMutablePointer<T>
  }

  private func scratch(_ memory: UnsafeMutableRawPointer) -> Scratch {
    let doubles = memory.assumingMemoryBound(to: Double.self)
    doubles.update(repeating: 0, count: 2 * width)
    let rest = (memory + 16 * width).assumingMemoryBound(to: T.self)
    return Scratch(
      first: doubles, second: doubles + width, blockFirst: rest, blockSecond: rest + width,
      centres: rest + 2 * width)
  }

  /// The columns that a tile works on: its own, or those of all rows that are taken as one.
  private func width(of own: Range<Int>) -> Int { own.count == inner ? inner * fold : own.count }

  /// Where the first result of a column stands; the second stands `last` places further.
  @inline(__always)
  private func place(of column: Int) -> Int { column / last * 2 * last + column % last }

  /// Mean and M = Σ (x − mean)² of each block, put together as Chan and others (1979) do:
  /// M ← M + M' + δ² n n' / (n + n'), where δ is the distance of the means.
  func moments(
    _ x: UnsafePointer<T>, _ y: UnsafeMutablePointer<T>, _ own: Range<Int>,
    _ memory: UnsafeMutableRawPointer
  ) {
    let (sums, width) = (scratch(memory), width(of: own))
    var done = 0
    while done < rows {
      let count = min(rowsPerBlock, rows - done)
      blockMoments(x + own.lowerBound + done * inner * fold, count, width, sums)
      for column in 0..<width {
        Columns.join(
          &sums.first[column], &sums.second[column], Double(done),
          Double(sums.blockFirst[column]), Double(sums.blockSecond[column]), Double(count))
      }
      done += count
    }
    for column in own {
      let first = column - own.lowerBound
      for part in 1..<max(fold, 1) {
        let other = part * inner + column
        Columns.join(
          &sums.first[first], &sums.second[first], Double(rows * part), sums.first[other],
          sums.second[other], Double(rows))
      }
      let place = place(of: column)
      y[place] = T(rows == 0 ? .nan : sums.first[first])
      y[place + last] = T(sums.second[first] / Double(rows * fold))
    }
  }

  private func blockMoments(_ x: UnsafePointer<T>, _ count: Int, _ width: Int, _ sums: Scratch) {
    let (means, squares) = (sums.blockFirst, sums.blockSecond)
    for column in 0..<width { (means[column], squares[column]) = (0, 0) }
    for row in 0..<count {
      let line = x + row * inner * fold
      for column in 0..<width { means[column] += line[column] }
    }
    let share = 1 / T(count)
    for column in 0..<width { means[column] *= share }
    for row in 0..<count {
      let line = x + row * inner * fold
      for column in 0..<width {
        let distance = line[column] - means[column]
        squares[column] += distance * distance
      }
    }
  }

  @inline(__always)
  private static func join(
    _ mean: inout Double, _ square: inout Double, _ count: Double, _ otherMean: Double,
    _ otherSquare: Double, _ otherCount: Double
  ) {
    let distance = otherMean - mean
    let share = otherCount / (count + otherCount)
    mean += distance * share
    square += otherSquare + distance * distance * count * share
  }

  func pairedSums(
    _ g: UnsafePointer<T>, _ x: UnsafePointer<T>, _ centres: UnsafePointer<T>,
    _ y: UnsafeMutablePointer<T>, _ own: Range<Int>, _ memory: UnsafeMutableRawPointer
  ) {
    let (sums, width) = (scratch(memory), width(of: own))
    for part in 0..<width / max(own.count, 1) {
      (sums.centres + part * inner).update(from: centres + own.lowerBound, count: own.count)
    }
    var done = 0
    while done < rows {
      let count = min(rowsPerBlock, rows - done)
      let start = own.lowerBound + done * inner * fold
      blockSums(g + start, x + start, count, width, sums)
      for column in 0..<width {
        sums.first[column] += Double(sums.blockFirst[column])
        sums.second[column] += Double(sums.blockSecond[column])
      }
      done += count
    }
    for column in own {
      let first = column - own.lowerBound
      for part in 1..<max(fold, 1) {
        sums.first[first] += sums.first[part * inner + column]
        sums.second[first] += sums.second[part * inner + column]
      }
      let place = place(of: column)
      y[place] = T(sums.first[first])
      y[place + last] = T(sums.second[first])
    }
  }

  private func blockSums(
    _ g: UnsafePointer<T>, _ x: UnsafePointer<T>, _ count: Int, _ width: Int, _ sums: Scratch
  ) {
    let (first, second, centres) = (sums.blockFirst, sums.blockSecond, sums.centres)
    for column in 0..<width { (first[column], second[column]) = (0, 0) }
    for row in 0..<count {
      let (slopes, line) = (g + row * inner * fold, x + row * inner * fold)
      for column in 0..<width {
        first[column] += slopes[column]
        second[column] += slopes[column] * (line[column] - centres[column])
      }
    }
  }
}
