import LeptonTensor

/// With what a model was trained.
public struct TrainingRecord {
  /// The examples.
  public let data: Dataset
  /// The options, each as a text under a name.
  public let facts: [Checkpoint.Fact]
  /// The key of the run's chance.
  public let key: UInt64
  /// How many steps were done.
  public let steps: Int
  /// The bytes that parameters, what the optimizer remembers and the results of a step took at one time.
  public let peakBytes: Int
  /// Whether steps were replayed from plans.
  public let isPlanned: Bool
}
