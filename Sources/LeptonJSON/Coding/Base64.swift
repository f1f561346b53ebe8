/// Bytes as text: RFC 4648, section 4, with padding.
enum Base64 {
  private static let alphabet = Array(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

  /// The digit that each byte of a text stands for; 255 where it stands for none.
  private static let digits = {
    var digits = [UInt8](repeating: 255, count: 256)
    for (digit, letter) in alphabet.enumerated() { digits[Int(letter)] = UInt8(digit) }
    return digits
  }()

  /// Writes bytes.
  static func text(of bytes: [UInt8]) -> String {
    var text: [UInt8] = []
    text.reserveCapacity((bytes.count + 2) / 3 * 4)
    var rest = bytes[...]
    while let first = rest.popFirst() {
      let second = rest.popFirst()
      let third = rest.popFirst()
      let bits = UInt32(first) << 16 | UInt32(second ?? 0) << 8 | UInt32(third ?? 0)
      text.append(letter(bits >> 18))
      text.append(letter(bits >> 12))
      text.append(second == nil ? UInt8(ascii: "=") : letter(bits >> 6))
      text.append(third == nil ? UInt8(ascii: "=") : letter(bits))
    }
    return String(decoding: text, as: UTF8.self)
  }

  private static func letter(_ bits: UInt32) -> UInt8 {
    alphabet[Int(bits & 63)]
  }

  /// Reads what `text(of:)` writes, and nothing else.
  static func bytes(of text: String) -> [UInt8]? {
    let letters = Array(text.utf8)
    guard letters.count.isMultiple(of: 4) else { return nil }
    let padding = letters.reversed().prefix(2).prefix { $0 == UInt8(ascii: "=") }.count
    var bytes: [UInt8] = []
    bytes.reserveCapacity(letters.count / 4 * 3)
    var bits: UInt32 = 0
    for (index, letter) in letters.dropLast(padding).enumerated() {
      let digit = digits[Int(letter)]
      guard digit < 64 else { return nil }
      bits = bits << 6 | UInt32(digit)
      if index & 3 == 3 {
        bytes.append(UInt8(truncatingIfNeeded: bits >> 16))
        bytes.append(UInt8(truncatingIfNeeded: bits >> 8))
        bytes.append(UInt8(truncatingIfNeeded: bits))
      }
    }
    return appendRest(of: bits, padding: padding, to: &bytes) ? bytes : nil
  }

  /// Adds the bytes of a last group that is padded; false if it has bits that belong to none.
  private static func appendRest(of bits: UInt32, padding: Int, to bytes: inout [UInt8]) -> Bool {
    switch padding {
    case 1:
      bytes.append(UInt8(truncatingIfNeeded: bits >> 10))
      bytes.append(UInt8(truncatingIfNeeded: bits >> 2))
      return bits & 3 == 0
    case 2:
      bytes.append(UInt8(truncatingIfNeeded: bits >> 4))
      return bits & 15 == 0
    default: return true
    }
  }
}
