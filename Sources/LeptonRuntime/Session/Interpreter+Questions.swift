import LeptonSession
import LeptonSyntax

extension Interpreter {
  /// Checks cells as a whole, before anything runs.
  public func check(_ cells: [Cell]) -> [CellCheck] {
    let known = Set(definitions.map(\.name))
    return Checker(words: library, known: known, context: context).check(cells)
  }

  /// Tells whether a text can be run as it is, or is the beginning of something.
  public func isComplete(_ text: String) -> Completeness {
    switch completeness(of: text) {
    case .complete: .complete
    case .incomplete(let indent): .incomplete(indent: indent)
    case .invalid: .invalid
    }
  }

  /// Finds what may stand at a place of a text: fields behind a dot, else names and words.
  public func complete(_ text: String, at offset: Int) -> [Completion] {
    let word = Self.word(in: text, endingAt: offset)
    let before = text.utf8.prefix(max(0, offset - word.utf8.count))
    if before.last == UInt8(ascii: ".") {
      let receiver = Self.word(in: text, endingAt: before.count - 1)
      guard let slot = globals[receiver] else { return [] }
      return completions(Fields.names(of: Value(slot)), for: word)
    }
    return completions(definitions.map(\.name) + library.names, for: word)
  }

  private func completions(_ names: [String], for prefix: String) -> [Completion] {
    names.filter { $0.hasPrefix(prefix) && $0 != prefix }.map {
      Completion(
        text: $0, replaces: prefix.utf8.count, summary: library.lookup($0)?.summary ?? "")
    }
  }

  /// Tells about the word at a place of a text.
  public func describe(_ text: String, at offset: Int) -> WordDescription? {
    var end = min(max(offset, 0), text.utf8.count)
    let bytes = Array(text.utf8)
    while end < bytes.count, Self.isWordByte(bytes[end]) { end += 1 }
    return library.describe(Self.word(in: text, endingAt: end))
  }

  /// The name that ends at a place.
  private static func word(in text: String, endingAt offset: Int) -> String {
    let before = Array(text.utf8.prefix(max(0, offset)))
    let count = before.reversed().prefix(while: isWordByte).count
    return String(decoding: before.suffix(count), as: UTF8.self)
  }

  private static func isWordByte(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "_") || byte >= 128 || (48...57).contains(byte) || (65...90).contains(byte)
      || (97...122).contains(byte)
  }
}
