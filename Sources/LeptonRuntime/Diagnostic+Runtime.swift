import LeptonSyntax

/// All the wording of mistakes that the machine itself finds while a program runs.
extension LanguageError {
  static let interrupted = LanguageError("run/interrupted", "stopped by the user")
  static let zeroDivision = LanguageError("number/zero", "division by zero")
  static let recordKey = LanguageError("value/index", "a record is indexed by a string")

  static let tooDeep = LanguageError(
    "limit/depth", "too many calls are going on inside each other",
    help: ["does a function call itself without end?"])
  static let tooNested = LanguageError(
    "limit/nesting", "this value is nested too deeply to be compared")
  static let nestedWithoutEnd = LanguageError(
    "limit/nesting", "lists or records are nested too deeply in each other")
  static let noMemory = LanguageError(
    "memory/limit", "there is hardly any memory left",
    help: ["does a list or a text grow without end?"])
  static let ragged = LanguageError(
    "shape/ragged", "the rows of this list have different lengths, so it is no tensor")

  static func noMemory(for byteCount: Int) -> LanguageError {
    LanguageError("memory/limit", "there is no memory for \(byteCount >> 20) MiB")
  }

  static func overflow(_ operation: Operation, _ x: Int, _ y: Int) -> LanguageError {
    LanguageError(
      "number/overflow", "\(x) \(operation.symbol) \(y) does not fit a 64-bit integer",
      help: ["write one of them as a float"])
  }

  static func operands(_ operation: Operation, _ x: Value, _ y: Value) -> LanguageError {
    let lists = [x, y].contains { if case .list = $0 { true } else { false } }
    let strings = [x, y].contains { if case .string = $0 { true } else { false } }
    let help =
      operation != .add
      ? [] : lists ? ["lists are joined with `concat`"] : strings ? ["`str(x)` makes a string"] : []
    return LanguageError(
      "type/operands",
      "`\(operation.symbol)` does not work on \(x.typeDescription) and \(y.typeDescription)",
      help: help)
  }

  static func operand(_ symbol: String, _ x: Value) -> LanguageError {
    LanguageError("type/operands", "`\(symbol)` does not work on \(x.typeDescription)")
  }

  static func composition(_ value: Value) -> LanguageError {
    LanguageError(
      "type/operands", "`>>` composes functions, and this is \(value.typeDescription)")
  }

  static func condition(_ value: Value) -> LanguageError {
    LanguageError(
      "type/condition", "a condition is true or false, and this is \(value.typeDescription)",
      help: ["compare it: `x != 0`, `len(x) > 0`"])
  }

  static func condition(_ sizes: [Int]) -> LanguageError {
    LanguageError(
      "type/condition", "a tensor of shape \(sizes) is neither true nor false",
      help: ["`all(x)` or `any(x)` makes one truth of it"])
  }

  static func notCallable(_ value: Value) -> LanguageError {
    LanguageError("type/call", "\(value.typeDescription) cannot be called")
  }

  static func notSequence(_ value: Value) -> LanguageError {
    LanguageError(
      "type/sequence", "\(value.typeDescription) has no elements to go through",
      help: value.callable == nil ? ["`range(n)` gives 0 to n - 1"] : [])
  }

  static func notContainer(_ value: Value) -> LanguageError {
    LanguageError("type/operands", "`in` does not work on \(value.typeDescription)")
  }

  static func notIndexable(_ value: Value) -> LanguageError {
    LanguageError("type/index", "\(value.typeDescription) cannot be indexed like this")
  }

  static func notUpdatable(_ value: Value) -> LanguageError {
    LanguageError("type/index", "elements of \(value.typeDescription) cannot be set like this")
  }

  static func notSettable(_ name: String, _ value: Value) -> LanguageError {
    LanguageError("name/field", "the field `\(name)` of \(value.typeDescription) cannot be set")
  }

  static func notElement(_ value: Value) -> LanguageError {
    LanguageError("type/argument", "\(value.typeDescription) cannot stand in a tensor")
  }

  static func notRecordable(_ name: String, _ value: Value) -> LanguageError {
    LanguageError(
      "type/record", "`record \(name)` needs a number, and this is \(value.typeDescription)")
  }

  static func index(_ index: Int, _ count: Int, axis: Int? = nil) -> LanguageError {
    let place = axis.map { " along axis \($0)" } ?? ""
    return LanguageError(
      "value/index", "there is no element \(index) among \(count)\(place)",
      help: count == 0 ? [] : ["positions go from 0 to \(count - 1), or from -\(count) to -1"])
  }

  static func subscriptType(_ value: Value) -> LanguageError {
    LanguageError(
      "type/index", "a position is an int, a list of ints or a mask, not \(value.typeDescription)")
  }

  static let severalEllipses = LanguageError(
    "value/index", "`...` stands more than once in an index", help: ["`:` takes one axis whole"])

  static func bound(_ value: Value) -> LanguageError {
    LanguageError("type/index", "the bound of a slice is an int, not \(value.typeDescription)")
  }

