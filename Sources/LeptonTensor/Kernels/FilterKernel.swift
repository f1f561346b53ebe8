import CKernels

/// The gradient of filters for float32: each element is one sum over all examples and places in order.
///
/// Work is cut by rows of the filters `[height · width · inputs, outputs]`. Where a row of the filters'
/// inputs is long enough, blocks of its channels run over the places that their tap sees, without a
/// copy; else blocks run over several taps of a copy with margins.
final class FilterKernel: @unchecked Sendable {
  /// The floats of a strip of the input.
  private static let stripLimit = 1 << 15

  /// Rows of the filters that one call adds up.
  private struct Block {
    let row: Int
    let count: Int
    /// Where x and g begin.
    let x: Int
    let g: Int
    var pairs: lk_pairs
  }

  private let sizes: Convolution
  private let isWide: Bool
  private let lanes: Int
  private let tiling: Tiling
  private let blocks: FixedTable<Block>
  /// The blocks of each tile.
  private let tiles: FixedTable<Range<Int>>
  /// Where each row of the filters finds its input in the copy.
  private let offsets: FixedTable<Int>
  private let isDirect: Bool
  private let strip: PictureStrip
  private let stripRows: Int

  init(_ sizes: Convolution, isWide: Bool) {
    self.sizes = sizes
    self.isWide = isWide
    lanes = isWide ? 16 : 8
    let count = sizes.taps * sizes.groupInputs
    isDirect = !sizes.isDepthwise && sizes.groupInputs >= 4
    tiling = Tiling(rows: count, rowsPerTile: sizes.isDepthwise ? max(count, 1) : 24)
    let (rows, columns) = (sizes.rows, sizes.columns)
    let bottom = max(0, (rows.output - 1) * rows.stride + rows.reach - rows.before - rows.input)
    let right = max(
      0, (columns.output - 1) * columns.stride + columns.reach - columns.before - columns.input)
    let width = (columns.input + columns.before + right) * sizes.inputs
    let lines = FilterKernel.stripLimit / max(width, 1)
    let most =
      rows.before + bottom + columns.before + right > 0
      ? min(max((lines - rows.reach) / rows.stride + 1, 1), rows.output) : rows.output
    stripRows = isDirect ? rows.output : most
    strip = PictureStrip(
      rows: rows.input, columns: columns.input, channels: sizes.inputs,
      margins: isDirect ? (0, 0, 0, 0) : (rows.before, columns.before, bottom, right),
      height: (stripRows - 1) * rows.stride + rows.reach)
    let line = strip.row
    offsets = FixedTable(
      (0..<count).map { row in
        let (tap, channel) = row.quotientAndRemainder(dividingBy: sizes.groupInputs)
        let (upper, left) = tap.quotientAndRemainder(dividingBy: columns.window)
        return upper * rows.dilation * line + left * columns.dilation * sizes.inputs + channel
      })
    let isPaired = !sizes.isDepthwise && sizes.groupOutputs > lanes
    let maker = BlockMaker(sizes: sizes, row: line, limit: isPaired && !isWide ? 6 : 12)
    var blocks: [Block] = []
    var tiles: [Range<Int>] = []
    for tile in 0..<tiling.count {
      let first = blocks.count
      blocks += isDirect ? maker.direct(tiling.range(tile)) : maker.tabled(tiling.range(tile))
      tiles.append(first..<blocks.count)
    }
    self.blocks = FixedTable(blocks)
    self.tiles = FixedTable(tiles)
  }

  deinit {
    blocks.free()
    tiles.free()
    offsets.free()
  }

  /// Whether the scratch memory has a moderate size; else plain loops do.
  var isModerate: Bool { strip.count <= 1 << 25 }

  /// The kernel as work, cut by rows of the filters.
  func work() -> Work {
    Work(
      tiles: tiling.count,
      accesses: [.tiled(bytes: tiling.rowsPerTile * sizes.outputs * 4), .whole, .whole],
      scratch: strip.count * 4
    ) { memory, tile in self.run(memory, tile) }
  }

  private func run(_ memory: Operands, _ tile: Int) {
    let range = tiling.range(tile)
    let result = memory.output(as: Float.self)
    let margin = memory.scratch.assumingMemoryBound(to: Float.self)
    strip.clear(margin)
    if sizes.batch == 0 {
      (result + range.lowerBound * sizes.outputs).update(
        repeating: 0, count: range.count * sizes.outputs)
    }
    let (rows, columns) = (sizes.rows, sizes.columns)
    let from = rows.input * columns.input * sizes.inputs
    let to = rows.output * columns.output * sizes.outputs
    for example in 0..<sizes.batch {
      let picture = memory.input(0, as: Float.self) + example * from
      let slope = memory.input(1, as: Float.self) + example * to
      for start in stride(from: 0, to: rows.output, by: stripRows) {
        let end = min(start + stripRows, rows.output)
        let source =
          isDirect
          ? picture
          : strip.lay(
            picture, from: start * rows.stride,
            height: (end - start - 1) * rows.stride + rows.reach, in: margin)
        add(
          tile, source, slope + start * columns.output * sizes.outputs, result, end - start,
          adds: example > 0 || start > 0)
      }
    }
  }

