import LeptonTensor

/// What gives a training run its batches: the order of an epoch, cut into batches, the last one
/// short, each with the plan that trains on it.
struct BatchFeed {
  /// A batch: the plan made for its size, and the places of its examples.
  struct Batch {
    let plan: TrainingPlan
    let places: ArraySlice<Int>
  }

  /// How many steps make an epoch.
  let stepsPerEpoch: Int
  private let data: Dataset
  private let batch: Int
  private let shuffles: Bool
  private let key: RandomKey
  private let plan: TrainingPlan
  private let tail: TrainingPlan?
  private let metrics: [String]
  private var augmented: AugmentedExamples?
  private var order: [Int] = []
  /// How many examples of the epoch have been handed out.
  private(set) var position = 0

  /// Traces the step for full batches, and for the last one if it is short.
  init(
    _ data: Dataset, step: TrainingStep, state: TrainingState, options: TrainingOptions,
    key: RandomKey
  ) throws {
    let batch = min(options.batch, data.count)
    let augmented = try options.augmentation.map {
      try AugmentedExamples(data, $0, batch: batch, key: key.folded("augmentation"))
    }
    let examples = try augmented?.placeholder() ?? [data.allInputs, data.allTargets]
    func plan(_ size: Int) throws -> TrainingPlan {
      try TrainingPlan(
        state: state, examples: examples, batch: size, key: key.folded("step"), step.trace)
    }
    let rest = data.count % batch
    self.data = data
    self.batch = batch
    self.augmented = augmented
    self.key = key.folded("order")
    shuffles = options.shuffles
    metrics = options.metrics.map(\.name)
    stepsPerEpoch = (data.count + batch - 1) / batch
    self.plan = try plan(batch)
    tail = rest == 0 ? nil : try plan(rest)
    try begin(epoch: 0)
  }

  /// Draws the order of an epoch and starts its sums again.
  mutating func begin(epoch: Int) throws {
    let places =
      shuffles
      ? try key.folded(UInt64(epoch)).permutation(data.count).elements(as: Int.self)
      : Array(0..<data.count)
    order = places.map(data.row)
    position = 0
    plan.resetSums()
    tail?.resetSums()
    try augmented?.begin(epoch: epoch)
  }

  /// The next batch of the epoch; nothing at its end.
  mutating func next() throws -> Batch? {
    guard position < order.count else { return nil }
    let places = position..<min(order.count, position + batch)
    defer { position = places.upperBound }
    let plan = places.count == batch ? plan : tail ?? plan
    guard let augmented else { return Batch(plan: plan, places: order[places]) }
    let start = position % augmented.chunk
    if start == 0 { try supply(augmented, from: position) }
    return Batch(plan: plan, places: Array(start..<start + places.count)[...])
  }

  /// Goes on in an epoch behind so many examples, with the sums over them.
  mutating func resume(epoch: Int, position: Int, sums: [[Double]]) throws {
    try begin(epoch: epoch)
    for (plan, sums) in zip(plans, sums) { try plan.restoreSums(sums) }
    self.position = min(position, order.count)
    guard let augmented, position % augmented.chunk != 0 else { return }
    try supply(augmented, from: position / augmented.chunk * augmented.chunk)
  }

  /// The plans, that for full batches first.
  private var plans: [TrainingPlan] { [plan] + (tail.map { [$0] } ?? []) }

  /// The sums of the epoch so far, for each plan.
  var sums: [[Double]] { plans.map(\.sums) }

  /// Makes the chunk of changed pictures that begins at a position.
  private func supply(_ augmented: AugmentedExamples, from position: Int) throws {
    let chunk = order[position..<min(order.count, position + augmented.chunk)]
    let examples = try augmented.make(chunk)
    try plan.supply(examples)
    try tail?.supply(examples)
  }

  /// What the epoch gave so far.
  var tally: Tally {
    let parts = [plan.sums, tail?.sums ?? []].filter { !$0.isEmpty }
    func total(_ index: Int) -> Double { parts.reduce(0) { $0 + $1[index] } }
    let first = (parts.first?.count ?? 0) - metrics.count
    return Tally(
      count: position, totalLoss: total(0), correct: first == 2 ? total(1) : nil,
      metrics: metrics.enumerated().map {
        Measurement($1, total(first + $0) / Double(position))
      })
  }

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
  /// The means of the metrics.
  let metrics: [Measurement]

  /// The mean loss of an example.
  var loss: Double { totalLoss / Double(count) }
  /// The share of examples that were classified rightly.
  var accuracy: Double? { correct.map { $0 / Double(count) } }
}
