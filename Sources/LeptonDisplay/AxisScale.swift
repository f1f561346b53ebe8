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
  /// Whether equal ratios are equally far apart.
  private var isLogarithmic = false

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

  /// Makes a scale of powers of ten for positive numbers; where they span little, with 2 and 5 between.
  init(logarithmOf numbers: [Double], count: Int) {
    let shown = numbers.filter { $0.isFinite && $0 > 0 }.map { min(max($0, 1e-300), 1e300) }
    let first = Int(log10(shown.min() ?? 1).rounded(.down))
    let last = max(first + 1, Int(log10(shown.max() ?? 10).rounded(.up)))
    let stride = max(1, (last - first + count) / max(1, count + 1))
    let factors: [Double] = last - first <= 2 ? [1, 2, 5] : [1]
    let top = pow(10, Double(last))
    low = pow(10, Double(first))
    high = top
    ticks = Swift.stride(from: first, through: last, by: stride).flatMap { power in
      factors.map { $0 * pow(10, Double(power)) }
    }.filter { $0 <= top * 1.000001 }
    labels = ticks.map { NumberText.general($0, digits: 3) }
    isLogarithmic = true
  }

  /// Makes a scale on which names stand at 0, 1, 2 and so on.
  init(names: [String], of numbers: [Double], padding: Double) {
    let (low, high) = AxisScale.range(of: numbers + [0, Double(max(0, names.count - 1))])
    self.low = low - padding * (high - low)
    self.high = high + padding * (high - low)
    ticks = names.indices.map(Double.init)
    labels = names
  }

  /// Where a number lies, from 0 to 1.
  func position(of number: Double) -> Double {
    guard isLogarithmic else {
      return (min(max(number, -AxisScale.largest), AxisScale.largest) - low) / (high - low)
    }
    return (log10(min(max(number, low), high)) - log10(low)) / (log10(high) - log10(low))
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
