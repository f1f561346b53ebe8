import LeptonTensor

/// What gives a training run its batches: the order of an epoch, cut into batches, the last one
/// short, each with what trains on it.
struct BatchFeed {
  /// A batch: what trains on it, the places of its examples, and its part in a step.
  struct Batch {
    let stepper: any TrainingStepper
    let places: ArraySlice<Int>
    /// The share of the batch in the gradient of its step.
    let share: Double
    /// Whether the step ends with it.
    let endsStep: Bool
  }

  /// How many steps make an epoch.
  let stepsPerEpoch: Int
  /// How many batches make an epoch.
  let batchesPerEpoch: Int
  /// What a step computes.
  let step: TrainingStep
  /// The key for chance within a step.
  let stepKey: RandomKey
  private let batch: Int
  private let full: any TrainingStepper
  private let tail: (any TrainingStepper)?
  /// What trains on batches behind which their step goes on.
  private let adding: (any TrainingStepper)?
  /// How many examples a step takes.
  private let stepSize: Int
  private let metrics: [String]
  /// Whether the last sum is that of the number which training makes small.
  private let reportsObjective: Bool
  private let chunks: ChunkSupply?
  /// Whether targets are seen for the first time as they come.
  private var meetsTargets: Bool
  /// What the places of a batch count: inputs, targets, and weights if there are some.
  private(set) var examples: [Tensor]
  private let order: any EpochOrder
  /// How many examples of the epoch have been handed out.
  private(set) var position = 0

  /// Traces the step for full batches, and for the last one if it is short.
  init(
    _ data: Dataset, step: TrainingStep, state: TrainingState, options: TrainingOptions,
    key: RandomKey, listener: (any TrainingListener)?
  ) throws {
    let batch = min(options.batch, data.count)
    let rest = data.count % batch
    let streamed = try data.stream.map {
      try StreamedExamples(data, $0, classWeights: options.classWeights, batch: batch)
    }
    let resident = try streamed == nil ? data.resident(options.classWeights) : []
    let augmented = try options.augmentation.map {
      try AugmentedExamples(
        data, resident, streamed, $0, batch: batch, key: key.folded("augmentation"))
    }
    let order = data.order(by: options.shuffles ? key.folded("order") : nil)
    let chunked: (any ChunkedExamples)? = augmented ?? streamed
    let chunks = chunked.map { ChunkSupply($0, in: order) }
    self.batch = batch
    self.order = order
    self.chunks = chunks
    meetsTargets = streamed != nil
    self.step = step
    stepKey = key.folded("step")
    examples = try chunks?.placeholder() ?? resident
    metrics = options.metrics.map(\.name)
    batchesPerEpoch = (data.count + batch - 1) / batch
    let isFull = options.optimizer.isFullBatch
    let parts = isFull ? batchesPerEpoch : min(options.accumulation, batchesPerEpoch)
    stepsPerEpoch = (batchesPerEpoch + parts - 1) / parts
    stepSize = batch * parts
    var maker = StepperMaker(
      step: step, state: state, examples: examples, key: stepKey, listener: listener)
    full = try maker.stepper(batch, updates: !isFull)
    tail = rest == 0 ? nil : try maker.stepper(rest, updates: !isFull)
    adding =
      isFull || stepsPerEpoch == batchesPerEpoch ? nil : try maker.stepper(batch, updates: false)
    reportsObjective = isFull
    try begin(epoch: 0)
  }

  /// Draws the order of an epoch and starts its sums again.
  mutating func begin(epoch: Int) throws {
    try order.begin(epoch: epoch)
    position = 0
    meetsTargets = meetsTargets && epoch == 0
    for stepper in steppers { stepper.resetSums() }
    try chunks?.begin(epoch: epoch)
  }

