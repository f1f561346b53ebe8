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
    let typed = String(decoding: text.utf8.prefix(offset), as: UTF8.self)
    let aid = TypingAid(describe: describe)
    let code = aid.beginning(of: typed)
    let place = WordAtCursor(in: code, at: code.utf8.count)
    guard let (begun, before) = place.openString, before.last != "[" else { return ask(code) }
    let parameter = place.callee.flatMap { aid.firstParameter(of: $0) }
    switch place.argument == 0 ? parameter : nil {
    case "word", "part", "code": return ask(code)
    case "lesson":
      return LessonShelf.completions(of: begun)
        + PathCompletion.completions(of: begun) { $0.hasSuffix(".lnb") }.filter {
          !begun.isEmpty || $0.text.hasSuffix(".lnb")
        }
    default: return PathCompletion.completions(of: begun) + ask(code)
    }
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

  private func ask(_ code: String) -> [Completion] {
    bench.ask { try $0.complete(code, at: code.utf8.count) } ?? []
  }
}
