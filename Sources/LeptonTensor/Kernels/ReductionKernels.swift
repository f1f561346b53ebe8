import CKernels

/// The lines of a shape along one axis or a run of axes: `[outer, length, inner]`.
struct Lines: Sendable {
  let outer: Int
  let length: Int
  let inner: Int

  init(_ shape: Shape, _ axes: [Int]) {
    let first = axes.first ?? shape.rank
    let last = axes.last ?? shape.rank - 1
    outer = shape.sizes[..<first].reduce(1, *)
    length = axes.reduce(1) { $0 * shape[$1] }
    inner = shape.sizes[(last + 1)...].reduce(1, *)
  }

  /// Visits each line by its first place and the distance between its places.
  @inline(__always)
  func forEach(_ body: (_ start: Int, _ stride: Int) -> Void) {
    for row in 0..<outer {
      for column in 0..<inner { body(row * length * inner + column, inner) }
    }
  }
}

/// A fold over `[outer, length, inner]`, in an order that depends on the shape alone.
struct FoldKernel<T: Arithmetic, F: Fold> {
  let problem: Problem
  let lines: Lines

  init(_ problem: Problem) {
    self.problem = problem
    lines = Lines(problem.inputs[0].shape, problem.attributes.axes)
  }

  /// Tiles follow the leading axis if that is kept, else they cut the inner columns, or few long lines
  /// into blocks.
  func work() -> Work {
    let lines = lines
    let size = MemoryLayout<T>.stride
    if lines.inner == 1 {
      let tiling = leadingTiling(of: lines.outer)
      if tiling.count < 8, let long = LongFold<T, F>(lines) { return long.work() }
      return Work(
        tiles: tiling.count,
        accesses: [
          .tiled(bytes: tiling.rowsPerTile * size),
          .tiled(bytes: tiling.rowsPerTile * lines.length * size),
        ]
      ) { memory, tile in
        for row in tiling.range(tile) {
          let x = memory.input(0, as: T.self) + row * lines.length
          memory.output(as: T.self)[row] = FoldKernel.along(x, lines.length)
        }
      }
    }
    if lines.outer == 1 {
      // Many rows are read in runs of a few cache lines.
      let narrow = Tiling(rows: lines.inner)
      let tiling =
        lines.length < 512
        ? narrow : Tiling(rows: lines.inner, rowsPerTile: max(64, narrow.rowsPerTile))
      return Work(
        tiles: tiling.count, accesses: [.tiled(bytes: tiling.rowsPerTile * size), .whole]
      ) { memory, tile in
        let columns = tiling.range(tile)
        FoldKernel.across(
          memory.input(0, as: T.self) + columns.lowerBound,
          memory.output(as: T.self) + columns.lowerBound, lines.length, lines.inner, columns.count)
      }
    }
    let tiling = leadingTiling(of: lines.outer)
    return Work(
      tiles: tiling.count,
      accesses: [
        .tiled(bytes: tiling.rowsPerTile * lines.inner * size),
        .tiled(bytes: tiling.rowsPerTile * lines.length * lines.inner * size),
      ]
    ) { memory, tile in
      for row in tiling.range(tile) {
        FoldKernel.across(
          memory.input(0, as: T.self) + row * lines.length * lines.inner,
          memory.output(as: T.self) + row * lines.inner, lines.length, lines.inner, lines.inner)
      }
    }
  }

  /// The tiles of the outer rows, aligned with those of the input's leading axis.
  private func leadingTiling(of outer: Int) -> Tiling {
    let shape = problem.inputs[0].shape
    guard shape.rank > 1, shape[0] > 0, outer % shape[0] == 0, problem.attributes.axes[0] > 0 else {
      return Tiling(rows: outer, rowsPerTile: max(outer, 1))
    }
    let leading = Tiling(rows: shape[0])
    let ratio = outer / shape[0]
    return Tiling(rows: outer, rowsPerTile: leading.rowsPerTile * ratio)
  }

  /// The elements of a block.
  static var blockSize: Int { 4096 }

  /// Folds neighbours: 32 lanes for each block, the blocks one after the other.
  static func along(_ x: UnsafePointer<T>, _ count: Int) -> T {
    var joined = JoinedBlocks<T, F>()
    var start = 0
    while start < count {
      let size = min(blockSize, count - start)
      joined.add(block(x + start, size))
      start += size
    }
    return joined.result
  }

  /// Folds the elements of one block.
  @inline(__always)
  static func block(_ x: UnsafePointer<T>, _ count: Int) -> T {
    let none = F.start(T.self)
    var result = none
    var index = 0
    if count >= 32 {
      withUnsafeTemporaryAllocation(of: T.self, capacity: 32) { lanes in
        lanes.initialize(repeating: none)
        while index + 32 <= count {
          for lane in 0..<32 { lanes[lane] = F.join(lanes[lane], x[index + lane]) }
          index += 32
        }
        var width = 16
        while width > 0 {
          for lane in 0..<width { lanes[lane] = F.join(lanes[lane], lanes[lane + width]) }
          width /= 2
        }
        result = lanes[0]
      }
    }
    while index < count {
      result = F.join(result, x[index])
      index += 1
    }
    return result
  }