  /// The next batch of the epoch; nothing at its end.
  mutating func next() throws -> Batch? {
    guard position < order.count else { return nil }
    let places = position..<min(order.count, position + batch)
    defer { position = places.upperBound }
    guard let chunks else { return part(at: places, from: try order.examples(at: places)) }
    let start = position % chunks.chunk
    if start == 0 { try supply(chunks, from: position) }
    return part(at: places, from: Array(start..<start + places.count)[...])
  }

  /// The batch at some positions of the epoch, with its part in a step.
  private func part(at positions: Range<Int>, from places: ArraySlice<Int>) -> Batch {
    let first = positions.lowerBound / stepSize * stepSize
    let end = min(first + stepSize, order.count)
    let endsStep = positions.upperBound == end
    let whole = endsStep ? full : adding ?? full
    return Batch(
      stepper: places.count == batch ? whole : tail ?? full, places: places,
      share: Double(places.count) / Double(end - first), endsStep: endsStep)
  }

  /// Goes on in an epoch behind so many examples, with the sums over them.
  mutating func resume(epoch: Int, position: Int, sums: [[Double]]) throws {
    try begin(epoch: epoch)
    for (stepper, sums) in zip(steppers, sums) { try stepper.restoreSums(sums) }
    self.position = min(position, order.count)
    guard let chunks, position % chunks.chunk != 0 else { return }
    try supply(chunks, from: position / chunks.chunk * chunks.chunk)
  }

  /// What trains, on full batches first.
  private var steppers: [any TrainingStepper] { [full] + [tail, adding].compactMap(\.self) }

  /// The sums of the epoch so far, for each of them.
  var sums: [[Double]] { steppers.map(\.sums) }

  /// The bytes that the results of a step take at one time.
  var peakBytes: Int { steppers.reduce(0) { $0 + $1.peakBytes } }

  /// Whether steps are replayed from plans.
  var isPlanned: Bool { full is TrainingPlan }

  /// Takes the chunk of examples that begins at a position.
  private mutating func supply(_ chunks: ChunkSupply, from position: Int) throws {
    examples = try chunks.examples(from: position)
    if meetsTargets { try step.targetCheck.run(on: examples[1]) }
    for stepper in steppers { try stepper.supply(examples) }
  }

  /// Starts the epoch again in the same order.
  mutating func rewind() {
    position = 0
    for stepper in steppers { stepper.resetSums() }
  }

  /// The mean of what training makes small over the examples of the epoch so far.
  var objective: Double {
    position == 0 ? 0 : sums.reduce(0) { $0 + ($1.last ?? 0) } / Double(position)
  }

  /// What the epoch gave so far.
  var tally: Tally {
    let parts = sums.filter { !$0.isEmpty }
    func total(_ index: Int) -> Double { parts.reduce(0) { $0 + $1[index] } }
    let first = (parts.first?.count ?? 0) - metrics.count - (reportsObjective ? 1 : 0)
    return Tally(
      count: position, totalLoss: parts.isEmpty ? 0 : total(0),
      correct: first >= 2 ? total(1) : nil, counted: first >= 3 ? total(2) : Double(position),
      metrics: parts.isEmpty
        ? []
        : metrics.enumerated().map { Measurement($1, total(first + $0) / Double(position)) })
  }

  /// The number of the batch that was handed out last, from 1.
  var number: Int { (position + batch - 1) / batch }

  /// Whether the epoch has no further batch.
  var isAtEnd: Bool { position >= order.count }

  /// Whether no batch of the epoch has been handed out.
  var isAtStart: Bool { position == 0 }
}

/// Sums over the examples of an epoch.
struct Tally {
  let count: Int
  let totalLoss: Double
  let correct: Double?
  /// How many examples can be right or wrong; where some labels are left out, how many labels.
  let counted: Double
  /// The means of the metrics.
  let metrics: [Measurement]

  /// The mean loss of an example.
  var loss: Double { totalLoss / Double(count) }
  /// The share of examples that were classified rightly.
  var accuracy: Double? { correct.map { $0 / counted } }
}
