import LeptonDisplay
import LeptonSession

/// What a notebook may say, as a page: printed from the tables that decide it.
public enum NotebookReference {
  /// The page as Markdown.
  public static var markdown: String {
    """
    # The format of notebooks

    A notebook (`.lnb`, `.lnb.md`) is Markdown. A fence at the top level whose first word is `lepton` is a cell; all else is prose and reaches the
    report as it is. Behind the word stand attributes: `#name`, `flag`, `key=value`, `key="in quotes"`; the same may stand in lines
    `#| key: value` at the top of the cell. What is unknown, repeated or wrong is told with its line, and nothing runs.

    ## Attributes of a cell

    \(table(of: attributes, heading: "attribute"))

    ## Other fences

    \(table(of: fences, heading: "fence"))

    ## Front matter

    Lines of YAML between two lines `---` at the beginning of the file.

    \(table(of: frontMatter, heading: "key"))

    ## Expectations

    An `expect` fence holds what the cell before it must give, compared by value: a whole number only equals itself, `0.53±0.02` and `0.53±5%` have
    their tolerance with them, else `rtol` and `atol` count, else the precision as written. `...` on a line stands for any lines, `[..]` for any text.
    A tensor is written as it is made, as the report shows it, or as its elements alone: `tensor([0.5, 1.0])`, `[0.5, 1.0]`, of one number `0.5`.

    ## Formulas

    Prose may hold formulas in TeX: `$x^2$` in a line, `$$x^2$$` in a line of its own, or a fence `math`. A page sets them (MathML); one that is not
    understood stays as it is.

    ## Exit codes

    \(exits)

    """
  }

  /// What each attribute means; the table of attributes says what its value must be.
  package static let attributeMeanings: [String: String] = [
    "eval": "`false`: the cell is shown and not run",
    "output": "`hide`: what it gives is not shown",
    "raises": "it must fail, with this error if one is named", "allow-error": "it may fail",
    "timeout": "how long it may take", "seed": "the seed of its chance",
    "volatile": "what it gives is never compared",
    "cache":
      "what it gives, and what the cells give that it needs, is taken from the last run where it cannot have changed; `false`: never",
    "rtol": "the relative tolerance of its expectations",
    "atol": "the absolute tolerance of its expectations", "skip": "it is not run, and why",
    "tags": "words by which tools know it", "exercise": "it is to be written by whoever learns",
    "check": "it checks this exercise", "hidden": "the check is not handed out",
    "points": "what the exercise or the check is worth",
    "fail": "what is said where the check does not hold",
    "pass": "what is said where the check holds",
    "try": "an answer to this exercise that the checks must judge rightly",
    "outcome": "how the try must end", "message": "what the try must be told",
    "hidden-checks": "how many checks `assign` took away",
  ]

  /// What each key of the front matter means.
  package static let keyMeanings: [String: String] = [
    "lepton": "the version of the format: 1", "title": "what the notebook is called",
    "seed": "the seed of chance", "threads": "how many threads compute",
    "timeout": "how long a cell may take", "total-timeout": "how long the whole run may take",
    "memory": "how much memory the run may use: `2GB`",
    "output": "how much text a cell may give: `10MB`",
    "on-error": "what runs behind a cell that failed: `independent`, `stop` or `continue`",
    "tolerance": "`{rtol, atol}` of all expectations",
    "params": "parameters, each a default or `{type, default, min, max, choices, required, help}`",
    "metrics": "what recorded results must hold, each `{min, max, value, rtol, atol}`",
  ]

  /// The keys of the front matter, for a test that each has a meaning.
  package static var keys: [String] { FrontMatterReader.names }

  private static var attributes: [(String, String, String)] {
    [("#name", "letters, digits, `-`, `_`, `.`", "what the cell is called")]
      + CellAttributes.rows.filter { $0.set != nil }.map {
        ($0.name, $0.wanted, attributeMeanings[$0.name] ?? "")
      }
  }

  private static let fences: [(String, String, String)] = [
    ("expect", "`rtol=`, `atol=`", "what the cell before it must give"),
    ("hint", "`for=` an exercise", "a hint, which `assign` folds away"),
  ]

  private static var frontMatter: [(String, String, String)] {
    FrontMatterReader.names.map { ($0, "", keyMeanings[$0] ?? "") }
  }

  private static func table(of rows: [(String, String, String)], heading: String) -> String {
    let hasValues = rows.contains { !$0.1.isEmpty }
    let columns = [heading] + (hasValues ? ["value"] : []) + ["meaning"]
    let lines = rows.map { row in
      "| `\(row.0)` |" + (hasValues ? " \(row.1) |" : "") + " \(row.2) |"
    }
    let rule = "|" + columns.map { _ in ":--|" }.joined()
    return (["| " + columns.joined(separator: " | ") + " |", rule] + lines).joined(separator: "\n")
  }

  private static var exits: String {
    ExitCode.allCases.sorted { $0.rawValue < $1.rawValue }
      .map { "* \($0.rawValue): \($0.words)" }.joined(separator: "\n")
  }
}
