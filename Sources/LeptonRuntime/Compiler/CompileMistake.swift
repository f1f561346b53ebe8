import LeptonSyntax

/// What cannot be compiled, with all the wording of this stage.
enum CompileMistake {
  /// A name that means nothing, and the names that there are.
  case unknownName(String, [String])
  /// An expression nests or lists more than the registers hold.
  case tooDeep
  /// A function has more constants or functions than an instruction can name.
  case tooLong
  /// `break` or `continue` outside a loop.
  case outsideLoop(String)
  /// `return` outside a function.
  case outsideFunction
  /// The parser did not understand it.
  case invalid

  /// The message at a place.
  func diagnostic(in source: Source, at span: Span) -> Diagnostic {
    let (code, message, help) = wording
    return Diagnostic(code: code, message, source: source, span: span, help: help)
  }

  private var wording: (code: String, message: String, help: [String]) {
    switch self {
    case .unknownName(let name, let candidates):
      let near = Spelling.nearest(to: name, in: candidates)
      return ("name/unknown", "there is no `\(name)`", near.map { ["did you mean `\($0)`?"] } ?? [])
    case .tooDeep:
      return (
        "limit/expression", "this expression has too many parts at once",
        ["give its parts names of their own"]
      )
    case .tooLong:
      return ("limit/function", "this function is too long", ["split it into several"])
    case .outsideLoop(let word):
      return ("syntax/loop", "`\(word)` stands outside a loop", [])
    case .outsideFunction:
      return ("syntax/return", "`return` stands outside a function", [])
    case .invalid:
      return ("syntax/invalid", "this cannot be understood", [])
    }
  }
}
