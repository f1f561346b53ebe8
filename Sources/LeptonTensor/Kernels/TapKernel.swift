import CKernels

/// Sums over taps for float32: a convolution or its transposition, without a matrix of patches.
///
/// Columns are taken in panels of as many as two vectors hold. Filters are first packed panel by panel, rows
/// in the order of the sums, unless they stand in this order and packing would not pay; then each row of
/// outputs of each example is one call. Work is cut by examples, and few examples by rows too.
final class TapKernel: @unchecked Sendable {
  /// The floats of packed filters that are made ready at a time.
  private static let packLimit = 1 << 18
  /// The floats of a strip of the source.
  private static let stripLimit = 1 << 14

  /// The outputs whose taps lie alike, with their taps as the kernel takes them.
  private struct Part {
    let firstRow: Int
    let rows: Int
    let firstColumn: Int
    let columns: Int
    let taps: Range<Int>
    /// The rows of packed filters before those of this part.
    let packed: Int
  }

  /// Columns of one group that are computed together.
  private struct Panel {
    let group: Int
    let first: Int
    let width: Int
    /// The floats between rows of filters, and before the first of them if they are packed.
    let step: Int
    let packed: Int

    /// The floats of packed filters up to its end, of so many rows.
    func end(_ depth: Int) -> Int { packed + depth * step }
  }

  private let plan: TapPlan
  private let tiling: Tiling
  /// The rows of outputs of an example; cut where there are few examples.
  private let lines: Tiling
  private let isWide: Bool
  /// Whether filters are used as they stand.
  private let isDirect: Bool
  private let strip: PictureStrip
  private let stripRows: Int
  private let parts: FixedTable<Part>
  private let taps: FixedTable<lk_tap>
  /// The taps of the filters in the order of the sums.
  private let order: FixedTable<Int>
  private let panels: FixedTable<Panel>
  /// The panels whose filters are packed together.
  private let rounds: FixedTable<Range<Int>>
  private let packedCount: Int

  init(_ plan: TapPlan, batch: Int, isWide: Bool) {
    self.plan = plan
    self.isWide = isWide
    let lines = TapKernel.lines(plan, batch: batch)
    self.lines = lines
    tiling = lines.count > 1 ? Tiling(rows: batch, rowsPerTile: 1) : Tiling(rows: batch)
    let (rows, columns) = (plan.rows, plan.columns)
    let width = plan.source.columns + columns.before + columns.after
    let height = TapKernel.stripLimit / max(width * plan.source.channels, 1)
    stripRows = min(max((height - rows.reach) / rows.step + 1, 1), max(lines.rowsPerTile, 1))
    strip = PictureStrip(
      rows: plan.source.rows, columns: plan.source.columns, channels: plan.source.channels,
      margins: (rows.before, columns.before, rows.after, columns.after),
      height: (stripRows - 1) * rows.step + rows.reach)
    let sums = TapKernel.parts(plan, row: strip.row)
    parts = FixedTable(sums.parts)
    taps = FixedTable(sums.taps)
    order = FixedTable(sums.order)
    let depth = sums.order.count * (plan.isDepthwise ? 1 : plan.inner)
    let (panels, rounds) = TapKernel.panels(plan, depth: depth, lanes: isWide ? 16 : 8)
    isDirect =
      plan.filter.column == 1 && sums.order == Array(0..<sums.order.count)
      && (panels.count == 1 || batch <= TapKernel.few)
    self.panels = FixedTable(panels)
    self.rounds = FixedTable(rounds)
    packedCount = isDirect ? 0 : panels.reduce(0) { max($0, $1.end(depth)) } + 16
  }

  deinit {
    parts.free()
    taps.free()
    order.free()
    panels.free()
    rounds.free()
  }

  /// Whether the scratch memory has a moderate size; else plain loops do.
  var isModerate: Bool { packedCount + strip.count <= 1 << 25 }

  /// The kernel as work, cut by examples.
  func work() -> Work {
    let from = plan.source.rows * plan.source.columns * plan.source.channels * 4
    let to = plan.output.rows * plan.output.columns * plan.output.channels * 4
    let rows = tiling.rowsPerTile
    let isCut = lines.count > 1
    return Work(
      tiles: tiling.count * lines.count,
      accesses: isCut
        ? [.whole, .whole, .whole]
        : [.tiled(bytes: rows * to), .tiled(bytes: rows * from), .whole],
      scratch: (packedCount + strip.count) * 4
    ) { memory, tile in
      let (examples, part) = tile.quotientAndRemainder(dividingBy: self.lines.count)
      self.run(
        memory, self.tiling.range(examples), self.lines.range(part), from: from, to: to)
    }
  }

