/// Convolution by plain loops, for any type and any sizes; each sum is taken in the order of the taps.
struct PlainConvolution<T: Arithmetic>: Sendable {
  let sizes: Convolution

  private var size: Int { MemoryLayout<T>.stride }
  private var filterRow: Int { sizes.groupInputs * sizes.outputs }

  /// The convolution itself, cut by examples.
  func forward() -> Work {
    byExamples(from: sizes.inputSizes, to: sizes.outputSizes) { x, w, y in
      forEachWindow { window, place, tap in
        let from = x + place * sizes.inputs
        let to = y + window * sizes.outputs
        forEachPair { input, output, weight in
          to[output] = T.plus(to[output], T.times(from[input], w[tap * filterRow + weight]))
        }
      }
    }
  }

  /// The gradient for the input, cut by examples.
  func input() -> Work {
    byExamples(from: sizes.outputSizes, to: sizes.inputSizes) { g, w, y in
      forEachWindow { window, place, tap in
        let from = g + window * sizes.outputs
        let to = y + place * sizes.inputs
        forEachPair { input, output, weight in
          to[input] = T.plus(to[input], T.times(from[output], w[tap * filterRow + weight]))
        }
      }
    }
  }

  /// The gradient for the filters, in one piece.
  func filters() -> Work {
    let (one, other) = (count(sizes.inputSizes), count(sizes.outputSizes))
    return Work(accesses: [.whole, .whole, .whole]) { memory, _ in
      let result = memory.output(as: T.self)
      result.update(repeating: T(converting: 0), count: sizes.taps * filterRow)
      for example in 0..<sizes.batch {
        let x = memory.input(0, as: T.self) + example * one
        let g = memory.input(1, as: T.self) + example * other
        forEachWindow { window, place, tap in
          let (from, slope) = (x + place * sizes.inputs, g + window * sizes.outputs)
          let to = result + tap * filterRow
          forEachPair { input, output, weight in
            to[weight] = T.plus(to[weight], T.times(from[input], slope[output]))
          }
        }
      }
    }
  }

  /// The elements of one example.
  private func count(_ shape: [Int]) -> Int { shape.dropFirst().reduce(1, *) }

  private func byExamples(
    from source: [Int], to target: [Int],
    _ body:
      @escaping @Sendable (
        UnsafeMutablePointer<T>, UnsafeMutablePointer<T>, UnsafeMutablePointer<T>
      ) -> Void
  ) -> Work {
    let tiling = Tiling(rows: sizes.batch)
    let (from, to) = (count(source), count(target))
    let tile = tiling.rowsPerTile * size
    return Work(
      tiles: tiling.count, accesses: [.tiled(bytes: tile * to), .tiled(bytes: tile * from), .whole]
    ) { memory, tile in
      for example in tiling.range(tile) {
        let result = memory.output(as: T.self) + example * to
        result.update(repeating: T(converting: 0), count: to)
        body(memory.input(0, as: T.self) + example * from, memory.input(1, as: T.self), result)
      }
    }
  }

  /// Visits each tap of each window that sees a place of the input.
  @inline(__always)
  private func forEachWindow(_ body: (_ window: Int, _ place: Int, _ tap: Int) -> Void) {
    let (rows, columns) = (sizes.rows, sizes.columns)
    for row in 0..<rows.output {
      for column in 0..<columns.output {
        for upper in rows.taps(of: row) {
          let line = rows.place(row, upper) * columns.input
          for left in columns.taps(of: column) {
            body(
              row * columns.output + column, line + columns.place(column, left),
              upper * columns.window + left)
          }
        }
      }
    }
  }

  /// Visits each pair of channels of one group, and the place of its weight among those of a tap.
  @inline(__always)
  private func forEachPair(_ body: (_ input: Int, _ output: Int, _ weight: Int) -> Void) {
    let (inputs, outputs) = (sizes.groupInputs, sizes.groupOutputs)
    for group in 0..<sizes.groups {
      for input in 0..<inputs {
        for output in group * outputs..<(group + 1) * outputs {
          body(group * inputs + input, output, input * sizes.outputs + output)
        }
      }
    }
  }
}
