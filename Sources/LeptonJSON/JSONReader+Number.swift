extension JSONReader {
  /// Reads a number, at its sign or first digit.
  mutating func number() throws(JSONError) -> JSONScalar {
    let start = position
    var decimal = Decimal(isNegative: skip(UInt8(ascii: "-")))
    try wholePart(&decimal, from: start)
    let isWhole = next != UInt8(ascii: ".") && next.map { $0 | 0x20 } != UInt8(ascii: "e")
    if isWhole, let value = decimal.int { return .int(value) }
    try fraction(&decimal)
    try exponent(&decimal)
    return .double(try double(decimal, from: start))
  }

  private mutating func wholePart(_ decimal: inout Decimal, from start: Int) throws(JSONError) {
    let first = position
    digits(&decimal)
    if position == first { throw unexpected("a digit") }
    if bytes[first] == UInt8(ascii: "0"), position > first + 1 {
      throw failure("json/number", "a number may not begin with an unneeded zero", at: start)
    }
  }

  private mutating func fraction(_ decimal: inout Decimal) throws(JSONError) {
    guard skip(UInt8(ascii: ".")) else { return }
    let first = position
    digits(&decimal)
    if position == first { throw unexpected("a digit") }
    decimal.exponent -= position - first
  }

  private mutating func exponent(_ decimal: inout Decimal) throws(JSONError) {
    guard skip(UInt8(ascii: "e")) || skip(UInt8(ascii: "E")) else { return }
    let isNegative = skip(UInt8(ascii: "-"))
    if !isNegative { _ = skip(UInt8(ascii: "+")) }
    var power = Decimal(isNegative: isNegative)
    let first = position
    digits(&power)
    if position == first { throw unexpected("a digit") }
    guard let value = power.int, value.magnitude < 1 << 32 else { return decimal.isExact = false }
    decimal.exponent += value
  }

  private mutating func digits(_ decimal: inout Decimal) {
    while let byte = next, byte &- UInt8(ascii: "0") < 10 {
      decimal.append(byte &- UInt8(ascii: "0"))
      position += 1
    }
  }

  private func double(_ decimal: Decimal, from start: Int) throws(JSONError) -> Double {
    if let value = decimal.exactDouble { return value }
    let text = String(decoding: bytes[start..<position], as: UTF8.self)
    guard let value = Double(text), value.isFinite else {
      throw failure("json/number", "the number \(text.prefix(32)) is too large", at: start)
    }
    return value
  }
}

/// The digits of a number, as far as 64 bits hold them.
private struct Decimal {
  var isNegative: Bool
  var digits: UInt64 = 0
  /// The power of ten that the digits are to be multiplied with.
  var exponent = 0
  /// Whether all digits and the exponent are held.
  var isExact = true

  init(isNegative: Bool) {
    self.isNegative = isNegative
  }

  mutating func append(_ digit: UInt8) {
    let (tenfold, carry) = digits.multipliedReportingOverflow(by: 10)
    let (sum, carryAgain) = tenfold.addingReportingOverflow(UInt64(digit))
    if carry || carryAgain { isExact = false }
    digits = sum
  }

  /// The whole number that the digits are, where it fits; none for `-0`, which is a double.
  var int: Int? {
    guard isExact, !(isNegative && digits == 0) else { return nil }
    if isNegative, digits == Int.min.magnitude { return .min }
    guard let value = Int(exactly: digits) else { return nil }
    return isNegative ? -value : value
  }

  /// The double that the digits and the exponent are, where one rounding gives it.
  ///
  /// Both factors are exact (W. D. Clinger, How to read floating point numbers accurately, 1990).
  var exactDouble: Double? {
    guard isExact, digits <= 1 << 53, exponent.magnitude <= 22 else { return nil }
    let power = Decimal.powers[Int(exponent.magnitude)]
    let value = exponent < 0 ? Double(digits) / power : Double(digits) * power
    return isNegative ? -value : value
  }

  private static let powers: [Double] = [
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16,
    1e17, 1e18, 1e19, 1e20, 1e21, 1e22,
  ]
}
