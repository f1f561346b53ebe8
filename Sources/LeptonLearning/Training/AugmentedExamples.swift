import LeptonTensor

/// The pictures of an epoch as augmentation changes them, made some batches ahead.
///
/// A whole epoch of changed pictures would take as much memory as the data; so a chunk of them is
/// made at a time, by all threads, and put in the place of the one before. The chance of a picture
/// is keyed by epoch and row, so neither chunks nor threads show in the result.
struct AugmentedExamples: ChunkedExamples {
  /// The inputs, then what goes with them unchanged; nothing where they come in parts.
  private let resident: [Tensor]
  /// What gives the examples where they come in parts.
  private let streamed: StreamedExamples?
  private let count: Int
  private let augmentation: Augmentation
  private let warp: Warp
  private let key: RandomKey
  private let form: Form
  private var maps: [AffineMap] = []
  /// The key of the epoch.
  private var chance: RandomKey

  let chunk: Int

  /// Prepares for batches of a size.
  ///
  /// - Throws: `TensorError` if the inputs are no pictures in float32.
  init(
    _ data: Dataset, _ resident: [Tensor], _ streamed: StreamedExamples?,
    _ augmentation: Augmentation, batch: Int, key: RandomKey
  ) throws {
    guard data.inputType == .float32 else {
      throw TensorError(
        "type/picture", "augmentation needs float32 pictures, not \(data.inputType)",
        help: ["cast the inputs: x.float32()"])
    }
    self.resident = resident
    self.streamed = streamed
    count = streamed == nil ? resident[0].shape[0] : data.count
    self.augmentation = augmentation
    self.key = key
    chance = key
    warp = try Warp(picture: data.exampleShape, augmentation)
    chunk = streamed?.chunk ?? ChunkSize.examples(data, batch: batch)
    form = Form(try Shape([chunk] + data.exampleShape), .float32)
  }

  func placeholder() throws -> [Tensor] {
    if let streamed { return try streamed.placeholder() }
    let rows = try Tensor([Int](repeating: 0, count: chunk), shape: [chunk])
    return try resident.map { try $0.gathered(rows) }
  }

  mutating func begin(epoch: Int) throws {
    chance = key.folded(UInt64(epoch))
    maps = try augmentation.maps(count: count, key: chance)
  }

  func make(_ rows: ArraySlice<Int>) throws -> [Tensor] {
    let places = Array(rows) + [Int](repeating: rows.first ?? 0, count: chunk - rows.count)
    if let streamed {
      let examples = try streamed.make(rows)
      return try [pictures(places, from: examples[0], at: Array(0..<chunk))]
        + examples.dropFirst()
    }
    let rows = try Tensor(places, shape: [chunk])
    return try [pictures(places, from: resident[0], at: places)]
      + resident.dropFirst().map { try $0.gathered(rows) }
  }

  /// The pictures of some rows, which stand at given places of a tensor, as they are changed.
  private func pictures(_ rows: [Int], from given: Tensor, at places: [Int]) throws -> Tensor {
    try Tensor(form: form) { target in
      try given.withUnsafeBytes { source in
        guard let from = source.bindMemory(to: Float.self).baseAddress,
          let to = target.bindMemory(to: Float.self).baseAddress
        else { return }
        nonisolated(unsafe) let (reading, writing) = (from, to)
        Execution.forEach(rows.count) { [warp, maps, chance] place in
          let row = rows[place]
          // Few numbers are drawn here; that there is no memory for them shows before, in the chunk.
          let moves = (try? warp.moves(chance, picture: row)) ?? []
          warp.apply(
            maps[row], moves: moves, from: reading + places[place] * warp.count,
            to: writing + place * warp.count)
        }
      }
    }
  }
}
