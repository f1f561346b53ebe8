import LeptonRuntime
import LeptonSession
import LeptonSyntax

extension Library {
  /// Every word with its heading, its sentence and its examples, as Markdown.
  public var reference: String {
    chapters.map { title, names in
      let entries = names.compactMap { describe($0)?.entry }
      return (["## \(title)"] + entries).joined(separator: "\n\n")
    }.joined(separator: "\n\n") + "\n"
  }

  /// The names of words, a line for each family and a few for those written in Lepton, as Markdown.
  ///
  /// A family that is longer than its line ends with an ellipsis: `words` finds the others.
  public var overview: String {
    let own = families.map { Self.line($0.title, $0.words.map(\.name), width: 110) }
    let written = chapters.dropFirst(own.count).flatMap(\.names)
    return (own + [Self.line("Written in Lepton", written, width: 440)])
      .joined(separator: "\n\n") + "\n"
  }

  /// A title and as many names as fit.
  private static func line(_ title: String, _ names: [String], width: Int) -> String {
    var line = "**\(title)**"
    for name in names {
      let next = line + " `\(name)`"
      if next.utf8.count + " …".utf8.count > width { return line + " …" }
      line = next
    }
    return line
  }
}

extension WordDescription {
  /// What the reference tells about the word.
  fileprivate var entry: String {
    let shown = examples.map { example in
      ([example.input] + example.output.split(separator: "\n").map { "#=> \($0)" })
        .joined(separator: "\n")
    }
    let program = shown.isEmpty ? "" : "```lepton\n" + shown.joined(separator: "\n") + "\n```"
    return ["### `\(heading)`", summary, details, program].filter { !$0.isEmpty }
      .joined(separator: "\n\n")
  }
}

extension Grammar {
  /// The productions and the table of precedences, as Markdown.
  public static var reference: String {
    let width = (productions.map(\.name.count).max() ?? 0) + 1
    let rules = productions.map { $0.text(width: width) }.joined(separator: "\n")
    let levels = operators.enumerated().map { level, operators in
      "| \(level + 1) | \(operators.map { "`\($0)`" }.joined(separator: " ")) |"
    }
    return """
      ```
      \(rules)
      ```

      \(layout)

      Operators between two operands, loosest first; `-x` stands between `*` and `^`, `not` between `and` \
      and the comparisons. All associate to the left but `^`; comparisons make chains.

      | | operators |
      |---:|---|
      \(levels.joined(separator: "\n"))

      """
  }
}

extension Grammar.Production {
  /// The production as lines of a listing; its name stands in the first `width` columns.
  fileprivate func text(width: Int) -> String {
    let lines = rule.split(separator: "\n")
    let margin = String(repeating: " ", count: width)
    let first = name + margin.dropFirst(name.count) + "= " + (lines.first ?? "")
    let remark = self.remark.isEmpty ? "" : "    (\(self.remark))"
    return ([first] + lines.dropFirst().map { margin + $0 }).joined(separator: "\n") + remark
  }
}
