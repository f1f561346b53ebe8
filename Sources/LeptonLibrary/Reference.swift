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

  /// The names of all words, a line for each family and one for those written in Lepton, as Markdown.
  public var overview: String {
    let own = families.map { ($0.title, $0.words.map(\.name)) }
    let written = chapters.dropFirst(own.count).flatMap(\.names)
    return (own + [("Written in Lepton", written)]).map { title, names in
      "**\(title)** " + names.map { "`\($0)`" }.joined(separator: " ")
    }.joined(separator: "\n\n") + "\n"
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
