/// Numbers as tables write them, read off bytes without making strings of them.
///
/// A whole number with leading zeros is none, because it is a code (`00501`) that would be lost.
enum CSVNumber {
  /// What stands within numbers.
  struct Marks {
    /// What stands before decimals.
    var decimal: UInt8
    /// What stands between thousands, if anything does.
    var thousands: UInt8?
  }

  /// The whole number that the bytes say; `nil` if they say something else, or too large a one.
  @inline(__always)
  static func integer(_ bytes: UnsafePointer<UInt8>, _ count: Int, _ marks: Marks) -> Int? {
    if let value = plainInteger(bytes, count) { return value }
    guard let joined = joined(bytes, count, marks) else { return nil }
    return plainInteger(joined, joined.count)
  }

  private static func plainInteger(_ bytes: UnsafePointer<UInt8>, _ count: Int) -> Int? {
    guard count > 0 else { return nil }
    let isNegative = bytes[0] == minus
    let first = isNegative || bytes[0] == plus ? 1 : 0
    let digits = count - first
    guard digits > 0, digits <= DecimalNumber.digitLimit, bytes[first] != zero || digits == 1 else {
      return nil
    }
    var value: UInt64 = 0
    for place in first..<count {
      let digit = bytes[place] &- zero
      guard digit < 10 else { return nil }
      value = value &* 10 &+ UInt64(digit)
    }
    if isNegative { return value == 1 << 63 ? .min : Int(exactly: value).map { -$0 } }
    return Int(exactly: value)
  }

  /// The number that the bytes say; `nil` if they say something else.
  static func number(_ bytes: UnsafePointer<UInt8>, _ count: Int, _ marks: Marks) -> Double? {
    if let joined = joined(bytes, count, marks) {
      return number(joined, joined.count, decimal: marks.decimal)
    }
    return number(bytes, count, decimal: marks.decimal)
  }

  private static func number(
    _ bytes: UnsafePointer<UInt8>, _ count: Int, decimal: UInt8
  ) -> Double? {
    var parts = Parts()
    guard parts.read(bytes, count, decimal: decimal) else { return named(bytes, count) }
    return parts.value ?? rounded(bytes, count, decimal: decimal)
  }

  /// The bytes without what stands between thousands; `nil` unless all behind the first are three digits.
  private static func joined(
    _ bytes: UnsafePointer<UInt8>, _ count: Int, _ marks: Marks
  ) -> [UInt8]? {
    guard let mark = marks.thousands else { return nil }
    let text = UnsafeBufferPointer(start: bytes, count: count)
    let end = text.firstIndex { $0 != mark && $0 != minus && $0 != plus && $0 &- zero > 9 } ?? count
    let groups = text[..<end].split(separator: mark, omittingEmptySubsequences: false)
    guard groups.count > 1, groups.dropFirst().allSatisfy({ $0.count == 3 }),
      (1...3).contains(groups[0].count { $0 &- zero <= 9 })
    else { return nil }
    return groups.flatMap(\.self) + text[end...]
  }

  /// A number as it is read, digit by digit.
  private struct Parts {
    var isNegative = false
    var size = DecimalNumber(mantissa: 0, exponent: 0)
    var isExact = true

    /// Reads all the bytes; false if they are not written as a number is.
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

    private mutating func addDigits(
      _ bytes: UnsafePointer<UInt8>, _ count: Int, _ place: inout Int, areDecimals: Bool
    ) {
      while place < count {
        let digit = bytes[place] &- zero
        guard digit < 10 else { return }
        place += 1
        // Another digit would still fit.
        if size.mantissa < 1_000_000_000_000_000_000 {
          size.mantissa = size.mantissa &* 10 &+ UInt64(digit)
          if areDecimals { size.exponent -= 1 }
        } else {
          isExact = isExact && digit == 0
          if !areDecimals { size.exponent += 1 }
        }
      }
    }

    private mutating func readExponent(
      _ bytes: UnsafePointer<UInt8>, _ count: Int, _ start: Int
    ) -> Bool {
      guard bytes[start] | 0x20 == UInt8(ascii: "e"),
        let written = CSVNumber.exponent(bytes + start + 1, count - start - 1)
      else { return false }
      size.exponent += written
      return true
    }

