import LeptonLearning
import LeptonRuntime
import LeptonTensor

/// Examples whose inputs, and perhaps targets, are the rows of arrays in files: some at a time are
/// in memory.
struct ArrayExamples {
  let inputs: ArrayFileObject
  let targets: TargetsArgument

  /// How many bytes of inputs a part has at the most, unless a row has more.
  private static let partSize = 1 << 23

  /// The examples in parts of as many as fit.
  ///
  /// - Throws: What the engine's `Dataset` throws, and what reading rows throws.
  func dataset(_ classes: [String]?, name: String, _ weights: Tensor?) throws -> Dataset {
    let (inputs, truth) = (inputs.array, try truth(classes))
    let count = try Dataset.count(of: inputs.shape, truth.shape)
    let weights = try weights.map { try Dataset.checked($0, count) }
    let most = max(1, Self.partSize / max(1, inputs.rowSize * inputs.elementType.byteCount))
    let parts = stride(from: 0, to: count, by: most).map { $0..<min(count, $0 + most) }
    return try Dataset(
      name: name, source: "dataset(…)", counts: parts.map(\.count),
      labels: truth.labels(in: parts), classes: truth.classes
    ) { number in
      let rows = parts[number]
      return try Dataset(
        name: name, source: "", inputs: inputs.rows(rows).cast(to: inputs.elementType.asInput),
        targets: truth.rows(rows), classes: truth.classes, weights: weights?.rows(rows),
        targetParts: truth.parts)
    }
  }

  /// What is to be learned.
  private struct Truth {
    let shape: Shape
    let classes: [String]?
    let parts: Packing?
    let rows: (Range<Int>) throws -> Tensor

    /// The smallest and the largest label; nothing where targets are no classes.
    func labels(in parts: [Range<Int>]) throws -> ClosedRange<Int>? {
      try parts.reduce(nil) { known, part in
        let targets = try rows(part)
        guard !targets.elementType.isFloat, targets.shape.count > 0 else { return known }
        let (low, high) = (try targets.min().integerItem(), try targets.max().integerItem())
        return min(low, known?.lowerBound ?? low)...max(high, known?.upperBound ?? high)
      }
    }
  }

  private func truth(_ classes: [String]?) throws -> Truth {
    if case .file(let file) = targets {
      return Truth(shape: file.array.shape, classes: classes, parts: nil) {
        try file.array.rows($0)
      }
    }
    let values = try targets.values()
    let classes = classes ?? values.names
    let tensor = try values.tensor(of: classes)
    return Truth(shape: tensor.shape, classes: classes, parts: values.parts, rows: tensor.rows)
  }
}

extension Tensor {
  /// Some neighbouring rows.
  fileprivate func rows(_ rows: Range<Int>) throws -> Tensor {
    try sliced([Slice(from: rows.lowerBound, to: rows.upperBound)])
  }
}
