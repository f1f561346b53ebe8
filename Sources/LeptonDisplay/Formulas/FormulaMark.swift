/// A formula in prose, as GitHub finds it: `$…$`, `` $`…`$ `` or `$$…$$`.
package struct FormulaMark {
  /// The formula in TeX.
  package let tex: Substring
  /// Whether it is to stand in a line of its own.
  package let isDisplayed: Bool
  /// Where the prose goes on.
  package let end: String.Index

  /// How many bytes of prose are worth looking at for the end of what one sign begins.
  package static let sizeLimit = FormulaReader.sizeLimit

  private static let dollar = UInt8(ascii: "$")

  /// Finds the formula that a dollar sign begins; nothing where it begins none: a price, or a sign
  /// that nothing answers in its paragraph.
  ///
  /// - Parameter text: The prose from the sign on.
  package init?(at text: Substring) {
    let bytes = text.utf8
    guard bytes.first == Self.dollar else { return nil }
    let next = bytes.dropFirst()
    switch next.first {
    case Self.dollar: self.init(displayedIn: text)
    case UInt8(ascii: "`"): self.init(quotedIn: text)
    case nil: return nil
    case let byte? where Self.isBlank(byte): return nil
    default:
      guard let last = Self.dollar(in: next), last > next.startIndex,
        !Self.isBlank(bytes[bytes.index(before: last)])
      else { return nil }
      let end = bytes.index(after: last)
      if end < bytes.endIndex, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(bytes[end]) {
        return nil
      }
      self.init(tex: text[next.startIndex..<last], isDisplayed: false, end: end)
    }
  }

  private init?(displayedIn text: Substring) {
    let inside = text.utf8.dropFirst(2)
    guard let first = Self.dollar(in: inside) else { return nil }
    let second = inside.index(after: first)
    guard second < inside.endIndex, inside[second] == Self.dollar,
      !inside[inside.startIndex..<first].allSatisfy(Self.isBlank)
    else { return nil }
    self.init(
      tex: text[inside.startIndex..<first], isDisplayed: true, end: inside.index(after: second))
  }

  private init?(quotedIn text: Substring) {
    let inside = text.utf8.dropFirst(2)
    guard let quote = inside.firstIndex(of: UInt8(ascii: "`")), quote > inside.startIndex else {
      return nil
    }
    let last = inside.index(after: quote)
    guard last < inside.endIndex, inside[last] == Self.dollar,
      !inside[inside.startIndex..<quote].contains(Self.dollar)
    else { return nil }
    self.init(
      tex: text[inside.startIndex..<quote], isDisplayed: false, end: inside.index(after: last))
  }

  private init(tex: Substring, isDisplayed: Bool, end: String.Index) {
    self.tex = tex
    self.isDisplayed = isDisplayed
    self.end = end
  }

  /// The next dollar sign that no backslash makes an ordinary one; nothing behind code or behind the
  /// end of the paragraph.
  private static func dollar(in bytes: Substring.UTF8View) -> String.Index? {
    var isEscaped = false
    var isBlankLine = false
    for index in bytes.indices {
      let byte = bytes[index]
      if byte == UInt8(ascii: "\n") {
        if isBlankLine { return nil }
        isBlankLine = true
      } else if !isBlank(byte) {
        isBlankLine = false
      }
      if byte == UInt8(ascii: "`") || (byte == dollar && !isEscaped) {
        return byte == dollar ? index : nil
      }
      isEscaped = byte == UInt8(ascii: "\\") && !isEscaped
    }
    return nil
  }

  private static func isBlank(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") || byte == UInt8(ascii: "\n")
  }
}
