/// Numbers as tables write them, read off bytes without making strings of them.
///
/// A whole number with leading zeros is none, because it is a code (`00501`) that would be lost.
enum CSVNumber {
  /// The whole number that the bytes say; `nil` if they say something else, or too large a one.
  @inline(__always)
  static func integer(_ bytes: UnsafePointer<UInt8>, _ count: Int) -> Int? {
    guard count > 0 else { return nil }
    let isNegative = bytes[0] == minus
    let first = isNegative || bytes[0] == plus ? 1 : 0
    let digits = count - first
    guard digits > 0, digits <= 19, bytes[first] != zero || digits == 1 else { return nil }
    var value: UInt64 = 0
    for place in first..<count {
      let digit = bytes[place] &- zero
      guard digit < 10 else { return nil }
      // Nineteen digits fit.
      value = value &* 10 &+ UInt64(digit)
    }
    if isNegative { return value == 1 << 63 ? .min : Int(exactly: value).map { -$0 } }
    return Int(exactly: value)
  }

  /// The number that the bytes say; `nil` if they say something else.
  @inline(__always)
  static func number(
    _ bytes: UnsafePointer<UInt8>, _ count: Int, decimal: UInt8
  ) -> Double? {
    var parts = Parts()
    guard parts.read(bytes, count, decimal: decimal) else { return named(bytes, count) }
    return parts.value ?? rounded(bytes, count, decimal: decimal)
  }

  /// A number as digits and a power of ten.
  private struct Parts {
    var isNegative = false
    var mantissa: UInt64 = 0
    var exponent = 0
    var isExact = true

    /// Reads all the bytes; false if they are not written as a number is.
    @inline(__always)
    mutating func read(_ bytes: UnsafePointer<UInt8>, _ count: Int, decimal: UInt8) -> Bool {
      guard count > 0 else { return false }
      isNegative = bytes[0] == minus
      var place = isNegative || bytes[0] == plus ? 1 : 0
      let first = place
      addDigits(bytes, count, &place, areDecimals: false)
      let whole = place - first
      if whole > 1, bytes[first] == zero { return false }
      var digits = whole
      if place < count, bytes[place] == decimal {
        place += 1
        let start = place
        addDigits(bytes, count, &place, areDecimals: true)
        digits += place - start
      }
      guard digits > 0 else { return false }
      return place == count || readExponent(bytes, count, place)
    }

    @inline(__always)
    private mutating func addDigits(
      _ bytes: UnsafePointer<UInt8>, _ count: Int, _ place: inout Int, areDecimals: Bool
    ) {
      while place < count {
        let digit = bytes[place] &- zero
        guard digit < 10 else { return }
        place += 1
        // Another digit would still fit.
        if mantissa < 1_000_000_000_000_000_000 {
          mantissa = mantissa &* 10 &+ UInt64(digit)
          if areDecimals { exponent -= 1 }
        } else {
          isExact = isExact && digit == 0
          if !areDecimals { exponent += 1 }
        }
      }
    }

    private mutating func readExponent(
      _ bytes: UnsafePointer<UInt8>, _ count: Int, _ start: Int
    ) -> Bool {
      guard bytes[start] | 0x20 == UInt8(ascii: "e"),
        let written = CSVNumber.exponent(bytes + start + 1, count - start - 1)
      else { return false }
      exponent += written
      return true
    }

    /// The value where two exact numbers and one rounding give it; `nil` elsewhere.
    ///
    /// Source: Clinger, How to Read Floating Point Numbers Accurately, 1990.
    @inline(__always)
    var value: Double? {
      guard isExact, mantissa <= 1 << 53, exponent >= -22, exponent <= 22 else { return nil }
      let digits = Double(mantissa)
      let size =
        exponent < 0 ? digits / CSVNumber.power(-exponent) : digits * CSVNumber.power(exponent)
      return isNegative ? -size : size
    }
  }

  /// A power of ten that is exact, from 0 to 22: a product of two whose parts are exact too.
  @inline(__always)
  private static func power(_ exponent: Int) -> Double {
    let small: InlineArray<8, Double> = [1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7]
    let large: InlineArray<3, Double> = [1, 1e8, 1e16]
    return small[exponent & 7] * large[exponent >> 3]
  }

  /// A signed number of up to four digits; larger ones count as the largest.
  private static func exponent(_ bytes: UnsafePointer<UInt8>, _ count: Int) -> Int? {
    let first = count > 0 && (bytes[0] == minus || bytes[0] == plus) ? 1 : 0
    guard count > first else { return nil }
    var value = 0
    for place in first..<count {
      let digit = bytes[place] &- zero
      guard digit < 10 else { return nil }
      value = min(value * 10 + Int(digit), 9999)
    }
    return count > 0 && bytes[0] == minus ? -value : value
  }

  /// The number with the rounding of the standard library.
  private static func rounded(
    _ bytes: UnsafePointer<UInt8>, _ count: Int, decimal: UInt8
  ) -> Double? {
    let text = UnsafeBufferPointer(start: bytes, count: count).map { $0 == decimal ? point : $0 }
    return Double(String(decoding: text, as: UTF8.self))
  }

  /// `nan` and `inf`.
  private static func named(_ bytes: UnsafePointer<UInt8>, _ count: Int) -> Double? {
    guard count == 3 || count == 4 else { return nil }
    return names[String(decoding: UnsafeBufferPointer(start: bytes, count: count), as: UTF8.self)]
  }

  private static let names: [String: Double] = [
    "nan": .nan, "NaN": .nan, "inf": .infinity, "-inf": -.infinity,
  ]
}

private let zero = UInt8(ascii: "0")
private let plus = UInt8(ascii: "+")
private let minus = UInt8(ascii: "-")
private let point = UInt8(ascii: ".")
