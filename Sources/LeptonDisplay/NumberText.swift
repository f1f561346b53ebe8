import Glibc
import LeptonSession

/// How numbers are written, the one place where that is decided.
///
/// The decimal point is a point whatever the locale, a number that rounds to zero has no sign, and
/// exponents have no leading zeros: `1e-7`.
public enum NumberText {
  /// Beyond this a fixed number of digits would pretend to be exact.
  private static let fixedLimit = 1e15

  /// Writes a number as a format asks.
  public static func text(of number: Double, _ format: NumberFormat = .general) -> String {
    switch format {
    case .general: general(number)
    case .fixed(let digits): fixed(number, digits: digits)
    case .percent(let digits): fixed(number * 100, digits: digits) + " %"
    case .grouped: grouped(number)
    case .duration: duration(number)
    }
  }

  /// Writes an integer as a format asks.
  public static func text(of number: Int, _ format: NumberFormat = .general) -> String {
    switch format {
    case .general: "\(number)"
    case .grouped: withSeparators("\(number)")
    case .fixed, .percent, .duration: text(of: Double(number), format)
    }
  }

  /// Writes a cell of a table as its column asks; a missing cell is empty.
  public static func text(of cell: Table.Cell, _ format: NumberFormat = .general) -> String {
    switch cell {
    case .missing: ""
    case .text(let text): text
    case .int(let number): text(of: number, format)
    case .float(let number): text(of: number, format)
    case .bool(let truth): truth ? "true" : "false"
    }
  }

  /// Writes the number of a named result.
  public static func text(of metric: Metric) -> String {
    text(of: metric.value, metric.isInteger ? .fixed(digits: 0) : .general)
  }

  /// Writes a number to that many significant digits, without trailing zeros.
  static func general(_ number: Double, digits: Int = 6) -> String {
    guard number.isFinite else { return nonFinite(number) }
    if number == number.rounded(), abs(number) < fixedLimit { return "\(Int(number))" }
    return withShortExponent(printed("%.*g", [Int32(digits), number]))
  }

  /// Writes a number with that many digits behind the point.
  static func fixed(_ number: Double, digits: Int) -> String {
    guard number.isFinite else { return nonFinite(number) }
    guard abs(number) < fixedLimit else { return general(number) }
    let text = printed("%.*f", [Int32(min(max(digits, 0), 17)), number])
    let isZero = text.utf8.allSatisfy { !(UInt8(ascii: "1")...UInt8(ascii: "9")).contains($0) }
    return isZero && text.hasPrefix("-") ? String(text.dropFirst()) : text
  }

  private static func grouped(_ number: Double) -> String {
    guard number.isFinite, number == number.rounded(), abs(number) < fixedLimit else {
      return general(number)
    }
    return withSeparators("\(Int(number))")
  }

  /// The units of time, in seconds, each from the size on at which it is used.
  private static let units: [(name: String, size: Double, least: Double)] = [
    ("h", 3600, 7200), ("min", 60, 120), ("s", 1, 1), ("ms", 1e-3, 1e-3), ("µs", 1e-6, 1e-6),
    ("ns", 1e-9, 0),
  ]

  private static func duration(_ seconds: Double) -> String {
    guard seconds.isFinite else { return nonFinite(seconds) }
    if seconds < 0 { return "-" + duration(-seconds) }
    // What rounds to 1000 ms is a second.
    let unit = units.first(where: { seconds * 1.0005 >= $0.least }) ?? ("s", 1, 1)
    let number = seconds / unit.size
    return fixed(number, digits: number < 9.995 ? 2 : number < 99.95 ? 1 : 0) + " " + unit.name
  }

  private static func withSeparators(_ digits: String) -> String {
    let sign = digits.hasPrefix("-") ? "-" : ""
    let bare = Array(digits.dropFirst(sign.count))
    var text = sign
    for (index, digit) in bare.enumerated() {
      if index > 0 && (bare.count - index) % 3 == 0 { text.append(",") }
      text.append(digit)
    }
    return text
  }

  private static func nonFinite(_ number: Double) -> String {
    number.isNaN ? "nan" : number < 0 ? "-inf" : "inf"
  }

  /// `1e-07` becomes `1e-7`, `1e+16` becomes `1e16`.
  private static func withShortExponent(_ text: String) -> String {
    guard let mark = text.utf8.firstIndex(of: UInt8(ascii: "e")) else { return text }
    let exponent = Int(text[text.index(after: mark)...].drop { $0 == "+" }) ?? 0
    return text[...mark] + "\(exponent)"
  }

  private static func printed(_ format: String, _ arguments: [any CVarArg]) -> String {
    withVaList(arguments) { list in
      withUnsafeTemporaryAllocation(of: CChar.self, capacity: 64) { buffer in
        let count = vsnprintf(buffer.baseAddress, buffer.count, format, list)
        let bytes = buffer.prefix(min(max(0, Int(count)), buffer.count - 1))
        return String(decoding: bytes.map { UInt8(bitPattern: $0) }, as: UTF8.self)
      }
    }
  }
}
