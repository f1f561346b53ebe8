/// A row of numbers as bars of one character each.
public enum Sparkline {
  private static let bars = Array("▁▂▃▄▅▆▇█")

  /// Draws numbers, of which neighbours become one bar where there are more than `width`; what is no
  /// number leaves a gap.
  public static func text(of numbers: [Double], width: Int) -> String {
    guard width > 0, !numbers.isEmpty else { return "" }
    let count = min(width, numbers.count)
    let means = (0..<count).map { index -> Double in
      let part = numbers[(index * numbers.count / count)..<((index + 1) * numbers.count / count)]
      return part.reduce(0, +) / Double(part.count)
    }
    let finite = means.filter(\.isFinite)
    guard let low = finite.min(), let high = finite.max() else {
      return String(repeating: " ", count: count)
    }
    return String(
      means.map { mean -> Character in
        guard mean.isFinite else { return " " }
        let share = high > low ? (mean / 2 - low / 2) / (high / 2 - low / 2) : 0
        return bars[min(bars.count - 1, max(0, Int(share * Double(bars.count))))]
      })
  }
}
