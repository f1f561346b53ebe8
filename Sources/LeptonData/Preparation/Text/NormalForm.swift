@_spi(_Unicode) import Swift

/// One way to write what can be written in several (Unicode Standard Annex 15).
public enum NormalForm: String, Sendable, CaseIterable {
  /// Letters and their marks as one character where there is one.
  case composed = "NFC"
  /// Letters and their marks apart.
  case decomposed = "NFD"
  /// As `composed`, and what only looks otherwise as what it stands for: `Ａ` as `A`, `①` as `1`, `ﬁ` as `fi`.
  case compatible = "NFKC"
  /// As `compatible`, letters and their marks apart.
  case compatibleDecomposed = "NFKD"

  /// A text in this form.
  public func text(of text: String) -> String {
    if NormalForm.isPlain(text) { return text }
    let text = self == .composed || self == .decomposed ? text : NormalForm.plain(text)
    if NormalForm.isPlain(text) { return text }
    return switch self {
    case .composed, .compatible: String(scalars: text._nfc)
    case .decomposed, .compatibleDecomposed: String(scalars: text._nfd)
    }
  }

  /// The text with what each character stands for in its place.
  private static func plain(_ text: String) -> String {
    var plain = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      if !isPlain(scalar), let meaning = compatibility[scalar] {
        plain.append(contentsOf: meaning)
      } else {
        plain.append(scalar)
      }
    }
    return String(plain)
  }

  private static func isPlain(_ text: String) -> Bool { text.unicodeScalars.allSatisfy(isPlain) }

  /// Whether every form leaves a character as it is among others of the kind: those of ASCII, quotation marks,
  /// marks of Chinese and Chinese characters.
  private static func isPlain(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0...0x7f, 0x2018...0x201f, 0x3001...0x3029, 0x4e00...0x9fff: true
    default: false
    }
  }

  /// What characters stand for.
  private static let compatibility: [Unicode.Scalar: [Unicode.Scalar]] = {
    let text = String(decoding: PackageResources.compatibility_txt, as: UTF8.self)
    return text.split(separator: "\n").reduce(into: [:]) { $0.add($1) }
  }()
}

extension [Unicode.Scalar: [Unicode.Scalar]] {
  /// Adds what a line of the table says: `B2 32 33 20+301`, or `FF01-FF5E 21`.
  fileprivate mutating func add(_ line: Substring) {
    let words = line.split(separator: " ")
    let range = (words.first ?? "").split(separator: "-").compactMap { UInt32($0, radix: 16) }
    guard let first = range.first else { return }
    let meanings = words.dropFirst().map { word in
      word.split(separator: "+").compactMap { UInt32($0, radix: 16) }
    }
    if range.count == 2, let meaning = meanings.first {
      for step in 0...(range[1] - first) { note(first + step, meaning.map { $0 + step }) }
    } else {
      for (step, meaning) in zip(UInt32(0)..., meanings) { note(first + step, meaning) }
    }
  }

  private mutating func note(_ number: UInt32, _ meaning: [UInt32]) {
    guard let scalar = Unicode.Scalar(number) else { return }
    self[scalar] = meaning.compactMap(Unicode.Scalar.init)
  }
}

extension String {
  fileprivate init(scalars: some Sequence<Unicode.Scalar>) {
    self.init(String.UnicodeScalarView(scalars))
  }
}
