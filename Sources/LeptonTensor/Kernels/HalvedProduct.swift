import Synchronization

/// A product of few rows of float32 with so many weights that each sum has two chains.
///
/// A tile computes one of the two chains for some rows, and so sees half of the weights; whoever ends the
/// second of them adds both.
final class HalvedProduct: @unchecked Sendable {
  private let layout: MatrixLayout
  private let middle: Int
  private let rows: Tiling
  private let second: UnsafeMutablePointer<Float>
  /// For each tile of rows how many of its chains are done.
  private let done: UnsafeMutablePointer<Atomic<Int>>

  /// Nothing where sums have one chain, or the operands stand transposed.
  init?(_ layout: MatrixLayout) {
    guard let middle = layout.middle, layout.a.column == 1, layout.b.column == 1 else { return nil }
    self.layout = layout
    self.middle = middle
    rows = Tiling(rows: layout.m)
    let room = layout.m * layout.n + Storage.slack / MemoryLayout<Float>.stride
    second = .allocate(capacity: room)
    second.initialize(repeating: 0, count: room)
    done = .allocate(capacity: rows.count)
    for tile in 0..<rows.count { (done + tile).initialize(to: Atomic(0)) }
  }

  deinit {
    second.deallocate()
    done.deinitialize(count: rows.count)
    done.deallocate()
  }

  func work() -> Work {
    Work(
      tiles: 2 * rows.count, accesses: [.whole, .whole, .whole], scratch: MatrixTile.scratch,
      failure: layout.earlyEnd?.failure
    ) { memory, tile in
      let (half, part) = tile.quotientAndRemainder(dividingBy: self.rows.count)
      let rows = self.rows.range(part)
      let c = memory.output(as: Float.self)
      self.layout.chains(
        memory.input(0, as: Float.self), memory.input(1, as: Float.self),
        half == 0 ? c : self.second, rows,
        over: half == 0 ? 0..<self.middle : self.middle..<self.layout.k, memory.scratch)
      if self.done[part].add(1, ordering: .acquiringAndReleasing).newValue == 2 {
        self.done[part].store(0, ordering: .relaxed)
        self.join(c, rows)
      }
    }
  }

  private func join(_ c: UnsafeMutablePointer<Float>, _ rows: Range<Int>) {
    for place in rows.lowerBound * layout.n..<rows.upperBound * layout.n {
      c[place] += second[place]
    }
  }
}