  private func run(
    _ memory: Operands, _ examples: Range<Int>, _ lines: Range<Int>, from: Int, to: Int
  ) {
    let filters = memory.input(1, as: Float.self)
    let packed = memory.scratch.assumingMemoryBound(to: Float.self)
    let margin = packed + packedCount
    strip.clear(margin)
    for round in 0..<rounds.count {
      let members = rounds[round]
      if !isDirect {
        for index in members { pack(filters, panels[index], packed + panels[index].packed) }
      }
      for example in examples {
        let picture = (memory.input(0) + example * from).assumingMemoryBound(to: Float.self)
        let result = (memory.output + example * to).assumingMemoryBound(to: Float.self)
        for start in stride(from: lines.lowerBound, to: lines.upperBound, by: stripRows) {
          let end = min(start + stripRows, lines.upperBound)
          let source = strip.lay(
            picture, from: start * plan.rows.step,
            height: (end - start - 1) * plan.rows.step + plan.rows.reach, in: margin)
          for index in members {
            let panel = panels[index]
            let rows = isDirect ? firstRow(of: filters, panel) : packed + panel.packed
            strip(source, rows, result, panel, start..<end)
          }
        }
      }
    }
  }

  /// The outputs of a strip in the columns of a panel.
  private func strip(
    _ source: UnsafeMutablePointer<Float>, _ filters: UnsafeMutablePointer<Float>,
    _ result: UnsafeMutablePointer<Float>, _ panel: Panel, _ lines: Range<Int>
  ) {
    let from = source + panel.group * plan.inner
    let to = result + panel.group * plan.width + panel.first
    let (step, channels) = (plan.columns.step * plan.source.channels, plan.output.channels)
    let filterStep = isDirect ? channels : panel.step
    for index in 0..<parts.count {
      let part = parts[index]
      guard let taps = taps.pointer else { continue }
      for line in lines.lowerBound..<max(lines.lowerBound, min(lines.upperBound, part.rows)) {
        let place =
          (part.firstRow + line * plan.rows.outputStep) * plan.output.columns + part.firstColumn
        call(
          from + (line - lines.lowerBound) * plan.rows.step * strip.row, step,
          filters + part.packed * filterStep, filterStep, taps + part.taps.lowerBound,
          part.taps.count, to + place * channels, plan.columns.outputStep * channels,
          part.columns, panel.width)
      }
    }
  }

  @inline(__always)
  private func call(
    _ x: UnsafePointer<Float>, _ xstep: Int, _ w: UnsafePointer<Float>, _ wstep: Int,
    _ taps: UnsafePointer<lk_tap>, _ count: Int, _ y: UnsafeMutablePointer<Float>, _ ystep: Int,
    _ positions: Int, _ width: Int
  ) {
    switch (plan.isDepthwise, isWide) {
    case (false, true):
      lk_wide_taps(x, xstep, w, wstep, taps, count, y, ystep, positions, width)
    case (false, false):
      lk_narrow_taps(x, xstep, w, wstep, taps, count, y, ystep, positions, width)
    case (true, true):
      lk_wide_depth_taps(x, xstep, w, wstep, taps, count, y, ystep, positions, width)
    case (true, false):
      lk_narrow_depth_taps(x, xstep, w, wstep, taps, count, y, ystep, positions, width)
    }
  }

  /// The first row of the filters of a panel as they stand.
  private func firstRow(
    of filters: UnsafeMutablePointer<Float>, _ panel: Panel
  ) -> UnsafeMutablePointer<Float> {
    filters + panel.group * plan.filterGroup + panel.first
  }

  /// Writes the filters of a panel row by row in the order of the sums, zeros where there are no columns.
  private func pack(
    _ filters: UnsafePointer<Float>, _ panel: Panel, _ target: UnsafeMutablePointer<Float>
  ) {
    let inner = plan.isDepthwise ? 1 : plan.inner
    let (across, along) = plan.isDepthwise ? (0, 1) : plan.filter
    var row = target
    for index in 0..<order.count {
      let start =
        filters + order[index] * plan.filterTap + panel.group * plan.filterGroup
        + panel.first * along
      for place in 0..<inner {
        let line = start + place * across
        for column in 0..<panel.width { row[column] = line[column * along] }
        for column in panel.width..<panel.step { row[column] = 0 }
        row += panel.step
      }
    }
  }
}

extension TapKernel {
  /// The most examples that are cut by rows.
  private static let few = 16
  /// Multiply-adds that are worth a tile of their own.
  private static let tileWork = 1 << 15

