import LeptonTensor

/// Examples to learn from: rows of inputs and of targets.
///
/// A dataset is a selection of rows of two tensors; parts of it share them, so that splitting copies
/// nothing.
public struct Dataset: Sendable {
  /// What it is called: `MNIST, training`.
  public private(set) var name: String
  /// The Lepton that makes it: `mnist().train`.
  public private(set) var source: String
  /// The names of the classes that whole-number targets count, or nothing.
  public let classes: [String]?
  /// The names of the input columns of a table, or nothing.
  public let features: [String]?
  /// All inputs, those of other parts too; an example is a row.
  let allInputs: Tensor
  /// All targets, one row for each row of inputs.
  let allTargets: Tensor
  /// How much each row counts in training, `[rows]`; all as much for `nil`.
  let allWeights: Tensor?
  /// What stands in a row of inputs, where that is several tensors.
  public let inputParts: Packing?
  /// What stands in a row of targets, where that is several tensors.
  public let targetParts: Packing?
  /// The rows that belong to this part, in order; all for `nil`.
  private(set) var rows: [Int]?

  /// Makes a dataset; `weights` say how much each example counts in training.
  ///
  /// - Throws: `TensorError` with code `data/rows` if there are not as many targets as inputs,
  ///   `data/class` if a whole-number target is no class, `data/weights` if a weight is negative or none.
  public init(
    name: String, source: String, inputs: Tensor, targets: Tensor, classes: [String]? = nil,
    features: [String]? = nil, weights: Tensor? = nil, inputParts: Packing? = nil,
    targetParts: Packing? = nil
  ) throws {
    guard let count = inputs.shape.sizes.first, count == targets.shape.sizes.first else {
      throw TensorError(
        "data/rows",
        "inputs of shape \(inputs.shape) and targets of shape \(targets.shape) do not go together",
        help: ["the first axis of both counts the examples"])
    }
    if let classes { try Dataset.check(targets, below: classes.count) }
    self.name = name
    self.source = source
    self.classes = classes
    self.features = features
    self.inputParts = inputParts
    self.targetParts = targetParts
    allInputs = inputs
    allTargets = targets
    allWeights = try weights.map { try Dataset.checked($0, count) }
  }

  /// How many examples there are.
  public var count: Int { rows?.count ?? allInputs.shape[0] }

  /// The shape of one example: `[28, 28]`.
  public var exampleShape: [Int] { Array(allInputs.shape.sizes.dropFirst()) }

  /// The shape of the target of one example; empty for a class or a number.
  public var targetShape: [Int] { Array(allTargets.shape.sizes.dropFirst()) }

  /// The type of the targets: whole numbers are classes.
  public var targetType: ElementType { allTargets.elementType }

  /// Whether the targets are classes.
  public var isClassified: Bool { !targetType.isFloat }

  /// The inputs of this part, `[count, …]`.
  public func inputs() throws -> Tensor { try select(allInputs) }

  /// The targets of this part, `[count, …]`.
  public func targets() throws -> Tensor { try select(allTargets) }

  /// How much each example of this part counts in training, `[count]`; nothing if all count as much.
  public func weights() throws -> Tensor? { try allWeights.map(select) }

  /// The names of the classes; numbers where they have none.
  public func classNames() throws -> [String] {
    if let classes { return classes }
    let last = try allTargets.shape.count == 0 ? -1 : allTargets.max().integerItem()
    return (0..<max(0, last + 1)).map(String.init)
  }

  /// The part with those of this part's examples, in that order.
  ///
  /// - Throws: `TensorError` with code `value/index` if there is no such example.
  public func subset(_ positions: [Int], name: String? = nil, source: String) throws -> Dataset {
    if let bad = positions.first(where: { $0 < 0 || $0 >= count }) {
      throw TensorError("value/index", "there is no example \(bad) among \(count)")
    }
    var part = self
    part.name = name ?? self.name
    part.source = source
    part.rows = rows.map { rows in positions.map { rows[$0] } } ?? positions
    return part
  }

  /// The first examples; all if there are fewer.
  public func take(_ limit: Int) throws -> Dataset {
    try subset(Array(0..<min(count, max(0, limit))), source: "take(\(source), \(limit))")
  }

  /// The row of the tensors in which an example of this part stands.
  func row(_ position: Int) -> Int { rows?[position] ?? position }

  private func select(_ tensor: Tensor) throws -> Tensor {
    guard let rows else { return tensor }
    return try tensor.gathered(Tensor(rows, shape: [rows.count]))
  }

  /// Refuses labels that are no class of so many.
  ///
  /// - Throws: `TensorError` with code `data/class`.
  func checkLabels(below count: Int) throws { try Dataset.check(allTargets, below: count) }

  private static func check(_ targets: Tensor, below count: Int) throws {
    guard !targets.elementType.isFloat, targets.shape.count > 0 else { return }
    let (low, high) = try (targets.min().integerItem(), targets.max().integerItem())
    guard low >= 0, high < count else {
      let known = count == .max ? "" : ", but there are \(count) classes"
      throw TensorError(
        "data/class", "the targets go from \(low) to \(high)\(known)",
        help: ["classes are counted from 0"])
    }
  }
}

extension Dataset {
  /// The rows of some positions as a tensor to gather by.
  func rowTensor(_ positions: Range<Int>) throws -> Tensor {
    try Tensor(positions.map(row), shape: [positions.count])
  }
}
