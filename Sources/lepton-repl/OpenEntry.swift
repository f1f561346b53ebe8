import LeptonSyntax

/// Whether an entry is whole, asked at the end of each of its lines.
///
/// The parser decides. While lines stream in faster than anybody types, a line that surely closes
/// nothing is not put before it: asking for each line of a long list would cost the square of its
/// length.
struct OpenEntry {
  /// How many bytes of the entry end within a bracket.
  private var bracketed: Int?

  /// Whether more must follow an entry.
  mutating func isOpen(_ bytes: UnsafeBufferPointer<UInt8>, isStreaming: Bool) -> Bool {
    if isStreaming, let bracketed, bracketed <= bytes.count,
      OpenEntry.closesNothing(bytes[bracketed...])
    {
      self.bracketed = bytes.count
      return true
    }
    bracketed = nil
    guard let text = TypingAid.code(of: String(decoding: bytes, as: UTF8.self)).map(String.init),
      case .incomplete = completeness(of: text)
    else { return false }
    if isStreaming, case .incomplete = completeness(of: text + "\n0") { bracketed = bytes.count }
    return true
  }

  private static func closesNothing(_ line: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
    var depth = 0
    for byte in line {
      switch byte {
      case UInt8(ascii: "("), UInt8(ascii: "["), UInt8(ascii: "{"): depth += 1
      case UInt8(ascii: ")"), UInt8(ascii: "]"), UInt8(ascii: "}"): depth -= 1
      case UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: "#"): return false
      default: break
      }
      if depth < 0 { return false }
    }
    return depth == 0
  }
}