  /// The rows of outputs, cut where there are too few examples for all threads.
  private static func lines(_ plan: TapPlan, batch: Int) -> Tiling {
    let rows = max(plan.rows.count, 1)
    let whole = Tiling(rows: rows, rowsPerTile: rows)
    guard batch <= few, plan.rows.parts.count == 1 else { return whole }
    let taps = plan.columns.parts.reduce(0) { $0 + $1.count * $1.taps.count } * plan.rows.reach
    let work = max(taps * plan.output.channels * (plan.isDepthwise ? 1 : plan.inner), 1)
    let worthy = rows / min(max(tileWork / work, 1), rows)
    // As many for each of two threads.
    let parts = worthy > 1 ? worthy + worthy % 2 : 1
    return Tiling(rows: rows, rowsPerTile: (rows + parts - 1) / parts)
  }

  /// The parts of the outputs, and the taps of all of them; taps that are neighbours become one run.
  private static func parts(
    _ plan: TapPlan, row width: Int
  ) -> (parts: [Part], taps: [lk_tap], order: [Int]) {
    var parts: [Part] = []
    var taps: [lk_tap] = []
    var order: [Int] = []
    let channels = plan.source.channels
    let inner = plan.isDepthwise ? 1 : plan.inner
    for row in plan.rows.parts {
      for column in plan.columns.parts {
        let first = (taps: taps.count, order: order.count)
        for upper in row.taps {
          for left in column.taps {
            order.append(upper.tap * plan.filterWidth + left.tap)
            let place = upper.offset * width + left.offset * channels
            if taps.count > first.taps, inner == channels, taps[taps.count - 1].end == place {
              taps[taps.count - 1].length += inner
            } else {
              taps.append(lk_tap(x: place, length: inner))
            }
          }
        }
        parts.append(
          Part(
            firstRow: row.first, rows: row.count, firstColumn: column.first, columns: column.count,
            taps: first.taps..<taps.count, packed: first.order * inner))
      }
    }
    return (parts, taps.isEmpty ? [lk_tap(x: 0, length: 0)] : taps, order)
  }

  /// The panels of all groups, and rounds of them whose packed filters fit the cache.
  private static func panels(
    _ plan: TapPlan, depth: Int, lanes: Int
  ) -> (panels: [Panel], rounds: [Range<Int>]) {
    var panels: [Panel] = []
    var rounds: [Range<Int>] = []
    var first = 0
    func add(_ group: Int, _ column: Int, _ width: Int, _ step: Int) {
      var packed = panels.count > first ? panels[panels.count - 1].end(depth) : 0
      if packed > 0 && packed + depth * step > packLimit {
        rounds.append(first..<panels.count)
        (first, packed) = (panels.count, 0)
      }
      panels.append(Panel(group: group, first: column, width: width, step: step, packed: packed))
    }
    if plan.isDepthwise {
      let channels = plan.output.channels
      add(0, 0, channels, (channels + lanes - 1) / lanes * lanes)
    } else {
      for group in 0..<plan.groups {
        for column in stride(from: 0, to: plan.width, by: 2 * lanes) {
          let width = min(2 * lanes, plan.width - column)
          add(group, column, width, width > lanes ? 2 * lanes : lanes)
        }
      }
    }
    return (panels, rounds + [first..<panels.count])
  }
}

extension lk_tap {
  /// The place behind the run.
  fileprivate var end: Int { x + length }
}

/// The convolution.
enum ConvolutionWork: ConvolutionKernel {
  static func single(_ sizes: Convolution) -> Work {
    let kernel = TapKernel(
      TapPlan(forward: sizes.flattened), batch: sizes.batch, isWide: Processor.isWide)
    return kernel.isModerate ? kernel.work() : plain(sizes, Float.self)
  }

  static func plain<T: Arithmetic>(_ sizes: Convolution, _ type: T.Type) -> Work {
    PlainConvolution<T>(sizes: sizes).forward()
  }
}

/// The transposed convolution.
enum ConvolutionInputWork: ConvolutionKernel {
  static func single(_ sizes: Convolution) -> Work {
    let kernel = TapKernel(
      TapPlan(transposed: sizes.flattened), batch: sizes.batch, isWide: Processor.isWide)
    return kernel.isModerate ? kernel.work() : plain(sizes, Float.self)
  }

  static func plain<T: Arithmetic>(_ sizes: Convolution, _ type: T.Type) -> Work {
    PlainConvolution<T>(sizes: sizes).input()
  }
}
