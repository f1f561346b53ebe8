extension Mistake {
  // Attributes of cells.

  static func unknownAttribute(_ key: String, nearest: String?) -> Mistake {
    Mistake(
      code: "notebook/attribute", message: "a cell has no attribute `\(key)`",
      help: [
        nearest.map { "did you mean `\($0)`?" } ?? "the attributes are \(CellAttributes.names)"
      ])
  }

  static func laterAttribute(_ key: String) -> Mistake {
    Mistake(
      code: "notebook/attribute", message: "the attribute `\(key)` is not supported yet",
      help: ["leave it out"])
  }

  static func repeatedAttribute(_ key: String) -> Mistake {
    Mistake(code: "notebook/attribute", message: "the attribute `\(key)` stands here twice")
  }

  static func attributeValue(_ key: String, _ value: String?, wanted: String) -> Mistake {
    let message =
      value.map { "`\($0)` is no value for the attribute `\(key)`" }
      ?? "the attribute `\(key)` needs a value"
    return Mistake(code: "notebook/attribute", message: message, help: ["write \(wanted)"])
  }

  static func openQuote(_ key: String) -> Mistake {
    Mistake(
      code: "notebook/attribute", message: "the quoted value of `\(key)` has no closing quote")
  }

  static func longAttributes(_ limit: Int) -> Mistake {
    Mistake(
      code: "notebook/attribute",
      message: "the attributes of a cell may have at most \(limit) bytes")
  }

  static func badWord(_ word: String) -> Mistake {
    Mistake(
      code: "notebook/attribute", message: "`\(word)` is no attribute",
      help: ["an attribute is `#id`, `flag` or `key=value`"])
  }

  static func badIdentifier(_ id: String) -> Mistake {
    Mistake(
      code: "notebook/id", message: "`#\(id)` cannot name a cell",
      help: ["use letters, digits, `-`, `_` and `.`"])
  }

  static func repeatedIdentifier(_ id: String, line: Int) -> Mistake {
    Mistake(
      code: "notebook/id", message: "two cells are called `\(id)`; the other begins at line \(line)"
    )
  }

  static func exercise(_ message: String, help: String? = nil) -> Mistake {
    Mistake(code: "notebook/exercise", message: message, help: help.map { [$0] } ?? [])
  }

  static func strayHint(_ exercise: String, _ nearest: String?) -> Mistake {
    Mistake.exercise(
      "there is no exercise `\(exercise)` for this hint",
      help: nearest.map { "did you mean `\($0)`?" } ?? "name a cell `#\(exercise) exercise`")
  }

  // The document.

  static let unclosedFence = Mistake(
    code: "notebook/fence",
    message: "this fence is never closed, so it runs to the end of the file",
    help: ["put a line of as many of the same characters behind its last line"])

  static let unclosedRegion = Mistake(
    code: "notebook/outputs", message: "the outputs that begin here have no end",
    help: ["put `\(OutputRegion.end)` behind them, or delete this line"])

  static let conflict = Mistake(
    code: "notebook/conflict", message: "two versions begin here that were never merged",
    help: ["keep one of them, and delete the lines of `<<<<<<<`, `=======` and `>>>>>>>`"])

  static func reordering(_ character: Unicode.Scalar) -> Mistake {
    let name = "U+" + String(character.value, radix: 16, uppercase: true)
    return Mistake(
      isWarning: true, code: "notebook/reordering",
      message:
        "the invisible character \(name) on this line shows code in another order than it has",
      help: ["write it as an escape in a text, and delete it elsewhere"])
  }

  static let strayExpectation = Mistake(
    isWarning: true, code: "notebook/expect",
    message: "this `expect` fence does not stand behind a cell, so nothing is compared with it",
    help: ["only blank lines and outputs may stand between a cell and its `expect` fence"])

  // Front matter.

  static func yaml(_ problem: String) -> Mistake {
    Mistake(code: "notebook/front-matter", message: "the front matter is no YAML: \(problem)")
  }

  static func frontMatterSize(_ limit: Int) -> Mistake {
    Mistake(
      code: "notebook/front-matter", message: "the front matter may have at most \(limit >> 10) KiB"
    )
  }

  static let frontMatterDepth = Mistake(
    code: "notebook/front-matter", message: "the front matter is nested too deeply")

  static func notMapping(_ what: String) -> Mistake {
    Mistake(
      code: "notebook/front-matter", message: "\(what) must be a mapping: lines of `key: value`")
  }

  static func unknownKey(_ key: String, in place: String, nearest: String?, isWarning: Bool)
    -> Mistake
  {
    Mistake(
      isWarning: isWarning, code: "notebook/front-matter",
      message: "\(place) has no key `\(key)`", help: nearest.map { ["did you mean `\($0)`?"] } ?? []
    )
  }

  static func laterKey(_ key: String) -> Mistake {
    Mistake(
      code: "notebook/front-matter", message: "the key `\(key)` is not supported yet",
      help: ["leave it out"])
  }

  static func keyValue(_ key: String, wanted: String) -> Mistake {
    Mistake(code: "notebook/front-matter", message: "`\(key)` must be \(wanted)")
  }

  static func badParameterName(_ name: String) -> Mistake {
    Mistake(
      code: "notebook/parameter", message: "a parameter cannot be called `\(name)`",
      help: ["use a name of the language: letters, digits and `_`, not a digit first"])
  }

  static func parameter(_ name: String, _ problem: String) -> Mistake {
    Mistake(code: "notebook/parameter", message: "parameter `\(name)`: \(problem)")
  }

  static func assignedParameter(_ name: String) -> Mistake {
    Mistake(
      code: "notebook/parameter",
      message: "`\(name)` is a parameter of the notebook, and this cell assigns to it",
      help: ["give the cell's name another spelling"])
  }

  // Expectations.

  static func expectationSyntax(_ problem: String) -> Mistake {
    Mistake(code: "notebook/expect", message: problem)
  }

  static func tooMuchOutput(_ limit: Int?, ofNotebook total: Int?) -> Mistake {
    let bytes = limit ?? OutputTray.sizeLimit
    let most =
      total.map { "the notebook gave more than \(size($0))" }
      ?? "this cell gave more than \(OutputTray.countLimit) outputs or \(size(bytes)) of text"
    return Mistake(
      code: "limit/output", message: most + ", so it was stopped",
      help: ["print less, or only now and then"])
  }

  private static func size(_ bytes: Int) -> String {
    bytes >= 1 << 20 ? "\(bytes >> 20) MiB" : "\(bytes) bytes"
  }

  static func totalTimeLimit(_ seconds: Double) -> Mistake {
    Mistake(
      code: "limit/time",
      message: "stopped, because the whole notebook may take \(StatusText.length(seconds))",
      help: ["`total-timeout: 10m` in the front matter gives it more time, or --total-timeout"])
  }

  static func timeLimit(_ seconds: Double, inNotebook: Bool) -> Mistake {
    Mistake(
      code: "limit/time", message: "stopped after \(StatusText.length(seconds)), the time limit",
      help: [
        inNotebook
          ? "`timeout=5m` behind the cell's `lepton` gives it more time, or --timeout all cells"
          : "--timeout=5m gives it more time"
      ])
  }

  static func missingError(_ wanted: CellAttributes.Raises, actual: String?) -> Mistake {
    let what = if case .code(let code) = wanted { "the error `\(code)`" } else { "an error" }
    let got = actual.map { "the error `\($0)`" } ?? "none"
    return Mistake(code: "expect/error", message: "this cell must give \(what), and gave \(got)")
  }
}
