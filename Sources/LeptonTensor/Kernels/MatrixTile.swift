import CKernels

/// Rows of a float32 matrix product, by 6 × 16 micro-kernels in registers.
///
/// Each element of the result is one chain of fused multiply-adds over the inner axis in order,
/// however rows are cut, so any cut gives the same bits. The right operand is brought, 16 columns
/// and up to 256 rows at a time, into a panel that stays in the first-level cache.
struct MatrixTile {
  static let depth = 256
  static let scratch = depth * 16 * 4

  let layout: MatrixLayout
  let panel: UnsafeMutablePointer<Float>

  init(_ layout: MatrixLayout, _ scratch: UnsafeMutableRawPointer) {
    self.layout = layout
    panel = scratch.assumingMemoryBound(to: Float.self)
  }

  func multiply(
    _ a: UnsafePointer<Float>, _ b: UnsafePointer<Float>, _ c: UnsafeMutablePointer<Float>,
    _ rows: Range<Int>
  ) {
    if layout.k == 0 {
      (c + rows.lowerBound * layout.n).update(repeating: 0, count: rows.count * layout.n)
    }
    for start in stride(from: 0, to: layout.k, by: MatrixTile.depth) {
      let depth = min(MatrixTile.depth, layout.k - start)
      for column in stride(from: 0, to: layout.n, by: 16) {
        let width = min(16, layout.n - column)
        let source = b + start * layout.b.row + column * layout.b.column
        let direct = width == 16 && layout.b.column == 1 && (rows.count <= 6 || layout.n == 16)
        if !direct { pack(source, depth, width) }
        let right = direct ? source : UnsafePointer(panel)
        let step = direct ? layout.b.row : 16
        block(
          a + start * layout.a.column, right, step, c + column, rows, depth, width, start > 0)
      }
    }
  }

  /// All rows of one panel.
  private func block(
    _ a: UnsafePointer<Float>, _ b: UnsafePointer<Float>, _ step: Int,
    _ c: UnsafeMutablePointer<Float>, _ rows: Range<Int>, _ depth: Int, _ width: Int, _ adds: Bool
  ) {
    var row = rows.lowerBound
    while row < rows.upperBound {
      let left = a + row * layout.a.row
      let target = c + row * layout.n
      let rest = rows.upperBound - row
      switch rest {
      case 6..., 5:
        let count = min(rest, 6)
        if count == 6 {
          micro6(left, b, step, target, depth, width, adds)
        } else {
          micro5(left, b, step, target, depth, width, adds)
        }
        row += count
      case 4:
        micro4(left, b, step, target, depth, width, adds)
        row += 4
      case 3:
        micro3(left, b, step, target, depth, width, adds)
        row += 3
      case 2:
        micro2(left, b, step, target, depth, width, adds)
        row += 2
      default:
        micro1(left, b, step, target, depth, width, adds)
        row += 1
      }
    }
  }

  /// Brings `depth` rows of up to 16 columns together, with zeros where there are fewer.
  private func pack(_ b: UnsafePointer<Float>, _ depth: Int, _ width: Int) {
    if width == 16 && layout.b.column == 1 {
      for row in 0..<depth {
        let line = b + row * layout.b.row
        lk_store(panel + row * 16, lk_load(line))
        lk_store(panel + row * 16 + 8, lk_load(line + 8))
      }
    } else {
      for row in 0..<depth {
        let line = b + row * layout.b.row
        for column in 0..<16 {
          panel[row * 16 + column] = column < width ? line[column * layout.b.column] : 0
        }
      }
    }
  }

  @inline(__always)
  private func micro<let R: Int>(
    _ first: InlineArray<R, SIMD8<Float>>, _ a: UnsafePointer<Float>, _ b: UnsafePointer<Float>,
    _ step: Int, _ c: UnsafeMutablePointer<Float>, _ depth: Int, _ width: Int, _ adds: Bool
  ) {
    var low = first
    var high = first
    let (row, column, n) = (layout.a.row, layout.a.column, layout.n)
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
    _ c: UnsafeMutablePointer<Float>, _ depth: Int, _ width: Int, _ adds: Bool
  ) {
    micro(InlineArray<6, SIMD8<Float>>(repeating: .zero), a, b, step, c, depth, width, adds)
  }

  @inline(never)
  private func micro5(
    _ a: UnsafePointer<Float>, _ b: UnsafePointer<Float>, _ step: Int,
    _ c: UnsafeMutablePointer<Float>, _ depth: Int, _ width: Int, _ adds: Bool
  ) {
    micro(InlineArray<5, SIMD8<Float>>(repeating: .zero), a, b, step, c, depth, width, adds)
  }

  @inline(never)
  private func micro4(
    _ a: UnsafePointer<Float>, _ b: UnsafePointer<Float>, _ step: Int,
    _ c: UnsafeMutablePointer<Float>, _ depth: Int, _ width: Int, _ adds: Bool
  ) {
    micro(InlineArray<4, SIMD8<Float>>(repeating: .zero), a, b, step, c, depth, width, adds)
  }

  @inline(never)
  private func micro3(
    _ a: UnsafePointer<Float>, _ b: UnsafePointer<Float>, _ step: Int,
    _ c: UnsafeMutablePointer<Float>, _ depth: Int, _ width: Int, _ adds: Bool
  ) {
    micro(InlineArray<3, SIMD8<Float>>(repeating: .zero), a, b, step, c, depth, width, adds)
  }

  @inline(never)
  private func micro2(
    _ a: UnsafePointer<Float>, _ b: UnsafePointer<Float>, _ step: Int,
    _ c: UnsafeMutablePointer<Float>, _ depth: Int, _ width: Int, _ adds: Bool
  ) {
    micro(InlineArray<2, SIMD8<Float>>(repeating: .zero), a, b, step, c, depth, width, adds)
  }

  @inline(never)
  private func micro1(
    _ a: UnsafePointer<Float>, _ b: UnsafePointer<Float>, _ step: Int,
    _ c: UnsafeMutablePointer<Float>, _ depth: Int, _ width: Int, _ adds: Bool
  ) {
    micro(InlineArray<1, SIMD8<Float>>(repeating: .zero), a, b, step, c, depth, width, adds)
  }
}
