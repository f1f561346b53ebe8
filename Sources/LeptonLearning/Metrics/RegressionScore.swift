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
    let n = Double(actual.count)
    let mean = actual.reduce(0, +) / n
    var squared = 0.0
    var absolute = 0.0
    var variance = 0.0
    for (guess, truth) in zip(predicted, actual) {
      squared += (truth - guess) * (truth - guess)
      absolute += abs(truth - guess)
      variance += (truth - mean) * (truth - mean)
    }
    count = actual.count
    meanSquaredError = squared / n
    meanAbsoluteError = absolute / n
    r2 = variance == 0 ? .nan : 1 - squared / variance
  }
}
