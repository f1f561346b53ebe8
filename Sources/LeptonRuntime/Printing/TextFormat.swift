import Glibc

/// A format in an f-string: `[[fill]align][sign][0][width][,][.precision][type]`, as in Python.
public struct TextFormat {
  private var fill: Character = " "
  private var align: Character?
  private var sign: Character = "-"
  private var width = 0
  private var groups = false
  private var precision: Int?
  private var type: Character?

  /// The widest a format may ask for.
  private static let limit = 10_000

  /// Reads a format.
  ///
  /// - Throws: `value/format` if it cannot be understood.
  public init(_ format: String) throws {
    var rest = Array(format)[...]
    if rest.count > 1, "<>^".contains(rest[rest.startIndex + 1]) { fill = rest.removeFirst() }
    if let first = rest.first, "<>^".contains(first) { align = rest.removeFirst() }
    if let first = rest.first, "+- ".contains(first) { sign = rest.removeFirst() }
    if rest.first == "0", align == nil {
      fill = "0"
      align = "="
    }
    width = try Self.number(&rest) ?? 0
    if rest.first == "," {
      groups = true
      rest.removeFirst()
    }
    if rest.first == "." {
      rest.removeFirst()
      precision = try Self.number(&rest) ?? 0
    }
    if let last = rest.first, "dfegs%xb".contains(last) { type = rest.removeFirst() }
    guard rest.isEmpty else { throw Self.invalid(format) }
  }

  private static func number(_ rest: inout ArraySlice<Character>) throws -> Int? {
    let digits = rest.prefix { $0.isASCII && $0.isNumber }
    guard !digits.isEmpty else { return nil }
    rest.removeFirst(digits.count)
    guard let number = Int(String(digits)), number <= limit else { throw invalid(String(digits)) }
    return number
  }

  private static func invalid(_ format: String) -> LanguageError {
    LanguageError(
      "value/format", "the format `\(format)` cannot be understood",
      help: ["`.3f`, `.2e`, `.1%`, `>8`, `,` are formats"])
  }

  /// Writes a value.
  public func apply(to value: Value) throws -> String {
    switch value {
    case .int(let int) where type == nil || "dxb".contains(type ?? "d"):
      return padded(integer(int), isNumber: true)
    case .int(let int): return padded(float(Double(int)), isNumber: true)
    case .float(let double):
      if type == nil, precision == nil, !groups {
        return padded(
          signed(ValueWriter.number(abs(double)), double.sign == .minus), isNumber: true)
      }
      return padded(float(double), isNumber: true)
    case .tensor(let tensor) where tensor.shape.rank == 0 && (type != nil || precision != nil):
      return padded(float(try tensor.item()), isNumber: true)
    default:
      guard type == nil || type == "s" else {
        throw LanguageError(
          "value/format", "the format is for a number, and this is \(value.typeDescription)")
      }
      let text = precision.map { String(value.text.prefix($0)) } ?? value.text
      return padded(text, isNumber: false)
    }
  }

  private func integer(_ int: Int) -> String {
    let radix = type == "x" ? 16 : type == "b" ? 2 : 10
    let digits = String(int.magnitude, radix: radix)
    return signed(groups ? Self.grouped(digits) : digits, int < 0)
  }

  private func float(_ number: Double) -> String {
    guard number.isFinite else {
      return signed(number.isNaN ? "nan" : "inf", number.sign == .minus && !number.isNaN)
    }
    let isPercent = type == "%"
    let magnitude = abs(isPercent ? number * 100 : number)
    let style = isPercent ? "f" : type.map(String.init) ?? (precision == nil ? "g" : "g")
    let decimals = style == "f" || style == "d" ? precision ?? 6 : nil
    var text =
      decimals.flatMap { magnitude.decimal(places: $0) }
      ?? Self.printed(magnitude, precision ?? 6, style == "d" ? "f" : style)
    if groups {
      let parts = text.split(separator: ".", maxSplits: 1)
      text = Self.grouped(String(parts[0])) + (parts.count > 1 ? "." + parts[1] : "")
    }
    return signed(text, number.sign == .minus) + (isPercent ? "%" : "")
  }

  /// What C's `printf` writes.
  private static func printed(_ number: Double, _ precision: Int, _ style: String) -> String {
    var buffer = [CChar](repeating: 0, count: 400 + precision)
    let count = withVaList([Int32(clamping: precision), number]) {
      vsnprintf(&buffer, buffer.count, "%.*\(style)", $0)
    }
    return String(
      decoding: buffer.prefix(Int(max(count, 0))).map(UInt8.init(bitPattern:)), as: UTF8.self)
  }

  private func signed(_ text: String, _ isNegative: Bool) -> String {
    isNegative ? "-" + text : sign == "-" ? text : String(sign) + text
  }

  private static func grouped(_ digits: String) -> String {
    var result = ""
    for (position, digit) in digits.enumerated() {
      if position > 0, (digits.count - position) % 3 == 0 { result.append(",") }
      result.append(digit)
    }
    return result
  }

  private func padded(_ text: String, isNumber: Bool) -> String {
    if width == 0 { return text }
    let missing = width - text.unicodeScalars.count
    guard missing > 0 else { return text }
    func fills(_ count: Int) -> String { String(repeating: fill, count: count) }
    switch align ?? (isNumber ? ">" : "<") {
    case "<": return text + fills(missing)
    case "^": return fills(missing / 2) + text + fills(missing - missing / 2)
    case "=":
      let sign = text.prefix { "+- ".contains($0) }
      return sign + fills(missing) + text.dropFirst(sign.count)
    default: return fills(missing) + text
    }
  }
}
