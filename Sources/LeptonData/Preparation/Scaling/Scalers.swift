/// Mean 0 and standard deviation 1.
public struct Standardizing: NumberPreparing, Equatable {
  /// Mean and deviation.
  public var learnedCount: Int? { 2 }

  /// Makes it.
  public init() {}

  /// Mean and deviation; 1 as the deviation of what is constant up to rounding.
  public func learned(from numbers: [Double]) -> [Double] {
    let mean = numbers.mean
    let variance = numbers.variance(around: mean)
    let rounding = Double(numbers.count) * Double.ulpOfOne
    let isConstant =
      variance.isFinite
      && variance <= rounding * variance + (rounding * mean) * (rounding * mean)
    return [mean, isConstant ? 1 : variance.squareRoot()]
  }

  /// The distance from the mean, in deviations.
  public func applied(to number: Double, _ learned: [Double]) -> Double {
    (number - learned[0]) / learned[1]
  }
}

/// The smallest number becomes the lower end of a range, the largest the upper one.
public struct RangeScaling: NumberPreparing, Equatable {
  /// Factor and summand.
  public var learnedCount: Int? { 2 }

  private let low: Double
  private let high: Double

  /// Makes it for a range.
  public init(low: Double, high: Double) {
    self.low = low
    self.high = high
  }

  /// The factor, and what is added then.
  public func learned(from numbers: [Double]) -> [Double] {
    let least = numbers.min() ?? 0
    let width = (numbers.max() ?? 0) - least
    let factor = width.isFinite ? (high - low) / width.nonZero : .nan
    return [factor, low - least * factor]
  }

  /// The place in the range.
  public func applied(to number: Double, _ learned: [Double]) -> Double {
    number * learned[0] + learned[1]
  }
}

/// The largest size becomes 1; zeros stay.
public struct SizeScaling: NumberPreparing, Equatable {
  /// The largest size.
  public var learnedCount: Int? { 1 }

  /// Makes it.
  public init() {}

  /// The largest size.
  public func learned(from numbers: [Double]) -> [Double] {
    [(numbers.map(abs).max() ?? 0).nonZero]
  }

  /// The share of the largest size.
  public func applied(to number: Double, _ learned: [Double]) -> Double { number / learned[0] }
}

/// The median becomes 0, and the distance between two quantiles 1.
public struct RobustScaling: NumberPreparing, Equatable {
  /// Median and distance.
  public var learnedCount: Int? { 2 }

  private let low: Double
  private let high: Double

  /// Makes it for two quantiles, the quartiles for example.
  public init(low: Double, high: Double) {
    self.low = low
    self.high = high
  }

  /// The median and the distance.
  public func learned(from numbers: [Double]) -> [Double] {
    let sorted = numbers.sorted()
    return [sorted.quantile(0.5), (sorted.quantile(high) - sorted.quantile(low)).nonZero]
  }

  /// The distance from the median.
  public func applied(to number: Double, _ learned: [Double]) -> Double {
    (number - learned[0]) / learned[1]
  }
}

/// Numbers beyond two bounds become those bounds.
public struct Clipping: NumberPreparing, Equatable {
  /// Both bounds.
  public var learnedCount: Int? { 2 }

  /// How the bounds are found.
  public enum Bounds: Sendable, Equatable {
    /// Quantiles.
    case quantiles(Double, Double)
    /// So many distances of the quartiles beyond the quartiles.
    case quartiles(factor: Double)
    /// So many standard deviations around the mean.
    case deviations(Double)
  }

  private let bounds: Bounds

  /// Makes it for bounds.
  public init(_ bounds: Bounds) { self.bounds = bounds }

  /// The bounds.
  public func learned(from numbers: [Double]) -> [Double] {
    let sorted = numbers.sorted()
    switch bounds {
    case .quantiles(let low, let high): return [sorted.quantile(low), sorted.quantile(high)]
    case .quartiles(let factor):
      let (first, third) = (sorted.quantile(0.25), sorted.quantile(0.75))
      return [first - factor * (third - first), third + factor * (third - first)]
    case .deviations(let count):
      let mean = numbers.mean
      let distance = count * numbers.variance(around: mean).squareRoot()
      return [mean - distance, mean + distance]
    }
  }

  /// The nearest number within the bounds.
  public func applied(to number: Double, _ learned: [Double]) -> Double {
    number.isNaN ? number : min(max(number, learned[0]), learned[1])
  }
}

extension Double {
  /// The number, or 1 where it is zero up to rounding.
  fileprivate var nonZero: Double { magnitude < 10 * Double.ulpOfOne ? 1 : self }
}
