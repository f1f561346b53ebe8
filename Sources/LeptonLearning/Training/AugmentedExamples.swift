import LeptonTensor

/// The pictures of an epoch as augmentation changes them, made some batches ahead.
///
/// A whole epoch of changed pictures would take as much memory as the data; so a chunk of them is
/// made at a time, by all threads, and put in the place of the one before. The chance of a picture
/// is keyed by epoch and row, so neither chunks nor threads show in the result.
struct AugmentedExamples {
  /// The inputs, then what goes with them unchanged.
  private let resident: [Tensor]
  private let augmentation: Augmentation
  private let warp: Warp
  private let key: RandomKey
  private let form: Form
  private var maps: [AffineMap] = []
  /// The key of the epoch.
  private var chance: RandomKey

  /// How many examples a chunk holds: a whole number of batches.
  let chunk: Int

  /// Prepares for batches of a size.
  ///
  /// - Throws: `TensorError` if the inputs are no pictures in float32.
  init(
    _ data: Dataset, _ resident: [Tensor], _ augmentation: Augmentation, batch: Int, key: RandomKey
  ) throws {
    guard data.allInputs.elementType == .float32 else {
      throw TensorError(
        "type/picture", "augmentation needs float32 pictures, not \(data.allInputs.elementType)",
        help: ["cast the inputs: x.float32()"])
    }
    self.resident = resident
    self.augmentation = augmentation
    self.key = key
    chance = key
    warp = try Warp(picture: data.exampleShape, augmentation)
    chunk = batch * max(1, min(data.count, 2048) / batch)
    form = Form(try Shape([chunk] + data.exampleShape), .float32)
  }

  /// What stands in the place of the first chunk until it is made.
  func placeholder() throws -> [Tensor] {
    let rows = try Tensor([Int](repeating: 0, count: chunk), shape: [chunk])
    return try resident.map { try $0.gathered(rows) }
  }

  /// Draws the changes of an epoch.
  mutating func begin(epoch: Int) throws {
    chance = key.folded(UInt64(epoch))
    maps = try augmentation.maps(count: resident[0].shape[0], key: chance)
  }

  /// The examples of some rows, at most a chunk; what is left of the chunk repeats the first.
  func make(_ rows: ArraySlice<Int>) throws -> [Tensor] {
    let places = Array(rows) + [Int](repeating: rows.first ?? 0, count: chunk - rows.count)
    let rows = try Tensor(places, shape: [chunk])
    return try [pictures(places)] + resident.dropFirst().map { try $0.gathered(rows) }
  }

  private func pictures(_ rows: [Int]) throws -> Tensor {
    try Tensor(form: form) { target in
      try resident[0].withUnsafeBytes { source in
        guard let from = source.bindMemory(to: Float.self).baseAddress,
          let to = target.bindMemory(to: Float.self).baseAddress
        else { return }
        nonisolated(unsafe) let (reading, writing) = (from, to)
        Execution.forEach(rows.count) { [warp, maps, chance] place in
          let row = rows[place]
          // Few numbers are drawn here; that there is no memory for them shows before, in the chunk.
          let moves = (try? warp.moves(chance, picture: row)) ?? []
          warp.apply(
            maps[row], moves: moves, from: reading + row * warp.count,
            to: writing + place * warp.count)
        }
      }
    }
  }
}
