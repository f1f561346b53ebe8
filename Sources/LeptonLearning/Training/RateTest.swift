import Glibc
import LeptonTensor

/// A test of learning rates: a short training in which the rate grows from step to step (Smith 2017).
public struct RateTest: Sendable {
  /// The rates that were tried, growing.
  public private(set) var rates: [Double] = []
  /// The loss at each rate, as a running mean.
  public private(set) var losses: [Double] = []

  /// How much of the running mean a step keeps.
  private static let memory = 0.9
  /// More say no more about the rate.
  private static let mostSteps = 1_000_000

  /// Trains for so many steps from a rate to another, or until the loss is four times its best.
  ///
  /// - Throws: what training throws before its first step, and `value/range` for rates that do not grow
  ///   or a number of steps that makes no sense.
  public init(
    _ layer: any Layer, from start: Model? = nil, on data: Dataset, options: TrainingOptions,
    low: Double, high: Double, steps: Int, key: RandomKey, listener: (any TrainingListener)? = nil
  ) throws {
    guard low > 0, high > low, high.isFinite, (10...Self.mostSteps).contains(steps) else {
      throw TensorError(
        "value/range",
        "a test of rates has 10 to \(Self.mostSteps) steps, from a rate above 0 to a higher one")
    }
    var options = options
    let rate = options.optimizer.rate
    // As many epochs as steps are more than enough; the test counts steps.
    options.epochs = steps
    options.schedule = Schedule(source: "a test of rates") { position in
      let wanted = low * pow(high / low, Double(position.step) / Double(steps - 1))
      return wanted / max(try rate(position), .leastNormalMagnitude)
    }
    var run = try TrainingRun(
      layer, from: start, on: data, options: options, key: key, listener: listener)
    var (mean, best) = (0.0, Double.infinity)
    while rates.count < steps, let (rate, loss) = try run.testedStep(), loss.isFinite {
      mean = Self.memory * mean + (1 - Self.memory) * loss
      rates.append(rate)
      let smooth = mean / (1 - pow(Self.memory, Double(rates.count)))
      losses.append(smooth)
      if smooth > 4 * best { break }
      best = min(best, smooth)
    }
  }

  /// A tenth of the rate at which the loss was lowest, where it still falls steadily; nothing if it never fell.
  public var suggestion: Double? {
    // The first steps say more about chance than about rates.
    let beginning = losses.count / 10
    guard let first = losses.prefix(beginning + 1).max(),
      let lowest = losses.indices.dropFirst(beginning).min(by: { losses[$0] < losses[$1] }),
      losses[lowest] < 0.95 * first
    else { return nil }
    return rates[lowest] / 10
  }
}

extension TrainingRun {
  /// Trains on the next batch, and gives the rate and the loss before the step; nothing if it is to stop.
  fileprivate mutating func testedStep() throws -> (rate: Double, loss: Double)? {
    if listener?.trainingShouldStop() ?? false { return nil }
    if feed.isAtEnd {
      epoch += 1
      try feed.begin(epoch: epoch)
    }
    guard let batch = try feed.next() else { return nil }
    let (before, rate) = (feed.tally.totalLoss, try rate(at: position(of: step)))
    try replay(batch, rate: rate)
    return (rate, (feed.tally.totalLoss - before) / Double(batch.places.count))
  }
}
