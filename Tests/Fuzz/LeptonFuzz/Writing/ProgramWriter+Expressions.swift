extension ProgramWriter {
  /// Writes an expression that is meant to be of a kind.
  mutating func expression(_ wanted: Kind) -> String {
    nested { writer in
      let kind = writer.dice.happens(5) ? writer.dice.pick(Kind.allCases) : wanted
      guard !writer.isAtEnd, writer.dice.happens(70) else { return writer.leaf(kind) }
      return writer.dice.happens(45) ? writer.form(kind) : writer.common(kind)
    }
  }

  /// Forms that fit every kind.
  private mutating func common(_ kind: Kind) -> String {
    switch dice.below(14) {
    case 0: return "(\(expression(kind)))"
    case 1: return conditional(kind)
    case 2: return attempt(kind)
    case 3, 4: return callOfOwn()
    case 5: return operand(.list) + "[\(expression(.int))]"
    case 6: return operand(.record) + ".\(fieldName())"
    case 7: return operand(.anything) + subscripts()
    case 8: return operand(.anything) + ".\(call(of: dice.pick(vocabulary.words)))"
    default: return call(of: dice.pick(vocabulary.words))
    }
  }

  /// A form whose value is of a kind.
  private mutating func form(_ kind: Kind) -> String {
    switch kind {
    case .int: return binary(.int, ["+", "-", "*", "//", "%", "^"])
    case .float: return dice.happens(30) ? "-\(operand(.float))" : binary(.float, Self.arithmetic)
    case .bool: return truth()
    case .string: return dice.happens(60) ? interpolation() : binary(.string, ["+", "*"])
    case .list: return list()
    case .record: return record()
    case .tensor: return binary(.tensor, Self.arithmetic + ["@", "==", "<", ">="])
    case .function: return dice.happens(80) ? function() : composed(.function)
    case .model: return dice.happens(40) ? "layer \(function())" : composed(.model)
    case .size: return "[\(several(0...3, ", ") { $0.expression(.int) })]"
    case .anything:
      let kinds = Kind.allCases.filter { $0 != .anything }
      return expression(dice.pick(kinds))
    }
  }

  private static let arithmetic = ["+", "-", "*", "/", "//", "%", "^"]

  private mutating func binary(_ kind: Kind, _ operators: [String]) -> String {
    "\(operand(kind)) \(dice.pick(operators)) \(operand(kind))"
  }

  private mutating func composed(_ kind: Kind) -> String {
    several(2...3, " >> ") { $0.operand(kind) }
  }

  /// An expression in parentheses, or something that needs none.
  mutating func operand(_ kind: Kind) -> String {
    dice.happens(45) ? leaf(kind).parenthesized : "(\(expression(kind)))"
  }

  private mutating func truth() -> String {
    switch dice.below(5) {
    case 0: return "not \(operand(.bool))"
    case 1: return binary(.bool, ["and", "or"])
    case 2: return "\(operand(.anything)) in \(operand(.list))"
    case 3:
      return several(3...4, dice.pick([" < ", " <= ", " > ", " >= "])) { $0.operand(.float) }
    default: return binary(.anything, ["==", "!=", "<", "<=", ">", ">="])
    }
  }

  /// Writes a branch: `if c { a } else if d { b } else { c }`.
  mutating func conditional(_ kind: Kind) -> String {
    var text = "if \(expression(.bool)) \(block(kind))"
    if dice.happens(20) { text += " else if \(expression(.bool)) \(block(kind))" }
    if dice.happens(80) { text += " else \(block(kind))" }
    return text
  }

  /// Writes an attempt: `try { a } catch e { b }`.
  mutating func attempt(_ kind: Kind) -> String {
    let body = block(kind)
    return scoped { writer in
      let name = writer.newName(.record)
      let handler = writer.dice.happens(50) ? "{ \(name).message }" : writer.block(kind)
      return "try \(body) catch \(name) \(handler)"
    }
  }

  private mutating func list() -> String {
    guard dice.happens(50) else { return "[\(several(0...4, ", ") { $0.expression(.anything) })]" }
    let sequence = expression(dice.pick([.list, .tensor, .anything]))
    return scoped { writer in
      let names = writer.several(1...2, ", ") { $0.newName(.anything) }
      let body = writer.expression(.anything)
      let condition = writer.dice.happens(40) ? " if \(writer.expression(.bool))" : ""
      return "[\(body) for \(names) in \(sequence)\(condition)]"
    }
  }

  private mutating func record() -> String {
    let fields = several(0...3, ", ") { writer in
      let key = writer.dice.happens(80) ? writer.fieldName() : "\"any \(writer.fieldName())\""
      return "\(key): \(writer.expression(.anything))"
    }
    return "{\(fields)}"
  }

  private mutating func interpolation() -> String {
    let pieces = several(0...3, "") { writer in
      switch writer.dice.below(4) {
      case 0: return writer.dice.pick(["loss ", "{{}}", "\\t\\\"", "日本 ", "\\u03c3", "'"])
      case 1: return "{ \(writer.expression(.anything)):\(writer.format())}"
      default: return "{ \(writer.expression(.anything)) }"
      }
    }
    return pieces.contains("\n") ? "f\"\"\"\(pieces)\"\"\"" : "f\"\(pieces)\""
  }

  private mutating func format() -> String {
    dice.pick([
      ".3f", ">10", "<8", "^12", ",", ".2e", "%", "08.2f", "+", "x", ".0f", "", "*^9", ".99f", "d",
      ">99999999999999999999", ".99999999999f", "s", "b", "_", ".1%", "日>5", "g", "é^3", " ",
    ])
  }

  /// Writes what stands between the brackets of an index: `[i, 1:3, ..., mask]`.
  mutating func subscripts() -> String {
    let parts = several(1...3, ", ") { writer in
      switch writer.dice.below(8) {
      case 0: return "..."
      case 1: return ":"
      case 2: return "::\(writer.leaf(.int))"
      case 3: return "\(writer.leaf(.int)):\(writer.leaf(.int))"
      case 4: return "\(writer.leaf(.int))::\(writer.leaf(.int))"
      case 5: return writer.expression(writer.dice.pick([.tensor, .list, .bool, .string]))
      default: return writer.expression(.int)
      }
    }
    return "[\(parts)]"
  }
}

extension String {
  /// The text in parentheses, unless it holds together as it is.
  fileprivate var parenthesized: String {
    let isSimple = unicodeScalars.allSatisfy { $0.properties.isXIDContinue }
    return isSimple ? self : "(\(self))"
  }
}
