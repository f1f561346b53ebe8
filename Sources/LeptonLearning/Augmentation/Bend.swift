import LeptonTensor

/// Displacements of the pixels of a picture: a smooth field through the random moves of a few points.
///
/// The points stand in a grid over the picture; between them the field is a cubic B-spline, which is smooth
/// up to its second derivative, and nowhere larger than the moves of the points (after Simard and others
/// 2003, who smooth a move of each pixel).
struct Bend: Sendable {
  /// The most that a point moves along an axis, in pixels.
  let pixels: Double
  /// How many points there are along each axis.
  let grid: Int
  private let rows: [Weights]
  private let columns: [Weights]

  /// The four points that move a pixel along one axis, from the first on, and by what share.
  private struct Weights {
    let first: Int
    let shares: SIMD4<Float>

    init(place: Int, of size: Int, grid: Int) {
      let along = size > 1 ? Float(place) / Float(size - 1) * Float(grid - 3) : 0
      first = min(Int(along), grid - 4)
      let t = along - Float(first)
      let s = 1 - t
      let second: Float = (3 * t - 6) * t * t + 4
      let third: Float = (3 * s - 6) * s * s + 4
      shares = SIMD4<Float>(s * s * s, second, third, t * t * t) / 6
    }
  }

  init(pixels: Double, grid: Int, height: Int, width: Int) {
    self.pixels = pixels
    self.grid = grid
    rows = (0..<height).map { Weights(place: $0, of: height, grid: grid) }
    columns = (0..<width).map { Weights(place: $0, of: width, grid: grid) }
  }

  /// How many numbers a field takes: for each point its move to the right, then down.
  var count: Int { 2 * grid * grid }

  /// The moves of the points of one picture.
  func moves(_ key: RandomKey) throws -> [Float] {
    try key.uniform([count], from: -pixels, to: pixels).elements(as: Float.self)
  }

  /// Writes the displacements of the pixels of a row, to the right and down.
  func fill(
    _ right: UnsafeMutablePointer<Float>, _ down: UnsafeMutablePointer<Float>, row: Int,
    _ moves: UnsafePointer<Float>, _ scratch: UnsafeMutablePointer<Float>
  ) {
    let (weights, plane) = (rows[row], grid * grid)
    let start = moves + weights.first * grid
    let (across, along) = (scratch, scratch + grid)
    for column in 0..<grid {
      across[column] = sum(start + column, by: grid, weights.shares)
      along[column] = sum(start + (plane + column), by: grid, weights.shares)
    }
    columns.withUnsafeBufferPointer { columns in
      for x in columns.indices {
        right[x] = sum(across + columns[x].first, by: 1, columns[x].shares)
        down[x] = sum(along + columns[x].first, by: 1, columns[x].shares)
      }
    }
  }

  @inline(__always)
  private func sum(
    _ values: UnsafePointer<Float>, by stride: Int, _ shares: SIMD4<Float>
  ) -> Float {
    let products =
      SIMD4(values[0], values[stride], values[2 * stride], values[3 * stride]) * shares
    return (products.x + products.y) + (products.z + products.w)
  }
}
