import LeptonSession
import LeptonSyntax

/// Writes progress: as one line that is redrawn, or as lines of a log.
public enum ProgressText {
  private static let barWidth = 24
  /// A sparkline that is narrower than that says nothing.
  private static let leastSparkline = 5

  /// The line to redraw, at most `width` columns wide, without control characters.
  ///
  /// `train  epoch 3/10  ━━━━━━━━╸───────────────  34 %  loss 0.0432  1.2k step/s  0:42 left`.
  /// Where there is not room for all, the bar goes first, then parts from the end.
  public static func line(_ progress: Progress, width: Int) -> String {
    let fraction = fraction(of: progress)
    let whole = fraction.map { ["\(bar($0))  \(percent($0))"] } ?? []
    let short = fraction.map { [percent($0)] } ?? []
    let head = heading(progress)
    let tail = measures(progress, steady) + [rate(progress), timeLeft(progress)].compactMap { $0 }
    var parts = head + whole + tail
    if columns(of: parts) > width { parts = head + short + tail }
    while columns(of: parts) > width && parts.count > 1 { parts.removeLast() }
    return Layout.shortened(parts.joined(separator: "  "), to: max(0, width))
  }

  /// The line to redraw with a sparkline of the numbers so far in the place of the bar.
  ///
  /// Where there is not room for all, the share that is done goes first, which the epochs tell too,
  /// then the unit of the rate, then parts from the end.
  public static func line(_ progress: Progress, trail: [Double], width: Int) -> String {
    guard trail.count > 1 else { return line(progress, width: width) }
    let share = fraction(of: progress).map { [percent($0)] } ?? []
    let (head, numbers) = (heading(progress), measures(progress, steady))
    let left = [timeLeft(progress)].compactMap { $0 }
    let fullRate = [rate(progress)].compactMap { $0 }
    let bareRate = [rate(progress, unit: "")].compactMap { $0 }
    let choices = [
      head + share + numbers + fullRate + left, head + numbers + fullRate + left,
      head + numbers + bareRate + left, head + numbers + left,
    ]
    let fitting = choices.first { columns(of: $0) + 2 + leastSparkline <= width }
    guard let parts = fitting else { return line(progress, width: width) }
    let room = min(barWidth, width - columns(of: parts) - 2)
    return (parts + [Sparkline.text(of: trail, width: room)]).joined(separator: "  ")
  }

  /// The line for a log: `train: epoch 3/10, step 1875/18750, loss 0.0432, 12.3 s`.
  public static func logLine(_ progress: Progress) -> String {
    let steps =
      progress.total > 0
      ? "\(progress.unit) \(progress.done)/\(progress.total)"
      : "\(progress.unit) \(progress.done)"
    let epoch = progress.epochs > 0 ? ["epoch \(progress.epoch)/\(progress.epochs)"] : []
    let seconds = "\(NumberText.fixed(progress.seconds, digits: 1)) s"
    let parts = epoch + [Escaping.visible(steps)] + measures(progress, general) + [seconds]
    return "\(Escaping.visible(progress.task)): \(parts.joined(separator: ", "))"
  }

  /// How much of the work is done, from 0 to 1, where that is known.
  private static func fraction(of progress: Progress) -> Double? {
    guard progress.total > 0 else { return nil }
    return min(1, max(0, Double(progress.done) / Double(progress.total)))
  }

  private static func heading(_ progress: Progress) -> [String] {
    let epoch = progress.epochs > 0 ? ["epoch \(progress.epoch)/\(progress.epochs)"] : []
    return [Escaping.visible(progress.task)] + epoch
  }

  private static func bar(_ fraction: Double) -> String {
    let halves = Int(fraction * Double(2 * barWidth))
    let full = String(repeating: "━", count: halves / 2)
    let half = halves % 2 == 1 ? "╸" : ""
    return full + half + String(repeating: "─", count: barWidth - halves / 2 - halves % 2)
  }

  private static func percent(_ fraction: Double) -> String {
    Layout.padded(NumberText.text(of: fraction, .percent(digits: 0)), to: 5, right: true)
  }

  private static func measures(
    _ progress: Progress, _ written: (Double) -> String
  ) -> [String] {
    progress.measures.map { measure in
      let number =
        measure.format == .general
        ? written(measure.value) : NumberText.text(of: measure.value, measure.format)
      return "\(Escaping.visible(measure.name)) \(number)"
    }
  }

  private static func general(_ number: Double) -> String { NumberText.general(number, digits: 4) }

  /// Writes a number so that what stands behind it keeps its place while the number changes.
  private static func steady(_ number: Double) -> String {
    (0.001..<1000).contains(number) ? NumberText.fixed(number, digits: 4) : general(number)
  }

  private static func rate(_ progress: Progress, unit: String? = nil) -> String? {
    guard progress.seconds > 0.1, progress.done > 0 else { return nil }
    let rate = Double(progress.done) / progress.seconds
    let text =
      switch rate {
      case 1e6...: NumberText.general(rate / 1e6, digits: 3) + "M"
      case 1e3...: NumberText.general(rate / 1e3, digits: 3) + "k"
      default: NumberText.general(rate, digits: 3)
      }
    let unit = unit ?? " " + Escaping.visible(progress.unit)
    return "\(text)\(unit)/s"
  }

  /// How many seconds the work will still take; nothing where that cannot be told.
  public static func secondsLeft(_ progress: Progress) -> Double? {
    guard let fraction = fraction(of: progress), fraction > 0, fraction < 1, progress.seconds > 0.5
    else { return nil }
    return progress.seconds / fraction - progress.seconds
  }

  private static func timeLeft(_ progress: Progress) -> String? {
    secondsLeft(progress).map { "\(clock($0)) left" }
  }

  /// Writes a time as `0:42` or `1:02:03`.
  private static func clock(_ seconds: Double) -> String {
    guard seconds.isFinite, seconds < 1e7 else { return "long" }
    let whole = Int(seconds.rounded(.up))
    func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    let (hours, minutes) = (whole / 3600, whole / 60 % 60)
    return hours > 0
      ? "\(hours):\(two(minutes)):\(two(whole % 60))" : "\(minutes):\(two(whole % 60))"
  }

  private static func columns(of parts: [String]) -> Int {
    parts.reduce(2 * (parts.count - 1)) { $0 + displayWidth(of: $1) }
  }
}
