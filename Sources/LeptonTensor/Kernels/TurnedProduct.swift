import CKernels
import Synchronization

/// A product of float32 in several tiles of rows, whose right operand stands transposed: whoever begins the
/// first tile turns it round for all.
final class TurnedProduct: @unchecked Sendable {
  /// How far the turned operand is.
  private enum Stage {
    static let (none, underWay, there) = (0, 1, 2)
  }

  /// The product with the operand as it stands once it is turned.
  private let layout: MatrixLayout
  private let leftIsTurned: Bool
  private let rows: Tiling
  private let turned: UnsafeMutablePointer<Float>
  private let stage = Atomic(Stage.none)
  /// How many tiles of a run are done.
  private let done = Atomic(0)

  /// The most elements that one thread turns while others may wait for it.
  private static let most = 1 << 18

  /// Nothing where the operand does not stand transposed, where there is one tile, or where there are too many elements.
  init?(_ product: ProductKernel, _ earlyEnd: EarlyEnd?) {
    let (m, k, n) = (product.m, product.k, product.n)
    guard product.flags.b, product.tiling.count > 1, 1...Self.most ~= k * n else { return nil }
    layout = MatrixLayout(
      m: m, k: k, n: n, flags: ProductFlags(a: product.flags.a, b: false), earlyEnd: earlyEnd)
    leftIsTurned = product.flags.a
    rows = product.tiling
    let room = k * n + Storage.slack / MemoryLayout<Float>.stride
    turned = .allocate(capacity: room)
    turned.initialize(repeating: 0, count: room)
  }

  deinit { turned.deallocate() }

  func work() -> Work {
    let size = MemoryLayout<Float>.stride * rows.rowsPerTile
    return Work(
      tiles: rows.count,
      accesses: [
        .tiled(bytes: size * layout.n), leftIsTurned ? .whole : .tiled(bytes: size * layout.k),
        .whole,
      ],
      scratch: MatrixTile.scratch, failure: layout.earlyEnd?.failure
    ) { memory, tile in
      self.prepare(memory.input(1, as: Float.self))
      self.layout.multiply(
        memory.input(0, as: Float.self), self.turned, memory.output(as: Float.self),
        self.rows.range(tile), memory.scratch)
      if self.done.add(1, ordering: .acquiringAndReleasing).newValue == self.rows.count {
        self.done.store(0, ordering: .relaxed)
        self.stage.store(Stage.none, ordering: .releasing)
      }
    }
  }

  /// Turns the operand, or waits for who does.
  private func prepare(_ b: UnsafePointer<Float>) {
    if stage.load(ordering: .acquiring) == Stage.there { return }
    let isFirst = stage.compareExchange(
      expected: Stage.none, desired: Stage.underWay, ordering: .acquiringAndReleasing
    ).exchanged
    if isFirst {
      turn(b)
      stage.store(Stage.there, ordering: .releasing)
    }
    var spin = Spin()
    while stage.load(ordering: .acquiring) != Stage.there { spin.wait() }
  }

  private func turn(_ b: UnsafePointer<Float>) {
    let (k, n) = (layout.k, layout.n)
    for column in stride(from: 0, to: n, by: 8) {
      for row in stride(from: 0, to: k, by: 8) {
        let (source, target) = (b + column * k + row, turned + row * n + column)
        if column + 8 <= n, row + 8 <= k {
          lk_transpose(source, k, target, n)
        } else {
          for y in 0..<min(8, k - row) {
            for x in 0..<min(8, n - column) { target[y * n + x] = source[x * k + y] }
          }
        }
      }
    }
  }
}
