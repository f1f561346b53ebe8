// Everything that the lexer and the parser have to say, in one place.

/// A mistake in the form of a text.
enum SyntaxMistake {
  case expected(String, found: String, hint: String?)
  case unexpected(String, hint: String?)
  case unclosed(String)
  case unopened(String)
  case character(String)
  case foreign(ForeignOperator)
  case notIn
  case notNeedsParentheses
  case unaryPlus
  case keywordAsName(String)
  case notATarget
  case notARecord
  case tuple
  case emptyParentheses
  case emptyIndex
  case strayEllipsis
  case bareComprehension
  case positionalAfterNamed
  case requiredAfterDefault(String)
  case integerTooLarge(String)
  case malformedNumber(String)
  case unclosedString(quotes: String)
  case singleQuotes
  case unknownEscape(String)
  case malformedEscape(digits: Int)
  case emptyHole
  case holeInFormat
  case loneBrace
  case tooDeep(limit: Int)
  case tooLong(limit: Int)

  /// The name under which `explain` knows it.
  var code: String {
    switch self {
    case .expected, .unexpected, .emptyParentheses, .emptyIndex, .strayEllipsis, .tuple,
      .bareComprehension, .notARecord:
      "syntax/unexpected"
    case .unclosed, .unopened: "syntax/bracket"
    case .character: "syntax/character"
    case .foreign, .notIn, .notNeedsParentheses, .unaryPlus: "syntax/operator"
    case .keywordAsName: "syntax/keyword"
    case .notATarget: "syntax/target"
    case .positionalAfterNamed, .requiredAfterDefault: "syntax/order"
    case .integerTooLarge, .malformedNumber: "syntax/number"
    case .unclosedString, .singleQuotes, .emptyHole, .holeInFormat, .loneBrace: "syntax/string"
    case .unknownEscape, .malformedEscape: "syntax/escape"
    case .tooDeep, .tooLong: "syntax/nesting"
    }
  }

  /// The sentence, and the line of help where there is one.
  var wording: (message: String, help: String?) {
    switch self {
    case .expected(let description, let found, let hint):
      ("expected \(description), found \(found)", hint)
    case .unexpected(let found, let hint):
      ("the statement is complete, but \(found) follows", hint ?? "put it on a line of its own")
    case .unclosed(let bracket): ("this `\(bracket)` is never closed", nil)
    case .unopened(let bracket): ("this `\(bracket)` closes nothing", nil)
    case .character(let character):
      ("`\(character)` has no meaning here", Lookalike.hint(for: character))
    case .foreign(let foreign): ("`\(foreign.rawValue)` is not an operator", foreign.hint)
    case .notIn: ("`not in` is not an operator", "write `not x in xs`")
    case .notNeedsParentheses:
      ("`not` binds more loosely than the operator before it", "put `(not …)` in parentheses")
    case .unaryPlus: ("`+` needs something on its left", "leave it out")
    case .keywordAsName(let word):
      ("`\(word)` is a keyword and cannot be a name", "choose another name, such as `\(word)_`")
    case .notATarget:
      (
        "only a name, its fields and its elements can be assigned to",
        "`==` compares, `=` assigns"
      )
    case .notARecord:
      (
        "`{` begins a record only if `}` or `name:` follows",
        "a record is written {lr: 0.1, epochs: 3}; a block belongs to if, for, while, fn or ->"
      )
    case .tuple: ("parentheses hold one value", "write a list, [a, b]")
    case .emptyParentheses: ("`()` is not a value", "write `nothing`, or `() -> …` for a function")
    case .emptyIndex: ("an index is missing between the brackets", "`x[:]` takes everything")
    case .strayEllipsis: ("`...` stands only in an index or in a shape", nil)
    case .bareComprehension: ("a comprehension stands in brackets", "write f([x^2 for x in xs])")
    case .positionalAfterNamed:
      ("an argument without a name stands behind one with a name", "put it first, or name it")
    case .requiredAfterDefault(let name):
      ("`\(name)` has no default, but a parameter before it has", "give it one, or move it forward")
    case .integerTooLarge(let digits):
      ("`\(digits)` does not fit in 64 bits", "write it with a fraction, as in 1e20")
    case .malformedNumber(let digits):
      ("`\(digits)` is not a number", SyntaxMistake.numberHint(digits))
    case .unclosedString(let quotes): ("the string is not closed", "end it with \(quotes)")
    case .singleQuotes: ("strings stand in double quotes", "write \"text\"")
    case .unknownEscape(let escape):
      (
        "`\(escape)` is not an escape",
        "write `\\\\` for a backslash; escapes are \\n \\t \\\" \\\\ \\xNN \\uNNNN \\UNNNNNNNN"
      )
    case .malformedEscape(let digits):
      ("the escape needs \(digits) hexadecimal digits of a Unicode character", nil)
    case .emptyHole: ("a value is missing between the braces", "write `{{` for a brace")
    case .holeInFormat: ("a format cannot hold values", "write the format itself, as in {x:.3f}")
    case .loneBrace: ("this `}` closes nothing", "write `}}` for a brace in an f-string")
    case .tooDeep(let limit):
      (
        "more than \(limit) brackets, blocks or functions are nested here",
        "give the inner part a name"
      )
    case .tooLong(let limit):
      ("more than \(limit) operations make one expression", "give a part of it a name")
    }
  }

