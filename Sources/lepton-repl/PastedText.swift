/// What is taken in when a text is pasted.
enum PastedText {
  /// The text with line feeds at its ends of lines, and without the prompts of a transcript.
  ///
  /// In a transcript only what stands behind a prompt was typed; the rest is what it gave. Lines that
  /// begin with `>>> ` or `... ` are one as well.
  static func entry(of text: String) -> String {
    let plain = text.replacing("\r\n", with: "\n").replacing("\r", with: "\n")
    let lines = plain.split(separator: "\n", omittingEmptySubsequences: false)
    let typed = lines.map(behindPrompt)
    guard let first = typed.first(where: { $0 != nil }), lines.first.map(behindPrompt) == first
    else { return plain }
    return typed.compactMap { $0.map(String.init) }.joined(separator: "\n")
  }

  /// What stands behind the prompt of a line; nothing for a line without one.
  private static func behindPrompt(_ line: Substring) -> Substring? {
    let text = line.drop { $0 == " " }
    for prompt in [">>>", "...>", "..."] where text == prompt || text.hasPrefix(prompt + " ") {
      return text.dropFirst(prompt.count + 1)
    }
    guard text.hasPrefix("lepton["), let end = text.firstIndex(of: "]") else { return nil }
    let number = text[..<end].dropFirst("lepton[".count)
    let rest = text[end...].dropFirst()
    guard !number.isEmpty, number.allSatisfy(\.isNumber), rest == ">" || rest.hasPrefix("> ") else {
      return nil
    }
    return rest.dropFirst(2)
  }
}
