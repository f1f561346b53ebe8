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
  /// Whether each epoch has its own order.
  public var shuffles = true
  /// When to leave checkpoints, and from which to go on.
  public var checkpoints: CheckpointRule?

  /// Makes options with Keras's defaults: Adam, batches of 32, one epoch.
  public init() {}

  /// Refuses numbers that make no sense.
  ///
  /// - Throws: `TensorError` with code `value/range`.
  func check() throws {
    try require(epochs >= 0, "epochs must be at least 0, not \(epochs)")
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

/// Who wants to know how training goes on, and may stop it.
public protocol TrainingListener {
  /// Is told how far training is, a few times a second.
  func trainingProgressed(_ progress: TrainingProgress)
  /// Whether training is to stop after this step; asked after each.
  func trainingShouldStop() -> Bool
  /// Is told the numbers of an epoch that has ended, and may look at the model; false stops training.
  func trainingEnded(
    _ epoch: Int, _ numbers: History.Epoch, model: () throws -> Model
  ) throws -> Bool
  /// Is told what a watched value was in a step: in the first one, in the last of each epoch, and where
  /// one was no number for the first time.
  func trainingSaw(_ sighting: Sighting, epoch: Int, step: Int)
}

extension TrainingListener {
  /// Goes on.
  public func trainingEnded(
    _ epoch: Int, _ numbers: History.Epoch, model: () throws -> Model
  ) throws -> Bool { true }
  /// Looks at nothing.
  public func trainingSaw(_ sighting: Sighting, epoch: Int, step: Int) {}
}

/// How far training is.
public struct TrainingProgress: Sendable, Hashable {
  /// The epoch, from 1.
  public var epoch: Int
  /// How many epochs there are.
  public var epochs: Int
  /// Steps done in all.
  public var step: Int
  /// Steps to do in all.
  public var steps: Int
  /// The mean loss of the epoch so far.
  public var loss: Double
  /// The accuracy of the epoch so far; nothing for regression.
  public var accuracy: Double?
  /// The metrics of the epoch so far.
  public var metrics: [Measurement]
  /// Seconds since training began.
  public var seconds: Double
}
