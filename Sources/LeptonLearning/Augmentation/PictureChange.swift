import LeptonTensor

/// What an augmentation makes of pictures by a key, which the number of each picture makes its own.
struct PictureChange: Sendable {
  let augmentation: Augmentation
  let warp: Warp
  /// What is done to pixels where they stand.
  let pixels: PixelChanges
  private let shape: [Int]
  /// The key of all chance.
  private(set) var key: RandomKey
  private var bendKey: RandomKey
  private var pixelKey: RandomKey

  /// Makes the change of pictures `[height, width]` or `[height, width, channels]`; another key than the
  /// first may decide on pixels.
  ///
  /// - Throws: what `Warp` throws.
  init(
    _ augmentation: Augmentation, picture shape: [Int], key: RandomKey, pixelKey: RandomKey? = nil
  ) throws {
    self.augmentation = augmentation
    self.shape = shape
    warp = try Warp(augmentation, picture: shape)
    pixels = PixelChanges(
      augmentation, height: warp.height, width: warp.width, channels: warp.channels)
    (self.key, bendKey, self.pixelKey) = (key, key.folded("bend"), pixelKey ?? key)
  }

  /// The same change by another key.
  func by(_ key: RandomKey) -> PictureChange {
    var change = self
    (change.key, change.bendKey, change.pixelKey) = (key, key.folded("bend"), key)
    return change
  }

  /// The pictures at given places of a tensor of `float32`, each changed by the chance of its number; on
  /// this thread alone, or on all.
  func applied(
    to given: Tensor, at places: [Int], numbers: [Int], isAlone: Bool
  ) throws -> Tensor {
    try Tensor(form: Form(Shape([places.count] + shape), .float32)) { target in
      try given.withUnsafeBytes { source in
        guard let from = source.bindMemory(to: Float.self).baseAddress,
          let to = target.bindMemory(to: Float.self).baseAddress
        else { return }
        nonisolated(unsafe) let (reading, writing) = (from, to)
        let body = { @Sendable (range: Range<Int>) in
          let room = UnsafeMutablePointer<Float>.allocate(capacity: warp.roomCount)
          defer { room.deallocate() }
          for place in range {
            apply(
              numbers[place], from: reading + places[place] * warp.count,
              to: writing + place * warp.count, room)
          }
        }
        if isAlone { body(0..<places.count) } else { Execution.split(places.count, body) }
      }
    }
  }

  /// Writes one picture.
  private func apply(
    _ number: Int, from source: UnsafePointer<Float>, to target: UnsafeMutablePointer<Float>,
    _ room: UnsafeMutablePointer<Float>
  ) {
    warp.apply(
      map(number), bendKey: bendKey.folded(UInt64(number)), from: source, to: target, room: room)
    if !pixels.isEmpty { pixels.apply(to: target, key: pixelKey.folded(UInt64(number))) }
  }

  /// The map of one picture.
  private func map(_ number: Int) -> AffineMap {
    let count = augmentation.chances
    return withUnsafeTemporaryAllocation(of: Float.self, capacity: count) { chance in
      key.fill(chance, at: number * count, from: -1, to: 1)
      return augmentation.map(UnsafeBufferPointer(chance))
    }
  }
}
