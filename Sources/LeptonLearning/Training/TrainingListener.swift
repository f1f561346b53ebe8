import LeptonTensor

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
  /// Does something that is done again later, so that its effects do not count: what it shows is dropped.
  func trainingTries<Result>(_ body: () throws -> Result) rethrows -> Result
  /// Is told, once, that steps are computed without a plan.
  func trainingRunsUnplanned(_ reason: UnplannedReason)
}

/// Why a step cannot be planned.
public enum UnplannedReason: String, Sendable, Hashable {
  /// It asks for the value of a tensor, for a condition, say.
  case readsValues = "trace/read"
  /// It does something that a replay would not do again: it prints, or reads a file.
  case hasEffects = "trace/effect"
}

extension TrainingListener {
  /// Goes on.
  public func trainingEnded(
    _ epoch: Int, _ numbers: History.Epoch, model: () throws -> Model
  ) throws -> Bool { true }
  /// Looks at nothing.
  public func trainingSaw(_ sighting: Sighting, epoch: Int, step: Int) {}
  /// Does it.
  public func trainingTries<Result>(_ body: () throws -> Result) rethrows -> Result { try body() }
  /// Takes no note.
  public func trainingRunsUnplanned(_ reason: UnplannedReason) {}
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
  /// The numbers of the epoch, at its end.
  public var ended: History.Epoch?
}
