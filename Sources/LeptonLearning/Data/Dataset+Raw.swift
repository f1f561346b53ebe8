import LeptonTensor

/// Examples as they were brought, such as the rows of a table, of which a preparation makes tensors.
public protocol RawExamples: Sendable {}

extension Dataset {
  /// Makes a dataset of examples whose inputs must be prepared before a network sees them.
  ///
  /// - Throws: what the other initialiser throws.
  public init(
    name: String, source: String, raw: any RawExamples, count: Int, targets: Tensor,
    classes: [String]? = nil, features: [String]? = nil, weights: Tensor? = nil,
    targetParts: Packing? = nil
  ) throws {
    try self.init(
      name: name, source: source, inputs: Tensor([Float](), shape: [count, 0]), targets: targets,
      classes: classes, features: features, weights: weights, targetParts: targetParts)
    self.raw = raw
  }

  /// The dataset, with the examples as they were brought beside its inputs.
  public func with(raw: any RawExamples) -> Dataset {
    var data = self
    data.raw = raw
    return data
  }

  /// The places of the examples of this part among all that were brought.
  public var rawRows: [Int] { rows ?? Array(0..<count) }

  /// Whether there are no inputs before a preparation makes them.
  public var needsPreparation: Bool { raw != nil && exampleShape == [0] }

  /// The dataset with inputs that were made of its examples.
  ///
  /// - Throws: what the initialiser throws.
  public func prepared(
    inputs: Tensor, features: [String]? = nil, inputParts: Packing? = nil
  ) throws -> Dataset {
    try Dataset(
      name: name, source: source, inputs: inputs, targets: targets(), classes: classes,
      features: features, weights: weights(), inputParts: inputParts, targetParts: targetParts)
  }

  /// Refuses examples without inputs.
  ///
  /// - Throws: `TensorError` with code `data/unprepared`.
  public func checkPrepared() throws {
    guard needsPreparation else { return }
    throw TensorError(
      "data/unprepared",
      "the inputs are columns of a table that hold texts, truths or gaps, which no layer takes",
      help: [
        "begin the model with what prepares them: prepare() >> dense(…)",
        "or, of several inputs, prepare_each({a: prepare(), …}) >> (x -> …)",
      ])
  }
}
