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
    try require(patience.map { $0 >= 1 } ?? true, "patience must be at least 1")
    try require(
      checkpoints?.every.map { $0 >= 1 } ?? true, "a checkpoint is due every 1 step or more")
    _ = try optimizer.rate.constant.map { try LearningRate($0)(0) }
  }

  private func require(_ holds: Bool, _ message: String) throws {
    if !holds { throw TensorError("value/range", message) }
  }
}
