import Glibc

/// A number as a format writes it: sign and base, the whole digits, and what stands behind them.
struct NumberParts {
  /// `-`, `+`, a blank or nothing, and `0x` and the like.
  let sign: String
  private var digits: String
  private let rest: String
  private let grouping: Character?
  private let groupSize: Int

  /// Writes a whole number in the base of the format.
  init(_ int: Int, _ format: TextFormat) {
    let (radix, mark) = Self.base(of: format.type)
    let digits = String(int.magnitude, radix: radix, uppercase: format.type == "X")
    sign = Self.sign(int < 0, format) + (format.isAlternate ? mark : "")
    self.digits = digits
    rest = ""
    grouping = format.grouping
    groupSize = radix == 10 ? 3 : 4
  }

  /// Writes a number with the digits that the format asks for.
  init(_ number: Double, _ format: TextFormat) {
    let text = Self.magnitude(number, format)
    let whole = text.prefix { $0.isASCII && $0.isNumber }
    sign = Self.sign(number.sign == .minus && !number.isNaN, format)
    digits = String(whole)
    rest = text.dropFirst(whole.count) + (format.type == "%" ? "%" : "")
    grouping = format.grouping
    groupSize = 3
  }

  /// The whole.
  var text: String { sign + grouped + rest }

  /// The number with so many zeros before its digits that it reaches a width.
  func filled(with zero: Character, to width: Int) -> NumberParts {
    var filled = self
    while filled.text.count < width { filled.digits = String(zero) + filled.digits }
    return filled
  }

  private var grouped: String {
    guard let grouping else { return digits }
    var result = ""
    for (place, digit) in digits.enumerated() {
      if place > 0, (digits.count - place) % groupSize == 0 { result.append(grouping) }
      result.append(digit)
    }
    return result
  }

  private static func base(of type: Character?) -> (Int, String) {
    switch type {
    case "x": (16, "0x")
    case "X": (16, "0X")
    case "o": (8, "0o")
    case "b": (2, "0b")
    default: (10, "")
    }
  }

  private static func sign(_ isNegative: Bool, _ format: TextFormat) -> String {
    isNegative ? "-" : format.sign == "-" ? "" : String(format.sign)
  }

  /// The digits of a number without its sign.
  private static func magnitude(_ number: Double, _ format: TextFormat) -> String {
    let isUpper = format.type?.isUppercase ?? false
    guard number.isFinite else {
      let name = number.isNaN ? "nan" : "inf"
      return isUpper ? name.uppercased() : name
    }
    let magnitude = abs(number)
    let keeps = format.isAlternate
    switch (format.type, format.precision) {
    case (nil, nil): return shortest(magnitude, keeps)
    case (nil, let precision?): return significant(magnitude, max(precision, 1), keeps)
    case ("%", let precision): return fixed(magnitude * 100, precision ?? 6, keeps)
    case ("f", let precision), ("F", let precision): return fixed(magnitude, precision ?? 6, keeps)
    case (let type?, let precision): return printed(magnitude, precision ?? 6, String(type), keeps)
    }
  }

  /// The shortest text that reads back as the number; it may keep a point.
  private static func shortest(_ number: Double, _ keepsPoint: Bool) -> String {
    let text = ValueWriter.number(number)
    guard keepsPoint, !text.contains("."), let mark = text.firstIndex(of: "e") else { return text }
    return "\(text[..<mark]).\(text[mark...])"
  }

  /// So many digits behind the point, which may stand behind a whole number, too.
  private static func fixed(_ number: Double, _ digits: Int, _ keepsPoint: Bool) -> String {
    if keepsPoint && digits == 0 { return printed(number, digits, "f", true) }
    return number.decimal(places: digits)?.text ?? printed(number, digits, "f")
  }

  /// So many significant digits, with a point at any rate, as Python writes them; zeros may be kept.
  private static func significant(_ number: Double, _ digits: Int, _ keepsZeros: Bool) -> String {
    let short = printed(number, digits, "g", keepsZeros)
    if short.contains("e") { return short }
    let exponent = printed(number, digits - 1, "e", keepsZeros)
    let power = Int(exponent.drop { $0 != "e" }.dropFirst()) ?? 0
    if keepsZeros { return power == digits - 1 && number != 0 ? exponent : short }
    if short.contains(".") { return short }
    guard power == digits - 1, number != 0 else { return short + ".0" }
    let mantissa = exponent.prefix { $0 != "e" }
    let trimmed = String(mantissa.reversed().drop { $0 == "0" }.drop { $0 == "." }.reversed())
    return (mantissa.contains(".") ? trimmed : String(mantissa)) + exponent.drop { $0 != "e" }
  }

  /// What C's `printf` writes; with `#` it keeps the point and the zeros.
  private static func printed(
    _ number: Double, _ precision: Int, _ style: String, _ keepsZeros: Bool = false
  ) -> String {
    var buffer = [CChar](repeating: 0, count: 400 + precision)
    let count = withVaList([Int32(clamping: precision), number]) {
      vsnprintf(&buffer, buffer.count, "%\(keepsZeros ? "#" : "").*\(style)", $0)
    }
    return String(
      decoding: buffer.prefix(Int(max(count, 0))).map(UInt8.init(bitPattern:)), as: UTF8.self)
  }
}
