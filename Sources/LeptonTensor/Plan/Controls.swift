/// The small memory through which a replay is told what to do and says what came out.
final class Controls {
  /// The number of the batch, on which chance depends.
  let step: UnsafeMutableRawPointer
  /// The number of the update.
  let update: UnsafeMutableRawPointer
  /// The share of the batch in the gradient of the step.
  let share: UnsafeMutableRawPointer
  /// How far averages go towards the new parameters.
  let averaging: UnsafeMutableRawPointer
  /// The places of the examples.
  let places: UnsafeMutableRawPointer
  /// The sums over replays.
  let sums: UnsafeMutableRawPointer
  /// How many sums there are.
  let sumCount: Int
  private let factors: UnsafeMutableRawPointer
  private let storage: Storage

  /// Makes room for a batch, sums and groups of parameters.
  init(batch: Int, sums count: Int, groups: Int) throws {
    // Each part begins at a multiple of 64 bytes, behind which as many may be read.
    func part(_ bytes: Int) -> Int { (bytes + Storage.slack + 63) / 64 * 64 }
    let sizes = [8, 8, 4, 4, groups * 8, count * 8, batch * 8].map(part)
    storage = try Storage(byteCount: sizes.reduce(0, +))
    let ends = sizes.reduce(into: [0]) { ends, size in ends.append((ends.last ?? 0) + size) }
    step = storage.pointer
    update = storage.pointer + ends[1]
    share = storage.pointer + ends[2]
    averaging = storage.pointer + ends[3]
    factors = storage.pointer + ends[4]
    sums = storage.pointer + ends[5]
    places = storage.pointer + ends[6]
    sumCount = count
    sums.assumingMemoryBound(to: Double.self).initialize(repeating: 0, count: count)
  }

  /// The factor of the direction in which a group of parameters goes; that of its decay stands behind it.
  func direction(_ group: Int) -> UnsafeMutableRawPointer { factors + group * 8 }

  /// The factor by which a group of parameters decays.
  func decay(_ group: Int) -> UnsafeMutableRawPointer { factors + (group * 8 + 4) }

  /// Tells a replay what to do.
  func set(
    _ state: TrainingState, learningRate: Double, step: Int, update: Int, share: Double,
    averaging: Double
  ) {
    self.step.assumingMemoryBound(to: Int.self).pointee = step
    self.update.assumingMemoryBound(to: Int.self).pointee = update
    self.share.assumingMemoryBound(to: Float.self).pointee = Float(share)
    self.averaging.assumingMemoryBound(to: Float.self).pointee = Float(averaging)
    for (number, group) in state.groups.enumerated() {
      let factors = state.update.factors(
        learningRate: learningRate * group.rateFactor, step: update,
        weightDecay: group.weightDecay)
      direction(number).assumingMemoryBound(to: Float.self).pointee = factors.direction
      decay(number).assumingMemoryBound(to: Float.self).pointee = factors.decay
    }
  }
}
