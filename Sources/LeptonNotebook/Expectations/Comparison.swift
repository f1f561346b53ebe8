import LeptonSession

/// Compares what a cell gave with what it must give: values, not text.
///
/// Whole numbers must be the same; other numbers lie within the margin at the number, else within
/// the tolerance of fence, cell or file, else within one unit of the last digit that is written.
/// What the report shows is always right where no tolerance is stated.
package struct Comparison {
  private let tolerance: Tolerance
  private let name: String
  private let line: Int

  /// Prepares to compare with an expectation of a notebook.
  ///
  /// - Parameter tolerance: The fence's, or where it has none the cell's or the file's.
  package init(notebook name: String, expectation: Expectation, tolerance: Tolerance) {
    self.name = name
    self.line = expectation.line
    self.tolerance = tolerance
  }

  /// Prepares to compare with what a cell gave, by the tolerance of the fence, the cell or the file.
  init(of expectation: Expectation, to outcome: CellOutcome, in notebook: Notebook) {
    self.init(
      notebook: notebook.name, expectation: expectation,
      tolerance: expectation.tolerance.or(outcome.cell.attributes.tolerance)
        .or(notebook.frontMatter.tolerance))
  }

  /// Finds the first thing that differs.
  package func firstDifference(
    between pattern: ExpectationPattern, and actual: [ActualLine]
  ) -> Failure? {
    var state = LineGlob(patterns: pattern.lines.count, items: actual.count)
    let holds = state.run(
      isWild: { pattern.lines[$0] == .anyLines },
      matches: { matches(pattern.lines[$0], actual[$1]) })
    guard !holds else { return nil }
    return difference(
      pattern: pattern, actual: actual, at: state.furthestPattern, state.furthestItem)
  }

  /// Whether a line is what is expected.
  func matches(_ expected: ExpectationPattern.Line, _ actual: ActualLine) -> Bool {
    guard case .parts(let parts, let text, _) = expected else { return true }
    if text.trimmed == actual.text {
      return tolerance.isUnstated || mismatch(parts, actual.tokens) == nil
    }
    return mismatch(parts, actual.tokens) == nil
  }

  /// The first part that no token fits, with the token that stands in its place.
  private func mismatch(
    _ parts: [ExpectationPattern.Part], _ tokens: [Token]
  ) -> (part: Int, token: Int)? {
    var state = LineGlob(patterns: parts.count, items: tokens.count)
    let holds = state.run(
      isWild: { parts[$0] == .anything },
      matches: { self.fits(parts[$0], tokens[$1]) })
    return holds ? nil : (state.furthestPattern, state.furthestItem)
  }

  /// Whether a token is what is expected.
  func fits(_ part: ExpectationPattern.Part, _ token: Token) -> Bool {
    switch part {
    case .anything: return true
    case .token(let expected): return token.number == nil && expected.text == token.text
    case .number(let expected, let margin):
      guard let wanted = expected.number, let actual = token.number else { return false }
      if wanted.isNaN || actual.isNaN { return wanted.isNaN && actual.isNaN }
      if wanted == actual {
        return margin != nil || !expected.isInteger || token.isInteger
          || expected.text == token.text
      }
      if margin == nil, expected.text == token.text, tolerance.isUnstated { return true }
      guard let allowed = allowed(expected, wanted, margin) else { return false }
      // What is written in decimals is off by roundings of the last bits.
      let slack = 4 * Double.ulpOfOne * allowed + 2 * max(actual.ulp, wanted.ulp)
      return (actual - wanted).magnitude <= allowed + slack
    }
  }

  /// How far a number may be off; nothing for a whole number, which must be the same.
  private func allowed(
    _ token: Token, _ wanted: Double, _ margin: ExpectationPattern.Margin?
  ) -> Double? {
    switch margin {
    case .absolute(let distance): return distance
    case .percent(let percent): return wanted.magnitude * percent / 100
    case nil:
      if token.isInteger || wanted.isInfinite { return nil }
      if !tolerance.isUnstated { return tolerance.margin(around: wanted) }
      return Self.unitOfLastDigit(token.text)
    }
  }

  /// One unit of the last digit that is written: 0.001 for `0.125`, 1e-5 for `1.5e-4`.
  package static func unitOfLastDigit(_ text: String) -> Double {
    let parts = text.lowercased().split(separator: "e", maxSplits: 1)
    let fraction = parts.first?.split(separator: ".", maxSplits: 1).dropFirst().first?.count ?? 0
    let exponent = parts.dropFirst().first.flatMap { Int($0) } ?? 0
    return Double("1e\(max(-400, min(400, exponent - fraction)))") ?? 0
  }

  private func difference(
    pattern: ExpectationPattern, actual: [ActualLine], at index: Int, _ item: Int
  ) -> Failure {
    let found = item < actual.count ? actual[item] : nil
    guard index < pattern.lines.count,
      case .parts(let parts, let text, let offset) = pattern.lines[index]
    else {
      return failure(
        "the cell gave more than is expected: `\(found?.text ?? "")`", offset: -1, text: "",
        column: 1,
        length: 1)
    }
    guard let found else {
      return failure(
        "the cell gave nothing for this line", offset: offset, text: text, column: 1, length: nil)
    }
    let (part, token) = mismatch(parts, found.tokens) ?? (0, 0)
    let actualToken = token < found.tokens.count ? found.tokens[token] : nil
    guard part < parts.count else {
      let rest = found.tokens.dropFirst(token).map(\.text).joined(separator: " ")
      return failure(
        "the line goes on with `\(rest)`", offset: offset, text: text, column: 1, length: nil)
    }
    return failure(parts[part], actualToken, found, offset: offset, text: text)
  }

  private func failure(
    _ part: ExpectationPattern.Part, _ actual: Token?, _ line: ActualLine, offset: Int, text: String
  ) -> Failure {
    switch part {
    case .number(let expected, let margin):
      let message = sentence(expected, margin, actual, line)
      return failure(
        message, offset: offset, text: text, column: expected.column,
        length: expected.text.unicodeScalars.count)
    case .token(let expected):
      return failure(
        "expected `\(expected.text)`, got `\(actual?.text ?? "")` in `\(line.text)`",
        offset: offset,
        text: text, column: expected.column, length: expected.text.unicodeScalars.count)
    case .anything:
      return failure("got `\(line.text)`", offset: offset, text: text, column: 1, length: nil)
    }
  }

  private func sentence(
    _ expected: Token, _ margin: ExpectationPattern.Margin?, _ actual: Token?, _ line: ActualLine
  ) -> String {
    guard let wanted = expected.number, let token = actual, let number = token.number else {
      return "expected \(expected.text), got `\(actual?.text ?? "")` in `\(line.text)`"
    }
    let shown = number.isFinite && !token.isInteger ? number.description : token.text
    guard let allowed = allowed(expected, wanted, margin), (number - wanted).isFinite else {
      return "expected \(expected.text), got \(shown)"
    }
    let distance = (number - wanted).magnitude
    return
      "expected \(expected.text), got \(shown): off by \(Self.short(distance)), allowed \(Self.short(allowed))"
  }

  private static func short(_ number: Double) -> String {
    guard number > 0, number.isFinite else { return number.description }
    var text = number.description
    if text.contains("e") || text.count <= 8 { return text }
    text = String(text.prefix(8))
    return text
  }

  private func failure(
    _ message: String, offset: Int, text: String, column: Int, length: Int?
  ) -> Failure {
    Failure(
      code: "expect/output", message: message,
      place: Failure.Place(
        file: name, line: line + 1 + offset, text: offset < 0 ? "```expect" : text, column: column,
        length: length),
      help: text.contains("...")
        ? ["`[..]` is any text within a line; `...` stands alone, for any number of lines"] : [])
  }
}

/// Matches a row of patterns, of which some stand for any number of items, with a row of items.
private struct LineGlob {
  let patterns: Int
  let items: Int
  /// The furthest pattern that was tried in vain, and the item it was tried on.
  private(set) var furthestPattern = 0
  private(set) var furthestItem = 0

  init(patterns: Int, items: Int) {
    self.patterns = patterns
    self.items = items
  }

  mutating func run(isWild: (Int) -> Bool, matches: (Int, Int) -> Bool) -> Bool {
    var pattern = 0
    var item = 0
    var wild: (pattern: Int, item: Int)?
    while item < items || pattern < patterns {
      if pattern < patterns, isWild(pattern) {
        wild = (pattern, item)
        pattern += 1
      } else if pattern < patterns, item < items, matches(pattern, item) {
        pattern += 1
        item += 1
      } else {
        note(pattern, item)
        guard let last = wild, last.item < items else { return false }
        wild = (last.pattern, last.item + 1)
        pattern = last.pattern + 1
        item = last.item + 1
      }
    }
    return true
  }

  private mutating func note(_ pattern: Int, _ item: Int) {
    guard (pattern, item) >= (furthestPattern, furthestItem) else { return }
    (furthestPattern, furthestItem) = (pattern, item)
  }
}
