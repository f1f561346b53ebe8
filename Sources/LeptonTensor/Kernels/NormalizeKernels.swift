/// A row brought to mean 0 and variance 1, or to a mean square of 1.
struct NormalizeKernel<T: Fraction> {
  let rows: Rows
  let settings: Normalization

  init(_ problem: Problem) {
    rows = Rows(problem.output.shape)
    settings = Normalization(problem.attributes)
  }

  func work() -> Work {
    let (rows, settings) = (rows, settings)
    let access = rows.access(T.self)
    return Work(tiles: rows.tiling.count, accesses: [access, access]) { memory, tile in
      for row in rows.tiling.range(tile) {
        let x = memory.input(0, as: T.self) + row * rows.width
        let y = memory.output(as: T.self) + row * rows.width
        let (mean, factor): (T, T) = settings.moments(x, rows.width)
        for index in 0..<rows.width { y[index] = (x[index] - mean) * factor }
      }
    }
  }
}

/// The gradient with respect to the row that was brought so: with x̂ the result and r the factor it is
/// `r (g − mean(g) − x̂ mean(g x̂))`, where mean(g) is left out unless the row was centred.
struct NormalizeSlopeKernel<T: Fraction> {
  let rows: Rows
  let settings: Normalization

  init(_ problem: Problem) {
    rows = Rows(problem.output.shape)
    settings = Normalization(problem.attributes)
  }

  func work() -> Work {
    let (rows, settings) = (rows, settings)
    let access = rows.access(T.self)
    return Work(tiles: rows.tiling.count, accesses: [access, access, access]) { memory, tile in
      let (width, share) = (rows.width, 1 / Double(max(rows.width, 1)))
      for row in rows.tiling.range(tile) {
        let x = memory.input(0, as: T.self) + row * width
        let g = memory.input(1, as: T.self) + row * width
        let y = memory.output(as: T.self) + row * width
        let (mean, factor): (T, T) = settings.moments(x, width)
        let level = settings.isCentred ? T(LaneSums.total(width) { g[$0] } * share) : 0
        let slant = LaneSums.total(width) { g[$0] * ((x[$0] - mean) * factor) } * share
        let tilt = T(slant) * factor
        for index in 0..<width {
          y[index] = ((g[index] - level) - (x[index] - mean) * tilt) * factor
        }
      }
    }
  }
}

/// How rows are normalised.
struct Normalization: Sendable {
  /// What is added to the variance.
  let epsilon: Double
  /// Whether the mean is taken away.
  let isCentred: Bool

  init(epsilon: Double, isCentred: Bool) {
    self.epsilon = epsilon
    self.isCentred = isCentred
  }

  init(_ attributes: Attributes) {
    epsilon = attributes.numbers.first ?? 0
    isCentred = attributes.sizes.first == 1
  }

  var attributes: Attributes { Attributes(sizes: [isCentred ? 1 : 0], numbers: [epsilon]) }

  /// The mean that is taken away and the factor 1 / √(variance + ε).
  @inline(__always)
  func moments<T: Fraction>(_ x: UnsafePointer<T>, _ count: Int) -> (mean: T, factor: T) {
    let share = 1 / Double(max(count, 1))
    let mean = isCentred ? T(LaneSums.total(count) { x[$0] } * share) : 0
    let square = LaneSums.total(count) { (x[$0] - mean) * (x[$0] - mean) } * share
    return (mean, T(1 / (square + epsilon).squareRoot()))
  }
}

extension Rows {
  /// What a tile touches of a tensor that has these rows.
  func access<T>(_ type: T.Type) -> Access {
    .tiled(bytes: tiling.rowsPerTile * width * MemoryLayout<T>.stride)
  }
}