    /// The value where its digits fit; `nil` elsewhere.
    var value: Double? {
      guard isExact, let size = size.nearest else { return nil }
      return isNegative ? -size : size
    }
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

  /// Whether a text that stands for a missing value could be read as a number.
  static func mayBeNumber(_ text: String) -> Bool {
    names[text] != nil || text.utf8.contains { $0 &- zero < 10 }
  }

  private static let names: [String: Double] = [
    "nan": .nan, "NaN": .nan, "inf": .infinity, "-inf": -.infinity,
  ]
}

// Numbers whose end is not known yet.
extension CSVNumber {
  /// How many bytes may be looked at for one number: two signs, a point, an `e`, and three times three words of
  /// digits.
  static let reach = 80

  /// The number that the bytes begin with, and the place behind it; `nil` if there is none, or one that takes a
  /// closer look.
  @inline(__always)
  static func plain(_ bytes: UnsafePointer<UInt8>, decimal: UInt8) -> (Double, Int)? {
    let sign = bytes[0] == minus ? 1 : 0
    var (place, number) = (sign, DecimalNumber(mantissa: 0, exponent: 0))
    var digits = number.addDigits(bytes, &place)
    guard digits < 2 || bytes[sign] != zero else { return nil }
    if bytes[place] == decimal {
      place += 1
      let decimals = number.addDigits(bytes, &place)
      digits += decimals
      number.exponent = -decimals
    }
    guard digits > 0, digits <= DecimalNumber.digitLimit else { return nil }
    if bytes[place] | 0x20 == UInt8(ascii: "e") {
      guard let power = power(bytes, &place) else { return nil }
      number.exponent += power
    }
    guard let size = number.nearest else { return nil }
    // Signs cannot be foretold, so they are no branch.
    return (Double(bitPattern: size.bitPattern | UInt64(sign) << 63), place)
  }

  /// The power of ten behind an `e`.
  private static func power(_ bytes: UnsafePointer<UInt8>, _ place: inout Int) -> Int? {
    let sign = bytes[place + 1]
    place += sign == minus || sign == plus ? 2 : 1
    let digits = EightDigits(bytes + place)
    guard digits.count > 0, digits.count < 8 else { return nil }
    place += digits.count
    let size = Int(truncatingIfNeeded: digits.value)
    return sign == minus ? -size : size
  }

  /// The whole number that the bytes begin with, and the place behind it; `nil` if there is none, or one that
  /// takes a closer look.
  @inline(__always)
  static func plainInteger(_ bytes: UnsafePointer<UInt8>) -> (Int, Int)? {
    let sign = bytes[0] == minus ? 1 : 0
    var (place, number) = (sign, DecimalNumber(mantissa: 0, exponent: 0))
    let digits = number.addDigits(bytes, &place)
    // Eighteen digits fit whatever they are.
    guard digits > 0, digits < DecimalNumber.digitLimit, digits == 1 || bytes[sign] != zero else {
      return nil
    }
    let value = Int(truncatingIfNeeded: number.mantissa)
    return ((value ^ -sign) + sign, place)
  }
}

extension DecimalNumber {
  /// Puts the digits that come next behind the others, up to 24; gives how many there are.
  @inline(__always)
  fileprivate mutating func addDigits(_ bytes: UnsafePointer<UInt8>, _ place: inout Int) -> Int {
    let start = place
    var digits = EightDigits(bytes + place)
    append(digits)
    place += digits.count
    while digits.count == 8, place - start < 24 {
      digits = EightDigits(bytes + place)
      append(digits)
      place += digits.count
    }
    return place - start
  }

  @inline(__always)
  private mutating func append(_ digits: EightDigits) {
    mantissa = mantissa &* Powers.ofDigits[digits.count] &+ digits.value
  }
}

private let zero = UInt8(ascii: "0")
private let plus = UInt8(ascii: "+")
private let minus = UInt8(ascii: "-")
private let point = UInt8(ascii: ".")
