/// What an `expect` fence says, line by line.
package struct ExpectationPattern: Sendable, Hashable {
  /// A line of the fence.
  package enum Line: Sendable, Hashable {
    /// `...`: any number of lines.
    case anyLines
    /// A line that must be there.
    case parts([Part], text: String, offset: Int)
  }

  /// A piece of a line.
  package enum Part: Sendable, Hashable {
    /// `[..]`: anything.
    case anything
    /// A word or sign.
    case token(Token)
    /// A number, perhaps with how far it may be off.
    case number(Token, Margin?)
  }

  /// What stands behind `±`.
  package enum Margin: Sendable, Hashable {
    case absolute(Double)
    case percent(Double)
  }

  /// The lines, without blank ones and the rules of tables.
  package private(set) var lines: [Line] = []
  /// What is wrong, and on which line, from 0.
  package private(set) var mistakes: [(Mistake, Int)] {
    get { faults.map { ($0.mistake, $0.offset) } }
    set { faults = newValue.map { Fault(mistake: $0.0, offset: $0.1) } }
  }

  private struct Fault: Sendable, Hashable {
    var mistake: Mistake
    var offset: Int
  }
  private var faults: [Fault] = []

  /// Reads the content of a fence.
  package init(_ content: String) {
    for (offset, line) in content.split(separator: "\n", omittingEmptySubsequences: false)
      .enumerated()
    {
      let text = line.trimmed
      if text.isEmpty || Self.isTableRule(text) { continue }
      if text == "..." { lines.append(.anyLines); continue }
      lines.append(.parts(parts(of: line, offset: offset), text: String(line), offset: offset))
    }
  }

  private mutating func parts(of line: Substring, offset: Int) -> [Part] {
    let tokens = Tokenizer.tokens(of: line)
    var parts: [Part] = []
    var index = 0
    while index < tokens.count {
      if Self.isWildcard(tokens[index...]) {
        parts.append(.anything)
        index += 4
      } else if tokens[index].number != nil {
        let (margin, length) = Self.margin(tokens[(index + 1)...])
        if length > 0, margin == nil {
          faults.append(
            Fault(mistake: .expectationSyntax("a number must stand behind `±`"), offset: offset))
        }
        parts.append(.number(tokens[index], margin))
        index += 1 + length
      } else {
        parts.append(.token(tokens[index]))
        index += 1
      }
    }
    return parts
  }

  private static func isWildcard(_ tokens: ArraySlice<Token>) -> Bool {
    let first = tokens.prefix(4)
    guard first.map(\.text) == ["[", ".", ".", "]"], let start = first.first?.column else {
      return false
    }
    return zip(first, start...).allSatisfy { $0.column == $1 }
  }

  /// What stands behind a number, and how many tokens that are.
  private static func margin(_ tokens: ArraySlice<Token>) -> (Margin?, Int) {
    guard tokens.first?.text == "±" else { return (nil, 0) }
    guard let number = tokens.dropFirst().first, let value = number.number, value >= 0 else {
      return (nil, 1)
    }
    let end = number.column + number.text.unicodeScalars.count
    if let sign = tokens.dropFirst(2).first, sign.text == "%", sign.column == end {
      return (.percent(value), 3)
    }
    return (.absolute(value), 2)
  }

  /// Whether a line is the rule between the head and the rows of a table.
  package static func isTableRule(_ text: String) -> Bool {
    text.hasPrefix("|") && text.contains("-")
      && text.unicodeScalars.allSatisfy { "|-: ".unicodeScalars.contains($0) }
  }
}

/// What a cell must give.
public struct Expectation: Sendable, Hashable {
  /// The place of the cell among the cells, from 0.
  public var cell: Int
  /// The fence as it stands in the file.
  public var text: String
  /// The line of the opening fence, from 1.
  public var line: Int
  /// How far numbers may be off, where the fence says so.
  public var tolerance: Tolerance
  /// What the fence says.
  package var pattern: ExpectationPattern
}
