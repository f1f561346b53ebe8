import LeptonTensor

/// The pictures of an epoch as augmentation changes them, made some batches ahead.
///
/// A whole epoch of changed pictures would take as much memory as the data; so a chunk of them is
/// made at a time, while the one before is trained on, and put in its place. The chance of a picture
/// is keyed by epoch and row, so neither chunks nor threads show in the result.
struct AugmentedExamples: ChunkedExamples {
  /// The inputs, then what goes with them unchanged; nothing where they come in parts.
  private let resident: [Tensor]
  /// What gives the examples where they come in parts.
  private let streamed: StreamedExamples?
  /// What becomes of pictures in the epoch.
  private var change: PictureChange
  /// What they are mixed with, and of how many rows in all.
  private let partners: Partners?
  private let key: RandomKey

  let chunk: Int
  let isMadeAhead = true

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
    partners = try Mixing(augmentation).map { mixing in
      guard streamed == nil else { throw Dataset.inParts }
      return Partners(
        mixing: mixing, rows: (0..<data.count).map(data.row), count: resident[0].shape[0])
    }
    self.resident =
      partners == nil
      ? resident : [resident[0], try data.mixableTargets()] + resident.dropFirst(2)
    self.streamed = streamed
    self.key = key
    change = try PictureChange(augmentation, picture: data.exampleShape, key: key)
    chunk = streamed?.chunk ?? ChunkSize.examples(data, batch: batch)
  }

  func placeholder() throws -> [Tensor] {
    if let streamed { return try streamed.placeholder() }
    let rows = try Tensor([Int](repeating: 0, count: chunk), shape: [chunk])
    return try resident.map { try $0.gathered(rows) }
  }

  mutating func begin(epoch: Int) throws { change = change.by(key.folded(UInt64(epoch))) }

  func making(_ rows: ArraySlice<Int>) throws -> ChunkMaking {
    let numbers = Array(rows) + [Int](repeating: rows.first ?? 0, count: chunk - rows.count)
    if let streamed {
      let given = try streamed.make(rows)
      return { [change] isAlone in
        let places = Array(0..<numbers.count)
        return try [change.applied(to: given[0], at: places, numbers: numbers, isAlone: isAlone)]
          + given.dropFirst()
      }
    }
    return { [change, resident, partners] isAlone in
      let places = try Tensor(numbers, shape: [numbers.count])
      let rest = try resident.dropFirst().map { try $0.gathered(places) }
      func pictures(_ rows: [Int]) throws -> Tensor {
        try change.applied(to: resident[0], at: rows, numbers: rows, isAlone: isAlone)
      }
      guard let partners else { return [try pictures(numbers)] + rest }
      let draws = partners.draws(change.key, for: numbers)
      let others = draws.map(\.row)
      let second = try resident[1].gathered(Tensor(others, shape: [others.count]))
      return try partners.mixed(
        (pictures(numbers), pictures(others)), (rest[0], second), draws, change.pixels)
        + rest.dropFirst()
    }
  }
}

/// The pictures with which those of a chunk are mixed.
private struct Partners: Sendable {
  let mixing: Mixing
  /// The rows that may be mixed with.
  let rows: [Int]
  /// How many pictures there are to draw for.
  let count: Int

  /// What is drawn for each of some rows, and the row that it is mixed with.
  func draws(_ key: RandomKey, for numbers: [Int]) -> [(row: Int, draw: Mixing.Draw)] {
    numbers.map { number in
      let draw = mixing.draw(key, picture: number, of: count)
      return (rows[draw.other * rows.count / count], draw)
    }
  }

  /// Pictures with what they are mixed with, and their targets.
  func mixed(
    _ pictures: (own: Tensor, other: Tensor), _ targets: (own: Tensor, other: Tensor),
    _ draws: [(row: Int, draw: Mixing.Draw)], _ form: PixelChanges
  ) throws -> [Tensor] {
    var shares = [Float](repeating: 1, count: draws.count)
    let size = form.height * form.width * form.channels
    let inputs = try Tensor(form: Form(pictures.own.shape, .float32)) { target in
      try pictures.own.withUnsafeBytes { own in
        try pictures.other.withUnsafeBytes { other in
          guard let to = target.bindMemory(to: Float.self).baseAddress,
            let from = own.bindMemory(to: Float.self).baseAddress,
            let second = other.bindMemory(to: Float.self).baseAddress
          else { return }
          to.update(from: from, count: draws.count * size)
          for (place, (_, draw)) in draws.enumerated() {
            let start = place * size
            shares[place] = Float(mixing.apply(draw, to: to + start, second + start, form))
          }
        }
      }
    }
    let axes = [draws.count] + [Int](repeating: 1, count: targets.own.shape.rank - 1)
    let own = try Tensor(shares, shape: axes)
    let rest = try targets.other.multiplying(own.negated().adding(1.0))
    return [inputs, try targets.own.multiplying(own).adding(rest)]
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