  static func mask(_ mask: Int, _ count: Int) -> LanguageError {
    LanguageError("shape/mask", "a mask of \(mask) truths picks from \(count) elements")
  }

  static func positions(_ a: [Int], _ b: [Int]) -> LanguageError {
    LanguageError(
      "shape/broadcast", "positions of shapes \(a) and \(b) do not go together in one index",
      help: [
        "lists side by side pick single elements; x[rows][:, columns] picks rows, then columns"
      ])
  }

  static func maskShape(_ mask: [Int], _ sizes: [Int]) -> LanguageError {
    LanguageError("shape/mask", "a mask of shape \(mask) picks from shape \(sizes)")
  }

  static func tooManySubscripts(_ used: Int, _ rank: Int) -> LanguageError {
    LanguageError("shape/index", "\(used) positions are given for a tensor of \(rank) axes")
  }

  static func sliceCount(_ places: Int, _ values: Int) -> LanguageError {
    LanguageError("value/count", "\(values) values do not fill \(places) places")
  }

  static func parts(_ names: Int, _ parts: Int) -> LanguageError {
    LanguageError("value/count", "\(names) names stand for an element of \(parts) parts")
  }

  static func unset(_ name: String) -> LanguageError {
    LanguageError("name/unassigned", "`\(name)` has no value yet")
  }

  static func unsetCapture(_ name: String, _ function: String) -> LanguageError {
    LanguageError(
      "name/unassigned", "`\(name)` had no value when this function was made",
      help: ["give `\(name)` its value before the function"])
  }

  static func undefinedSibling(_ name: String) -> LanguageError {
    LanguageError("name/unassigned", "`\(name)` is called before its definition ran")
  }

  static func shapeMismatch(
    _ pattern: Prototype.Pattern, _ sizes: [Int], known: [(name: String, size: Int)]
  ) -> LanguageError {
    let sides = known.map { "\($0.name) = \($0.size)" }.joined(separator: ", ")
    return LanguageError(
      "shape/heading",
      "\(pattern.parameter) has shape \(sizes), but the heading states \(pattern.text)"
        + (sides.isEmpty ? "" : ", where \(sides)"))
  }

  static func shapeOfOther(_ parameter: String, _ pattern: String, _ value: Value) -> LanguageError
  {
    LanguageError(
      "shape/heading",
      "\(parameter) is \(value.typeDescription), but the heading states the shape \(pattern)")
  }
}

/// Mistakes of calls.
extension LanguageError {
  static func argument(_ word: String, _ parameter: String, _ error: LanguageError) -> LanguageError
  {
    guard error.code == "type/argument", !parameter.isEmpty else { return error }
    return LanguageError(
      error.code, "`\(parameter)` of \(word): \(error.message)", help: error.help)
  }

  static func missingArgument(_ function: String, _ parameter: String) -> LanguageError {
    LanguageError("call/missing", "\(function) needs `\(parameter)`")
  }

  static func argumentTwice(_ function: String, _ parameter: String) -> LanguageError {
    LanguageError("call/repeated", "\(function) gets `\(parameter)` twice")
  }

  static func tooManyArguments(_ function: String, _ expected: Int, _ given: Int) -> LanguageError {
    let most = expected == 1 ? "one value" : "\(expected) values"
    return LanguageError("call/excess", "\(function) takes \(most), and \(given) are given")
  }

  static func unknownArgument(
    _ function: String, _ name: String, _ known: [String]
  ) -> LanguageError {
    let near = Spelling.nearest(to: name, in: known)
    let help = near.map { "did you mean `\($0)`?" } ?? "it takes \(known.joined(separator: ", "))"
    return LanguageError(
      "call/unknown", "\(function) has no parameter `\(name)`", help: known.isEmpty ? [] : [help])
  }
}

/// Mistakes of imports.
extension LanguageError {
  static func unknownModule(_ name: String, _ known: [String]) -> LanguageError {
    let near = Spelling.nearest(to: name, in: known)
    return LanguageError(
      "import/unknown", "the library has no module `\(name)`",
      help: near.map { ["did you mean `\($0)`?"] } ?? ["a file is imported as \"\(name).lep\""])
  }

  static func importCycle(_ path: String) -> LanguageError {
    LanguageError("import/cycle", "`\(path)` imports itself, directly or through others")
  }
}

extension Operation {
  /// How the operator is written.
  var symbol: String {
    switch self {
    case .add, .addConstant: "+"
    case .subtract, .subtractConstant: "-"
    case .multiply, .multiplyConstant: "*"
    case .divide, .divideConstant: "/"
    case .floorDivide: "//"
    case .remainder: "%"
    case .power: "^"
    case .matmul: "@"
    case .compose: ">>"
    case .equal: "=="
    case .notEqual: "!="
    case .less: "<"
    case .lessOrEqual: "<="
    case .greater: ">"
    case .greaterOrEqual: ">="
    case .isIn: "in"
    case .and: "and"
    case .or: "or"
    default: "?"
    }
  }
}
