import LeptonTensor

/// Examples to learn from: rows of inputs and of targets.
///
/// A dataset is a selection of rows of two tensors; parts of it share them, so that splitting copies
/// nothing. Or its examples come in parts, of which one at a time is in memory: an ``ExampleStream``.
public struct Dataset {
  /// What it is called: `MNIST, training`.
  public private(set) var name: String
  /// The Lepton that makes it: `mnist().train`.
  public private(set) var source: String
  /// The names of the classes that whole-number targets count, or nothing.
  public let classes: [String]?
  /// The names of the input columns of a table, or nothing.
  public let features: [String]?
  /// Where the examples come from, if they come in parts; the tensors are then a few of them.
  public let stream: ExampleStream?
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
  /// The examples as they were brought, where they were no tensor.
  public internal(set) var raw: (any RawExamples)?
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
    let count = try Dataset.count(of: inputs.shape, targets.shape)
    self.name = name
    self.source = source
    self.classes = classes
    self.features = features
    self.inputParts = inputParts
    self.targetParts = targetParts
    stream = nil
    allInputs = inputs
    allTargets = targets
    allWeights = try weights.map { try Dataset.checked($0, count) }
    if let classes { try Dataset.check(labels(), below: classes.count) }
  }

  /// How many examples inputs and targets of some shapes are.
  ///
  /// - Throws: `TensorError` with code `data/rows` if there are not as many targets as inputs.
  public static func count(of inputs: Shape, _ targets: Shape) throws -> Int {
    guard let count = inputs.sizes.first, count == targets.sizes.first else {
      throw TensorError(
        "data/rows",
        "inputs of shape \(inputs) and targets of shape \(targets) do not go together",
        help: ["the first axis of both counts the examples"])
    }
    return count
  }

  /// Makes a dataset whose examples come in so many parts, all of which are looked at once.
  ///
  /// - Throws: what `part` throws; `TensorError` with code `data/part` if parts do not go together, `data/empty`
  ///   if there is no example, `data/class` if a label is no class.
  public init(
    name: String, source: String, parts: Int, classes: [String]? = nil,
    _ part: @escaping (Int) throws -> Dataset
  ) throws {
    try self.init(name, source, classes, ExampleStream(parts: parts, part))
  }

  /// Makes a dataset whose examples come in parts, of which is known how many each has and between which labels
  /// they lie.
  ///
  /// - Throws: what `part` throws; `TensorError` with code `data/empty` if there is no example, `data/class`
  ///   if a label is no class.
  public init(
    name: String, source: String, counts: [Int], labels: ClosedRange<Int>?,
    classes: [String]? = nil,
    _ part: @escaping (Int) throws -> Dataset
  ) throws {
    try self.init(
      name, source, classes, ExampleStream(counts: counts, labels: labels, part))
  }

  private init(
    _ name: String, _ source: String, _ classes: [String]?, _ stream: ExampleStream
  ) throws {
    let sample = stream.sample
    if let classes { try Dataset.check(stream.labels, below: classes.count) }
    self.name = name
    self.source = source
    self.classes = classes ?? sample.classes
    self.stream = stream
    features = sample.features
    (inputParts, targetParts) = (sample.inputParts, sample.targetParts)
    (allInputs, allTargets, allWeights) = (
      sample.allInputs, sample.allTargets, sample.allWeights
    )
  }

  /// The dataset, each part of which is made once and then stays in memory; itself where all examples are there.
  public var kept: Dataset {
    guard let stream else { return self }
    return Dataset(self, source: "cache(\(source))", stream: ExampleStream(keeping: stream))
  }

  /// The dataset with a stream of the same kind of examples.
  init(_ other: Dataset, source: String, stream: ExampleStream) {
    name = other.name
    self.source = source
    classes = other.classes
    self.stream = stream
    features = other.features
    (inputParts, targetParts) = (other.inputParts, other.targetParts)
    (allInputs, allTargets, allWeights) = (other.allInputs, other.allTargets, other.allWeights)
  }

  /// How many examples there are.
  public var count: Int { stream?.count ?? rows?.count ?? allInputs.shape[0] }

  /// The type of the inputs.
  var inputType: ElementType { allInputs.elementType }

  /// Whether examples count differently in training.
  var isWeighted: Bool { allWeights != nil }

  /// The shape of one example: `[28, 28]`.
  public var exampleShape: [Int] { Array(allInputs.shape.sizes.dropFirst()) }

  /// The shape of the target of one example; empty for a class or a number.
  public var targetShape: [Int] { Array(allTargets.shape.sizes.dropFirst()) }

  /// The type of the targets: whole numbers are classes.
  public var targetType: ElementType { allTargets.elementType }

  /// Whether the targets are classes.
  public var isClassified: Bool { !targetType.isFloat }

  /// The inputs of this part, `[count, …]`.
  ///
  /// - Throws: `TensorError` with code `data/stream` if they come in parts, `data/unprepared` if a preparation is
  ///   yet to make them.
  public func inputs() throws -> Tensor {
    try checkPrepared()
    return try select(allInputs)
  }

  /// The targets of this part, `[count, …]`.
  ///
  /// - Throws: `TensorError` with code `data/stream` if they come in parts.
  public func targets() throws -> Tensor { try select(allTargets) }

  /// How much each example of this part counts in training, `[count]`; nothing if all count as much.
  ///
  /// - Throws: `TensorError` with code `data/stream` if they come in parts.
  public func weights() throws -> Tensor? { try allWeights.map(select) }

  /// Inputs, targets, and weights if there are some, of the examples at some positions.
  public func examples(at positions: some Collection<Int>) throws -> [Tensor] {
    if let stream { return try stream.examples(at: positions) }
    let places = try Tensor(positions.map(row), shape: [positions.count])
    return try tensors.map { try $0.gathered(places) }
  }

  /// All inputs and targets, and weights if there are some.
  var tensors: [Tensor] { [allInputs, allTargets] + (allWeights.map { [$0] } ?? []) }

  /// Hands over the parts in which examples come, in order; all at once if they do not.
  public func forEachPart(_ body: (Dataset) throws -> Void) throws {
    guard let stream else { return try body(self) }
    for number in 0..<stream.partCount { try body(stream.part(number)) }
  }

  /// The names of the classes; numbers where they have none.
  public func classNames() throws -> [String] {
    if let classes { return classes }
    let count = try labelBound()
    guard count <= Dataset.mostClasses else {
      throw TensorError(
        "data/class",
        "the targets go up to \(count - 1), and there can be \(Dataset.mostClasses) classes at most",
        help: ["classes are counted from 0, without gaps"])
    }
    return (0..<count).map(String.init)
  }

  /// More are a mistake in the data: a column of codes instead of classes.
  private static let mostClasses = 1_000_000

  /// How many classes the labels count: one more than the largest of them.
  public func labelBound() throws -> Int {
    guard let last = try labels()?.upperBound else { return 0 }
    let (bound, overflow) = last.addingReportingOverflow(1)
    return overflow ? .max : max(0, bound)
  }

  /// The smallest and the largest label; nothing where there are none.
  func labels() throws -> ClosedRange<Int>? {
    if let stream { return stream.labels }
    guard isClassified, allTargets.shape.count > 0 else { return nil }
    return try allTargets.min().integerItem()...allTargets.max().integerItem()
  }

  /// The part with those of this part's examples, in that order.
  ///
  /// - Throws: `TensorError` with code `value/index` if there is no such example, `data/stream` if examples
  ///   come in parts.
  public func subset(_ positions: [Int], name: String? = nil, source: String) throws -> Dataset {
    if let bad = positions.first(where: { $0 < 0 || $0 >= count }) {
      throw TensorError("value/index", "there is no example \(bad) among \(count)")
    }
    if stream != nil { throw Dataset.inParts }
    var part = self
    part.name = name ?? self.name
    part.source = source
    part.rows = rows.map { rows in positions.map { rows[$0] } } ?? positions
    return part
  }

  /// The first examples; all if there are fewer.
  public func take(_ limit: Int) throws -> Dataset {
    let source = "take(\(source), \(limit))"
    guard stream != nil else {
      return try subset(Array(0..<min(count, max(0, limit))), source: source)
    }
    return try excerpt(limit, source: source)
  }

  /// A copy of the first examples, which lets go of the rest.
  func excerpt(_ limit: Int, source: String? = nil) throws -> Dataset {
    let tensors = try examples(at: 0..<min(count, max(0, limit)))
    return try Dataset(
      name: name, source: source ?? self.source, inputs: tensors[0], targets: tensors[1],
      classes: classes,
      features: features, weights: tensors.dropFirst(2).first, inputParts: inputParts,
      targetParts: targetParts)
  }

  /// The mistake of asking for all examples at once where they come in parts.
  static let inParts = TensorError(
    "data/stream", "the examples of this data set come in parts and are never all in memory",
    help: [
      "the function that gives a part gives its inputs and targets",
      "a share of them can be held out, which is drawn from each part",
    ])

  /// The row of the tensors in which an example of this part stands.
  func row(_ position: Int) -> Int { rows?[position] ?? position }

  private func select(_ tensor: Tensor) throws -> Tensor {
    if stream != nil { throw Dataset.inParts }
    guard let rows else { return tensor }
    return try tensor.gathered(Tensor(rows, shape: [rows.count]))
  }

  /// Refuses labels that are no class of so many.
  ///
  /// - Throws: `TensorError` with code `data/class`.
  func checkLabels(below count: Int) throws { try Dataset.check(labels(), below: count) }

  private static func check(_ labels: ClosedRange<Int>?, below count: Int) throws {
    guard let labels, labels.lowerBound < 0 || labels.upperBound >= count else { return }
    let known = count == .max ? "" : ", but there are \(count) classes"
    let isOpen = labels.lowerBound < 0 && labels.upperBound < count
    throw TensorError(
      "data/class", "the targets go from \(labels.lowerBound) to \(labels.upperBound)\(known)",
      help: ["classes are counted from 0"]
        + (isOpen
          ? ["a loss may leave labels out: loss=(z, y) -> cross_entropy(z, y, ignore=-1)"] : []))
  }
}
