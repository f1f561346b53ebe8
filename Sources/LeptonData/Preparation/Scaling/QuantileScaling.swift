/// Each number becomes the share of numbers below it, or what has that share below it in the normal
/// distribution.
///
/// As scikit-learn's `QuantileTransformer`: quantiles are kept, and what lies between two of them is in
/// proportion, approached from both sides so that many equal numbers get the middle of their shares.
public struct QuantileScaling: NumberPreparing, Equatable {
  /// As many as are kept.
  public var learnedCount: Int? { nil }

  private let count: Int
  private let isNormal: Bool

  /// Makes it; `count` says how many quantiles are kept at the most.
  public init(count: Int, isNormal: Bool) {
    self.count = count
    self.isNormal = isNormal
  }

  /// The quantiles.
  public func learned(from numbers: [Double]) -> [Double] {
    let sorted = numbers.sorted()
    let kept = max(1, min(count, sorted.count))
    var highest = -Double.infinity
    return QuantileScaling.shares(kept).map {
      highest = max(highest, sorted.quantile($0))
      return highest
    }
  }

  /// What becomes of each number.
  public func applied(to number: Double, _ learned: [Double]) -> Double {
    guard !number.isNaN, let least = learned.first, let most = learned.last else { return number }
    let share: Double
    if isLow(number, least) {
      share = 0
    } else if isHigh(number, most) {
      share = 1
    } else {
      share = self.share(of: number, learned)
    }
    guard isNormal else { return share }
    return min(max(NormalDistribution.quantile(share), Self.lowest), -Self.lowest)
  }

  /// The share of a number between the outer quantiles, interpolated from below and from above.
  private func share(of number: Double, _ quantiles: [Double]) -> Double {
    let last = quantiles.count - 1
    guard last > 0 else { return 0.5 }
    let above = min(max(quantiles.countNotAbove(number), 1), last)
    let below = min(max(quantiles.countBelow(number), 1), last)
    let left = Double(above - 1) + quantiles.part(of: number, before: above)
    let right = Double(below - 1) + quantiles.part(of: number, before: below)
    return 0.5 * (left + right) / Double(last)
  }

  private func isLow(_ number: Double, _ least: Double) -> Bool {
    isNormal ? number - 1e-7 < least : number <= least
  }

  private func isHigh(_ number: Double, _ most: Double) -> Bool {
    isNormal ? number + 1e-7 > most : number >= most
  }

  /// So many shares from 0 to 1.
  private static func shares(_ count: Int) -> [Double] {
    count < 2 ? [0] : (0..<count).map { Double($0) / Double(count - 1) }
  }

  /// What the share 1e-7 of the normal distribution lies below: nothing gets further out.
  private static let lowest = NormalDistribution.quantile(1e-7 - Double.ulpOfOne)
}

extension [Double] {
  /// How far a number lies on the way to a place from the one before it, from 0 to 1.
  fileprivate func part(of number: Double, before place: Int) -> Double {
    (number - self[place - 1]) / (self[place] - self[place - 1])
  }
}
