/// Resamples pictures through affine maps and bends by bilinear interpolation; outside a picture all is 0.
///
/// A picture is first copied into a margin of zeros, one pixel before and two behind. Source
/// coordinates are then clamped into that frame, so the inner loop has no branch and reads nothing
/// outside it.
struct Warp {
  let height: Int
  let width: Int
  let channels: Int
  /// What displaces pixels beside the map.
  var bend: Bend?

  /// How many floats the frame of one picture takes.
  var frameCount: Int { (height + 3) * (width + 3) * channels }

  /// How many floats the frame of one picture and the displacements of a row take.
  var scratchCount: Int { frameCount + 2 * width + 2 * (bend?.grid ?? 0) }

  /// Writes the picture at `source`, as seen through the map, to `target`; with a bend each pixel is
  /// displaced by its `moves` besides.
  func apply(
    _ map: AffineMap, moves: [Float] = [], from source: UnsafePointer<Float>,
    to target: UnsafeMutablePointer<Float>, scratch: UnsafeMutablePointer<Float>
  ) {
    if map == .identity, moves.isEmpty {
      target.update(from: source, count: height * width * channels)
      return
    }
    let frame = scratch
    let right = scratch + frameCount
    let down = right + width
    right.update(repeating: 0, count: 2 * width)
    fill(frame, from: source)
    let back = map.inverse
    let (middleX, middleY) = (Double(width - 1) / 2, Double(height - 1) / 2)
    moves.withUnsafeBufferPointer { moves in
      for y in 0..<height {
        let v = Double(y) - middleY
        let startX = back.b * v + back.c + middleX - back.a * middleX
        let startY = back.e * v + back.f + middleY - back.d * middleX
        if let bend, let points = moves.baseAddress, moves.count == bend.count {
          bend.fill(right, down, row: y, points, down + width)
        }
        row(
          from: frame, to: target + (y * width * channels), x: Float(startX), y: Float(startY),
          stepX: Float(back.a), stepY: Float(back.d), right, down)
      }
    }
  }

  /// Copies a picture into the middle of its frame, whose margin is 0.
  private func fill(_ frame: UnsafeMutablePointer<Float>, from source: UnsafePointer<Float>) {
    let frameRow = (width + 3) * channels
    let row = width * channels
    frame.update(repeating: 0, count: frameCount)
    for y in 0..<height {
      (frame + ((y + 1) * frameRow + channels)).update(from: source + (y * row), count: row)
    }
  }

  /// Resamples one row of the target along a line through the source.
  @inline(__always)
  private func row(
    from frame: UnsafePointer<Float>, to target: UnsafeMutablePointer<Float>, x: Float, y: Float,
    stepX: Float, stepY: Float, _ right: UnsafePointer<Float>, _ down: UnsafePointer<Float>
  ) {
    let frameRow = (width + 3) * channels
    let (limitX, limitY) = (Float(width) + 1, Float(height) + 1)
    for column in 0..<width {
      // Frame coordinates: the picture begins at 1.
      let px = clamp(x + Float(column) * stepX + right[column] + 1, limitX)
      let py = clamp(y + Float(column) * stepY + down[column] + 1, limitY)
      let (left, top) = (Int32(px), Int32(py))
      let (fx, fy) = (px - Float(left), py - Float(top))
      let corner = frame + (Int(top) * frameRow + Int(left) * channels)
      let out = target + (column * channels)
      for channel in 0..<channels {
        let pixel = corner + channel
        let upper = pixel[0] + fx * (pixel[channels] - pixel[0])
        let lower =
          pixel[frameRow] + fx * (pixel[frameRow + channels] - pixel[frameRow])
        out[channel] = upper + fy * (lower - upper)
      }
    }
  }

  /// Holds a coordinate within [0, limit]; what is no number is 0.
  @inline(__always)
  private func clamp(_ value: Float, _ limit: Float) -> Float {
    value > 0 ? (value > limit ? limit : value) : 0
  }
}
