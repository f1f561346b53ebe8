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
  ///
  /// - Parameters:
  ///   - begun: How many columns of the first line are taken.
  ///   - indent: How many blanks stand before every other line.
  public static func folded(
    _ text: String, to width: Int, after begun: Int = 0, indent: Int = 0
  ) -> String {
    var result = ""
    var column = begun
    var isBegin = true
    for word in text.split(whereSeparator: \.isWhitespace) {
      let columns = displayWidth(of: word)
      let isFull = column + (isBegin ? 0 : 1) + columns > width
      if isFull, !isBegin || column > indent {
        result += "\n" + String(repeating: " ", count: indent)
        (column, isBegin) = (indent, true)
      }
      result += (isBegin ? "" : " ") + word
      column += (isBegin ? 0 : 1) + columns
      isBegin = false
    }
    return result
  }
}
