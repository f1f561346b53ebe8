import LeptonSyntax

/// Prose in lines of a width.
public enum Paragraph {
  /// A word longer than that is no prose, and its line stays whole.
  private static let longestWord = 40

  /// Breaks those lines of a text that are too long between words, as far as they are prose.
  static func broken(_ text: String, to width: Int) -> String {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    return lines.map { line in
      let isProse = line.split(separator: " ").allSatisfy { $0.count <= longestWord }
      return displayWidth(of: line) > width && isProse && line.first != " "
        ? folded(String(line), to: width) : String(line)
    }.joined(separator: "\n")
  }

  /// Breaks a text between words; its own ends of lines count as blanks.
  public static func folded(_ text: String, to width: Int) -> String {
    var lines: [String] = []
    var line = ""
    for word in text.split(whereSeparator: \.isWhitespace) {
      if !line.isEmpty, displayWidth(of: line) + 1 + displayWidth(of: word) > width {
        lines.append(line)
        line = ""
      }
      line += (line.isEmpty ? "" : " ") + word
    }
    return (lines + (line.isEmpty ? [] : [line])).joined(separator: "\n")
  }
}
