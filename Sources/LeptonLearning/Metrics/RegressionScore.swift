/// How near predicted numbers are to the true ones.
public struct RegressionScore: Sendable, Hashable {
  /// How many numbers were compared.
  public let count: Int
  /// The mean of the squared differences.
  public let meanSquaredError: Double
  /// The mean of the absolute differences.
  public let meanAbsoluteError: Double
  /// The share of the variance that is explained: `1 − Σ(y − ŷ)² / Σ(y − ȳ)²`; `nan` for constant targets.
  public let r2: Double

  /// Compares numbers pair by pair.
  public init(predicted: [Double], actual: [Double]) {
    var tally = RegressionTally()
    tally.add(predicted: predicted, actual: actual)
    self.init(tally)
  }

  init(_ tally: RegressionTally) {
    count = tally.count
    meanSquaredError = tally.squared / Double(tally.count)
    meanAbsoluteError = tally.absolute / Double(tally.count)
    r2 = tally.variance == 0 ? .nan : 1 - tally.squared / tally.variance
  }
}

/// Sums over pairs of numbers that come batch by batch.
///
/// The squared differences from the mean of all are put together from those of the batches (Chan, Golub and
/// LeVeque 1979).
struct RegressionTally {
  private(set) var count = 0
  private(set) var squared = 0.0
  private(set) var absolute = 0.0
  private(set) var variance = 0.0
  private var mean = 0.0

  mutating func add(predicted: [Double], actual: [Double]) {
    guard !actual.isEmpty else { return }
    for (guess, truth) in zip(predicted, actual) {
      squared += (truth - guess) * (truth - guess)
      absolute += abs(truth - guess)
    }
    let (old, new) = (Double(count), Double(actual.count))
    let own = actual.reduce(0, +) / new
    let distance = own - mean
    variance += actual.reduce(0) { $0 + ($1 - own) * ($1 - own) }
    variance += distance * distance * old * new / (old + new)
    mean = old == 0 ? own : mean + distance * new / (old + new)
    count += actual.count
  }
}
