import Glibc

/// A range of numbers and the round numbers on it that are marked.
struct AxisScale {
  /// The lowest number shown.
  let low: Double
  /// The highest number shown.
  let high: Double
  /// The numbers that are marked, ascending.
  let ticks: [Double]
  /// What stands at the marks.
  let labels: [String]

  /// Beyond this the span of two numbers would be infinite.
  static let largest = 1e300

  /// Makes a scale for numbers.
  ///
  /// - Parameters:
  ///   - count: About how many marks there should be.
  ///   - isWhole: Whether marks stand on integers only, as for epochs.
  ///   - reachesTicks: Whether the range is widened to the next marks.
  ///   - padding: The part of the range that is added on both sides.
  init(
    of numbers: [Double], count: Int, isWhole: Bool = false, reachesTicks: Bool = false,
    padding: Double = 0
  ) {
    var (low, high) = AxisScale.range(of: numbers)
    (low, high) = (low - padding * (high - low), high + padding * (high - low))
    var step = AxisScale.niceStep((high - low) / Double(max(1, count)))
    if isWhole { step = max(1, step.rounded()) }
    if reachesTicks {
      low = (low / step).rounded(.down) * step
      high = (high / step).rounded(.up) * step
    }
    self.low = low
    self.high = high
    let slack = step * 1e-6
    let first = ((low - slack) / step).rounded(.up)
    let last = ((high + slack) / step).rounded(.down)
    let marks = last - first < 1000 ? max(0, Int(last - first) + 1) : 0
    let ticks = (0..<marks).map { (first + Double($0)) * step }
    self.ticks = ticks
    labels = ticks.map { AxisScale.label(of: $0, step: step) }
  }

  /// Where a number lies, from 0 to 1.
  func position(of number: Double) -> Double {
    (min(max(number, -AxisScale.largest), AxisScale.largest) - low) / (high - low)
  }

  private static func range(of numbers: [Double]) -> (Double, Double) {
    let finite = numbers.lazy.filter(\.isFinite).map { min(max($0, -largest), largest) }
    let low = finite.min() ?? 0
    let high = finite.max() ?? 1
    if low < high && (high - low) > abs(high) * 1e-12 { return (low, high) }
    let pad = low == 0 ? 1 : abs(low) * 0.1
    return (low - pad, high + pad)
  }

  /// The next of 1, 2, 2.5, 5 times a power of ten.
  private static func niceStep(_ raw: Double) -> Double {
    let power = pow(10, log10(raw).rounded(.down))
    let ratio = raw / power
    return power * (ratio <= 1 ? 1 : ratio <= 2 ? 2 : ratio <= 2.5 ? 2.5 : ratio <= 5 ? 5 : 10)
  }

  private static func label(of tick: Double, step: Double) -> String {
    let size = max(abs(tick), step)
    guard size < 1e6, step >= 1e-4 else { return NumberText.general(tick, digits: 4) }
    let power = Int(log10(step).rounded(.down))
    let isQuarter = abs(step / pow(10, Double(power)) - 2.5) < 0.01
    return NumberText.fixed(tick, digits: max(0, -power + (isQuarter ? 1 : 0)))
  }
}
