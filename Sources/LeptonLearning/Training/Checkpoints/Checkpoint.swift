import LeptonTensor

/// Where a run of training stands: all that it needs to go on as if it had never stopped.
///
/// What chance gives is not in it: orders, dropout and augmentation are functions of the key, the
/// epoch and the step.
public struct Checkpoint {
  /// What the run is: the model, the data, the options, each as a text under a name.
  public var facts: [Fact]
  /// The key of the run's chance.
  public var key: UInt64
  /// The place in the run.
  public var place: Place
  /// The sums of the epoch so far, for each plan.
  public var sums: [[Double]]
  /// The parameters as they are now.
  public var parameters: ParameterTree
  /// What the layers have carried along up to now.
  public var states: ParameterTree
  /// What is remembered of each parameter, under its path and the name of the slot: `0.dense.kernel/mean`.
  public var memory: ParameterTree
  /// The best model so far, where patience asks for them.
  public var best: Best?
  /// The epochs that are done, and why training ended, if it did.
  public var history: History

  /// Something that must be the same for a run to go on.
  public struct Fact: Sendable, Hashable {
    /// What it is about: `batch`.
    public let name: String
    /// What it is: `32`.
    public let value: String

    /// Names a fact.
    public init(_ name: String, _ value: String) {
      self.name = name
      self.value = value
    }
  }

  /// Where in a run something stands.
  public struct Place: Sendable, Hashable {
    /// The epoch that goes on, from 0.
    public var epoch: Int
    /// Steps done in all.
    public var step: Int
    /// Examples of the epoch that are done.
    public var position: Int
    /// The seconds that the epoch has taken so far.
    public var seconds: Double
  }

  /// The model that did best on the validation examples.
  public struct Best {
    /// Their loss.
    public var loss: Double
    /// The epoch after which they were so, from 0.
    public var epoch: Int
    /// Its parameters.
    public var parameters: ParameterTree
    /// Its states.
    public var states: ParameterTree
  }
}

/// When a run of training is to leave checkpoints, and from which it is to go on.
public struct CheckpointRule {
  /// After how many steps, beside the end of each epoch; nothing for the ends alone.
  public var every: Int?
  /// What the run is, beyond what its options say: the data, for example.
  public var facts: [Checkpoint.Fact]
  /// Where to go on, or nothing to begin.
  public var start: Checkpoint?
  /// Keeps a checkpoint.
  public var save: (Checkpoint) throws -> Void

  /// Makes a rule.
  public init(
    every: Int? = nil, facts: [Checkpoint.Fact] = [], start: Checkpoint? = nil,
    save: @escaping (Checkpoint) throws -> Void
  ) {
    self.every = every
    self.facts = facts
    self.start = start
    self.save = save
  }
}
