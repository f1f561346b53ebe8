import LeptonSyntax

/// Prose in lines of a width.
public enum Paragraph {
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
