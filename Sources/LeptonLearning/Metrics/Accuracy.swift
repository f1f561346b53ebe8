import LeptonTensor

/// The share of examples that were classified rightly, with how sure that is.
public struct Accuracy: Sendable, Hashable {
  /// How many examples were classified rightly.
  public let correct: Int
  /// How many examples there were.
  public let count: Int

  /// Makes an accuracy from its two counts.
  public init(correct: Int, count: Int) {
    self.correct = correct
    self.count = count
  }

  /// Counts where the predicted class is the true one.
  public init(predicted: [Int], actual: [Int]) {
    let correct = zip(predicted, actual).reduce(0) { $0 + ($1.0 == $1.1 ? 1 : 0) }
    self.init(correct: correct, count: min(predicted.count, actual.count))
  }

  /// The share as a fraction; `nan` without examples.
  public var value: Double { count == 0 ? .nan : Double(correct) / Double(count) }

  /// How many examples were classified wrongly.
  public var errors: Int { count - correct }

  /// The interval that covers the true share with 95 % confidence.
  public var interval: ClosedRange<Double> { interval(confidence: 0.95) }

  /// The interval that covers the true share with a confidence.
  ///
  /// Wilson's score interval (E. B. Wilson, 1927): with p the share and z the quantile of the normal
  /// distribution (1.96 for 95 %), `(p + z²/2n ± z √(p(1−p)/n + z²/4n²)) / (1 + z²/n)`.
  public func interval(confidence: Double) -> ClosedRange<Double> {
    guard count > 0, confidence > 0, confidence < 1 else { return 0...1 }
    let z = confidence == 0.95 ? 1.959_963_984_540_054 : normalQuantile(0.5 + confidence / 2)
    let n = Double(count)
    let p = value
    let scale = 1 + z * z / n
    let centre = (p + z * z / (2 * n)) / scale
    let half = z * (p * (1 - p) / n + z * z / (4 * n * n)).squareRoot() / scale
    return max(0, centre - half)...min(1, centre + half)
  }
}
