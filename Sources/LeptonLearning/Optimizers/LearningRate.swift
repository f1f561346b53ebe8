import LeptonTensor

/// The learning rate before the schedule: a number, or a function of where training stands.
///
/// Two functions are the same if they print the same; they are called by the thread that trains only.
public struct LearningRate: @unchecked Sendable, Hashable {
  /// The number, or nothing for a function.
  public let constant: Double?
  /// The Lepton that makes it.
  public let source: String
  /// Whether it looks at losses on validation examples.
  public let watchesValidation: Bool
  private let body: (TrainingPosition) throws -> Double

  /// A rate that stays.
  public init(_ rate: Double) {
    constant = rate
    source = shortest(rate)
    watchesValidation = false
    body = { _ in rate }
  }

  /// A rate that a function gives for each step.
  public init(
    source: String, watchesValidation: Bool = false,
    _ body: @escaping (TrainingPosition) throws -> Double
  ) {
    constant = nil
    self.source = source
    self.watchesValidation = watchesValidation
    self.body = body
  }

  /// A rate that a schedule gives, whose factors are then rates.
  public init(_ schedule: Schedule) {
    self.init(source: schedule.source, watchesValidation: schedule.watchesValidation) {
      try schedule($0)
    }
  }

  /// The rate of a step.
  ///
  /// - Throws: `TensorError` with code `value/range` if it is no number from 0 on.
  public func callAsFunction(_ position: TrainingPosition) throws -> Double {
    let rate = try body(position)
    try LearningRate.require(rate, constant == nil ? " for step \(position.step)" : "")
    return rate
  }

  /// The rate of a step under a schedule.
  ///
  /// - Throws: `TensorError` with code `value/range` if it is no number from 0 on.
  func callAsFunction(_ position: TrainingPosition, _ schedule: Schedule) throws -> Double {
    let rate = try self(position) * schedule(position)
    try LearningRate.require(rate, " for step \(position.step)")
    return rate
  }

  private static func require(_ rate: Double, _ place: String) throws {
    guard rate.isFinite, rate >= 0 else {
      throw TensorError(
        "value/range",
        "the learning rate must be a number from 0 on, not \(shortest(rate))\(place)")
    }
  }

  /// Two rates are the same if they print the same.
  public static func == (a: LearningRate, b: LearningRate) -> Bool { a.source == b.source }

  /// Hashes what it prints.
  public func hash(into hasher: inout Hasher) { hasher.combine(source) }
}

extension LearningRate: ExpressibleByFloatLiteral, ExpressibleByIntegerLiteral {
  /// A rate that stays.
  public init(floatLiteral value: Double) { self.init(value) }
  /// A rate that stays.
  public init(integerLiteral value: Int) { self.init(Double(value)) }
}
