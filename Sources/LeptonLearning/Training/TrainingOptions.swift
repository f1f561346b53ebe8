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

  /// Makes options with Keras's defaults: Adam, batches of 32, one epoch.
  public init() {}

  /// Refuses numbers that make no sense.
  ///
  /// - Throws: `TensorError` with code `value/range`.
  func check() throws {
    try require(epochs >= 0, "epochs must be at least 0, not \(epochs)")
    try require(batch >= 1, "batch must be at least 1, not \(batch)")
    try require(patience.map { $0 >= 1 } ?? true, "patience must be at least 1")
    let rate = optimizer.rate
    try require(
      rate.isFinite && rate >= 0,
      "the learning rate must be a number from 0 on, not \(shortest(rate))")
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
  /// Seconds since training began.
  public var seconds: Double
}
