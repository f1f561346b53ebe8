import LeptonSession
import LeptonSyntax

/// What `?` and `:` at the begin of an entry stand for: calls of words.
///
/// `?dense` is `help("dense")`, `??dense` shows its text too, and so does `dense?`. `:word rest` is
/// `word(rest)`; where the heading of the word says that it takes a function, the rest becomes the body
/// of one, and where it takes a name or a file, the rest needs no quotes. A word alone that takes nothing,
/// `quit`, is called. No word is known here.
struct TypingAid {
  /// Tells about a word.
  let describe: (String) -> WordDescription?
  /// The names that the user has defined, which stand for themselves.
  var defined: [String] = []

  /// The entry that is meant.
  func entry(for typed: String) -> String {
    let text = typed.trimmed
    if text.first == "?" || (text.last == "?" && TypingAid.isName(text.dropLast())) {
      return question(text)
    }
    guard let (word, rest) = TypingAid.command(text) else {
      return isCallWithoutBrackets(text) ? "\(text)()" : typed
    }
    guard !word.isEmpty else { return "help()" }
    return "\(word)(\(rest.isEmpty ? "" : argument(rest, of: word)))"
  }

  private func isCallWithoutBrackets(_ text: Substring) -> Bool {
    TypingAid.isName(text) && !defined.contains(String(text))
      && describe(String(text))?.heading == "\(text)()"
  }

  private func question(_ text: Substring) -> String {
    let word = text.drop { $0 == "?" }.trimmed.prefix { $0 != "?" }.trimmed
    if word.isEmpty { return "help()" }
    guard TypingAid.isName(word) else { return "words(\(String(word).quoted))" }
    return "help(\(String(word).quoted)\(text.hasPrefix("??") ? ", source=true" : ""))"
  }

  private func argument(_ rest: Substring, of word: Substring) -> String {
    let parameter = firstParameter(of: String(word))
    if parameter == "function" { return "() -> \(rest)" }
    return parameter.map(TypingAid.takesText) == true && rest.first != "\""
      ? String(rest).quoted : String(rest)
  }

  /// Whether what is given for a parameter of that name needs no quotes behind a colon.
  private static func takesText(_ parameter: Substring) -> Bool {
    ["word", "part", "code", "file", "lesson"].contains(parameter)
  }

  /// What has been typed of an entry as Lepton: `:load a` is the beginning of `load("a")`.
  func beginning(of typed: String) -> String {
    if typed.first == "?" { return String(typed.drop { $0 == "?" }) }
    guard let (word, rest) = TypingAid.command(typed) else { return typed }
    let behind = typed.drop { $0 != ":" }.dropFirst(word.count + 1)
    guard !behind.isEmpty, let parameter = firstParameter(of: String(word)) else {
      return "\(word)\(behind)"
    }
    let takesText = TypingAid.takesText(parameter) && rest.first != "\""
    return "\(word)(" + (takesText ? "\"" : "") + behind.drop { $0 == " " }
  }

  /// The name of what a word takes first.
  func firstParameter(of word: String) -> Substring? {
    guard let heading = describe(word)?.heading, let open = heading.firstIndex(of: "(") else {
      return nil
    }
    return heading[open...].dropFirst().prefix { $0.isLetter || $0 == "_" }
  }

  /// The word and the rest of an entry that begins with a colon.
  static func command(_ text: some StringProtocol) -> (word: Substring, rest: Substring)? {
    let text = Substring(text).trimmed
    guard text.first == ":" else { return nil }
    let word = text.dropFirst().prefix { $0.isLetter || $0.isNumber || $0 == "_" }
    return (word, text[word.endIndex...].trimmed)
  }

  /// What of an entry is code, which may be the beginning of something; nothing if none is.
  static func code(of text: String) -> Substring? {
    if text.trimmed.first == "?" || text.trimmed.last == "?" { return nil }
    return command(text)?.rest ?? text[...]
  }

  /// Where the marks stand in an entry, in UTF-8 bytes: `?`, `??`, `:word`.
  static func marks(of text: String) -> [Range<Int>] {
    let start = text.utf8.prefix { $0 == UInt8(ascii: " ") }.count
    let entry = text.utf8.dropFirst(start)
    switch entry.first {
    case UInt8(ascii: "?"):
      return [start..<start + entry.prefix { $0 == UInt8(ascii: "?") }.count]
    case UInt8(ascii: ":"): return [start..<start + 1 + (command(text)?.word.utf8.count ?? 0)]
    default:
      return isName(text.dropLast()) && text.last == "?" ? [entry.count - 1..<entry.count] : []
    }
  }

  private static func isName(_ text: Substring) -> Bool {
    guard let first = text.first, first.isLetter || first == "_" else { return false }
    return text.allSatisfy { $0.isLetter || $0.isNumber || $0 == "_" }
  }
}

extension StringProtocol {
  /// The text without the blanks around it.
  var trimmed: Substring {
    let text = Substring(self).drop(while: \.isWhitespace)
    let end = text.lastIndex { !$0.isWhitespace }
    return end.map { text[...$0] } ?? ""
  }
}
