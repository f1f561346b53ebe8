import CKernels
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
  private let width: Int
  /// For each row the first of the four points that move it, and the share of each.
  private let rowFirsts: [Int32]
  private let rowShares: [Float]
  /// For each column, and on to a multiple of eight, the first of its four points.
  private let firsts: [Int32]
  /// The shares of eight columns in their first points, then in their second, third and fourth.
  private let shares: [Float]

  init(pixels: Double, grid: Int, height: Int, width: Int) {
    let grid = max(grid, 4)
    self.pixels = pixels
    self.grid = grid
    self.width = width
    let rows = (0..<height).map { Weights(place: $0, of: height, grid: grid) }
    rowFirsts = rows.map(\.first)
    rowShares = rows.flatMap { weights in (0..<4).map { weights.shares[$0] } }
    let columns = (0..<Warp.stride(width)).map {
      Weights(place: min($0, width - 1), of: width, grid: grid)
    }
    firsts = columns.map(\.first)
    shares = stride(from: 0, to: columns.count, by: 8).flatMap { start in
      (0..<4).flatMap { point in columns[start..<start + 8].map { $0.shares[point] } }
    }
  }

  /// The four points that move a pixel along one axis, from the first on, and by what share.
  private struct Weights {
    let first: Int32
    let shares: SIMD4<Float>

    init(place: Int, of size: Int, grid: Int) {
      let along = size > 1 ? Float(place) / Float(size - 1) * Float(grid - 3) : 0
      let first = min(Int(along), grid - 4)
      let t = along - Float(first)
      let s = 1 - t
      let second: Float = (3 * t - 6) * t * t + 4
      let third: Float = (3 * s - 6) * s * s + 4
      self.first = Int32(first)
      shares = SIMD4<Float>(s * s * s, second, third, t * t * t) / 6
    }
  }

  /// How many moves a field takes: for each point one to the right, then for each one down.
  private var moveCount: Int { 2 * grid * grid }

  /// How many floats of room ``fill(_:right:down:room:)`` needs for so many rows.
  func roomCount(rows: Int) -> Int { moveCount + 8 + rows * ((grid + 7) / 8 * 8 + 8) }

  /// Draws the moves of the points of one picture, into the beginning of the room.
  func draw(_ key: RandomKey, room: UnsafeMutablePointer<Float>) {
    let moves = UnsafeMutableBufferPointer(start: room, count: moveCount)
    key.fill(moves, from: -pixels, to: pixels)
    (room + moveCount).update(repeating: 0, count: 8)
  }

  /// Writes the displacements of the pixels of some rows, by the moves in the beginning of the room.
  func fill(
    _ rows: Range<Int>, right: UnsafeMutablePointer<Float>, down: UnsafeMutablePointer<Float>,
    room: UnsafeMutablePointer<Float>
  ) {
    let points = room + moveCount + 8
    withSpline { spline in
      lk_bend(spline, rows.lowerBound, rows.upperBound, room, points, right)
      lk_bend(spline, rows.lowerBound, rows.upperBound, room + moveCount / 2, points, down)
    }
  }

  private func withSpline(_ body: (UnsafePointer<lk_spline>) -> Void) {
    rowFirsts.withUnsafeBufferPointer { rowFirsts in
      firsts.withUnsafeBufferPointer { firsts in
        rowShares.withUnsafeBufferPointer { rowShares in
          shares.withUnsafeBufferPointer { shares in
            var spline = lk_spline(
              grid: grid, width: width, stride: Warp.stride(width),
              row_firsts: rowFirsts.baseAddress, firsts: firsts.baseAddress,
              row_shares: rowShares.baseAddress, shares: shares.baseAddress)
            body(&spline)
          }
        }
      }
    }
  }
}
