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
    let scalars = text.unicodeScalars
    var (place, start) = (scalars.startIndex, scalars.startIndex)
    func close() { if start < place { words.append(String(scalars[start..<place])) } }
    while place < scalars.endIndex {
      let scalar = scalars[place]
      let next = scalars.index(after: place)
      if !isPart(scalar) {
        close()
        if isIdeograph(scalar) { words.append(String(scalar)) }
        start = next
      }
      place = next
    }
    close()
    return words
  }

  /// Whether a character is a part of a word.
  private static func isPart(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "a"..."z", "A"..."Z", "0"..."9", "_": true
    case _ where scalar.isASCII || isIdeograph(scalar): false
    default:
      scalar.properties.isAlphabetic || scalar.properties.numericType != nil
        || scalar.properties.generalCategory == .nonspacingMark
    }
  }

  /// Whether a character is a word by itself, since no space stands between words of its script.
  private static func isIdeograph(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x3040...0x30ff, 0x3400...0x4dbf, 0x4e00...0x9fff, 0xf900...0xfaff, 0x2_0000...0x3_ffff:
      true
    default: false
    }
  }

  /// A text with one space between its words; each mark that is not kept counts as a space.
  public static func spaced(_ text: String, keepsMarks: Bool = true) -> String {
    var spaced = String.UnicodeScalarView()
    var isBetween = false
    for scalar in text.unicodeScalars {
      if scalar.properties.isWhitespace || (!keepsMarks && marks.contains(scalar)) {
        isBetween = !spaced.isEmpty
        continue
      }
      if isBetween { spaced.append(" ") }
      isBetween = false
      spaced.append(scalar)
    }
    return String(spaced)
  }

  /// Marks that stand between words.
  private static let marks = Set(
    ".,;:!?\"'()[]{}<>/\\|*_~`^=+#@$%&…“”„‘’«»—–，。！？；：、（）《》".unicodeScalars)
}
