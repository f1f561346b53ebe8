extension Double {
  /// The seconds that a length of time has: `90`, `500ms`, `60s`, `2m`, `1h`; nothing for what is no
  /// length of time, is not positive, or is longer than a year.
  public static func seconds(_ text: some StringProtocol) -> Double? {
    let units: [(String, Double)] = [("ms", 1e-3), ("s", 1), ("m", 60), ("h", 3600)]
    let unit = units.first { text.hasSuffix($0.0) }
    let digits = text.dropLast(unit?.0.count ?? 0)
    let isDecimal = digits.utf8.allSatisfy { (48...57).contains($0) || $0 == UInt8(ascii: ".") }
    guard isDecimal, let number = Double(digits) else { return nil }
    let seconds = number * (unit?.1 ?? 1)
    return seconds > 0 && seconds <= 366 * 86_400 ? seconds : nil
  }
}
