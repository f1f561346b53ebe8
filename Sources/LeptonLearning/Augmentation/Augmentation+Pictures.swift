extension Augmentation {
  /// One picture, changed as the given random numbers in [−1, 1) say.
  package func applied(
    to picture: [Float], height: Int, width: Int, channels: Int, chance: [Double]
  ) -> [Float] {
    let warp = Warp(height: height, width: width, channels: channels)
    let map = map(chance)
    return [Float](unsafeUninitializedCapacity: picture.count) { target, count in
      withUnsafeTemporaryAllocation(of: Float.self, capacity: warp.scratchCount) { scratch in
        picture.withUnsafeBufferPointer { source in
          guard let source = source.baseAddress, let target = target.baseAddress,
            let scratch = scratch.baseAddress
          else { return }
          warp.apply(map, from: source, to: target, scratch: scratch)
        }
      }
      count = picture.count
    }
  }
}
