/// Makes the marks harmless that matter within a paragraph only.
///
/// The library parses links and inline HTML too, which a notebook has no use for, and for some texts
/// that takes time in the square of their length. Which blocks a text has does not depend on them.
enum InlineMarks {
  /// The text, as long as it was, with a comma for every `[` and every `<` that can neither begin nor
  /// end a block of HTML.
  static func hidden(in text: String) -> [UInt8] {
    var bytes = Array(text.utf8)
    var mayBegin = true
    var index = 0
    while index < bytes.count {
      switch bytes[index] {
      case UInt8(ascii: "\n"): mayBegin = true
      case UInt8(ascii: "<"):
        if mayBegin {
          index += lengthOfOpening(bytes[index...]) - 1
        } else if index + 1 < bytes.count, bytes[index + 1] != UInt8(ascii: "/") {
          bytes[index] = UInt8(ascii: ",")
        }
        mayBegin = false
      case UInt8(ascii: "["):
        bytes[index] = UInt8(ascii: ",")
        mayBegin = false
      case let byte where !isMarker(byte): mayBegin = false
      default: break
      }
      index += 1
    }
    return bytes
  }

  /// How many bytes `<![CDATA[` has where it stands; otherwise 1.
  private static func lengthOfOpening(_ bytes: ArraySlice<UInt8>) -> Int {
    let opening = Array("<![CDATA[".utf8)
    return bytes.starts(with: opening) ? opening.count : 1
  }

  /// Whether a block can begin behind this byte: blanks, and the marks of quotes and lists.
  private static func isMarker(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: ">"), UInt8(ascii: "-"),
      UInt8(ascii: "+"), UInt8(ascii: "*"), UInt8(ascii: "."), UInt8(ascii: ")"),
      UInt8(ascii: "0")...UInt8(ascii: "9"):
      true
    default: false
    }
  }
}
