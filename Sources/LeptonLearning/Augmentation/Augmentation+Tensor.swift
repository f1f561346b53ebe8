import LeptonTensor

extension Augmentation {
  /// A batch of pictures, each changed by its own chance.
  ///
  /// `pictures` is `[count, height, width]` or `[count, height, width, channels]`.
  ///
  /// - Throws: `TensorError` with code `shape/picture` if it is neither, `data/mixing` if the
  ///   augmentation mixes pictures, whose targets are not there.
  public func applied(to pictures: Tensor, key: RandomKey) throws -> Tensor {
    guard Mixing(self) == nil else {
      throw TensorError(
        "data/mixing", "\(source) mixes targets too, and a batch of pictures has none",
        help: ["give it to train: augment=\(source)"])
    }
    let warp = try Warp(picture: Array(pictures.shape.sizes.dropFirst()), self)
    let changes = warp.changes(self)
    let source = try pictures.cast(to: .float32)
    let count = source.shape.sizes.first ?? 0
    let maps = try maps(count: count, key: key)
    return try Tensor(form: Form(source.shape, .float32)) { target in
      try source.withUnsafeBytes { bytes in
        let (from, to) = (bytes.bindMemory(to: Float.self), target.bindMemory(to: Float.self))
        guard let from = from.baseAddress, let to = to.baseAddress else { return }
        for index in 0..<count {
          warp.apply(
            maps[index], moves: try warp.moves(key, picture: index),
            from: from + index * warp.count, to: to + index * warp.count)
          try changes.apply(
            to: to + index * warp.count, key: key.folded("changes").folded(UInt64(index)))
        }
      }
    }
  }

  /// The maps of so many pictures; the map of each depends on the key and its number alone.
  func maps(count: Int, key: RandomKey) throws -> [AffineMap] {
    let width = chances
    guard width > 0 else { return [AffineMap](repeating: .identity, count: count) }
    let chance = try key.uniform([count, width], from: -1, to: 1).elements(as: Double.self)
    return (0..<count).map { map(Array(chance[$0 * width..<($0 + 1) * width])) }
  }
}

extension Warp {
  /// Makes the resampling of pictures by an augmentation, of a shape `[height, width]` or
  /// `[height, width, channels]`.
  ///
  /// - Throws: `TensorError` with code `shape/picture` if it is neither.
  init(picture shape: [Int], _ augmentation: Augmentation) throws {
    guard shape.count == 2 || shape.count == 3 else {
      throw TensorError(
        "shape/picture",
        "augmentation needs pictures [height, width] or [height, width, channels], not \(shape)",
        help: ["augment before flattening"])
    }
    self.init(
      height: shape[0], width: shape[1], channels: shape.count == 3 ? shape[2] : 1,
      bend: augmentation.bend(height: shape[0], width: shape[1]))
  }

  /// The changes of pixels of such pictures.
  func changes(_ augmentation: Augmentation) -> PixelChanges {
    PixelChanges(augmentation, height: height, width: width, channels: channels)
  }

  /// How many floats a picture takes.
  var count: Int { height * width * channels }

  /// The moves that bend a picture, a function of the key and the number of the picture.
  func moves(_ key: RandomKey, picture: Int) throws -> [Float] {
    try bend?.moves(key.folded("bend").folded(UInt64(picture))) ?? []
  }

  /// Writes a picture as seen through the map, with scratch memory of its own.
  func apply(
    _ map: AffineMap, moves: [Float], from source: UnsafePointer<Float>,
    to target: UnsafeMutablePointer<Float>
  ) {
    withUnsafeTemporaryAllocation(of: Float.self, capacity: scratchCount) { scratch in
      guard let scratch = scratch.baseAddress else { return }
      apply(map, moves: moves, from: source, to: target, scratch: scratch)
    }
  }
}
