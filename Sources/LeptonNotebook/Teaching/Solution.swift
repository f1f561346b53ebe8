import LeptonSyntax

/// The code of an exercise, with the lines between `# BEGIN SOLUTION` and `# END SOLUTION`.
struct Solution {
  private static let begin = "# BEGIN SOLUTION"
  private static let end = "# END SOLUTION"

  private let lines: [Substring]
  /// The lines of each solution, with the two marks.
  private let ranges: [Range<Int>]

  /// Finds the solutions; nothing where the marks do not stand in pairs.
  init?(in code: String) {
    lines = code.split(separator: "\n", omittingEmptySubsequences: false)
    var ranges: [Range<Int>] = []
    var open: Int?
    for (index, line) in lines.enumerated() {
      switch line.trimmed {
      case Self.begin:
        guard open == nil else { return nil }
        open = index
      case Self.end:
        guard let start = open else { return nil }
        ranges.append(start..<index + 1)
        open = nil
      default: continue
      }
    }
    guard open == nil else { return nil }
    self.ranges = ranges
  }

  /// The first line that seems to begin or end a solution and does not, from 0; its solution would
  /// not be withheld.
  static func strayMark(in code: String, isExercise: Bool) -> Int? {
    let lines = code.split(separator: "\n", omittingEmptySubsequences: false)
    return lines.firstIndex { line in
      let text = line.trimmed
      guard text.hasPrefix("#") else { return false }
      let words = text.lowercased().split { !$0.isLetter }
      let isMark = words == ["begin", "solution"] || words == ["end", "solution"]
      return isMark && !(isExercise && (text == begin || text == end))
    }
  }

  /// Whether no line is a solution.
  var isEmpty: Bool { ranges.isEmpty }

  /// The code without the solutions; each becomes a call that says what is to be done, and whose value the
  /// names get that only the solution defines: other cells may read them.
  func withheld(id: String) -> String {
    let known = Self.names(
      in: lines.indices.filter { line in !ranges.contains { $0.contains(line) } }.map { lines[$0] })
    var kept: [Substring] = []
    for (index, line) in lines.enumerated() {
      guard let range = ranges.first(where: { $0.contains(index) }) else {
        kept.append(line)
        continue
      }
      guard index == range.lowerBound else { continue }
      let indent = line.prefix { $0 == " " || $0 == "\t" }
      let own = indent.isEmpty ? Self.names(in: Array(lines[range])) : []
      let missing = own.filter { !known.contains($0) }
      kept += (missing.isEmpty ? [""] : missing.map { "\($0) = " }).map {
        "\(indent)\($0)todo(\"\(id)\")"
      }
    }
    return kept.joined(separator: "\n")
  }

  /// The names that lines define, in order, as far as they can be read by themselves.
  private static func names(in lines: [Substring]) -> [String] {
    var names: [String] = []
    for statement in Parser.parse(Source(name: "", text: lines.joined(separator: "\n"))).statements
    {
      switch statement.kind {
      case .assignment(let target, _) where target.path.isEmpty: names.append(target.name.text)
      case .definition(let name, _): names.append(name.text)
      default: continue
      }
    }
    return names.reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
  }

  /// The lines that are withheld, for tests of leaks.
  package var secrets: [String] {
    ranges.flatMap { range in lines[range].dropFirst().dropLast().map { String($0.trimmed) } }
      .filter { !$0.isEmpty }
  }
}