  /// Folds rows of `count` columns that lie `stride` apart, one after the other.
  static func across(
    _ x: UnsafePointer<T>, _ y: UnsafeMutablePointer<T>, _ rows: Int, _ stride: Int, _ count: Int
  ) {
    let none = F.start(T.self)
    for column in 0..<count { y[column] = none }
    for row in 0..<rows {
      let line = x + row * stride
      for column in 0..<count { y[column] = F.join(y[column], line[column]) }
    }
  }
}

/// What blocks give together, one after the other; sums of float32 are added up in double precision.
struct JoinedBlocks<T: Arithmetic, F: Fold> {
  private var joined = F.start(T.self)
  private var precise = 0.0

  @inline(__always)
  private static var isPrecise: Bool { T.elementType == .float32 && F.isSum }

  /// Adds what the next block gives.
  @inline(__always)
  mutating func add(_ part: T) {
    if Self.isPrecise { precise += part.asDouble } else { joined = F.join(joined, part) }
  }

  @inline(__always)
  var result: T { Self.isPrecise ? T(converting: precise) : joined }
}

/// Makes the work of a fold for each element type.
enum FoldWork<F: Fold>: TypedKernel {
  static func work<T: Arithmetic>(_ type: T.Type, _ problem: Problem) -> Work {
    FoldKernel<T, F>(problem).work()
  }
}

/// The place of the largest element.
enum LargestPlace: TypedKernel {
  static func work<T: Arithmetic>(_ type: T.Type, _ problem: Problem) -> Work {
    let kernel = LocationKernel<T>(problem)
    if T.self == Float.self, kernel.lines.inner == 1 {
      return kernel.work { line, length, _ in
        Float.placeOfLargest(UnsafeRawPointer(line).assumingMemoryBound(to: Float.self), length)
      }
    }
    return kernel.work { LocationKernel.first($0, $1, $2) { $0 > $1 } }
  }
}

/// The place of the smallest element.
enum SmallestPlace: TypedKernel {
  static func work<T: Arithmetic>(_ type: T.Type, _ problem: Problem) -> Work {
    LocationKernel<T>(problem).work { LocationKernel.first($0, $1, $2) { $0 < $1 } }
  }
}

/// The place of the extreme element along an axis: the first of equal ones, or the first that is no number.
struct LocationKernel<T: Arithmetic> {
  let lines: Lines
  let tiling: Tiling

  init(_ problem: Problem) {
    lines = Lines(problem.inputs[0].shape, problem.attributes.axes)
    let leading = Tiling(problem.inputs[0].shape)
    tiling =
      problem.attributes.axes[0] > 0 && lines.inner == 1 && problem.inputs[0].shape.rank == 2
      ? leading : Tiling(rows: lines.outer, rowsPerTile: max(lines.outer, 1))
  }

  /// The work, by what finds the place in a line, given its length and how far apart its elements lie.
  @inline(__always)
  func work(
    _ place: @escaping @Sendable (_ line: UnsafePointer<T>, _ length: Int, _ step: Int) -> Int
  ) -> Work {
    let (lines, tiling) = (lines, tiling)
    let bytes = lines.length * lines.inner * MemoryLayout<T>.stride
    return Work(
      tiles: tiling.count,
      accesses: [
        .tiled(bytes: tiling.rowsPerTile * lines.inner * 8),
        .tiled(bytes: tiling.rowsPerTile * bytes),
      ]
    ) { memory, tile in
      let (x, y) = (memory.input(0, as: T.self), memory.output(as: Int.self))
      for row in tiling.range(tile) {
        for column in 0..<lines.inner {
          y[row * lines.inner + column] = place(
            x + (row * lines.length * lines.inner + column), lines.length, lines.inner)
        }
      }
    }
  }

  /// The first place of a line with which no other is better.
  @inline(__always)
  static func first(
    _ line: UnsafePointer<T>, _ length: Int, _ step: Int, _ better: (T, T) -> Bool
  ) -> Int {
    var (best, top) = (0, line[0])
    for index in 1..<max(length, 1) {
      let a = line[index * step]
      if top == top && (better(a, top) || a != a) { (best, top) = (index, a) }
    }
    return best
  }
}

extension Float {
  /// The first place of the largest of neighbours, or of what is no number: all are compared with the
  /// largest, eight at a time.
  fileprivate static func placeOfLargest(_ x: UnsafePointer<Float>, _ count: Int) -> Int {
    let top = lk_splat(largest(x, count))
    var first: Int?
    for start in stride(from: 0, to: count, by: 8) {
      let values = lk_load(x + start)
      let used: Int32 = count - start < 8 ? 1 << Int32(count - start) - 1 : 0xff
      let none = lk_no_numbers(values) & used
      if none != 0 { return start + none.trailingZeroBitCount }
      let equal = lk_equals(values, top) & used
      if first == nil, equal != 0 { first = start + equal.trailingZeroBitCount }
    }
    return first ?? 0
  }
}
