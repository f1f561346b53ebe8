extension CanonicalForm {
  static func text(_ expression: Expression) -> String {
    switch expression.kind {
    case .nothing: "nothing"
    case .bool(let value): value ? "true" : "false"
    case .int(let value): "\(value)"
    case .float(let value): "\(value)"
    case .string(let value): Printer.print(literal: value)
    case .interpolation(let pieces): text(pieces)
    case .list(let elements): "[\(text(elements))]"
    case .comprehension(let body, let names, let sequence, let condition):
      "[\(text(body)) for \(text(names)) in \(text(sequence))"
        + (condition.map { " if \(text($0))" } ?? "") + "]"
    case .record(let fields): "{\(fields.map { text($0) }.joined(separator: ", "))}"
    case .name(let name): name
    case .parenthesized(let value): "(\(text(value)))"
    case .unary(let unary, let value): text(unary, value)
    case .binary(let binary, let left, let right): text(binary, left, right)
    case .comparison(let first, let steps): text(first, steps)
    case .call(let function, let arguments): text(base: function) + "(\(text(arguments)))"
    case .field(let value, let name): field(value, name.text)
    case .index(let value, let subscripts): text(base: value) + text(subscripts)
    case .function(let function): text(function)
    case .layer(let function): "layer \(text(function))"
    case .conditional(let condition, let then, let otherwise):
      "if \(text(condition)) \(text(then))" + (otherwise.map { " else \(text($0))" } ?? "")
    case .attempt(let body, let name, let handler):
      "try \(text(body)) catch \(name.text) \(text(handler))"
    case .invalid: "nothing"
    }
  }

  private static func text(_ expressions: [Expression]) -> String {
    expressions.map { text($0) }.joined(separator: ", ")
  }

  private static func text(_ field: Expression.Field) -> String {
    let key = field.name.text
    return (isWord(key) ? key : Printer.print(literal: key)) + ": \(text(field.value))"
  }

  private static func text(_ arguments: [Expression.Argument]) -> String {
    arguments.map { ($0.name.map { "\($0.text)=" } ?? "") + text($0.value) }
      .joined(separator: ", ")
  }

  static func text(_ subscripts: [Expression.Subscript]) -> String {
    "[\(subscripts.map { text($0) }.joined(separator: ", "))]"
  }

  private static func text(_ part: Expression.Subscript) -> String {
    switch part {
    case .position(let value): text(value)
    case .slice(let start, let stop, let step):
      optional(start) + ":" + optional(stop) + (step.map { ":\(text($0))" } ?? "")
    case .ellipsis: "..."
    }
  }

  private static func optional(_ value: Expression?) -> String {
    value.map { text($0) } ?? ""
  }

  private static func isWord(_ text: String) -> Bool {
    let source = Source(name: "", text: text)
    switch Lexer.tokens(of: source).first {
    case let token? where token.span.end == text.utf8.count:
      if case .keyword = token.kind { return true }
      return token.kind == .identifier
    default: return false
    }
  }

  // MARK: Operators

  private static func text(_ unary: UnaryOperator, _ value: Expression) -> String {
    switch unary {
    case .negate: "-" + operand(value, .negation, isLast: true)
    case .not: "not " + operand(value, .not, isLast: true)
    }
  }

  private static func text(_ binary: BinaryOperator, _ left: Expression, _ right: Expression)
    -> String
  {
    let own = precedence(binary)
    let isPower = binary == .power
    return operand(left, isPower ? .postfix : own, isLast: false) + " \(binary.rawValue) "
      + operand(right, isPower ? .negation : own.tighter, isLast: true)
  }

  private static func text(_ first: Expression, _ steps: [Expression.ComparisonStep]) -> String {
    var result = operand(first, .composition, isLast: false)
    for (index, step) in steps.enumerated() {
      let isLast = index == steps.count - 1
      result += " \(step.comparison.rawValue) "
      result += operand(step.operand, .composition, isLast: isLast)
    }
    return result
  }

  private static func text(base: Expression) -> String {
    operand(base, .postfix, isLast: false)
  }

  private static func field(_ value: Expression, _ name: String) -> String {
    // `1.e5` is a number, `1.exp` is not.
    let isExponent = name.utf8.dropFirst().first?.isDigit ?? false
    if case .int = value.kind, isExponent, name.hasPrefix("e") || name.hasPrefix("E") {
      return "(\(text(value))).\(name)"
    }
    return text(base: value) + ".\(name)"
  }

  /// Writes an operand, in parentheses if it binds more loosely than it must, or if a function that
  /// takes all that follows ends it.
  private static func operand(_ value: Expression, _ minimum: Precedence, isLast: Bool) -> String {
    let isLoose = precedence(value).rawValue < minimum.rawValue
    return isLoose || (!isLast && endsOpenly(value)) ? "(\(text(value)))" : text(value)
  }

  private static func precedence(_ value: Expression) -> Precedence {
    switch value.kind {
    case .binary(let binary, _, _): precedence(binary)
    case .comparison: .comparison
    case .unary(.negate, _): .negation
    case .unary(.not, _): .not
    case .int(let value): value < 0 ? .negation : .postfix
    case .float(let value): value.sign == .minus ? .negation : .postfix
    default: .postfix
    }
  }

  private static func precedence(_ binary: BinaryOperator) -> Precedence {
    switch binary {
    case .or: .or
    case .and: .and
    case .compose: .composition
    case .add, .subtract: .sum
    case .multiply, .divide, .floorDivide, .remainder, .matmul: .product
    case .power: .power
    }
  }

  private static func endsOpenly(_ value: Expression) -> Bool {
    switch value.kind {
    case .function(let function), .layer(let function): !function.body.hasBraces
    case .binary(_, _, let right): endsOpenly(right)
    case .unary(_, let value): endsOpenly(value)
    case .comparison(_, let steps): steps.last.map { endsOpenly($0.operand) } ?? false
    default: false
    }
  }

  // MARK: Strings

  private static func text(_ pieces: [Expression.Piece]) -> String {
    let content = pieces.map { text($0) }.joined()
    // Only code in a hole can hold an end of line, and only a format a bare quote; then the string has
    // three quotes, as it must have had before.
    let quotes = content.contains("\n") || pieces.contains(where: hasQuote) ? "\"\"\"" : "\""
    return "f" + quotes + content + quotes
  }

  private static func hasQuote(_ piece: Expression.Piece) -> Bool {
    if case .value(_, let format) = piece { format.contains("\"") } else { false }
  }

  private static func text(_ piece: Expression.Piece) -> String {
    switch piece {
    case .text(let text): escaped(text, inInterpolation: true)
    case .value(let value, let format): hole(text(value), format)
    }
  }

  private static func hole(_ value: String, _ format: String) -> String {
    (value.hasPrefix("{") ? "{ " : "{") + value + (format.isEmpty ? "" : ":\(format)") + "}"
  }

  static func escaped(_ text: String, inInterpolation: Bool) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\t": result += "\\t"
      case "{" where inInterpolation: result += "{{"
      case "}" where inInterpolation: result += "}}"
      default: result += isVisible(scalar) ? String(Character(scalar)) : escape(scalar)
      }
    }
    return result
  }

  private static func isVisible(_ scalar: Unicode.Scalar) -> Bool {
    if scalar.isASCII { return scalar.value >= 0x20 && scalar.value != 0x7F }
    switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .surrogate,
      .unassigned:
      return scalar == "\u{200D}"
    default: return true
    }
  }

  private static func escape(_ scalar: Unicode.Scalar) -> String {
    let digits = String(scalar.value, radix: 16)
    let (letter, width) =
      scalar.value <= 0xFF ? ("x", 2) : scalar.value <= 0xFFFF ? ("u", 4) : ("U", 8)
    return "\\\(letter)" + String(repeating: "0", count: width - digits.count) + digits
  }
}
