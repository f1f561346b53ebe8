import LeptonSyntax

/// Texts in columns of a terminal.
enum Layout {
  /// Fills a text up to a width, on the left for numbers, else on the right.
  static func padded(_ text: String, to width: Int, right: Bool = false) -> String {
    let count = width - displayWidth(of: text)
    guard count > 0 else { return text }
    let blanks = String(repeating: " ", count: count)
    return right ? blanks + text : text + blanks
  }

  /// Cuts a text to a width, with `…` for what is cut off.
  static func shortened(_ text: String, to width: Int) -> String {
    guard displayWidth(of: text) > width else { return text }
    guard width > 0 else { return "" }
    var result = ""
    var used = 0
    for character in text {
      let more = displayWidth(of: String(character))
      if used + more > width - 1 { break }
      result.append(character)
      used += more
    }
    return result + "…"
  }

  /// Breaks every line of a text at a width.
  static func wrapped(_ text: String, to width: Int) -> String {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    return lines.map { wrappedLine($0, to: max(8, width)) }.joined(separator: "\n")
  }

  private static func wrappedLine(_ line: Substring, to width: Int) -> String {
    guard displayWidth(of: line) > width else { return String(line) }
    var result = ""
    var used = 0
    for character in line {
      let more = displayWidth(of: String(character))
      if used + more > width {
        result.append("\n")
        used = 0
      }
      result.append(character)
      used += more
    }
    return result
  }
}
