import Glibc
import LeptonTensor

/// A number that was measured on examples, with the interval in which the true one lies with some confidence.
public struct Estimate: Sendable, Hashable {
  /// The number.
  public let number: Double
  /// The lower end of the interval.
  public let low: Double
  /// The upper end of the interval.
  public let high: Double
  /// On how many examples it was measured.
  public let count: Int
  /// How often such an interval holds the true number.
  public let confidence: Double

  /// Makes an estimate.
  ///
  /// - Throws: `TensorError` with code `value/range` unless the confidence lies between 0 and 1 and the count is
  ///   not negative.
  public init(
    _ number: Double, low: Double, high: Double, count: Int, confidence: Double = 0.95
  ) throws {
    guard confidence > 0, confidence < 1 else {
      throw TensorError(
        "value/range", "a confidence lies between 0 and 1, and this is \(shortest(confidence))")
    }
    guard count >= 0 else {
      throw TensorError("value/range", "there cannot be \(count) examples")
    }
    (self.number, self.low, self.high) = (number, low, high)
    (self.count, self.confidence) = (count, confidence)
  }

  /// The share of hits with Wilson's score interval (1927).
  ///
  /// - Throws: `TensorError` with code `value/range` unless 0 ≤ hits ≤ count.
  public init(hits: Int, of count: Int, confidence: Double = 0.95) throws {
    guard hits >= 0, hits <= count else {
      throw TensorError("value/range", "\(hits) of \(count) is no share")
    }
    let accuracy = Accuracy(correct: hits, count: count)
    let interval = accuracy.interval(confidence: confidence)
    try self.init(
      accuracy.value, low: interval.lowerBound, high: interval.upperBound, count: count,
      confidence: confidence)
  }

  /// The Lepton that makes it.
  public var source: String {
    let last = confidence == 0.95 ? "" : ", confidence=\(shortest(confidence))"
    return
      "estimate(\(lepton(number)), low=\(lepton(low)), high=\(lepton(high)), count=\(count)\(last))"
  }

  private func lepton(_ number: Double) -> String {
    number.isFinite && number == number.rounded() && abs(number) < 1e15
      ? "\(Int(number)).0" : "\(number)"
  }

  /// The estimate as a reader takes it in, `0.974 ± 0.003, n = 10000`: the interval with one digit, two if
  /// the first is 1, and the value with as many places.
  public var text: String {
    let (up, down) = (high - number, number - low)
    guard number.isFinite, up.isFinite, down.isFinite else { return "\(number), n = \(count)" }
    let widest = max(up, down)
    let scale = widest > 0 ? floor(log10(widest)) : -4
    let leading = widest / pow(10, scale)
    let places = max(0, Int(-scale) + (widest > 0 && leading < 1.95 ? 1 : 0))
    let (above, below) = (fixed(up, places), fixed(down, places))
    let range = above == below ? "± \(above)" : "+\(above) −\(below)"
    return "\(fixed(number, places)) \(range), n = \(count)"
  }

  private func fixed(_ number: Double, _ places: Int) -> String {
    let text = "\(abs(number * pow(10, Double(places))).rounded())"
    guard places <= 12, let digits = text.split(separator: ".").first, !text.contains("e") else {
      return "\(number)"
    }
    let padded = String(repeating: "0", count: max(0, places + 1 - digits.count)) + digits
    let sign = number < 0 && padded.contains(where: { $0 != "0" }) ? "-" : ""
    return sign + padded.dropLast(places) + (places == 0 ? "" : "." + padded.suffix(places))
  }
}
