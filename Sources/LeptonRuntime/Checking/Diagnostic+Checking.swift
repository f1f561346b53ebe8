import LeptonSyntax

// Everything that the checker has to say, in one place.

/// A mistake in the meaning of a program that is seen before it runs.
enum CheckMistake {
  case unknown(String, near: String?)
  case recorded(String)
  case later(String)
  case unassigned(String, inFunction: Bool, isCaptured: Bool, isWord: Bool)
  case definedBelow(String)
  case hidesWord(String)
  case unknownModule(String, near: String?)
  case mistakenFile(String, String, code: String)
  case noMember(String, module: String, near: String?, home: String?, isWord: Bool)
  case repeatedKey(String)
  case repeatedParameter(String)
  case repeatedArgument(String)
  case givenTwice(String)
  case tooMany(Signature, given: Int)
  case missing([String], Signature)
  case unknownArgument(String, Signature, near: String?)
  case wrongType(Signature.Parameter, is: LiteralTypes)
  case outsideLoop(String)
  case outsideFunction
  case unused
  case unusedComparison
  case unusedCall(String)
  case unreachable
  case unread(String, isOuter: Bool)
  case repeatedName(String)
  case neverTruth(LiteralTypes)
  case comparesNaN
  case neverEqual(LiteralTypes, LiteralTypes)
  case notOrdered(LiteralTypes)
  case holdsNothing(LiteralTypes)

  /// How bad it is.
  var severity: Diagnostic.Severity {
    switch self {
    case .hidesWord, .unused, .unusedComparison, .unusedCall, .unreachable, .unread,
      .comparesNaN, .neverEqual, .notOrdered, .holdsNothing, .mistakenFile:
      .warning
    default: .error
    }
  }

  /// The name under which `explain` knows it.
  var code: String {
    switch self {
    case .unknown, .recorded: "name/unknown"
    case .later: "name/later"
    case .unassigned, .definedBelow: "name/unassigned"
    case .hidesWord: "name/shadow"
    case .unknownModule: "import/unknown"
    case .mistakenFile(_, _, let code): code
    case .noMember: "name/field"
    case .repeatedKey, .repeatedParameter, .repeatedName: "name/repeated"
    case .repeatedArgument, .givenTwice: "call/repeated"
    case .tooMany: "call/excess"
    case .missing: "call/missing"
    case .unknownArgument: "call/unknown"
    case .wrongType: "type/argument"
    case .outsideLoop: "syntax/loop"
    case .outsideFunction: "syntax/return"
    case .unused, .unusedComparison, .unusedCall: "value/unused"
    case .unreachable: "flow/unreachable"
    case .unread: "name/unread"
    case .neverTruth: "type/condition"
    case .comparesNaN, .neverEqual: "value/never"
    case .notOrdered, .holdsNothing: "type/operands"
    }
  }

  /// The sentence, and the line of help where there is one.
  var wording: (message: String, help: String?) {
    switch self {
    case .unknown(let name, let near):
      ("there is no `\(name)`", ForeignWord.hint(for: name) ?? near.map { "did you mean `\($0)`?" })
    case .recorded(let name):
      (
        "`\(name)` is recorded as a result, which gives no name to use",
        "assign it first: \(name) = …, then record \(name) = \(name)"
      )
    case .later(let name):
      ("`\(name)` gets its value only in a later cell", "move that cell before this one")
    case .definedBelow(let name):
      ("`\(name)` is called above its definition", "move the definition up")
    case .unassigned(let name, let inFunction, let isCaptured, let isWord):
      CheckMistake.unassignedWording(name, inFunction, isCaptured, isWord)
    case .hidesWord(let name):
      ("`\(name)` hides the word `\(name)` of the library", "choose another name")
    case .unknownModule(let name, let near):
      (
        "there is no module `\(name)`",
        CheckMistake.module(name, near: near)
      )
    case .mistakenFile(let path, let message, _):
      ("`\(path)` cannot be imported: \(message)", nil)
    case .noMember(let name, let module, let near, let home, let isWord):
      (
        "the module `\(module)` has no `\(name)`",
        CheckMistake.member(name, near: near, home: home, isWord: isWord)
      )
    case .repeatedKey(let name): ("the record has two fields `\(name)`", nil)
    case .repeatedParameter(let name): ("two parameters are called `\(name)`", nil)
    case .repeatedArgument(let name): ("`\(name)` is given twice", nil)
    case .givenTwice(let name):
      ("`\(name)` is given twice: by its place and by its name", nil)
    case .tooMany(let signature, let given):
      (
        "`\(signature.name)` takes \(CheckMistake.count(signature)), and \(given) are given",
        "it is called as \(signature.heading)"
      )
    case .missing(let names, let signature):
      (
        "`\(signature.name)` needs \(CheckMistake.list(names))",
        "it is called as \(signature.heading)"
      )
    case .unknownArgument(let name, let signature, let near):
      (
        "`\(signature.name)` has no argument `\(name)`",
        ForeignWord.hint(forArgument: name) ?? near.map { "did you mean `\($0)`?" }
          ?? "it is called as \(signature.heading)"
      )
    case .wrongType(let parameter, let type):
      (
        "`\(parameter.name)` takes \(parameter.typeDescription), and this is \(type.description)",
        nil
      )
    case .outsideLoop(let word):
      ("`\(word)` stands outside a loop", "`return` leaves a function; a block needs no end")
    case .outsideFunction:
      ("`return` stands outside a function", "the last line of a cell is shown by itself")
    case .unused: ("this value goes nowhere", "assign it, return it, or leave it out")
    case .unusedComparison: ("this comparison goes nowhere", "`=` assigns, `==` compares")
    case .unusedCall(let name):
      (
        "the result of `\(name)` goes nowhere",
        "values do not change in place: assign the result to a name"
      )
    case .unreachable: ("this never runs", "what stands before it always leaves")
    case .unread(let name, let isOuter): CheckMistake.unreadWording(name, isOuter)
    case .repeatedName(let name):
      ("`\(name)` is bound twice at once", "give each a name of its own")
    case .neverTruth(let type):
      (
        "a condition is true or false, and this is \(type.description)",
        CheckMistake.comparison(of: type)
      )
    case .comparesNaN:
      ("nothing equals `nan`, not even itself", "ask `isnan(x)`")
    case .neverEqual(let first, let second):
      ("\(first.description) never equals \(second.description)", nil)
    case .notOrdered(let type): ("\(type.description) is neither before nor behind anything", nil)
    case .holdsNothing(let type):
      ("`in` asks a list, a record, a string or a tensor, and this is \(type.description)", nil)
    }
  }

