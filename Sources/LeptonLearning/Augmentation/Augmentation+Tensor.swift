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
    let change = try PictureChange(
      self, picture: Array(pictures.shape.sizes.dropFirst()), key: key,
      pixelKey: key.folded("changes"))
    let numbers = Array(0..<(pictures.shape.sizes.first ?? 0))
    return try change.applied(
      to: pictures.cast(to: .float32), at: numbers, numbers: numbers, isAlone: false)
  }
}
