/// What the spelling of a number says.
enum Literal {
  /// What the spelling of an integer says.
  enum Integer: Equatable {
    case magnitude(UInt64)
    case tooLarge
    case malformed
  }

  /// Reads `42`, `1_000`, `0x1F`.
  static func integer(_ bytes: ArraySlice<UInt8>) -> Integer {
    let isHexadecimal = bytes.count > 1 && bytes[bytes.startIndex + 1] | 0x20 == UInt8(ascii: "x")
    let digits = isHexadecimal ? bytes.dropFirst(2) : bytes
    guard separatorsStandBetweenDigits(digits) else { return .malformed }
    var value: UInt64 = 0
    for byte in digits where byte != UInt8(ascii: "_") {
      guard let digit = digit(byte), digit < 10 || isHexadecimal else { return .malformed }
      let (product, overflow) = value.multipliedReportingOverflow(by: isHexadecimal ? 16 : 10)
      let (sum, carry) = product.addingReportingOverflow(digit)
      if overflow || carry { return isWhole(digits, isHexadecimal) ? .tooLarge : .malformed }
      value = sum
    }
    return .magnitude(value)
  }

  /// Reads `0.5`, `1e-3`, `.5`, `5.`; nothing if it is malformed.
  static func float(_ bytes: ArraySlice<UInt8>) -> Double? {
    guard separatorsStandBetweenDigits(bytes) else { return nil }
    return Double(String(decoding: bytes.filter { $0 != UInt8(ascii: "_") }, as: UTF8.self))
  }

  /// The value of a hexadecimal digit.
  static func digit(_ byte: UInt8) -> UInt64? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt64(byte - UInt8(ascii: "0"))
    case UInt8(ascii: "a")...UInt8(ascii: "f"): UInt64(byte - UInt8(ascii: "a")) + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): UInt64(byte - UInt8(ascii: "A")) + 10
    default: nil
    }
  }

  private static func isWhole(_ digits: ArraySlice<UInt8>, _ isHexadecimal: Bool) -> Bool {
    digits.allSatisfy { byte in
      byte == UInt8(ascii: "_") || (digit(byte).map { $0 < 10 || isHexadecimal } ?? false)
    }
  }

  private static func separatorsStandBetweenDigits(_ bytes: ArraySlice<UInt8>) -> Bool {
    guard !bytes.isEmpty else { return false }
    var before: UInt8 = 0
    for (offset, byte) in bytes.enumerated() where byte == UInt8(ascii: "_") {
      let index = bytes.startIndex + offset
      let behind = index + 1 < bytes.endIndex ? bytes[index + 1] : 0
      before = offset > 0 ? bytes[index - 1] : 0
      guard digit(before) != nil, digit(behind) != nil else { return false }
    }
    return true
  }
}
