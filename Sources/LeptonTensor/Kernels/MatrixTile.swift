import CKernels

/// Rows of a float32 matrix product, by micro-kernels that keep their results in registers: 6 × 16
/// with AVX2, 8 × 32 with AVX-512, or 4 × 64 where there are so few rows, so that no sum waits for the
/// one before.
///
/// Each element of the result is one chain of fused multiply-adds over the inner axis in order, or
/// the sum of two where that axis is long, however rows and columns are cut, so any cut and either
/// kernel gives the same bits. The right operand is taken in panels of so few rows that they stay
/// near; only where it is given transposed, or where its last columns do not fill a register, is a
/// panel copied first.
package struct MatrixTile {
  /// The rows of a panel that is copied, or that the narrow kernel takes from where it stands.
  ///
  /// They stay in the first-level cache even where they lie a multiple of 512 bytes apart.
  private static let depth = 96
  /// The rows of a panel that the wide kernel takes from where it stands, a picture of 28 × 28 among them.
  ///
  /// Its blocks wait less for the second-level cache than they would to put sums down and take them up
  /// again, and the processor foresees longer what they read.
  private static let wideDepth = 800
  /// The columns of a panel for few rows.
  static let mostColumns = 64
  /// The rows and columns for which the second chains are kept until they are added.
  private static let block = 64
  private static let panelElements = (depth + 1) * mostColumns
  static let scratch = (panelElements + block * block) * 4 + Storage.slack

  private let layout: MatrixLayout
  private let panel: UnsafeMutablePointer<Float>
  private let sums: UnsafeMutablePointer<Float>
  private let isWide: Bool

  init(_ layout: MatrixLayout, _ scratch: UnsafeMutableRawPointer, isWide: Bool) {
    self.layout = layout
    self.isWide = isWide
    panel = scratch.assumingMemoryBound(to: Float.self)
    sums = panel + MatrixTile.panelElements
  }

  /// Computes some rows.
  func multiply(
    _ a: UnsafePointer<Float>, _ b: UnsafePointer<Float>, _ c: UnsafeMutablePointer<Float>,
    _ rows: Range<Int>
  ) {
    guard layout.k > 0 else {
      return (c + rows.lowerBound * layout.n).update(
        repeating: 0, count: rows.count * layout.n)
    }
    multiply(a, b, c, rows, columns: 0..<layout.n)
  }

  /// Computes some columns of some rows, whose sums have at least one term.
  func multiply(
    _ a: UnsafePointer<Float>, _ b: UnsafePointer<Float>, _ c: UnsafeMutablePointer<Float>,
    _ rows: Range<Int>, columns: Range<Int>
  ) {
    guard let middle = layout.middle else {
      return chains(
        a, b, rows, columns, over: 0..<layout.k,
        into: c + rows.lowerBound * layout.n + columns.lowerBound, step: layout.n)
    }
    let size = MatrixTile.block
    for row in stride(from: rows.lowerBound, to: rows.upperBound, by: size) {
      let rows = row..<min(row + size, rows.upperBound)
      for column in stride(from: columns.lowerBound, to: columns.upperBound, by: size) {
        let columns = column..<min(column + size, columns.upperBound)
        let target = c + row * layout.n + column
        chains(a, b, rows, columns, over: 0..<middle, into: target, step: layout.n)
        chains(a, b, rows, columns, over: middle..<layout.k, into: sums, step: size)
        for row in 0..<rows.count {
          let (line, more) = (target + row * layout.n, sums + row * size)
          for column in 0..<columns.count { line[column] += more[column] }
        }
      }
    }
  }

  /// Computes the chains of some columns of some rows over a part of the inner axis, and puts them
  /// down in rows that lie so many elements apart.
  func chains(
    _ a: UnsafePointer<Float>, _ b: UnsafePointer<Float>, _ rows: Range<Int>, _ range: Range<Int>,
    over inner: Range<Int>, into c: UnsafeMutablePointer<Float>, step: Int
  ) {
    let isFew = isWide && rows.count <= 4
    let columns = isFew ? MatrixTile.mostColumns : isWide ? 32 : 16
    // Few rows make no use of a panel again, so that it need not stay in the cache.
    let isWhole = isFew && layout.b.column == 1 && layout.earlyEnd == nil
    // Rows that lie a multiple of two kilobytes apart would crowd into few sets of the cache.
    let crowds = layout.b.row % 512 == 0 && rows.count > 8
    let standsWell = layout.b.column == 1 && !crowds
    let most = isWide && standsWell ? MatrixTile.wideDepth : MatrixTile.depth
    let parts = isWhole ? 1 : (inner.count + most - 1) / most
    let depth = (inner.count + parts - 1) / parts
    for start in stride(from: inner.lowerBound, to: inner.upperBound, by: depth) {
      if layout.earlyEnd?.isWanted == true { return }
      let depth = min(depth, inner.upperBound - start)
      for column in stride(from: range.lowerBound, to: range.upperBound, by: columns) {
        let width = min(columns, range.upperBound - column)
        let source = b + start * layout.b.row + column * layout.b.column
        let direct = standsWell && (isWide || width == 16)
        if !direct { pack(source, depth, width, columns) }
        let right = direct ? source : UnsafePointer(panel)
        let rightStep = direct ? layout.b.row : columns
        let left = a + rows.lowerBound * layout.a.row + start * layout.a.column
        let target = c + (column - range.lowerBound)
        let adds = start > inner.lowerBound
        if isWide {
          lk_wide_block(
            left, layout.a.row, layout.a.column, right, rightStep, target, step, rows.count, depth,
            width, adds ? 1 : 0)
        } else {
          block(left, right, rightStep, target, step, rows.count, depth, width, adds)
        }
      }
    }
  }

  /// All rows of one panel.
  private func block(
    _ a: UnsafePointer<Float>, _ b: UnsafePointer<Float>, _ step: Int,
    _ c: UnsafeMutablePointer<Float>, _ n: Int, _ rows: Int, _ depth: Int, _ width: Int,
    _ adds: Bool
  ) {
    var row = 0
    while row < rows {
      let left = a + row * layout.a.row
      let target = c + row * n
      let rest = rows - row
      switch rest {
      case 6..., 5:
        let count = min(rest, 6)
        if count == 6 {
          micro6(left, b, step, target, n, depth, width, adds)
        } else {
          micro5(left, b, step, target, n, depth, width, adds)
        }
        row += count
      case 4:
        micro4(left, b, step, target, n, depth, width, adds)
        row += 4
      case 3:
        micro3(left, b, step, target, n, depth, width, adds)
        row += 3
      case 2:
        micro2(left, b, step, target, n, depth, width, adds)
        row += 2
      default:
        micro1(left, b, step, target, n, depth, width, adds)
        row += 1
      }
    }
  }

  /// Copies a panel, its rows next to each other, with zeros where there are no columns.
  private func pack(_ b: UnsafePointer<Float>, _ depth: Int, _ width: Int, _ columns: Int) {
    if layout.b.column == 1 {
      for row in 0..<depth {
        let (line, target) = (b + row * layout.b.row, panel + row * columns)
        for column in 0..<columns { target[column] = column < width ? line[column] : 0 }
      }
      return
    }
    for column in stride(from: 0, to: columns, by: 8) {
      var row = 0
      if column + 8 <= width && layout.b.row == 1 {
        while row + 8 <= depth {
          lk_transpose(
            b + column * layout.b.column + row, layout.b.column, panel + row * columns + column,
            columns)
          row += 8
        }
      }
      pack(b, row..<depth, column, width, columns)
    }
  }

  /// Copies eight columns of some rows, one element after the other.
  private func pack(
    _ b: UnsafePointer<Float>, _ rows: Range<Int>, _ first: Int, _ width: Int, _ columns: Int
  ) {
    for column in first..<first + 8 {
      for row in rows {
        panel[row * columns + column] =
          column < width ? b[row * layout.b.row + column * layout.b.column] : 0
      }
    }
  }

  @inline(__always)
  private func micro<let R: Int>(
    _ first: InlineArray<R, SIMD8<Float>>, _ a: UnsafePointer<Float>, _ b: UnsafePointer<Float>,
    _ step: Int, _ c: UnsafeMutablePointer<Float>, _ n: Int, _ depth: Int, _ width: Int,
    _ adds: Bool
  ) {
    var low = first
    var high = first
    let (row, column) = (layout.a.row, layout.a.column)
    if adds {
      for r in 0..<R {
        low[unchecked: r] = MatrixTile.load(c + r * n, width)
        high[unchecked: r] = MatrixTile.load(c + r * n + 8, width - 8)
      }
    }
    var left = a
    var right = b
    for _ in 0..<depth {
      let (b0, b1) = (lk_load(right), lk_load(right + 8))
      for r in 0..<R {
        let x = lk_splat(left[r * row])
        low[unchecked: r] = lk_fma(x, b0, low[unchecked: r])
        high[unchecked: r] = lk_fma(x, b1, high[unchecked: r])
      }
      left += column
      right += step
    }
    for r in 0..<R {
      MatrixTile.store(c + r * n, low[unchecked: r], width)
      MatrixTile.store(c + r * n + 8, high[unchecked: r], width - 8)
    }
  }

  @inline(__always)
  private static func load(_ c: UnsafePointer<Float>, _ width: Int) -> SIMD8<Float> {
    width > 0 ? lk_load(c) : lk_splat(0)
  }

  @inline(__always)
  private static func store(_ c: UnsafeMutablePointer<Float>, _ v: SIMD8<Float>, _ width: Int) {
    if width >= 8 { lk_store(c, v) } else if width > 0 { lk_store_part(c, v, width) }
  }

  @inline(never)
  private func micro6(
    _ a: UnsafePointer<Float>, _ b: UnsafePointer<Float>, _ step: Int,
    _ c: UnsafeMutablePointer<Float>, _ n: Int, _ depth: Int, _ width: Int, _ adds: Bool
  ) {
    micro(InlineArray<6, SIMD8<Float>>(repeating: .zero), a, b, step, c, n, depth, width, adds)
  }

  @inline(never)
  private func micro5(
    _ a: UnsafePointer<Float>, _ b: UnsafePointer<Float>, _ step: Int,
    _ c: UnsafeMutablePointer<Float>, _ n: Int, _ depth: Int, _ width: Int, _ adds: Bool
  ) {
    micro(InlineArray<5, SIMD8<Float>>(repeating: .zero), a, b, step, c, n, depth, width, adds)
  }

  @inline(never)
  private func micro4(
    _ a: UnsafePointer<Float>, _ b: UnsafePointer<Float>, _ step: Int,
    _ c: UnsafeMutablePointer<Float>, _ n: Int, _ depth: Int, _ width: Int, _ adds: Bool
  ) {
    micro(InlineArray<4, SIMD8<Float>>(repeating: .zero), a, b, step, c, n, depth, width, adds)
  }

  @inline(never)
  private func micro3(
    _ a: UnsafePointer<Float>, _ b: UnsafePointer<Float>, _ step: Int,
    _ c: UnsafeMutablePointer<Float>, _ n: Int, _ depth: Int, _ width: Int, _ adds: Bool
  ) {
    micro(InlineArray<3, SIMD8<Float>>(repeating: .zero), a, b, step, c, n, depth, width, adds)
  }

  @inline(never)
  private func micro2(
    _ a: UnsafePointer<Float>, _ b: UnsafePointer<Float>, _ step: Int,
    _ c: UnsafeMutablePointer<Float>, _ n: Int, _ depth: Int, _ width: Int, _ adds: Bool
  ) {
    micro(InlineArray<2, SIMD8<Float>>(repeating: .zero), a, b, step, c, n, depth, width, adds)
  }

  @inline(never)
  private func micro1(
    _ a: UnsafePointer<Float>, _ b: UnsafePointer<Float>, _ step: Int,
    _ c: UnsafeMutablePointer<Float>, _ n: Int, _ depth: Int, _ width: Int, _ adds: Bool
  ) {
    micro(InlineArray<1, SIMD8<Float>>(repeating: .zero), a, b, step, c, n, depth, width, adds)
  }
}
