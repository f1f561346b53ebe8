import LeptonRuntime
import LeptonSyntax
import LeptonTensor

extension Library {
  /// Strings, in which positions count code points.
  static var text: Family {
    Family(
      "Text",
      [
        str, split, lines, join, replace, trim, trimStart, trimEnd, upper, lower, formatted,
        padLeft,
        padRight, displayWidth, codePoint, character,
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
      "split(value, by = nothing, axis = 0, limit = nothing)",
      "Cuts a text at each separator, or a tensor along an axis.",
      details: """
        Without a separator it cuts a text at white space and leaves out empty pieces; with `limit` it \
        cuts so many times at the most, from the left. A tensor is cut into so many equal parts, or \
        before the places of a list.
        """,
      examples: [
        "split(\"a=b=c\", \"=\", limit=1)": "[\"a\", \"b=c\"]",
        "split(\"a,b,,c\", \",\")": "[\"a\", \"b\", \"\", \"c\"]",
        "split(\"  one  two \")": "[\"one\", \"two\"]",
        "split(tensor([1, 2, 3, 4]), 2)": "[tensor([1, 2]), tensor([3, 4])]",
        "split(tensor([1, 2, 3, 4]), [1])": "[tensor([1]), tensor([2, 3, 4])]",
      ]
    ) { (value: Value, by: Value, axis: Int, limit: Int?) -> Value in
      if case .string(let text) = value {
        return .list(try pieces(of: text, String?.bridging(by), limit: limit))
      }
      return try Tensor.bridging(value).parts(by, axis: axis).value
    }
  }

  private static func pieces(
    of text: String, _ separator: String?, limit: Int?
  ) throws -> [Value] {
    guard let separator else {
      return (limit == nil ? text.words : nil) ?? text.words(limit: limit).map(Value.string)
    }
    guard !separator.isEmpty else {
      throw LanguageError(
        "value/empty", "the separator is empty",
        help: ["list(text) gives the characters; split(text) cuts at white space"])
    }
    return text.pieces(separator, limit: limit, Value.string)
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
    ) { (parts: Parts, separator: String) in parts.joined(by: separator) }
  }

  private static var replace: Builtin {
    Builtin(
      "replace(text, old, new)", "The text with each `old` replaced by `new`.",
      examples: ["replace(\"banana\", \"an\", \"AN\")": "\"bANANa\""]
    ) { (text: String, old: String, new: String) -> String in
      guard !old.isEmpty else {
        throw LanguageError("value/empty", "the text to replace is empty")
      }
      return text.replacing(old, with: new)
    }
  }

  private static var trim: Builtin {
    Builtin(
      "trim(text, characters = nothing)", "The text without white space at its ends.",
      details:
        "`characters` names what is taken off instead. White space is what Unicode calls so.",
      examples: ["trim(\"  a b \")": "\"a b\"", "trim(\"--a-b--\", \"-\")": "\"a-b\""]
    ) { (text: String, characters: String?) in text.trimmed(of: characters) }
  }

  private static var trimStart: Builtin {
    Builtin(
      "trim_start(text, characters = nothing)", "The text without white space at its beginning.",
      examples: ["trim_start(\"  a \")": "\"a \""]
    ) { (text: String, characters: String?) in text.trimmed(of: characters, end: false) }
  }

