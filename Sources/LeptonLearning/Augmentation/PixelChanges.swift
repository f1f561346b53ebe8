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
  func apply(to picture: UnsafeMutablePointer<Float>, key: RandomKey) {
    let key = key.folded("pixels")
    for (place, step) in steps.enumerated() {
      let chance = key.folded(UInt64(place))
      switch step {
      case .cutOut(let size): cutOut(picture, size, chance)
      case .brightness(let amount):
        let change = chance.fractions(from: -amount, to: amount)[0]
        for index in 0..<count { picture[index] += change }
      case .noise(let deviation):
        let pixels = UnsafeMutableBufferPointer(start: picture, count: count)
        chance.addNormal(to: pixels, deviation: deviation)
      default: break
      }
    }
  }

  private var count: Int { height * width * channels }

  /// Sets a square to 0 whose middle is anywhere in the picture (DeVries and Taylor 2017).
  private func cutOut(
    _ picture: UnsafeMutablePointer<Float>, _ size: Int, _ chance: RandomKey
  ) {
    let middle = chance.fractions(from: 0, to: 1)
    let box = Box(
      y: Int(Double(middle[0]) * Double(height)) - size / 2,
      x: Int(Double(middle[1]) * Double(width)) - size / 2,
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

extension RandomKey {
  /// Its first two fractions.
  fileprivate func fractions(from low: Double, to high: Double) -> SIMD2<Float> {
    withUnsafeTemporaryAllocation(of: Float.self, capacity: 2) { numbers in
      fill(numbers, from: low, to: high)
      return SIMD2(numbers[0], numbers[1])
    }
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
