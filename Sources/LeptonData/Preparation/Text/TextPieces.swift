/// How a text is cut into pieces: words or characters, alone or several in a row.
public struct TextPieces: Sendable, Equatable {
  private let isByCharacter: Bool
  private let lengths: ClosedRange<Int>
  private let form: NormalForm?

  /// Makes a way to cut; `lengths` says how many neighbours make a piece, `form` how characters are written
  /// beforehand.
  public init(
    isByCharacter: Bool = false, lengths: ClosedRange<Int> = 1...1, form: NormalForm? = nil
  ) {
    self.isByCharacter = isByCharacter
    self.lengths = lengths
    self.form = form
  }

  /// The pieces of a text in small letters.
  public func pieces(of text: String) -> [String] {
    let lowered = (form?.text(of: text) ?? text).lowercased()
    let units =
      isByCharacter ? lowered.unicodeScalars.map { String($0) } : TextPieces.words(of: lowered)
    if lengths == 1...1 { return units }
    let separator = isByCharacter ? "" : " "
    return lengths.flatMap { length in
      units.count < length
        ? []
        : (0...(units.count - length)).map {
          units[$0..<($0 + length)].joined(separator: separator)
        }
    }
  }

  /// The words of a text: runs of letters, digits and underscores.
  ///
  /// Each Chinese character and each kana is one.
  public static func words(of text: String) -> [String] {
    var words: [String] = []
    var word = String.UnicodeScalarView()
    func isPart(_ scalar: Unicode.Scalar) -> Bool {
      scalar == "_" || scalar.properties.isAlphabetic || scalar.properties.numericType != nil
        || scalar.properties.generalCategory == .nonspacingMark
    }
    for scalar in text.unicodeScalars {
      let isWhole = isIdeograph(scalar)
      if isPart(scalar), !isWhole {
        word.append(scalar)
        continue
      }
      if !word.isEmpty { words.append(String(word)) }
      word = String.UnicodeScalarView()
      if isWhole { words.append(String(scalar)) }
    }
    if !word.isEmpty { words.append(String(word)) }
    return words
  }

  /// Whether a character is a word by itself, since no space stands between words of its script.
  private static func isIdeograph(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x3040...0x30ff, 0x3400...0x4dbf, 0x4e00...0x9fff, 0xf900...0xfaff, 0x2_0000...0x3_ffff:
      true
    default: false
    }
  }
}
