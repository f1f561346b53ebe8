import Glibc
import LeptonTensor

/// A picture mixed with another one, and its target alike: mixup (Zhang and others 2018) lays one over
/// the other, cutmix (Yun and others 2019) puts a rectangle of one into the other.
struct Mixing: Sendable {
  private let alpha: Double
  /// Whether rectangles are put in, and pictures are not laid over each other.
  private let isCut: Bool

  /// The last mixing of an augmentation, if there is one.
  init?(_ augmentation: Augmentation) {
    let found = augmentation.steps.compactMap { step -> (Double, Bool)? in
      switch step {
      case .mixUp(let alpha): (alpha, false)
      case .cutMix(let alpha): (alpha, true)
      default: nil
      }
    }
    guard let (alpha, isCut) = found.last else { return nil }
    self.alpha = alpha
    self.isCut = isCut
  }

  /// What one picture is mixed with, and how.
  struct Draw: Sendable {
    /// The other picture, by its place among those that may be.
    let other: Int
    /// The share of the picture itself.
    let share: Double
    /// The middle of a rectangle, as shares of height and width.
    let middle: (y: Double, x: Double)
  }

  /// Draws for one of so many pictures by the key of the epoch.
  func draw(_ key: RandomKey, picture: Int, of count: Int) -> Draw {
    let width = 3 + 2 * Self.tries
    return withUnsafeTemporaryAllocation(of: Float.self, capacity: width) { numbers in
      key.folded("mixing").fill(numbers, at: picture * width)
      return Draw(
        other: min(Int(Double(numbers[0]) * Double(count)), count - 1),
        share: beta(UnsafeBufferPointer(rebasing: numbers[3...])),
        middle: (Double(numbers[1]), Double(numbers[2])))
    }
  }

  private static let tries = 12

  /// A number of the beta distribution with both parameters `alpha`, which is at most 1: the share of
  /// the first of two powers of uniform numbers whose sum is at most 1 (Jöhnk 1964).
  private func beta(_ numbers: UnsafeBufferPointer<Float>) -> Double {
    for index in stride(from: 0, to: numbers.count - 1, by: 2) {
      let one = pow(Double(numbers[index]), 1 / alpha)
      let other = pow(Double(numbers[index + 1]), 1 / alpha)
      if one + other <= 1, one + other > 0 { return one / (one + other) }
    }
    return (numbers.first ?? 0) < 0.5 ? 0 : 1
  }

  /// Mixes a picture with another one; gives the share of itself that is left.
  func apply(
    _ draw: Draw, to picture: UnsafeMutablePointer<Float>, _ other: UnsafePointer<Float>,
    _ form: PixelChanges
  ) -> Double {
    guard isCut else {
      let share = Float(draw.share)
      for index in 0..<form.height * form.width * form.channels {
        picture[index] = share * picture[index] + (1 - share) * other[index]
      }
      return draw.share
    }
    let side = (1 - draw.share).squareRoot()
    let (height, width) = (Int(side * Double(form.height)), Int(side * Double(form.width)))
    let box = Box(
      y: Int(draw.middle.y * Double(form.height)) - height / 2,
      x: Int(draw.middle.x * Double(form.width)) - width / 2, height: height, width: width,
      within: form)
    for y in box.rows {
      let start = (y * form.width + box.columns.lowerBound) * form.channels
      (picture + start).update(from: other + start, count: box.columns.count * form.channels)
    }
    return 1 - Double(box.rows.count * box.columns.count) / Double(form.height * form.width)
  }
}
