/// What training gave, epoch by epoch.
public struct History: Sendable, Hashable {
  /// The epochs, in order.
  public private(set) var epochs: [Epoch] = []
  /// Why training ended before its last epoch, or nothing.
  public internal(set) var stopped: Stop?

  /// Makes an empty history.
  public init() {}

  /// Adds an epoch at the end.
  public mutating func append(_ epoch: Epoch) { epochs.append(epoch) }

  /// Why training ended early.
  public enum Stop: String, Sendable, Hashable {
    /// The user interrupted it.
    case interrupted
    /// The validation loss got no better for as many epochs as were allowed.
    case patience
    /// The callback asked for it.
    case callback
  }

  /// The numbers of one epoch.
  public struct Epoch: Sendable, Hashable {
    /// The mean loss over the training examples, as they were seen during the epoch.
    public var loss: Double
    /// The share of training examples that were classified rightly when they were seen; nothing for regression.
    public var accuracy: Double?
    /// The loss on the validation examples after the epoch.
    public var validationLoss: Double?
    /// The accuracy on the validation examples after the epoch.
    public var validationAccuracy: Double?
    /// The metrics over the training examples, as they were seen.
    public var metrics: [Measurement]
    /// The metrics on the validation examples after the epoch.
    public var validationMetrics: [Measurement] = []
    /// The learning rate of its last step.
    public var rate: Double
    /// How long it took; never part of a report that is to be the same twice.
    public var seconds: Double

    /// Makes the numbers of an epoch.
    public init(
      loss: Double, accuracy: Double?, validationLoss: Double? = nil,
      validationAccuracy: Double? = nil, metrics: [Measurement] = [], rate: Double, seconds: Double
    ) {
      self.loss = loss
      self.accuracy = accuracy
      self.validationLoss = validationLoss
      self.validationAccuracy = validationAccuracy
      self.metrics = metrics
      self.rate = rate
      self.seconds = seconds
    }
  }
}