  /// Adds what a strip of an example gives.
  private func add(
    _ tile: Int, _ x: UnsafeMutablePointer<Float>, _ g: UnsafeMutablePointer<Float>,
    _ result: UnsafeMutablePointer<Float>, _ lines: Int, adds: Bool
  ) {
    let outputs = sizes.outputs
    for group in 0..<(sizes.isDepthwise ? 1 : sizes.groups) {
      let (from, to) = (group * sizes.groupInputs, group * sizes.groupOutputs)
      let width = sizes.isDepthwise ? outputs : sizes.groupOutputs
      for first in stride(from: 0, to: width, by: sizes.isDepthwise ? width : 2 * lanes) {
        let columns = sizes.isDepthwise ? width : min(2 * lanes, width - first)
        for index in tiles[tile] {
          let block = blocks[index]
          var pairs = block.pairs
          if !isDirect { pairs.rows = lines }
          call(
            &pairs, x + block.x + from, g + block.g + to + first,
            result + block.row * outputs + to + first, block, columns, adds ? 1 : 0)
        }
      }
    }
  }

  @inline(__always)
  private func call(
    _ pairs: inout lk_pairs, _ x: UnsafePointer<Float>, _ g: UnsafePointer<Float>,
    _ s: UnsafeMutablePointer<Float>, _ block: Block, _ width: Int, _ adds: Int32
  ) {
    let table = isDirect ? nil : offsets.pointer.map { $0 + block.row }
    let (step, count) = (sizes.outputs, block.count)
    switch (sizes.isDepthwise, isWide) {
    case (false, true): lk_wide_filter(&pairs, x, table, g, s, step, count, width, adds)
    case (false, false): lk_narrow_filter(&pairs, x, table, g, s, step, count, width, adds)
    case (true, true): lk_wide_depth_filter(&pairs, x, table, g, s, step, count, width, adds)
    case (true, false): lk_narrow_depth_filter(&pairs, x, table, g, s, step, count, width, adds)
    }
  }
}

extension FilterKernel {
  /// Cuts rows of the filters into blocks of about one size.
  private struct BlockMaker {
    let sizes: Convolution
    /// The floats between rows of the input.
    let row: Int
    let limit: Int

    /// Blocks of channels of one tap each, over the places that the tap sees.
    func direct(_ range: Range<Int>) -> [Block] {
      var blocks: [Block] = []
      var start = range.lowerBound
      while start < range.upperBound {
        let (tap, channel) = start.quotientAndRemainder(dividingBy: sizes.groupInputs)
        let end = min(range.upperBound, start - channel + sizes.groupInputs)
        for part in cut(start..<end) {
          blocks.append(block(tap, part, channel: channel + part.lowerBound - start))
        }
        start = end
      }
      return blocks
    }

    /// Blocks over any taps; a call says how many rows of windows it adds up.
    func tabled(_ range: Range<Int>) -> [Block] {
      cut(range).map {
        Block(
          row: $0.lowerBound, count: $0.count, x: 0, g: 0, pairs: pairs(0, sizes.columns.output))
      }
    }

    private func block(_ tap: Int, _ part: Range<Int>, channel: Int) -> Block {
      let (upper, left) = tap.quotientAndRemainder(dividingBy: sizes.columns.window)
      let lines = sizes.rows.outputs(seenBy: upper)
      let places = sizes.columns.outputs(seenBy: left)
      guard !lines.isEmpty, !places.isEmpty else {
        return Block(row: part.lowerBound, count: part.count, x: 0, g: 0, pairs: pairs(0, 0))
      }
      let (line, place) = (lines.lowerBound, places.lowerBound)
      return Block(
        row: part.lowerBound, count: part.count,
        x: sizes.rows.place(line, upper) * row + sizes.columns.place(place, left) * sizes.inputs
          + channel,
        g: (line * sizes.columns.output + place) * sizes.outputs,
        pairs: pairs(lines.count, places.count))
    }

    private func pairs(_ lines: Int, _ places: Int) -> lk_pairs {
      lk_pairs(
        rows: lines, positions: places, xrow: sizes.rows.stride * row,
        xstep: sizes.columns.stride * sizes.inputs, grow: sizes.columns.output * sizes.outputs,
        gstep: sizes.outputs)
    }

    private func cut(_ range: Range<Int>) -> [Range<Int>] {
      let parts = (range.count + limit - 1) / limit
      return (0..<parts).map { part in
        let start = range.lowerBound + range.count * part / parts
        return start..<range.lowerBound + range.count * (part + 1) / parts
      }
    }
  }
}

/// The gradient for the filters.
enum ConvolutionFiltersWork: ConvolutionKernel {
  static func single(_ sizes: Convolution) -> Work {
    let kernel = FilterKernel(sizes.flattened, isWide: Processor.isWide)
    return kernel.isModerate ? kernel.work() : plain(sizes, Float.self)
  }

  static func plain<T: Arithmetic>(_ sizes: Convolution, _ type: T.Type) -> Work {
    PlainConvolution<T>(sizes: sizes).filters()
  }
}
