import Glibc

/// The standard normal distribution.
enum NormalDistribution {
  /// The number below which a share of it lies: Acklam's approximation, made exact by a step of Halley's.
  static func quantile(_ share: Double) -> Double {
    guard share > 0 else { return share == 0 ? -.infinity : .nan }
    guard share < 1 else { return share == 1 ? .infinity : .nan }
    if share > 0.5 { return -quantile(1 - share) }
    let start = approximation(share)
    let error = 0.5 * erfc(-start / 2.0.squareRoot()) - share
    let step = error * (2 * Double.pi).squareRoot() * exp(start * start / 2)
    return start - step / (1 + start * step / 2)
  }

  private static func approximation(_ share: Double) -> Double {
    let low = 0.02425
    if share < low {
      let q = (-2 * log(share)).squareRoot()
      return polynomial(tail, q) / (polynomial(tailBelow, q) * q + 1)
    }
    let q = share - 0.5
    let r = q * q
    return polynomial(middle, r) * q / (polynomial(middleBelow, r) * r + 1)
  }

  private static func polynomial(_ coefficients: [Double], _ x: Double) -> Double {
    coefficients.reduce(0) { $0 * x + $1 }
  }

  private static let middle = [
    -3.969683028665376e+01, 2.209460984245205e+02, -2.759285104469687e+02, 1.383577518672690e+02,
    -3.066479806614716e+01, 2.506628277459239e+00,
  ]
  private static let middleBelow = [
    -5.447609879822406e+01, 1.615858368580409e+02, -1.556989798598866e+02, 6.680131188771972e+01,
    -1.328068155288572e+01,
  ]
  private static let tail = [
    -7.784894002430293e-03, -3.223964580411365e-01, -2.400758277161838e+00, -2.549732539343734e+00,
    4.374664141464968e+00, 2.938163982698783e+00,
  ]
  private static let tailBelow = [
    7.784695709041462e-03, 3.224671290700398e-01, 2.445134137142996e+00, 3.754408661907416e+00,
  ]
}
