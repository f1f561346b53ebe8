import LeptonTensor

/// Changes of the pixels of a picture where they stand, in the order of an augmentation's steps, after
/// its map and its bend.
struct PixelChanges: Sendable {
  let height: Int
  let width: Int
  let channels: Int
  private let steps: [Augmentation.Step]

  init(_ augmentation: Augmentation, height: Int, width: Int, channels: Int) {
    self.height = height
    self.width = width
    self.channels = channels
    steps = augmentation.steps.filter(\.changesPixels)
  }

  /// Whether there is nothing to do.
  var isEmpty: Bool { steps.isEmpty }

  /// Changes a picture by the chance of a key.
  func apply(to picture: UnsafeMutablePointer<Float>, key: RandomKey) throws {
    for (place, step) in steps.enumerated() {
      let chance = key.folded("pixels").folded(UInt64(place))
      switch step {
      case .cutOut(let size): try cutOut(picture, size, chance)
      case .brightness(let amount):
        let change = try chance.uniform([1], from: -amount, to: amount).elements(as: Float.self)[0]
        for index in 0..<count { picture[index] += change }
      case .noise(let deviation):
        let noise = try chance.normal([count], mean: 0, deviation: deviation)
        try noise.withUnsafeBytes { bytes in
          for (index, value) in bytes.bindMemory(to: Float.self).enumerated() {
            picture[index] += value
          }
        }
      default: break
      }
    }
  }

  private var count: Int { height * width * channels }

  /// Sets a square to 0 whose middle is anywhere in the picture (DeVries and Taylor 2017).
  private func cutOut(
    _ picture: UnsafeMutablePointer<Float>, _ size: Int, _ chance: RandomKey
  ) throws {
    let middle = try chance.uniform([2], from: 0, to: 1).elements(as: Double.self)
    let box = Box(
      y: Int(middle[0] * Double(height)) - size / 2, x: Int(middle[1] * Double(width)) - size / 2,
      height: size, width: size, within: self)
    for y in box.rows {
      let start = picture + ((y * width + box.columns.lowerBound) * channels)
      start.update(repeating: 0, count: box.columns.count * channels)
    }
  }
}

/// A rectangle of pixels, cut off at the edges of a picture.
struct Box {
  let rows: Range<Int>
  let columns: Range<Int>

  init(y: Int, x: Int, height: Int, width: Int, within picture: PixelChanges) {
    func clipped(_ start: Int, _ size: Int, _ limit: Int) -> Range<Int> {
      let low = min(max(start, 0), limit)
      return low..<max(low, min(start + size, limit))
    }
    rows = clipped(y, height, picture.height)
    columns = clipped(x, width, picture.width)
  }
}

extension Augmentation.Step {
  /// Whether it changes pixels where they stand.
  var changesPixels: Bool {
    switch self {
    case .cutOut, .brightness, .noise: true
    default: false
    }
  }
}
