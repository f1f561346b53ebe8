import LeptonTensor

extension Augmentation {
  /// One picture, moved as the given random numbers in [−1, 1) say.
  package func applied(
    to picture: [Float], height: Int, width: Int, channels: Int, chance: [Float]
  ) -> [Float] {
    let warp = Warp(self, height: height, width: width, channels: channels)
    let map = chance.withUnsafeBufferPointer(map)
    let room = UnsafeMutablePointer<Float>.allocate(capacity: warp.roomCount)
    defer { room.deallocate() }
    return [Float](unsafeUninitializedCapacity: picture.count) { target, count in
      picture.withUnsafeBufferPointer { source in
        guard let source = source.baseAddress, let target = target.baseAddress else { return }
        warp.apply(map, bendKey: RandomKey(seed: 0), from: source, to: target, room: room)
      }
      count = picture.count
    }
  }
}
