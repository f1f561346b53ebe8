import LeptonRuntime
import LeptonTensor

extension Library {
  /// Strings, in which positions count code points.
  static var text: Family {
    Family(
      "Text",
      [
        str, split, lines, join, replace, trim, upper, lower, startsWith, endsWith, formatted,
        codePoint, character,
      ])
  }

  private static var str: Builtin {
    Builtin(
      "str(x)", "A value as text: a string as it is, anything else as it prints.",
      details: "`source(x)` gives the Lepton that makes the value, quotes included.",
      examples: ["str(42)": "\"42\"", "str(\"a\")": "\"a\"", "str([1, 2])": "\"[1, 2]\""]
    ) { (x: Value) in x.text }
  }

  private static var split: Builtin {
    Builtin(
      "split(value, by = nothing, axis = 0)",
      "Cuts a text at each separator, or a tensor along an axis.",
      details: """
        Without a separator it cuts a text at white space and leaves out empty pieces. A tensor is cut \
        into so many equal parts, or before the places of a list.
        """,
      examples: [
        "split(\"a,b,,c\", \",\")": "[\"a\", \"b\", \"\", \"c\"]",
        "split(\"  one  two \")": "[\"one\", \"two\"]",
        "split(tensor([1, 2, 3, 4]), 2)": "[tensor([1, 2]), tensor([3, 4])]",
        "split(tensor([1, 2, 3, 4]), [1])": "[tensor([1]), tensor([2, 3, 4])]",
      ]
    ) { (value: Value, by: Value, axis: Int) -> Value in
      if case .string(let text) = value {
        return try pieces(of: text, String?.bridging(by)).value
      }
      return try Tensor.bridging(value).parts(by, axis: axis).value
    }
  }

  private static func pieces(of text: String, _ separator: String?) throws -> [String] {
    guard let separator else { return text.words }
    guard !separator.isEmpty else {
      throw LanguageError(
        "value/empty", "the separator is empty",
        help: ["list(text) gives the characters; split(text) cuts at white space"])
    }
    return text.pieces(separator)
  }

  private static var lines: Builtin {
    Builtin(
      "lines(text)", "The lines of a text, without their ends.",
      examples: ["lines(\"a\\nb\\n\")": "[\"a\", \"b\"]"]
    ) { (text: String) -> [String] in
      var lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
      if lines.last?.isEmpty == true { lines.removeLast() }
      return lines.map(String.init)
    }
  }

  private static var join: Builtin {
    Builtin(
      "join(parts, separator = \"\")", "The texts of a list, one after the other.",
      details: "Elements that are no strings are joined as `str` gives them.",
      examples: ["join([\"a\", \"b\"], \", \")": "\"a, b\"", "join([1, 2, 3], \"-\")": "\"1-2-3\""]
    ) { (parts: Parts, separator: String) in parts.texts.joined(separator: separator) }
  }

  private static var replace: Builtin {
    Builtin(
      "replace(text, old, new)", "The text with each `old` replaced by `new`.",
      examples: ["replace(\"banana\", \"an\", \"AN\")": "\"bANANa\""]
    ) { (text: String, old: String, new: String) -> String in
      guard !old.isEmpty else {
        throw LanguageError("value/empty", "the text to replace is empty")
      }
      return text.pieces(old).joined(separator: new)
    }
  }

  private static var trim: Builtin {
    Builtin(
      "trim(text)", "The text without white space at its ends.",
      examples: ["trim(\"  a b \")": "\"a b\""]
    ) { (text: String) in text.trimmed }
  }

  private static var upper: Builtin {
    Builtin(
      "upper(text)", "The text in capital letters.", examples: ["upper(\"aé\")": "\"AÉ\""]
    ) { (text: String) in text.uppercased() }
  }

  private static var lower: Builtin {
    Builtin(
      "lower(text)", "The text in small letters.", examples: ["lower(\"AÉ\")": "\"aé\""]
    ) { (text: String) in text.lowercased() }
  }

