import LeptonDisplay

/// Makes the fence that a cell's output meets, and changes no more of the old one than it must:
/// lines that match, tolerances, wildcards and matching digits stay as they are written.
package struct Acceptance {
  private let comparison: Comparison
  private let expectation: Expectation

  /// Prepares to mend an expectation that the comparison found missed.
  package init(_ expectation: Expectation, _ comparison: Comparison) {
    self.expectation = expectation
    self.comparison = comparison
  }

  /// The fence as it should stand in the file.
  package func fence(for actual: [ActualLine]) -> String {
    var lines = expectation.text.split(separator: "\n", omittingEmptySubsequences: false)
      .map(String.init)
    let hasEnd = lines.last?.isEmpty == true
    if hasEnd { lines.removeLast() }
    let opening = lines.first ?? "```expect"
    let isClosed = lines.count > 1
    let content = mended(Array(lines.dropFirst().dropLast()), for: actual)
    return FenceText(
      opening: opening, content: content, closing: isClosed ? lines.last ?? "```" : "```"
    )
    .text + (hasEnd ? "\n" : "")
  }

  /// The lines between the fences.
  private func mended(_ content: [String], for actual: [ActualLine]) -> [String] {
    let pattern = expectation.pattern.lines
    if pattern.isEmpty { return actual.map(\.text) }
    let steps = Alignment.steps(
      patterns: pattern.count, items: actual.count, isWild: { pattern[$0] == .anyLines },
      matches: { comparison.matches(pattern[$0], actual[$1]) })
    let places = places(of: pattern, in: content)
    var result: [String] = []
    var next = 0
    for step in steps {
      switch step {
      case .keep(let index):
        result += content[next...places[index]]
        next = places[index] + 1
      case .change(let index, let item):
        result += content[next..<places[index]]
        result.append(mended(pattern[index], content[places[index]], for: actual[item]))
        next = places[index] + 1
      case .drop(let index):
        result += content[next..<places[index]]
        next = places[index] + 1
      case .add(let item): result.append(actual[item].text)
      }
    }
    return result + content[next...]
  }

  /// The line of the content on which each line of the pattern stands.
  private func places(of pattern: [ExpectationPattern.Line], in content: [String]) -> [Int] {
    var wild = content.indices.filter { content[$0].trimmed == "..." }[...]
    return pattern.map { line in
      switch line {
      case .anyLines: wild.popFirst() ?? 0
      case .parts(_, _, let offset): offset
      }
    }
  }

  /// A line in which the tokens that differ were replaced; the whole line where there are others.
  private func mended(
    _ line: ExpectationPattern.Line, _ text: String, for actual: ActualLine
  ) -> String {
    guard case .parts(let parts, _, _) = line else { return text }
    let steps = Alignment.steps(
      patterns: parts.count, items: actual.tokens.count, isWild: { parts[$0] == .anything },
      matches: { comparison.fits(parts[$0], actual.tokens[$1]) })
    var scalars = Array(text.unicodeScalars)
    for step in steps.reversed() {
      switch step {
      case .keep: continue
      case .drop, .add: return String(text.prefix { $0 == " " }) + actual.text
      case .change(let index, let item):
        guard let old = parts[index].token else { return actual.text }
        let start = old.column - 1
        let end = min(scalars.count, start + old.text.unicodeScalars.count)
        let new = spelling(of: actual.tokens[item], for: parts[index])
        scalars.replaceSubrange(start..<end, with: Array(new.unicodeScalars))
      }
    }
    return String(String.UnicodeScalarView(scalars))
  }

  /// A number with as many digits behind the point as its author wrote, where that is enough.
  private func spelling(of actual: Token, for part: ExpectationPattern.Part) -> String {
    guard case .number(let old, let margin) = part, let number = actual.number, number.isFinite,
      let point = old.text.firstIndex(of: "."), !old.text.lowercased().contains("e")
    else { return actual.text }
    let digits = old.text.distance(from: point, to: old.text.endIndex) - 1
    let text = NumberText.text(of: number, .fixed(digits: digits))
    guard let token = Tokenizer.tokens(of: text).first, token.text == text else {
      return actual.text
    }
    return comparison.fits(.number(token, margin), actual) ? text : actual.text
  }
}

extension ExpectationPattern.Part {
  /// The token that stands in the line, but for a wildcard.
  fileprivate var token: Token? {
    switch self {
    case .anything: nil
    case .token(let token), .number(let token, _): token
    }
  }
}

/// A fence whose marks are longer than any run of them in its content.
private struct FenceText {
  let opening: String
  let content: [String]
  let closing: String

  var text: String {
    let margin = opening.prefix { $0 == " " }
    let mark = opening.dropFirst(margin.count).first ?? "`"
    let length = opening.dropFirst(margin.count).prefix { $0 == mark }.count
    let longest =
      content.map { line in
        line.split { $0 != mark }.map(\.count).max() ?? 0
      }.max() ?? 0
    guard longest >= length else {
      return ([opening] + content + [closing]).joined(separator: "\n")
    }
    let more = String(repeating: mark, count: longest + 1 - length)
    return ([more + opening] + content + [closing.trimmed + more]).joined(separator: "\n")
  }
}
