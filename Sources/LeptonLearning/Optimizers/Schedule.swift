/// How the learning rate goes during training: a number for each step.
///
/// As `schedule` of a training the numbers multiply the optimizer's rate; as the rate of an optimizer
/// they are rates.
public struct Schedule: CustomStringConvertible {
  /// The Lepton that makes it.
  public let source: String
  /// Whether it looks at losses on validation examples.
  public let watchesValidation: Bool
  private let factor: (TrainingPosition) throws -> Double

  /// Makes a schedule from a function that gives the factor of a position.
  public init(
    source: String, watchesValidation: Bool = false,
    factor: @escaping (TrainingPosition) throws -> Double
  ) {
    self.source = source
    self.watchesValidation = watchesValidation
    self.factor = factor
  }

  /// The factor by which the optimizer's learning rate is multiplied at a position.
  public func callAsFunction(_ position: TrainingPosition) throws -> Double {
    try factor(position)
  }

  /// The same with all numbers multiplied, written as a last argument.
  public func scaled(by rate: Double) -> Schedule {
    guard rate != 1 else { return self }
    let separator = source.hasSuffix("()") ? "" : ", "
    return Schedule(
      source: source.dropLast() + "\(separator)rate=\(shortest(rate)))",
      watchesValidation: watchesValidation
    ) { [factor] in rate * (try factor($0)) }
  }

  /// The Lepton that makes it.
  public var description: String { source }
}
