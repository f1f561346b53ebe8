import CKernels
import Glibc

/// Largest elements of windows and what is made of them, cut by examples.
enum PoolingWork {
  static func work(
    of type: ElementType, _ pooling: Pooling, _ kind: PoolingKind, isWide: Bool
  ) -> Work {
    func plain<T: Arithmetic>(_ type: T.Type) -> Work {
      PlainPooling<T>(pooling: pooling).work(kind)
    }
    return type == .float32
      ? PoolingKernel(pooling, kind, isWide: isWide).work() : plain(type.arithmetic)
  }

  /// Work on examples of which so many elements of input and output belong to each.
  static func byExamples(
    _ pooling: Pooling, _ kind: PoolingKind, bytes: Int,
    _ body:
      @escaping @Sendable (
        _ x: UnsafeMutableRawPointer, _ second: UnsafeMutableRawPointer,
        _ y: UnsafeMutableRawPointer
      ) -> Void
  ) -> Work {
    let tiling = Tiling(rows: pooling.batch)
    let large = pooling.rows.input * pooling.columns.input * pooling.channels * bytes
    let small = pooling.rows.output * pooling.columns.output * pooling.channels * bytes
    let (output, second) = kind == .slope ? (large, small) : (small, large)
    let count = kind == .largest ? 1 : 2
    let steps = [output, large, second].prefix(count + 1)
    return Work(
      tiles: tiling.count, accesses: steps.map { .tiled(bytes: tiling.rowsPerTile * $0) }
    ) { memory, tile in
      for example in tiling.range(tile) {
        body(
          memory.input(0) + example * large,
          count == 1 ? memory.output : memory.input(1) + example * second,
          memory.output + example * output)
      }
    }
  }
}

/// The kernels for float32.
private struct PoolingKernel: Sendable {
  let pooling: Pooling
  let kind: PoolingKind
  let isWide: Bool
  /// Whether no two windows see one place.
  private let isDisjoint: Bool
  /// Whether each place of the input lies in a window.
  private let isCovering: Bool

  init(_ pooling: Pooling, _ kind: PoolingKind, isWide: Bool) {
    self.pooling = pooling
    self.kind = kind
    self.isWide = isWide
    let axes = [pooling.rows, pooling.columns]
    isDisjoint = axes.allSatisfy { $0.window <= $0.stride }
    isCovering = axes.allSatisfy {
      $0.window == $0.stride && $0.output * $0.stride - $0.before >= $0.input
    }
  }

  func work() -> Work {
    let columns = pooling.columns
    let settings = lk_pool(
      kind: kind == .largest ? 0 : kind == .choice ? 3 : isDisjoint ? 1 : 2,
      channels: pooling.channels, width: columns.input, windows: columns.output,
      taps: columns.window, stride: columns.stride, dilation: 1, before: columns.before,
      row: columns.input * pooling.channels, column: pooling.channels)
    let count = pooling.rows.input * settings.row
    let clears = kind == .slope && !(isDisjoint && isCovering)
    let (kernel, kind) = (self, kind)
    return PoolingWork.byExamples(pooling, kind, bytes: 4) { x, second, y in
      if clears { memset(y, 0, count * 4) }
      kernel.rows(
        settings, x.assumingMemoryBound(to: Float.self), second.assumingMemoryBound(to: Float.self),
        y.assumingMemoryBound(to: Float.self))
    }
  }

  private func rows(
    _ settings: lk_pool, _ x: UnsafeMutablePointer<Float>, _ second: UnsafeMutablePointer<Float>,
    _ y: UnsafeMutablePointer<Float>
  ) {
    var settings = settings
    let small = pooling.columns.output * pooling.channels
    for row in 0..<pooling.rows.output {
      let taps = pooling.rows.taps(of: row)
      let large = pooling.rows.place(row, taps.lowerBound) * settings.row
      let to = y + (kind == .slope ? large : row * small)
      let from = second + (kind == .slope ? row * small : large)
      if isWide {
        lk_wide_pool(&settings, x + large, to, from, taps.count)
      } else {
        lk_narrow_pool(&settings, x + large, to, from, taps.count)
      }
    }
  }
}

/// Plain loops, for any type.
private struct PlainPooling<T: Arithmetic>: Sendable {
  let pooling: Pooling

  func work(_ kind: PoolingKind) -> Work {
    let count = pooling.rows.input * pooling.columns.input * pooling.channels
    return PoolingWork.byExamples(pooling, kind, bytes: MemoryLayout<T>.stride) { x, second, y in
      let x = x.assumingMemoryBound(to: T.self)
      let second = second.assumingMemoryBound(to: T.self)
      let y = y.assumingMemoryBound(to: T.self)
      if kind == .slope { y.update(repeating: T(converting: 0), count: count) }
      for row in 0..<pooling.rows.output {
        for column in 0..<pooling.columns.output {
          for channel in 0..<pooling.channels {
            let window =
              (row * pooling.columns.output + column) * pooling.channels + channel
            let place = largest(x, row, column, channel)
            switch kind {
            case .largest: y[window] = x[place]
            case .slope: y[place] = T.plus(y[place], second[window])
            case .choice: y[window] = second[place]
            }
          }
        }
      }
    }
  }

  /// The place of the first largest element of a window, or of the first NaN.
  private func largest(_ x: UnsafeMutablePointer<T>, _ row: Int, _ column: Int, _ channel: Int)
    -> Int
  {
    var best = -1
    for upper in pooling.rows.taps(of: row) {
      let line = pooling.rows.place(row, upper) * pooling.columns.input
      for left in pooling.columns.taps(of: column) {
        let place = (line + pooling.columns.place(column, left)) * pooling.channels + channel
        if best < 0 || x[place] > x[best] || (x[place] != x[place] && x[best] == x[best]) {
          best = place
        }
      }
    }
    return max(best, 0)
  }
}
