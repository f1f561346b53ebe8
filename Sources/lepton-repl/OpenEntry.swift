import LeptonSyntax

/// Whether an entry is whole, asked at the end of each of its lines.
///
/// The parser decides. While lines stream in faster than anybody types, a line that surely closes
/// nothing is not put before it: asking for each line of a long list would cost the square of its
/// length.
struct OpenEntry {
  /// How many bytes of the entry end within a bracket, and how far its next line is indented.
  private var bracket: (count: Int, indent: Int)?

  /// How many spaces the line behind an entry is to be indented by; nothing if it is whole.
  mutating func indent(behind bytes: UnsafeBufferPointer<UInt8>, isStreaming: Bool) -> Int? {
    if isStreaming, let bracket, bracket.count <= bytes.count,
      OpenEntry.closesNothing(bytes[bracket.count...])
    {
      self.bracket = (bytes.count, bracket.indent)
      return bracket.indent
    }
    bracket = nil
    guard let text = TypingAid.code(of: String(decoding: bytes, as: UTF8.self)).map(String.init),
      case .incomplete(let indent) = completeness(of: text)
    else { return nil }
    if isStreaming, case .incomplete = completeness(of: text + "\n0") {
      bracket = (bytes.count, indent)
    }
    return indent
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
