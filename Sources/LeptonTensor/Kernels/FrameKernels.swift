import Glibc

/// Copies overlapping pieces of lines.
enum FrameWork {
  static func frames(_ problem: Problem) -> Work {
    let (x, y) = (problem.inputs[0].shape, problem.output.shape)
    let (count, size) = (y[y.rank - 2], y[y.rank - 1])
    let (length, step) = (x[x.rank - 1], problem.attributes.steps[0])
    let bytes = problem.output.elementType.byteCount
    let tiling = Tiling(
      rows: count == 0 ? 0 : y.count / size, rowsPerTile: max(1, (1 << 14) / size))
    return Work(
      tiles: tiling.count, accesses: [.tiled(bytes: tiling.rowsPerTile * size * bytes), .whole]
    ) { memory, tile in
      for row in tiling.range(tile) {
        let start = row / count * length + row % count * step
        memcpy(memory.output + row * size * bytes, memory.input(0) + start * bytes, size * bytes)
      }
    }
  }
}

/// Adds pieces up where they lie, a stretch of a line at a time.
enum OverlapWork: TypedKernel {
  private static let stretch = 1 << 13

  static func work<T: Arithmetic>(_ type: T.Type, _ problem: Problem) -> Work {
    let shape = problem.inputs[0].shape
    let (count, size) = (shape[shape.rank - 2], shape[shape.rank - 1])
    let (length, step) = (problem.attributes.sizes[0], problem.attributes.steps[0])
    let stretches = (length + stretch - 1) / stretch
    let lines = problem.output.shape.sizes.dropLast().reduce(1, *)
    let tiling = Tiling(rows: lines * stretches, rowsPerTile: 1)
    return Work(tiles: tiling.count, accesses: [.whole, .whole]) { memory, tile in
      for piece in tiling.range(tile) {
        let (line, start) = (piece / stretches, piece % stretches * stretch)
        let places = start..<min(start + stretch, length)
        let y = memory.output(as: T.self) + line * length
        (y + start).update(repeating: T(converting: 0), count: places.count)
        var frame = max(0, (start - size) / step)
        while frame < count, frame * step < places.upperBound {
          let x = memory.input(0, as: T.self) + (line * count + frame) * size
          let from = frame * step
          let own = places.clamped(to: from..<from + size)
          for place in own { y[place] = T.plus(y[place], x[place - from]) }
          frame += 1
        }
      }
    }
  }
}
