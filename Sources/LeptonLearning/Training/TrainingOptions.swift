import LeptonTensor

/// How a model is to be trained.
public struct TrainingOptions {
  /// How often all examples are gone through.
  public var epochs = 1
  /// How many examples make a step.
  public var batch = 32
  /// How gradients change parameters.
  public var optimizer = Optimizer.adam(AdamRule())
  /// What is made small; `nil` takes what suits the targets.
  public var loss: Loss?
  /// What is measured beside the loss.
  public var metrics: [TrainingMetric] = []
  /// How the learning rate goes.
  public var schedule = Schedule.constant
  /// The price on large weights.
  public var penalty: Penalty?
  /// The largest norm of all gradients together; larger ones are scaled down to it.
  public var clipNorm: Double?
  /// The largest size of an element of a gradient.
  public var clipValue: Double?
  /// How many batches make a step.
  public var accumulation = 1
  /// How weights are averaged over steps.
  public var averaging: Averaging?
  /// What kernels are held to after each step.
  public var constraint: Constraint?
  /// What is done in another way to some parameters.
  public var groups: [ParameterGroup] = []
  /// How pictures are changed by chance.
  public var augmentation: Augmentation?
  /// Examples to look at after each epoch, which teach nothing.
  public var validation: Dataset?
  /// After how many epochs without a better validation loss to stop and go back to the best.
  public var patience: Int?
  /// How much the examples of each class count; all as much without it.
  public var classWeights: [Double]?
  /// Whether each epoch has its own order.
  public var shuffles = true
  /// When to leave checkpoints, and from which to go on.
  public var checkpoints: CheckpointRule?

  /// Makes options with Keras's defaults: Adam, batches of 32, one epoch.
  public init() {}

  /// More would never end, and their steps could not be counted.
  static let mostEpochs = 100_000_000

  /// Refuses numbers that make no sense.
  ///
  /// - Throws: `TensorError` with code `value/range`.
  func check() throws {
    try require(
      (0...Self.mostEpochs).contains(epochs),
      "epochs must be from 0 to \(Self.mostEpochs), not \(epochs)")
    try require(batch >= 1, "batch must be at least 1, not \(batch)")
    try require(accumulation >= 1, "accumulate must be at least 1, not \(accumulation)")
    for (name, limit) in [("clip_norm", clipNorm), ("clip_value", clipValue)] {
      try require(
        limit.map { $0 > 0 && $0.isFinite } ?? true, "\(name) must be a number above 0")
    }
    try require(
      validation != nil || !schedule.watchesValidation && !optimizer.rate.watchesValidation,
      "on_plateau looks at the loss on validation examples: give some, validation=…")
    try require(
      !optimizer.isFullBatch || goesWithFullBatch,
      "lbfgs looks at all examples at once: clip_norm, clip_value, accumulate, average, constraint, "
        + "groups, augment and checkpoint do not go with it")
    try require(patience.map { $0 >= 1 } ?? true, "patience must be at least 1")
    try require(
      validation != nil || patience == nil,
      "patience looks at the loss on validation examples: give some, validation=…")
    try require(
      checkpoints?.every.map { $0 >= 1 } ?? true, "a checkpoint is due every 1 step or more")
    _ = try optimizer.rate.constant.map { try LearningRate($0)(.start) }
  }

  /// The engine's form of the optimizer, with all that is done to gradients and weights beside it.
  var update: Update {
    var update = optimizer.update
    update.clipNorm = clipNorm
    update.clipValue = clipValue
    update.accumulates = update.accumulates || accumulation > 1
    update.averages = averaging != nil
    return update
  }

  private var goesWithFullBatch: Bool {
    clipNorm == nil && clipValue == nil && accumulation == 1 && averaging == nil
      && constraint == nil && groups.isEmpty && augmentation == nil && checkpoints == nil
  }

  private func require(_ holds: Bool, _ message: String) throws {
    if !holds { throw TensorError("value/range", message) }
  }
}
