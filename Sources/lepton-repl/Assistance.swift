import LeptonDisplay
import LeptonSession

/// What the prompt shows of the words while an entry is typed: completions and hints.
///
/// It asks the session, which evaluates nothing for that; what it has been told once it keeps until
/// something has been evaluated.
@MainActor
final class Assistance {
  private let bench: Workbench
  private var descriptions: [String: WordDescription?] = [:]

  /// Asks a workbench.
  init(_ bench: Workbench) { self.bench = bench }

  /// What stands for the names may have changed.
  func forget() { descriptions = [:] }

  /// Tells about a word.
  func describe(_ name: String) -> WordDescription? {
    if let known = descriptions[name] { return known }
    let description = bench.ask { try $0.describe(name, at: name.utf8.count) } ?? nil
    descriptions[name] = .some(description)
    return description
  }

  /// Finds what may stand at a place, given in UTF-8 bytes.
  func complete(_ text: String, at offset: Int) -> [Completion] {
    // A place after `?` or `:word` is like any other; the marks are no Lepton.
    let typed = text.utf8.prefix(offset)
    let code = String(decoding: typed.map { isMark($0, in: text) ? 32 : $0 }, as: UTF8.self)
    if let path = pathBegun(in: code) { return PathCompletion.completions(of: path) }
    let place = WordAtCursor(in: code, at: offset)
    guard let (text, before) = place.openString else { return ask(code, offset) }
    if before.last == "[" { return ask(code, offset) }
    let paths = PathCompletion.completions(of: text)
    return paths.isEmpty ? ask(text, text.utf8.count) : paths
  }

  /// The heading of the word at a place, or of the one that is being called there, and its sentence.
  func hint(_ text: String, at offset: Int, width: Int) -> String? {
    let place = WordAtCursor(in: text, at: offset)
    guard place.openString == nil || place.callee != nil else { return nil }
    let word = [place.name, place.callee].lazy.compactMap { $0 }.compactMap { self.describe($0) }
      .first
    guard let word else { return nil }
    return HintText.line(
      heading: word.heading, summary: word.summary,
      argument: word.heading.hasPrefix("\(place.callee ?? "")(") ? place.argument : 0, width: width)
  }

  private func ask(_ text: String, _ offset: Int) -> [Completion] {
    bench.ask { try $0.complete(text, at: offset) } ?? []
  }

  private func isMark(_ byte: UInt8, in text: String) -> Bool {
    (byte == UInt8(ascii: "?") || byte == UInt8(ascii: ":")) && text.utf8.first == byte
  }

  /// The path that stands behind `:load`, without quotes.
  private func pathBegun(in code: String) -> String? {
    let parts = code.split(separator: " ", maxSplits: 1, omittingEmptySubsequences: true)
    guard code.first == " ", parts.count == 2, parts[1].first != "\"",
      TypingAid(describe: describe).firstParameter(of: String(parts[0])) == "file"
    else { return nil }
    return String(parts[1])
  }
}
