import Synchronization

/// The fold of few long lines of neighbours, whose blocks threads share.
///
/// Each tile folds some blocks, and whoever ends the last of them joins all blocks of a line in
/// order. So the result is, bit by bit, that of going along the lines.
final class LongFold<T: Arithmetic, F: Fold>: @unchecked Sendable {
  private let lines: Lines
  /// The blocks of a line.
  private let blocks: Int
  /// The cut of all blocks.
  private let tiling: Tiling
  private let folded: UnsafeMutablePointer<T>
  /// How many tiles of a run are done.
  private let done = Atomic(0)

  private static var blockSize: Int { FoldKernel<T, F>.blockSize }
  /// The blocks of a line that is worth cutting.
  private static var many: Int { 8 }

  /// Nothing for lines that are not long.
  init?(_ lines: Lines) {
    guard lines.length >= Self.many * Self.blockSize else { return nil }
    self.lines = lines
    blocks = (lines.length + Self.blockSize - 1) / Self.blockSize
    let count = lines.outer * blocks
    tiling = Tiling(rows: count, rowsPerTile: (count + 31) / 32)
    folded = .allocate(capacity: count)
    folded.initialize(repeating: F.start(T.self), count: count)
  }

  deinit { folded.deallocate() }

  func work() -> Work {
    let bytes = tiling.rowsPerTile * Self.blockSize * MemoryLayout<T>.stride
    return Work(
      tiles: tiling.count, accesses: [.whole, lines.outer == 1 ? .tiled(bytes: bytes) : .whole]
    ) { memory, tile in
      self.fold(memory.input(0, as: T.self), self.tiling.range(tile))
      let ended = self.done.add(1, ordering: .acquiringAndReleasing).newValue
      if ended == self.tiling.count {
        self.done.store(0, ordering: .relaxed)
        self.join(memory.output(as: T.self))
      }
    }
  }

  private func fold(_ x: UnsafePointer<T>, _ range: Range<Int>) {
    for number in range {
      let (line, block) = number.quotientAndRemainder(dividingBy: blocks)
      let start = block * Self.blockSize
      folded[number] = FoldKernel<T, F>.block(
        x + (line * lines.length + start), min(Self.blockSize, lines.length - start))
    }
  }

  private func join(_ y: UnsafeMutablePointer<T>) {
    for line in 0..<lines.outer {
      var joined = JoinedBlocks<T, F>()
      for block in 0..<blocks { joined.add(folded[line * blocks + block]) }
      y[line] = joined.result
    }
  }
}