  /// What may be meant by a module that there is not.
  static func module(_ name: String, near: String?) -> String {
    ForeignWord.hint(forModule: name) ?? near.map { "did you mean `\($0)`?" }
      ?? "words need no import; a file of yours is imported as \"\(name).lep\""
  }

  /// Where a name may be that a module lacks.
  static func member(_ name: String, near: String?, home: String?, isWord: Bool) -> String? {
    if let home { return "it is in `\(home)`: import \(home), or write `\(name)` as it is" }
    if isWord { return "it is a word of the language: write `\(name)` as it is" }
    return near.map { "did you mean `\($0)`?" }
  }

  private static func unreadWording(_ name: String, _ isOuter: Bool) -> (String, String?) {
    guard isOuter else {
      return ("`\(name)` gets a value that is never read", "leave it out, or give it back")
    }
    return (
      "this `\(name)` is the function's own, and is never read",
      "a function assigns only its own names: give the value back, and assign it where it is called"
    )
  }

  private static func unassignedWording(
    _ name: String, _ inFunction: Bool, _ isCaptured: Bool, _ isWord: Bool
  ) -> (String, String?) {
    let whole = inFunction ? "function" : "cell"
    if isCaptured {
      return (
        "`\(name)` has no value yet where this function is made",
        "a function that calls itself is written fn \(name)(…) = …; another one needs `\(name)` assigned before it"
      )
    }
    if isWord {
      return (
        "`\(name)` is read before this \(whole) assigns it",
        "it hides the word `\(name)` of the library: give it another name"
      )
    }
    let help =
      inFunction
      ? "a function assigns only its own names: give the new value back, name = f(name)"
      : "give it a value above this line"
    return ("`\(name)` is read before this \(whole) assigns it", help)
  }

  /// The question that is most likely meant by a value where a truth must stand.
  private static func comparison(of type: LiteralTypes) -> String? {
    if type == .nothing { return "ask for it: x == nothing, or x != nothing" }
    if type == .list {
      return "ask `len(xs) > 0`; truths are joined element by element in a tensor: tensor(xs)"
    }
    if type == .record { return "ask `len(r) > 0`" }
    if type == .function { return "a function gives a value when it is called: f(x)" }
    return type == .string
      ? "write out the comparison: `a == \"x\" or a == \"y\"`"
      : "write out the comparison: `x != 0`, or `a == 1 or a == 2`"
  }

  private static func count(_ signature: Signature) -> String {
    let count = signature.parameters?.filter { !$0.isVariadic }.count ?? 0
    switch count {
    case 0: return "no arguments"
    case 1: return "one argument"
    default: return "\(count) arguments"
    }
  }

  private static func list(_ names: [String]) -> String {
    let quoted = names.map { "`\($0)`" }
    let head = quoted.dropLast().joined(separator: ", ")
    return head.isEmpty ? quoted.joined() : "\(head) and \(quoted[quoted.count - 1])"
  }
}

extension Diagnostic {
  /// Tells a mistake in the meaning of a program.
  init(_ mistake: CheckMistake, source: Source, span: Span, notes: [Note]) {
    let (message, help) = mistake.wording
    self.init(
      mistake.severity, code: mistake.code, message, source: source, span: span, notes: notes,
      help: help.map { [$0] } ?? [])
  }
}
