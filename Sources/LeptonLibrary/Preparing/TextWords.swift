import LeptonData
import LeptonRuntime

extension Library {
  /// Texts in pieces.
  static var textPieces: Family {
    Family(
      "Preparing data: texts", [tokens, normalizeText, normalForm, bpe, bpeEncode, bpeDecode])
  }

  private static var tokens: Builtin {
    Builtin(
      "tokens(text, by = \"words\", lower = true, form = nothing)",
      "The words or the characters of a text, in small letters.",
      details:
        "Words are runs of letters, digits and underscores; each Chinese character and each kana is a word. `form` is that of `normal_form`.",
      examples: [
        "tokens(\"The cat, 2 mats\")": "[\"the\", \"cat\", \"2\", \"mats\"]",
        "tokens(\"我爱AI\")": "[\"我\", \"爱\", \"ai\"]",
        "tokens(\"abc\", by=\"characters\")": "[\"a\", \"b\", \"c\"]",
        "tokens(\"Ｎｏ．１\", form=\"NFKC\")": "[\"no\", \"1\"]",
      ]
    ) { (text: String, by: String, lower: Bool, form: String?) in
      try requireOne(by, of: ["words", "characters"], "by")
      let written = try form.map(named)?.text(of: text) ?? text
      let text = lower ? written.lowercased() : written
      return by == "words"
        ? TextPieces.words(of: text) : text.unicodeScalars.map { String($0) }
    }
  }

  private static var normalizeText: Builtin {
    Builtin(
      "normalize_text(text, keep_case = false, keep_marks = false, form = nothing)",
      "A text in small letters, without marks and with one space between words.",
      details: "Marks are those of English and Chinese. `form` is that of `normal_form`.",
      examples: [
        "normalize_text(\"  Hello,   WORLD! \")": "\"hello world\"",
        "normalize_text(\"Ｈｅｌｌｏ，ｗｏｒｌｄ！\", form=\"NFKC\")": "\"hello world\"",
      ]
    ) { (text: String, keepCase: Bool, keepMarks: Bool, form: String?) in
      let written = try form.map(named)?.text(of: text) ?? text
      return TextPieces.spaced(keepCase ? written : written.lowercased(), keepsMarks: keepMarks)
    }
  }

  private static var normalForm: Builtin {
    Builtin(
      "normal_form(text, form = \"NFKC\")",
      "A text with its characters written in one of several ways.",
      details: """
        `"NFC"` writes letters and their marks as one character where there is one, `"NFD"` apart. `"NFKC"` and `"NFKD"` do the same, and write what \
        only looks otherwise as what it stands for: letters of full width, ligatures, numbers in circles (Unicode Standard Annex 15).
        """,
      examples: [
        "normal_form(\"Ｌｅｐｔｏｎ ①, ﬁne\")": "\"Lepton 1, fine\"",
        "len(normal_form(\"e\\u0301\", \"NFC\"))": "1",
      ]
    ) { (text: String, form: String) in try named(form).text(of: text) }
  }

  /// The form of a name.
  static func named(_ form: String) throws -> NormalForm {
    try requireOne(form, of: NormalForm.allCases.map(\.rawValue), "form")
    return NormalForm(rawValue: form) ?? .compatible
  }

  private static var bpe: Builtin {
    Builtin(
      "bpe(texts, size = 1000)",
      "Learns pieces of words that come up often, by byte pair encoding.",
      details: """
        It begins with characters, and makes one piece of the two neighbours that stand beside each other most often, until there are `size` pieces. \
        The record of `pieces` and `merges` is what `bpe_encode` and `bpe_decode` take.
        """,
      examples: ["bpe([\"low lower low\"], 8).pieces[-1]": "\"low▁\""]
    ) { (texts: [String], size: Int) in
      try Settings.require((1...1_000_000).contains(size), "`size` is from 1 to 1000000")
      return BytePairs(learningFrom: texts, size: size).record
    }
  }

  private static var bpeEncode: Builtin {
    Builtin(
      "bpe_encode(pieces, text)",
      "The numbers of the pieces of a text; -1 for a character that was not there.",
      examples: ["bpe_encode(bpe([\"low low\"], 6), \"low\")": "[4]"]
    ) { (pairs: Record, text: String) in try BytePairs(pairs).places(of: text) }
  }

  private static var bpeDecode: Builtin {
    Builtin(
      "bpe_decode(pieces, numbers)", "The text of numbers of pieces.",
      examples: [
        """
        pieces = bpe(["low low lower"], 9)
        bpe_decode(pieces, bpe_encode(pieces, "lower low"))
        """: "\"lower low\""
      ]
    ) { (pairs: Record, numbers: [Int]) in try BytePairs(pairs).text(of: numbers) }
  }
}

extension BytePairs {
  /// The pieces and merges as a record.
  fileprivate var record: Record { ["pieces": pieces.value, "merges": merges.value] }

  /// Takes what `bpe` gave.
  fileprivate init(_ record: Record) throws {
    let merges = try [[String]].bridging(record["merges"] ?? .nothing)
    guard merges.allSatisfy({ $0.count == 2 }) else {
      throw LanguageError("type/argument", "each of the merges is a pair of pieces")
    }
    self.init(pieces: try [String].bridging(record["pieces"] ?? .nothing), merges: merges)
  }
}
