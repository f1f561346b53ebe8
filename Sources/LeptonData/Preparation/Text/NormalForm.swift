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
    if text.utf8.allSatisfy({ $0 < 0x80 }) { return text }
    return switch self {
    case .composed: String(scalars: text._nfc)
    case .decomposed: String(scalars: text._nfd)
    case .compatible: String(scalars: NormalForm.plain(text)._nfc)
    case .compatibleDecomposed: String(scalars: NormalForm.plain(text)._nfd)
    }
  }

  /// The text with what each character stands for in its place.
  private static func plain(_ text: String) -> String {
    String(scalars: text.unicodeScalars.lazy.flatMap { compatibility[$0] ?? [$0] })
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