  private static var trimEnd: Builtin {
    Builtin(
      "trim_end(text, characters = nothing)", "The text without white space at its end.",
      examples: ["trim_end(\" a  \")": "\" a\""]
    ) { (text: String, characters: String?) in text.trimmed(of: characters, start: false) }
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

  private static var formatted: Builtin {
    Builtin(
      "format(x, spec = \"\")", "A value as text in a format, as in an f-string.",
      details: """
        `format(x, ".3f")` is `f"{x:.3f}"`. A format is, as in Python, \
        `[fill][align][sign][#][0][width][grouping][.digits][type]`, each part if it is needed. `align` is \
        `<` (left), `>` (right), `^` (middle) or `=` (behind the sign), `sign` is `+` or a blank, \
        `grouping` is `,` or `_`. Types: `d` whole, `f` fixed, `e` with exponent, `g` the shorter of both, \
        `%` percent, `x` `o` `b` other bases (`#` shows which, and keeps the point of a float), `c` a \
        character's number, `s` text. The elements of a list or a tensor are written one by one. A width \
        counts columns of the screen: a wide East Asian character takes two.
        """,
      examples: [
        "format(3.14159, \".2f\")": "\"3.14\"", "format(7, \"03d\")": "\"007\"",
        "format(-1234567.891, \",.1f\")": "\"-1,234,567.9\"", "format(255, \"#x\")": "\"0xff\"",
        "format(\"name\", \"*^10\")": "\"***name***\"",
        "format([0.5, 0.25], \".1%\")": "\"[50.0%, 25.0%]\"",
      ]
    ) { (x: Value, spec: String) -> String in try TextFormat(spec).apply(to: x) }
  }

  private static var padLeft: Builtin {
    Builtin(
      "pad_left(text, width, fill = \" \")", "The text filled up to a width at its beginning.",
      details: "The width counts columns of the screen: a wide East Asian character takes two.",
      examples: ["pad_left(\"7\", 3, \"0\")": "\"007\"", "pad_left(42, 5)": "\"   42\""]
    ) { (text: Value, width: Int, fill: String) -> String in
      try filling(text.text, width, fill) + text.text
    }
  }

  private static var padRight: Builtin {
    Builtin(
      "pad_right(text, width, fill = \" \")", "The text filled up to a width at its end.",
      details: "The width counts columns of the screen: a wide East Asian character takes two.",
      examples: [
        "pad_right(\"name\", 6, \".\")": "\"name..\"", "pad_right(\"日本\", 6, \".\")": "\"日本..\"",
      ]
    ) { (text: Value, width: Int, fill: String) -> String in
      try text.text + filling(text.text, width, fill)
    }
  }

  /// What a text lacks to a width.
  private static func filling(_ text: String, _ width: Int, _ fill: String) throws -> String {
    let step = LeptonSyntax.displayWidth(of: fill)
    guard fill.count == 1, step > 0 else {
      throw LanguageError("value/range", "`fill` must be one character, and is \(fill.quoted)")
    }
    guard width <= Elements.limit else {
      throw LanguageError("value/range", "a width of \(width) is too large")
    }
    let missing = max(0, max(0, width) - LeptonSyntax.displayWidth(of: text))
    return String(repeating: fill, count: missing / step)
      + String(repeating: " ", count: missing % step)
  }

  private static var displayWidth: Builtin {
    Builtin(
      "display_width(text)", "How many columns of the screen a text takes.",
      details: "A wide East Asian character takes two; `len(text)` counts code points.",
      examples: ["display_width(\"日本\")": "4", "display_width(\"e\\u0301\")": "1"]
    ) { (text: String) in LeptonSyntax.displayWidth(of: text) }
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
  let values: [Value]

  static var typeDescription: String { [Value].typeDescription }

  static func bridging(_ value: Value) throws -> Parts {
    guard case .object(is TableObject) = value else {
      return Parts(values: try [Value].bridging(value))
    }
    var error = mismatch(value)
    error.help = ["`join_with(table, other, on=…)` joins tables"]
    throw error
  }

  var value: Value { .list(values) }

  /// The texts, with another between them.
  func joined(by separator: String) -> String {
    let texts = values.map(\.text)
    let size = texts.reduce(separator.utf8.count * max(texts.count - 1, 0)) { $0 + $1.utf8.count }
    return String(unsafeUninitializedCapacity: size) { result in
      var target = UnsafeMutableRawBufferPointer(result)
      for (position, text) in texts.enumerated() {
        if position > 0 { separator.withBytes { target.take($0) } }
        text.withBytes { target.take($0) }
      }
      return size
    }
  }
}

extension String {
  /// The text without white space at its ends.
  var trimmed: String { trimmed(of: nil) }

  /// The text without characters at its ends, white space by default.
  fileprivate func trimmed(
    of characters: String?, start: Bool = true, end: Bool = true
  ) -> String {
    let set = characters.map { Set($0.unicodeScalars) }
    func isTaken(_ scalar: Unicode.Scalar) -> Bool {
      set?.contains(scalar) ?? scalar.properties.isWhitespace
    }
    var rest = unicodeScalars[...]
    if start { rest = rest.drop(while: isTaken) }
    while end, let last = rest.last, isTaken(last) { rest.removeLast() }
    return String(rest)
  }

  /// The pieces between white space; with a limit, what is behind so many cuts stays whole.
  fileprivate func words(limit: Int?) -> [String] {
    var words = unicodeScalars.split(
      maxSplits: max(limit ?? .max, 0), whereSeparator: \.properties.isWhitespace)
    if limit != nil, let last = words.popLast() {
      let rest = last.drop(while: \.properties.isWhitespace)
      if !rest.isEmpty { words.append(rest) }
    }
    return words.map { String($0) }
  }

  /// The pieces between separators, compared by code points; the separator is not empty.
  fileprivate func pieces<Piece>(
    _ separator: String, limit: Int? = nil, _ piece: (String) -> Piece
  ) -> [Piece] {
    withBytes { text in
      separator.withBytes { mark in
        let limit = max(limit ?? .max, 0)
        var pieces: [Piece] = []
        var start = 0
        while pieces.count < limit, let place = text.place(of: mark, from: start) {
          pieces.append(piece(text.string(start..<place)))
          start = place + mark.count
        }
        pieces.append(piece(text.string(start..<text.count)))
        return pieces
      }
    }
  }

  /// The text with another text for each occurrence of one, which is not empty.
  fileprivate func replacing(_ old: String, with new: String) -> String {
    withBytes { text in
      old.withBytes { old in
        new.withBytes { new in
          var places: [Int] = []
          while let place = text.place(of: old, from: places.last.map { $0 + old.count } ?? 0) {
            places.append(place)
          }
          let size = text.count + places.count * (new.count - old.count)
          return String(unsafeUninitializedCapacity: size) { result in
            var target = UnsafeMutableRawBufferPointer(result)
            var start = 0
            for place in places {
              target.take(UnsafeRawBufferPointer(rebasing: text[start..<place]))
              target.take(new)
              start = place + old.count
            }
            target.take(UnsafeRawBufferPointer(rebasing: text[start...]))
            return size
          }
        }
      }
    }
  }

  /// The pieces between white space, without empty ones; `nil` if not all of it is ASCII.
  fileprivate var words: [Value]? {
    withBytes { bytes in
      guard let count = bytes.wordCount else { return nil }
      var words: [Value] = []
      words.reserveCapacity(count)
      bytes.forEachWord { words.append(.string(bytes.string($0))) }
      return words
    }
  }

  /// How often another text, which is not empty, occurs without overlap.
  func occurrences(of part: String) -> Int { pieces(part) { $0 }.count - 1 }

  /// The place in code points at which another text first occurs.
  func place(of part: String) -> Int? {
    if part.isEmpty { return 0 }
    let pieces = pieces(part) { $0 }
    return pieces.count > 1 ? pieces[0].unicodeScalars.count : nil
  }
}

extension UnsafeRawBufferPointer {
  /// The text that stands in a part of the bytes.
  fileprivate func string(_ range: Range<Int>) -> String {
    String(decoding: UnsafeRawBufferPointer(rebasing: self[range]), as: UTF8.self)
  }
}

extension UnsafeMutableRawBufferPointer {
  /// Takes bytes over at the beginning, behind which the buffer begins from now on.
  fileprivate mutating func take(_ bytes: UnsafeRawBufferPointer) {
    copyMemory(from: bytes)
    self = UnsafeMutableRawBufferPointer(rebasing: dropFirst(bytes.count))
  }
}
