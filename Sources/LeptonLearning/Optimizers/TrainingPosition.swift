/// Where in a training run a step stands.
public struct TrainingPosition: Sendable, Hashable {
  /// The step, from 0.
  public let step: Int
  /// How many steps there are in all.
  public let steps: Int
  /// How many steps make an epoch.
  public let stepsPerEpoch: Int
  /// The losses on validation examples after the epochs that have ended.
  public let validationLosses: [Double]

  /// Makes a position.
  public init(step: Int, steps: Int, stepsPerEpoch: Int, validationLosses: [Double] = []) {
    self.step = step
    self.steps = steps
    self.stepsPerEpoch = stepsPerEpoch
    self.validationLosses = validationLosses
  }

  /// Before anything else.
  static let start = TrainingPosition(step: 0, steps: 1, stepsPerEpoch: 1)

  /// The share of the run that lies behind, in [0, 1).
  public var fraction: Double { steps == 0 ? 0 : Double(step) / Double(steps) }

  /// The epochs that lie behind, with their fraction.
  public var epochs: Double { stepsPerEpoch == 0 ? 0 : Double(step) / Double(stepsPerEpoch) }

  /// The same seen by a schedule that governs only the steps of a range.
  func within(_ range: Range<Int>) -> TrainingPosition {
    let earlier = stepsPerEpoch == 0 ? 0 : range.lowerBound / stepsPerEpoch
    return TrainingPosition(
      step: step - range.lowerBound, steps: range.count, stepsPerEpoch: stepsPerEpoch,
      validationLosses: Array(validationLosses.dropFirst(earlier)))
  }
}