  private static var startsWith: Builtin {
    Builtin(
      "starts_with(text, prefix)", "Whether a text begins with another.",
      examples: ["starts_with(\"lepton\", \"lep\")": "true"]
    ) { (text: String, prefix: String) in text.unicodeScalars.starts(with: prefix.unicodeScalars) }
  }

  private static var endsWith: Builtin {
    Builtin(
      "ends_with(text, suffix)", "Whether a text ends with another.",
      examples: ["ends_with(\"a.png\", \".png\")": "true"]
    ) { (text: String, suffix: String) in
      text.unicodeScalars.reversed().starts(with: suffix.unicodeScalars.reversed())
    }
  }

  private static var formatted: Builtin {
    Builtin(
      "format(x, spec = \"\")", "A value as text in a format, as in an f-string.",
      details: "`format(x, \".3f\")` is `f\"{x:.3f}\"`.",
      examples: ["format(3.14159, \".2f\")": "\"3.14\"", "format(7, \"03d\")": "\"007\""]
    ) { (x: Value, spec: String) -> String in try TextFormat(spec).apply(to: x) }
  }

  private static var codePoint: Builtin {
    Builtin(
      "ord(text)", "The Unicode number of a text of one character.",
      examples: ["ord(\"A\")": "65"]
    ) { (text: String) -> Int in
      guard let scalar = text.unicodeScalars.first, text.unicodeScalars.count == 1 else {
        throw LanguageError("value/range", "the text must be one character long")
      }
      return Int(scalar.value)
    }
  }

  private static var character: Builtin {
    Builtin(
      "chr(number)", "The character with a Unicode number.", examples: ["chr(955)": "\"λ\""]
    ) { (number: Int) -> String in
      guard let code = UInt32(exactly: number), let scalar = Unicode.Scalar(code) else {
        throw LanguageError("value/range", "\(number) is not the number of a character")
      }
      return String(Character(scalar))
    }
  }
}

/// What is joined to a text.
private struct Parts: Bridged {
  let texts: [String]

  static var typeDescription: String { [Value].typeDescription }

  static func bridging(_ value: Value) throws -> Parts {
    guard case .object(is TableObject) = value else {
      return Parts(texts: try [Value].bridging(value).map(\.text))
    }
    var error = mismatch(value)
    error.help = ["`join_with(table, other, on=…)` joins tables"]
    throw error
  }

  var value: Value { texts.value }
}

extension String {
  /// The text without white space at its ends.
  var trimmed: String {
    let start = drop(while: \.isWhitespace)
    return String(start.reversed().drop(while: \.isWhitespace).reversed())
  }

  /// The pieces between separators, compared by code points; the separator is not empty.
  fileprivate func pieces(_ separator: String) -> [String] {
    withBytes { text in
      separator.withBytes { mark in
        var pieces: [String] = []
        var start = 0
        while let place = text.place(of: mark, from: start) {
          pieces.append(String(decoding: text[start..<place], as: UTF8.self))
          start = place + mark.count
        }
        return pieces + [String(decoding: text[start...], as: UTF8.self)]
      }
    }
  }

  /// The pieces between white space, without empty ones.
  fileprivate var words: [String] {
    let isPlain = withBytes { bytes in bytes.allSatisfy { $0 < 0x80 } }
    guard isPlain else { return split(whereSeparator: \.isWhitespace).map(String.init) }
    return withBytes { bytes in
      var words: [String] = []
      var start = 0
      for place in 0...bytes.count where place == bytes.count || Self.isSpace(bytes[place]) {
        if place > start {
          words.append(String(decoding: bytes[start..<place], as: UTF8.self))
        }
        start = place + 1
      }
      return words
    }
  }

  /// Whether a byte of ASCII is white space.
  private static func isSpace(_ byte: UInt8) -> Bool {
    byte == 0x20 || (0x09...0x0D).contains(byte)
  }

  /// How often another text, which is not empty, occurs without overlap.
  func occurrences(of part: String) -> Int { pieces(part).count - 1 }

  /// The place in code points at which another text first occurs.
  func place(of part: String) -> Int? {
    if part.isEmpty { return 0 }
    let pieces = pieces(part)
    return pieces.count > 1 ? pieces[0].unicodeScalars.count : nil
  }
}
