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
  private let changes: PixelChanges
  private let mixing: Mixing?
  /// The rows that may be mixed with, and what is drawn for each row.
  private let rows: [Int]
  private var draws: [Mixing.Draw] = []
  private let key: RandomKey
  private let form: Form
  private var maps: [AffineMap] = []
  /// The key of the epoch.
  private var chance: RandomKey

  let chunk: Int

  /// Prepares for batches of a size.
  ///
  /// - Throws: `TensorError` if the inputs are no pictures in float32, or if pictures are to be mixed
  ///   and the targets are not one class or some numbers for each.
  init(
    _ data: Dataset, _ resident: [Tensor], _ streamed: StreamedExamples?,
    _ augmentation: Augmentation, batch: Int, key: RandomKey
  ) throws {
    guard data.inputType == .float32 else {
      throw TensorError(
        "type/picture", "augmentation needs float32 pictures, not \(data.inputType)",
        help: ["cast the inputs: x.float32()"])
    }
    mixing = Mixing(augmentation)
    if mixing != nil, streamed != nil { throw Dataset.inParts }
    self.resident =
      mixing == nil ? resident : [resident[0], try data.mixableTargets()] + resident.dropFirst(2)
    rows = mixing == nil ? [] : (0..<data.count).map(data.row)
    self.streamed = streamed
    count = streamed == nil ? resident[0].shape[0] : data.count
    self.augmentation = augmentation
    self.key = key
    chance = key
    warp = try Warp(picture: data.exampleShape, augmentation)
    changes = warp.changes(augmentation)
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
    draws = try mixing?.draws(chance, count: count) ?? []
  }

  func make(_ rows: ArraySlice<Int>) throws -> [Tensor] {
    let places = Array(rows) + [Int](repeating: rows.first ?? 0, count: chunk - rows.count)
    if let streamed {
      let examples = try streamed.make(rows)
      return try [pictures(places, from: examples[0], at: Array(0..<chunk))]
        + examples.dropFirst()
    }
    let rows = try Tensor(places, shape: [chunk])
    let rest = try resident.dropFirst().map { try $0.gathered(rows) }
    guard let mixing else { return [try pictures(places, from: resident[0], at: places)] + rest }
    return try mixed(mixing, places, targets: rest[0]) + rest.dropFirst()
  }

  /// Pictures with what they are mixed with, and their targets.
  private func mixed(_ mixing: Mixing, _ places: [Int], targets: Tensor) throws -> [Tensor] {
    let chosen = places.map { draws[$0] }
    let others = chosen.map { rows[$0.other * rows.count / draws.count] }
    let one = try pictures(places, from: resident[0], at: places)
    let other = try pictures(others, from: resident[0], at: others)
    var shares = [Float](repeating: 1, count: chunk)
    let inputs = try Tensor(form: form) { target in
      try one.withUnsafeBytes { one in
        try other.withUnsafeBytes { other in
          guard let to = target.bindMemory(to: Float.self).baseAddress,
            let from = one.bindMemory(to: Float.self).baseAddress,
            let second = other.bindMemory(to: Float.self).baseAddress
          else { return }
          to.update(from: from, count: chunk * warp.count)
          for (place, draw) in chosen.enumerated() {
            let start = place * warp.count
            shares[place] = Float(mixing.apply(draw, to: to + start, second + start, changes))
          }
        }
      }
    }
    let axes = [chunk] + [Int](repeating: 1, count: targets.shape.rank - 1)
    let own = try Tensor(shares, shape: axes)
    let second = try resident[1].gathered(Tensor(others, shape: [chunk]))
    let rest = try second.multiplying(own.negated().adding(1.0))
    return [inputs, try targets.multiplying(own).adding(rest)]
  }

  /// The pictures of some rows, which stand at given places of a tensor, each changed by its own chance.
  private func pictures(_ rows: [Int], from given: Tensor, at places: [Int]) throws -> Tensor {
    try Tensor(form: form) { target in
      try given.withUnsafeBytes { source in
        guard let from = source.bindMemory(to: Float.self).baseAddress,
          let to = target.bindMemory(to: Float.self).baseAddress
        else { return }
        nonisolated(unsafe) let (reading, writing) = (from, to)
        Execution.forEach(rows.count) { [warp, maps, changes, chance] place in
          let row = rows[place]
          // Few numbers are drawn here; that there is no memory for them shows before, in the chunk.
          let moves = (try? warp.moves(chance, picture: row)) ?? []
          let picture = writing + place * warp.count
          warp.apply(
            maps[row], moves: moves, from: reading + places[place] * warp.count, to: picture)
          try? changes.apply(to: picture, key: chance.folded(UInt64(row)))
        }
      }
    }
  }
}

extension Dataset {
  /// The targets of all rows as numbers that can be mixed: classes as ones among zeros.
  ///
  /// - Throws: `TensorError` with code `data/mixing` if there is more than one class for each.
  fileprivate func mixableTargets() throws -> Tensor {
    guard isClassified else { return allTargets }
    guard targetShape.isEmpty else {
      throw TensorError(
        "data/mixing", "targets of shape \(targetShape) are no classes that can be mixed",
        help: ["mixup and cutmix need one class for each picture, or numbers"])
    }
    return try allTargets.oneHot(classNames().count)
  }
}
