import CKernels
import LeptonTensor

/// Resamples pictures through affine maps and bends by bilinear interpolation; outside a picture all is 0.
///
/// A picture is first copied into a margin of zeros, one pixel before and two behind. Source
/// coordinates are then clamped into that frame, so the inner loop has no branch and reads nothing
/// outside it.
struct Warp: Sendable {
  let height: Int
  let width: Int
  let channels: Int
  /// What displaces pixels beside the map.
  let bend: Bend?

  /// Makes the resampling of pictures by an augmentation.
  ///
  /// - Throws: `TensorError` with code `shape/picture` for a shape that is neither `[height, width]` nor
  ///   `[height, width, channels]`, `value/range` for more pixels than can be counted.
  init(_ augmentation: Augmentation, picture shape: [Int]) throws {
    guard shape.count == 2 || shape.count == 3 else {
      throw TensorError(
        "shape/picture",
        "augmentation needs pictures [height, width] or [height, width, channels], not \(shape)",
        help: ["augment before flattening"])
    }
    let channels = shape.count == 3 ? shape[2] : 1
    guard shape.allSatisfy({ $0 <= Int32.max }),
      Warp.frameCount(shape[0], shape[1], channels) <= Int32.max
    else {
      throw TensorError("value/range", "a picture of shape \(shape) is too large to be changed")
    }
    self.init(augmentation, height: shape[0], width: shape[1], channels: channels)
  }

  init(_ augmentation: Augmentation, height: Int, width: Int, channels: Int) {
    self.height = height
    self.width = width
    self.channels = channels
    bend = augmentation.bend(height: height, width: width)
  }

  /// How many floats a picture takes.
  var count: Int { height * width * channels }

  /// How far rows of displacements lie apart.
  static func stride(_ width: Int) -> Int { (width + 7) / 8 * 8 }

  /// How many rows are displaced at a time.
  private static let strip = 32
  private var stripCount: Int { min(Warp.strip, height) * Warp.stride(width) }

  /// How many floats the frame of one picture takes.
  private var frameCount: Int { Warp.frameCount(height, width, channels) }
  private static func frameCount(_ height: Int, _ width: Int, _ channels: Int) -> Int {
    (height + 3).timesSaturated(width + 3).timesSaturated(channels)
  }

  /// How many floats of room a picture takes while it is resampled.
  var roomCount: Int {
    frameCount + (bend.map { 2 * stripCount + $0.roomCount(rows: Warp.strip) } ?? 0)
  }

  /// Writes the picture at `source`, as seen through the map, to `target`; the key is that of the
  /// picture's bend.
  func apply(
    _ map: AffineMap, bendKey: RandomKey, from source: UnsafePointer<Float>,
    to target: UnsafeMutablePointer<Float>, room: UnsafeMutablePointer<Float>
  ) {
    if map == .identity, bend == nil { return target.update(from: source, count: count) }
    fill(room, from: source)
    let back = map.inverse
    guard let bend else { return resample(0..<height, back, from: room, nil, to: target) }
    let (right, down) = (room + frameCount, room + frameCount + stripCount)
    let own = down + stripCount
    bend.draw(bendKey, room: own)
    for start in Swift.stride(from: 0, to: height, by: Warp.strip) {
      let rows = start..<min(start + Warp.strip, height)
      bend.fill(rows, right: right, down: down, room: own)
      resample(rows, back, from: room, (right, down), to: target)
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

  private func resample(
    _ rows: Range<Int>, _ back: AffineMap, from frame: UnsafePointer<Float>,
    _ moves: (right: UnsafeMutablePointer<Float>, down: UnsafeMutablePointer<Float>)?,
    to target: UnsafeMutablePointer<Float>
  ) {
    var picture = lk_picture(
      height: height, width: width, channels: channels, stride: Warp.stride(width))
    var map = lk_map(a: back.a, b: back.b, c: back.c, d: back.d, e: back.e, f: back.f)
    lk_resample(
      &picture, &map, rows.lowerBound, rows.upperBound, frame, moves?.right, moves?.down, target)
  }
}
