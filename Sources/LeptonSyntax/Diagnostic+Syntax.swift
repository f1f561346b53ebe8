// Everything that the lexer and the parser have to say, in one place.

/// A mistake in the form of a text.
enum SyntaxMistake {
  case expected(String, found: String, hint: String?)
  case unexpected(String, hint: String?)
  case foreignWord(String, hint: String)
  case call(String, argument: String)
  case typed(String, name: String)
  case unclosed(String)
  case unopened(String)
  case character(String)
  case foreign(ForeignOperator)
  case updating(ForeignOperator, target: String, value: String)
  case dotted(String)
  case decrement
  case assignmentInCondition
  case assignmentInChain
  case severalTargets
  case comment(String)
  case definition(String)
  case unnamedFunction
  case restParameter
  case conversion(String)
  case colon
  case loopHead
  case noParentheses(String)
  case notIn
  case notNeedsParentheses
  case unaryPlus(startsLine: Bool)
  case keywordAsName(String)
  case notATarget
  case notARecord(number: String?)
  case secondLoop
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
      .bareComprehension, .secondLoop, .notARecord, .call, .typed, .severalTargets, .comment,
      .colon, .loopHead, .noParentheses, .unnamedFunction, .restParameter, .conversion:
      "syntax/unexpected"
    case .foreignWord: "syntax/foreign"
    case .unclosed, .unopened: "syntax/bracket"
    case .character: "syntax/character"
    case .foreign, .updating, .dotted, .decrement, .assignmentInCondition, .assignmentInChain,
      .notIn, .notNeedsParentheses, .unaryPlus:
      "syntax/operator"
    case .keywordAsName: "syntax/keyword"
    case .notATarget, .definition: "syntax/target"
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
    case .foreignWord(let word, let hint): ("`\(word)` is no word of Lepton", hint)
    case .call(let function, let argument):
      (
        "`\(argument)` stands behind `\(function)` without anything between them",
        "a call needs parentheses: \(function)(\(argument))"
      )
    case .typed(let type, let name):
      ("`\(type)` stands before a name", "a name has no type of its own: \(name) = …")
    case .severalTargets:
      ("`=` assigns to one name", "assign one after the other, each on its own line")
    case .comment(let mark): ("`\(mark)` begins no comment", "a comment begins with `#`")
    case .definition(let call):
      ("a call cannot be assigned to", "a function is defined with `fn`: fn \(call) = …")
    case .unnamedFunction:
      (
        "`fn` gives a function a name, and none stands here",
        "write fn f(x) { … } on a line of its own, or x -> … without a name"
      )
    case .restParameter:
      (
        "no parameter takes all the values that are left",
        "take a list: fn f(xs) = …, which is called f([1, 2, 3])"
      )
    case .conversion(let value):
      ("a hole has no conversion", "write {source(\(value))} for the value as Lepton writes it")
    case .colon:
      ("a block stands in braces, not behind a colon", "write `{` for the `:`, and `}` at the end")
    case .loopHead:
      (
        "a loop is written for x in xs { … }",
        "for i in range(10) { … } counts from 0 to 9, range(1, 11) from 1 to 10"
      )
    case .noParentheses(let name):
      (
        "the parameters of `\(name)` are missing",
        "a function without any is written fn \(name)() = …"
      )
    case .unclosed(let bracket):
      ("this `\(bracket)` is never closed", "put `\(Self.closer(of: bracket))` where it ends")
    case .unopened(let bracket):
      ("this `\(bracket)` closes nothing", "leave it out, or open one before it")
    case .character(let character):
      ("`\(character)` has no meaning here", Lookalike.hint(for: character))
    case .foreign(let foreign): ("`\(foreign.rawValue)` is not an operator", foreign.hint)
    case .updating(let foreign, let target, let value):
      (
        "`\(foreign.rawValue)` is not an operator",
        "write \(target) = \(target) \(foreign.rawValue.dropLast()) \(value)"
      )
    case .dotted(let symbol):
      ("`.\(symbol)` is not an operator", "write `\(symbol)`; it is element-wise on tensors")
    case .decrement: ("`--` is not an operator", "write x = x - 1")
    case .assignmentInCondition:
      ("`=` assigns, and a condition compares", "write `==`")
    case .assignmentInChain:
      ("one `=` assigns one name", "write b = 1 and then a = b; to compare, write `==`")
    case .notIn: ("`not in` is not an operator", "write `not x in xs`")
    case .notNeedsParentheses:
      ("`not` binds more loosely than the operator before it", "put `(not …)` in parentheses")
    case .unaryPlus(let startsLine):
      (
        "`+` needs something on its left",
        startsLine
          ? "a line goes on behind an operator: end the line before with `+`" : "leave it out"
      )
    case .keywordAsName(let word):
      ("`\(word)` is a keyword and cannot be a name", "choose another name, such as `\(word)_`")
    case .notATarget:
      (
        "only a name, its fields and its elements can be assigned to",
        "`==` compares, `=` assigns"
      )
    case .notARecord(let number?):
      (
        "a record has strings as keys",
        "write {\"\(number)\": …}, or a list where numbers count from 0"
      )
    case .notARecord(nil):
      (
        "`{` begins a record only if `}` or `name:` follows",
        "a record is written {lr: 0.1, epochs: 3}; a block belongs to if, for, while, fn or ->"
      )
    case .tuple: ("parentheses hold one value", "write a list, [a, b]")
    case .emptyParentheses: ("`()` is not a value", "write `nothing`, or `() -> …` for a function")
    case .emptyIndex: ("an index is missing between the brackets", "`x[:]` takes everything")
    case .strayEllipsis: ("`...` stands only in an index or in a shape", nil)
    case .secondLoop:
      (
        "a comprehension has one loop", "put one into another: [[x * y for x in xs] for y in ys]"
      )
    case .bareComprehension: ("a comprehension stands in brackets", "write f([x^2 for x in xs])")
    case .positionalAfterNamed:
      ("an argument without a name stands behind one with a name", "put it first, or name it")
    case .requiredAfterDefault(let name):
      ("`\(name)` has no default, but a parameter before it has", "give it one, or move it forward")
    case .integerTooLarge(let digits):
      (
        "`\(digits)` does not fit in 64 bits",
        digits.lowercased().hasPrefix("0x")
          ? "the largest integer is 2^63 - 1, 0x7FFFFFFFFFFFFFFF"
          : "the largest integer is 2^63 - 1; a float goes further, as in 1e20"
      )
    case .malformedNumber(let digits):
      ("`\(digits)` is not a number", SyntaxMistake.numberHint(digits))
    case .unclosedString(let quotes): ("the string is not closed", "end it with \(quotes)")
    case .singleQuotes: ("strings stand in double quotes", "write \"text\"")
    case .unknownEscape(let escape):
      (
        "`\(escape)` is not an escape",
        "write `\\\\` for a backslash, or `/` in a path; escapes are \\n \\t \\\" \\\\ \\xNN \\uNNNN \\UNNNNNNNN"
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

  private static func closer(of bracket: String) -> String {
    ["(": ")", "[": "]"][bracket] ?? "}"
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
    case .tildeEqual, .angles: "write `!=`"
    case .increment: "write x = x + 1"
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
    "＊": "*", "／": "/", "＜": "<", "＞": ">", "²": "^ 2", "³": "^ 3",
  ]

  static func hint(for character: String) -> String? {
    switch character {
    case "\\": return "a line goes on inside brackets and behind an operator"
    case "?": return "a choice is written if c { a } else { b }"
    case "$": return "a field is written x.name"
    default: break
    }
    return table[character].map { "write `\($0)`" }
  }
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
    case .identifier where ForeignWord.standsAlone(currentText): ForeignWord.hint(for: currentText)
    case .keyword(.if): "a choice is written if c { a } else { b }"
    case .keyword(.for): "a comprehension stands in brackets: [x^2 for x in xs]"
    case .keyword(.while): "a loop has no value: assign a name in its block"
    case .keyword(.else): "`else` follows the `}` of its `if`: if c { … } else { … }"
    case .keyword(.catch): "`catch` follows the `}` of its `try`: try { … } catch e { … }"
    case .symbol(.assign): "`==` compares, `=` assigns"
    case .symbol(.colon): "a block stands in braces: if c { … }"
    case .symbol(.comma) where isBetweenDigits: "write 1_000 for a thousand, and 0.5 with a point"
    case .symbol(.comma): "a list stands in brackets, [a, b]; `>>` joins functions and layers"
    default: nil
    }
  }
}

extension Parser {
  /// Whether the comma at hand stands between two numbers without a space.
  private var isBetweenDigits: Bool {
    previousSpan.end == current.span.start && current.span.end == next.span.start
      && next.kind == .integer && position > 0 && stream.tokens[position - 1].kind == .integer
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
