import LeptonRuntime

extension Library {
  /// What can be asked about a text.
  static var textQuestions: Family {
    Family(
      "Questions about text",
      [
        startsWith, endsWith,
        ask("is_digit", "digits", example: "2026", \.isDigit),
        ask("is_letter", "letters", example: "größe", \.properties.isAlphabetic),
        ask("is_space", "white space", example: " \\t", \.properties.isWhitespace),
        ask("is_upper", "capital letters", example: "ÄB", \.properties.isUppercase),
        ask("is_lower", "small letters", example: "äb", \.properties.isLowercase),
      ])
  }

  private static var startsWith: Builtin {
    Builtin(
      "starts_with(text, prefix)", "Whether a text begins with another.",
      examples: ["starts_with(\"lepton\", \"lep\")": "true"]
    ) { (text: String, prefix: String) in text.utf8.starts(with: prefix.utf8) }
  }

  private static var endsWith: Builtin {
    Builtin(
      "ends_with(text, suffix)", "Whether a text ends with another.",
      examples: ["ends_with(\"a.png\", \".png\")": "true"]
    ) { (text: String, suffix: String) in
      text.utf8.reversed().starts(with: suffix.utf8.reversed())
    }
  }

  /// A word that asks whether a text consists of characters of one kind.
  private static func ask(
    _ name: String, _ kind: String, example: String, _ holds: @escaping (Unicode.Scalar) -> Bool
  ) -> Builtin {
    Builtin(
      "\(name)(text)", "Whether a text consists of \(kind) and is not empty.",
      details: "Unicode says which characters are of that kind.",
      examples: ["\(name)(\"\(example)\")": "true", "\(name)(\"a1 \")": "false"]
    ) { (text: String) -> Bool in
      !text.isEmpty && text.unicodeScalars.allSatisfy(holds)
    }
  }
}

extension Unicode.Scalar {
  /// Whether it is a decimal digit of any script.
  fileprivate var isDigit: Bool { properties.generalCategory == .decimalNumber }
}
