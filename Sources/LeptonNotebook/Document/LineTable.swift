/// A text cut into lines, so that any run of lines can be had again byte for byte.
package struct LineTable: Sendable {
  /// The text.
  package let text: String
  /// Where each line begins.
  private let starts: [String.Index]

  /// Finds the lines of a text; a line end at the end of the text begins no further line.
  package init(_ text: String) {
    self.text = text
    var starts: [String.Index] = []
    let bytes = text.utf8
    var index = bytes.startIndex
    while index < bytes.endIndex {
      starts.append(index)
      guard let end = bytes[index...].firstIndex(of: UInt8(ascii: "\n")) else { break }
      index = bytes.index(after: end)
    }
    self.starts = starts
  }

  /// How many lines there are.
  package var count: Int { starts.count }

  /// The lines of a range, from 0, with their line ends; lines that do not exist are left out.
  package subscript(range: Range<Int>) -> String {
    let range = range.clamped(to: 0..<count)
    guard !range.isEmpty else { return "" }
    return String(text[starts[range.lowerBound]..<end(of: range.upperBound - 1)])
  }

  /// A line, from 0, without its line end; empty where there is none.
  package subscript(line: Int) -> Substring {
    guard starts.indices.contains(line) else { return "" }
    let content = text[starts[line]..<end(of: line)]
    return content.utf8.last == UInt8(ascii: "\n") ? content.dropLast() : content
  }

  /// Whether a line has nothing but spaces and tabs.
  package func isBlank(_ line: Int) -> Bool {
    self[line].utf8.allSatisfy { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }
  }

  private func end(of line: Int) -> String.Index {
    line + 1 < starts.count ? starts[line + 1] : text.endIndex
  }
}
