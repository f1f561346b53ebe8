/// How a text that anybody may have written is made harmless for the place where it is shown.
///
/// Every renderer passes every string of an output through one of these, and there are no others.
package enum Escaping {
  /// Makes control characters, and characters that reorder their neighbours, visible as `\x1b` or
  /// `\u202e`, so that a text can neither command a terminal nor show what it does not say.
  ///
  /// Tabs become four blanks. Line ends stay only where they are asked for.
  static func visible(_ text: String, keepingLineEnds: Bool = false) -> String {
    if isSafe(text, keepingLineEnds: keepingLineEnds) { return text }
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\n" where keepingLineEnds: result.append("\n")
      case "\r" where keepingLineEnds: continue
      case "\n", "\r": result.append(" ")
      case "\t": result.append("    ")
      case _ where isUnsafe(scalar): result.append(escape(for: scalar))
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }

  /// A text for a paragraph or a table's cell of Markdown, on one line, looking as it is.
  ///
  /// Addresses do not become links, for a renderer would take the escapes behind them as their part.
  static func markdown(_ text: String) -> String {
    if hasNoMarks(text) { return text }
    let scalars = Array(visible(text).unicodeScalars.drop { $0 == " " })
    var result = ""
    for (index, scalar) in scalars.enumerated() {
      let next = index + 1 < scalars.count ? scalars[index + 1] : " "
      switch scalar {
      case "\\", "`", "*", "[", "]", "|", "~", "$": result.append("\\\(scalar)")
      case "<": result.append("&lt;")
      case "&" where next == "#" || next.properties.isAlphabetic: result.append("&amp;")
      case "_" where index == 0 || !isWordPart(scalars[index - 1]) || !isWordPart(next):
        result.append("\\_")
      case "/" where index > 0 && scalars[index - 1] == ":": result.append("\\/")
      case "." where endsWithWWW(scalars[..<index]): result.append("\\.")
      case _ where beginsBlock(scalars, at: index): result.append("\\\(scalar)")
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }

  /// Whether a text has nothing but letters and digits of ASCII, and blanks between them.
  private static func hasNoMarks(_ text: String) -> Bool {
    let isBare = text.utf8.withContiguousStorageIfAvailable { bytes in
      bytes.first != 0x20 && bytes.allSatisfy { isLetterOrDigit($0) || $0 == 0x20 }
    }
    return isBare == true
  }

  /// A text for the content or an attribute of XML; line ends stay only where they are asked for.
  package static func xml(_ text: String, keepingLineEnds: Bool = false) -> String {
    var result = ""
    for scalar in visible(text, keepingLineEnds: keepingLineEnds).unicodeScalars {
      switch scalar {
      case "&": result.append("&amp;")
      case "<": result.append("&lt;")
      case ">": result.append("&gt;")
      case "\"": result.append("&quot;")
      case "'": result.append("&#39;")
      case "\u{FFFE}", "\u{FFFF}": result.append("\u{FFFD}")
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }

  /// A path or address for the target of a Markdown link.
  static func linkTarget(_ target: String) -> String {
    let bytes = Array(target.utf8)
    var result = ""
    for (index, byte) in bytes.enumerated() {
      if isPlainInLink(byte) || (byte == UInt8(ascii: "%") && isEscapeInLink(bytes[(index + 1)...]))
      {
        result.unicodeScalars.append(Unicode.Scalar(byte))
      } else {
        result += "%" + hexadecimal(UInt32(byte), digits: 2).uppercased()
      }
    }
    return result
  }

  /// Whether a text is seen as it is; the bytes tell of nearly every one of them.
  private static func isSafe(_ text: String, keepingLineEnds: Bool) -> Bool {
    let isPlain = text.utf8.withContiguousStorageIfAvailable { bytes in
      bytes.allSatisfy { byte in
        switch byte {
        case 0x20..<0x7F: true
        case 0x0A: keepingLineEnds
        // What begins with another byte is a character to be seen, for certain.
        case 0xC3...0xF2: byte != 0xD8 && byte != 0xE2
        case 0x80..<0xC0: true
        default: false
        }
      }
    }
    return isPlain == true
      || !text.unicodeScalars.contains { isUnsafe($0) && !(keepingLineEnds && $0 == "\n") }
  }

  /// Whether a character does something else than to be seen; `isSafe` knows the bytes with which these begin.
  private static func isUnsafe(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0..<0x20, 0x7F..<0xA0: true  // controls
    case 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x2069, 0x061C: true  // directions
    case 0x2028, 0x2029: true  // line ends of another kind
    case 0xE0000...0xE007F: true  // invisible tags
    default: false
    }
  }

  private static func escape(for scalar: Unicode.Scalar) -> String {
    switch scalar.value {
    case 0..<0x100: "\\x" + hexadecimal(scalar.value, digits: 2)
    case 0..<0x10000: "\\u" + hexadecimal(scalar.value, digits: 4)
    default: "\\U" + hexadecimal(scalar.value, digits: 8)
    }
  }

  private static func hexadecimal(_ value: UInt32, digits: Int) -> String {
    let text = String(value, radix: 16)
    return String(repeating: "0", count: max(0, digits - text.count)) + text
  }

  private static func endsWithWWW(_ scalars: ArraySlice<Unicode.Scalar>) -> Bool {
    scalars.count >= 3 && scalars.suffix(3).allSatisfy { $0 == "w" || $0 == "W" }
  }

  /// Whether a mark at the beginning would make a heading, a quotation, a rule or a list of the line.
  private static func beginsBlock(_ scalars: [Unicode.Scalar], at index: Int) -> Bool {
    let isLast = index + 1 == scalars.count
    switch scalars[index] {
    case "#", ">", "=": return index == 0
    case "-", "+":
      return index == 0 && (isLast || [" ", scalars[0]].contains(scalars[index + 1]))
    case ".", ")":
      return index > 0 && (isLast || scalars[index + 1] == " ")
        && scalars[..<index].allSatisfy { ("0"..."9").contains($0) }
    default: return false
    }
  }

  private static func isWordPart(_ scalar: Unicode.Scalar) -> Bool {
    scalar.properties.isAlphabetic || ("0"..."9").contains(scalar) || scalar == "_"
  }

  private static func isPlainInLink(_ byte: UInt8) -> Bool {
    isLetterOrDigit(byte) || "-._~/:;,+=@!".utf8.contains(byte)
  }

  private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"):
      true
    default: false
    }
  }

  private static func isEscapeInLink(_ rest: ArraySlice<UInt8>) -> Bool {
    rest.count >= 2 && rest.prefix(2).allSatisfy { Unicode.Scalar($0).properties.isHexDigit }
  }
}
