/// Counts the columns that a text takes on a terminal: two for a wide East Asian character or an
/// emoji, none for a control character or a lone combining mark.
///
/// The ranges are those of class W and F in EastAsianWidth.txt of Unicode 14.0, with gaps of
/// unassigned code points closed; wide emoji are those of the property Emoji_Presentation, or with
/// variation selector 16.
@inlinable
public func displayWidth(of text: some StringProtocol) -> Int {
  let isPlain = text.utf8.withContiguousStorageIfAvailable { bytes in
    bytes.allSatisfy { $0 >= 0x20 && $0 < 0x7F }
  }
  return isPlain == true ? text.utf8.count : widthOfCharacters(in: String(text))
}

/// Adds up what characters take.
@usableFromInline
func widthOfCharacters(in text: String) -> Int {
  text.reduce(0) { $0 + displayWidth(of: $1) }
}

/// Counts the columns that a character takes.
private func displayWidth(of character: Character) -> Int {
  let scalars = character.unicodeScalars
  let isEmoji = scalars.count > 1 && scalars.contains { $0 == "\u{FE0F}" || isRegional($0) }
  return isEmoji ? 2 : scalars.reduce(0) { max($0, displayWidth(of: $1)) }
}

private func displayWidth(of scalar: Unicode.Scalar) -> Int {
  if scalar.value >= 0x20, scalar.value < 0x7F { return 1 }
  switch scalar.properties.generalCategory {
  case .control, .format, .nonspacingMark, .enclosingMark, .lineSeparator, .paragraphSeparator:
    return 0
  default: return isWide(scalar) ? 2 : 1
  }
}

private func isRegional(_ scalar: Unicode.Scalar) -> Bool {
  (0x1F1E6...0x1F1FF).contains(scalar.value)
}

private func isWide(_ scalar: Unicode.Scalar) -> Bool {
  if scalar.value < 0x1100 { return false }
  return scalar.properties.isEmojiPresentation || wideRanges.contains { $0.contains(scalar.value) }
}

private let wideRanges: [ClosedRange<UInt32>] = [
  0x1100...0x115F,  // Hangul Jamo, leading consonants
  0x2329...0x232A,  // angle brackets
  0x2E80...0x303E,  // radicals, ideographic punctuation
  0x3041...0x3247,  // kana, bopomofo, Hangul compatibility Jamo, enclosed letters
  0x3250...0x4DBF,  // enclosed and compatibility characters, ideographs extension A
  0x4E00...0xA4C6,  // unified ideographs, Yi
  0xA960...0xA97C,  // Hangul Jamo extended A
  0xAC00...0xD7A3,  // Hangul syllables
  0xF900...0xFAFF,  // compatibility ideographs
  0xFE10...0xFE19,  // vertical forms
  0xFE30...0xFE6B,  // compatibility and small forms
  0xFF01...0xFF60,  // full-width forms
  0xFFE0...0xFFE6,  // full-width signs
  0x16FE0...0x1B2FB,  // Tangut, Nüshu, kana supplements
  0x1F200...0x1F265,  // enclosed ideographs
  0x20000...0x3FFFD,  // ideographs extensions B and beyond
]
