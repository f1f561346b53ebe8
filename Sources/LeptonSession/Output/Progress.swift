/// How far a long piece of work is.
///
/// It is shown while the work goes on and never kept.
public struct Progress: Sendable, Hashable, Codable {
  /// What is being done: `train`.
  public var task: String
  /// Steps done.
  public var done: Int
  /// Steps in all; 0 where that is not known.
  public var total: Int
  /// What a step is: `step`, `sample`.
  public var unit: String
  /// The epoch, from 1, and how many there are; 0 outside training.
  public var epoch: Int
  /// How many epochs there are; 0 outside training.
  public var epochs: Int
  /// Named numbers to show, in order: the loss, metrics.
  public var measures: [Measure]
  /// What the validation after an epoch gave, told once at its end.
  public var validation: [Measure]
  /// Seconds since the work began.
  public var seconds: Double

  /// Tells how far a piece of work is.
  public init(
    task: String, done: Int, total: Int, unit: String = "step", epoch: Int = 0, epochs: Int = 0,
    measures: [Measure] = [], validation: [Measure] = [], seconds: Double
  ) {
    self.task = task
    self.done = done
    self.total = total
    self.unit = unit
    self.epoch = epoch
    self.epochs = epochs
    self.measures = measures
    self.validation = validation
    self.seconds = seconds
  }

  /// A named number.
  public struct Measure: Sendable, Hashable, Codable {
    /// The name.
    public var name: String
    /// The number.
    public var value: Double
    /// How it is written where it is shown.
    public var format: NumberFormat

    /// Makes a named number.
    public init(_ name: String, _ value: Double, _ format: NumberFormat = .general) {
      self.name = name
      self.value = value
      self.format = format
    }
  }
}
