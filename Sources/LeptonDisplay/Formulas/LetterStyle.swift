/// A style of letters in formulas, where it carries meaning: a bold letter is another one.
package enum LetterStyle: Hashable, Sendable {
  case upright, bold, boldSlanted, script, fraktur, double, sans, mono

  /// The style for which a command of TeX asks.
  init?(command: String) {
    switch command {
    case "mathrm", "mathup", "mathit", "rm": self = .upright
    case "mathbf", "bold", "bf": self = .bold
    case "boldsymbol", "bm": self = .boldSlanted
    case "mathcal", "mathscr": self = .script
    case "mathfrak": self = .fraktur
    case "mathbb": self = .double
    case "mathsf": self = .sans
    case "mathtt": self = .mono
    default: return nil
    }
  }

  /// The formula in this style; letters side by side become one name.
  func applied(to formula: Formula) -> Formula {
    switch formula {
    case .row(let parts):
      let names = parts.compactMap { if case .name(let name, _) = $0 { name } else { nil } }
      if names.count == parts.count, !names.isEmpty, self != .boldSlanted {
        return .name(styled(names.joined()), isUpright: true)
      }
      return .row(parts.map(applied))
    case .name(let name, _): return .name(styled(name), isUpright: true)
    case .number(let number): return .number(styled(number))
    case .script(let base, let below, let above):
      return .script(applied(to: base), below: below.map(applied), above: above.map(applied))
    case .accent(let base, let accent): return .accent(applied(to: base), accent)
    default: return formula
    }
  }

  private func styled(_ text: String) -> String { String(text.map(letter)) }

  /// A letter or digit in this style; itself where Unicode has none.
  private func letter(_ character: Character) -> Character {
    guard let scalar = character.unicodeScalars.first, character.unicodeScalars.count == 1 else {
      return character
    }
    if let other = exceptions[character] { return other }
    guard let starts else { return character }
    let start: (first: Unicode.Scalar, at: UInt32)? =
      switch scalar {
      case "A"..."Z": ("A", starts.capitals)
      case "a"..."z": ("a", starts.smalls)
      case "0"..."9": starts.digits.map { ("0", $0) }
      case "Α"..."Ω": starts.greek.map { ("Α", $0) }
      case "α"..."ω": starts.greek.map { ("α", $0 + 26) }
      default: nil
      }
    guard let start else { return character }
    return Unicode.Scalar(start.at + scalar.value - start.first.value).map { Character($0) }
      ?? character
  }

  /// Where the letters of this style begin in Unicode.
  private var starts: (capitals: UInt32, smalls: UInt32, digits: UInt32?, greek: UInt32?)? {
    switch self {
    case .upright: nil
    case .bold: (0x1D400, 0x1D41A, 0x1D7CE, 0x1D6A8)
    case .boldSlanted: (0x1D468, 0x1D482, 0x1D7CE, 0x1D71C)
    case .script: (0x1D49C, 0x1D4B6, nil, nil)
    case .fraktur: (0x1D504, 0x1D51E, nil, nil)
    case .double: (0x1D538, 0x1D552, 0x1D7D8, nil)
    case .sans: (0x1D5A0, 0x1D5BA, 0x1D7E2, nil)
    case .mono: (0x1D670, 0x1D68A, 0x1D7F6, nil)
    }
  }

  /// The letters that Unicode had before it had the rest of the style.
  private var exceptions: [Character: Character] {
    switch self {
    case .script:
      [
        "B": "ℬ", "E": "ℰ", "F": "ℱ", "H": "ℋ", "I": "ℐ", "L": "ℒ", "M": "ℳ", "R": "ℛ", "e": "ℯ",
        "g": "ℊ", "o": "ℴ",
      ]
    case .fraktur: ["C": "ℭ", "H": "ℌ", "I": "ℑ", "R": "ℜ", "Z": "ℨ"]
    case .double: ["C": "ℂ", "H": "ℍ", "N": "ℕ", "P": "ℙ", "Q": "ℚ", "R": "ℝ", "Z": "ℤ"]
    default: [:]
    }
  }
}