  private static func numberHint(_ digits: String) -> String {
    let number = digits.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
    let rest = digits.dropFirst(number.count)
    let startsWithLetter = rest.first.map { $0.isLetter } ?? false
    let isName = startsWithLetter && !number.isEmpty && number != "0"
    return isName ? "write \(number) * \(rest)" : "numbers are written 42, 1_000, 0x1F, 0.5, 1e-3"
  }
}

extension Diagnostic {
  /// Tells a mistake in the form of a text.
  init(_ mistake: SyntaxMistake, source: Source, span: Span) {
    let (message, help) = mistake.wording
    self.init(
      code: mistake.code, message, source: source, span: span, help: help.map { [$0] } ?? [])
  }
}

extension ForeignOperator {
  /// What to write instead.
  var hint: String {
    switch self {
    case .doubleStar: "a power is written x ^ 2"
    case .doubleAmpersand, .ampersand: "write `and`; it is element-wise on tensors"
    case .doubleBar, .bar: "write `or`; it is element-wise on tensors"
    case .exclamation, .tilde: "write `not`; it is element-wise on tensors"
    case .pipe: "write x.f(), or f >> g to compose"
    case .fatArrow: "a function is written x -> x^2"
    case .walrus: "assign on a line of its own: name = value"
    case .tripleEqual: "write `==`"
    case .plusAssign, .minusAssign, .timesAssign, .divideAssign, .floorDivideAssign,
      .remainderAssign, .matmulAssign, .powerAssign:
      "write x = x \(rawValue.dropLast()) y"
    }
  }
}

/// Characters that look like ours.
enum Lookalike {
  private static let table: [String: String] = [
    "“": "\"", "”": "\"", "„": "\"", "‘": "\"", "’": "\"", "«": "\"", "»": "\"", "＂": "\"",
    "×": "*", "·": "*", "⋅": "*", "∗": "*", "÷": "/", "∕": "/", "−": "-", "–": "-", "—": "-",
    "≤": "<=", "≥": ">=", "≠": "!=", "→": "->", "∈": "in", "∧": "and", "∨": "or", "¬": "not",
    "∞": "inf", "…": "...", "（": "(", "）": ")", "［": "[", "］": "]", "【": "[", "】": "]",
    "｛": "{", "｝": "}", "，": ",", "：": ":", "；": ";", "。": ".", "＝": "=", "＋": "+", "－": "-",
    "＊": "*", "／": "/", "＜": "<", "＞": ">", "\\": "(", "²": "^ 2", "³": "^ 3",
  ]

  static func hint(for character: String) -> String? {
    if character == "\\" { return "a line goes on inside brackets and behind an operator" }
    return table[character].map { "write `\($0)`" }
  }
}

/// Words of other languages, and what Lepton says instead.
public enum ForeignWord {
  private static let table: [String: String] = [
    "def": "a function is written fn f(x) { … } or fn f(x) = …",
    "function": "a function is written fn f(x) { … } or fn f(x) = …",
    "func": "a function is written fn f(x) { … } or fn f(x) = …",
    "lambda": "a function without a name is written x -> x^2",
    "elif": "write `else if`", "elseif": "write `else if`", "elsif": "write `else if`",
    "let": "write name = value", "var": "write name = value", "const": "write name = value",
    "val": "write name = value", "local": "write name = value", "global": "write name = value",
    "None": "write `nothing`", "null": "write `nothing`", "nil": "write `nothing`",
    "NULL": "write `nothing`", "True": "write `true`", "False": "write `false`",
    "TRUE": "write `true`", "FALSE": "write `false`", "NaN": "write `nan`", "Inf": "write `inf`",
    "except": "write try { … } catch e { … }", "raise": "write fail(\"why\")",
    "throw": "write fail(\"why\")", "assert": "write expect condition",
    "from": "write import \"file.lep\" or import module",
    "class": "a layer is a function: fn name(…) = layer x -> …",
    "end": "a block ends with `}`", "begin": "a block begins with `{`",
    "do": "a block begins with `{`",
    "then": "write if c { … } else { … }", "switch": "write if c { … } else if d { … }",
    "match": "write if c { … } else if d { … }", "pass": "write { }", "is": "write `==`",
    "del": "names stay; there is nothing to delete", "yield": "write [… for x in xs]",
    "await": "everything is awaited", "async": "everything is awaited",
  ]

  /// What to write instead of a word of another language.
  public static func hint(for word: String) -> String? { table[word] }
}

// MARK: Descriptions

extension Parser {
  /// What is at hand, in words.
  var foundDescription: String {
    switch current.kind {
    case .newline: "the end of the line"
    case .end: "the end of the text"
    case .string, .interpolationStart: "a string"
    case .holeEnd: "the end of the braces"
    default: "`\(currentText.prefix(30))`"
    }
  }

  /// What may help with what is at hand.
  var hint: String? {
    switch current.kind {
    case .invalid: Lookalike.hint(for: currentText)
    case .foreign(let foreign): foreign.hint
    case .identifier: ForeignWord.hint(for: currentText)
    case .keyword(.if): "a choice is written if c { a } else { b }"
    case .keyword(.for): "a comprehension stands in brackets: [x^2 for x in xs]"
    case .symbol(.assign): "`==` compares, `=` assigns"
    case .symbol(.colon): "a block stands in braces: if c { … }"
    case .symbol(.comma): "a list stands in brackets: [a, b]"
    default: nil
    }
  }
}

extension Token.Kind {
  /// The bracket that closes this one, in words.
  var closerDescription: String {
    switch self {
    case .symbol(.leftParenthesis): "`)`"
    case .symbol(.leftBracket): "`]`"
    case .interpolationStart: "the end of the string"
    default: "`}`"
    }
  }
}
