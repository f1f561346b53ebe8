import LeptonSyntax
import LeptonTensor

/// All the wording of mistakes that the machine itself finds while a program runs.
extension LanguageError {
  /// The user asked for a stop, which no program catches.
  public static let interrupted = LanguageError(from: TensorError.interrupted)
  static let zeroDivision = LanguageError(
    "number/zero", "division by zero",
    help: ["ask first: if n != 0 { x / n } else { 0.0 }; only tensors divide to inf and nan"])
  static let recordKey = LanguageError(
    "value/index", "a record is indexed by a string",
    help: ["write r[\"name\"]; `values(r)` lists what it holds, in order"])

  static let tooDeep = LanguageError(
    "limit/depth", "too many calls are going on inside each other",
    help: ["a function that calls itself needs a case in which it does not"])
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
      help: ["floats go further, with 16 digits: write one of them with a point, or float(x)"])
  }

  static func negation(_ x: Int) -> LanguageError {
    LanguageError(
      "number/overflow", "-(\(x)) does not fit a 64-bit integer", help: ["write it as a float"])
  }

  static func operands(_ operation: Operation, _ x: Value, _ y: Value) -> LanguageError {
    let both =
      x.typeName == y.typeName && !x.typeDescription.hasPrefix("no")
      ? "two \(x.typeName)s" : "\(x.typeDescription) and \(y.typeDescription)"
    return LanguageError(
      "type/operands", "`\(operation.symbol)` does not work on \(both)",
      help: help(for: operation, x, y).map { [$0] } ?? [])
  }

  /// What people mean most often who put an operator between two such values.
  private static func help(for operation: Operation, _ x: Value, _ y: Value) -> String? {
    let types = [x.typeName, y.typeName]
    if types.contains("nothing") {
      return "`nothing` comes from an `if` without `else`, or from a function that ends in no value"
    }
    if let function = [x, y].first(where: { $0.callable != nil }) {
      return "a function gives a value when it is called: \(function.callable?.name ?? "f")(x)"
    }
    switch operation {
    case .add where types.contains("list"):
      return "`push` puts a value behind a list, `concat` joins lists"
    case .add where types.contains("string"):
      return "`str(x)` makes a string, `int(text)` and `float(text)` make numbers"
    case .multiply where types.contains("string"): return "`repeat(text, times)` repeats a text"
    case .multiply where types.contains("list"): return "`repeat(xs, times)` repeats a list"
    case .less, .lessOrEqual, .greater, .greaterOrEqual:
      return types.contains("string")
        ? "`int(text)` and `float(text)` make numbers"
        : types.contains("list") ? ordering(operation, x, y) : nil
    default:
      return types.contains("list") ? "every element must be a number, as in a tensor" : nil
    }
  }

  /// What helps where a list stands before or behind a sign of order.
  private static func ordering(_ operation: Operation, _ x: Value, _ y: Value) -> String {
    switch (x, y) {
    case (.list, .int), (.list, .float):
      "a tensor is compared element by element: tensor(xs) \(operation.symbol) …"
    case (.int, .list), (.float, .list):
      "a tensor is compared element by element: … \(operation.symbol) tensor(xs)"
    default: "`sorted` orders lists; tensors are compared element by element"
    }
  }

  static func operand(_ symbol: String, _ x: Value) -> LanguageError {
    LanguageError("type/operands", "`\(symbol)` does not work on \(x.typeDescription)")
  }

  static let negatedTruths = LanguageError(
    "type/operands", "`-` does not work on a tensor of truths",
    help: ["`not x` turns truths round, `-int64(x)` takes them as 0 and 1"])

  static func composition(_ value: Value, isLeft: Bool) -> LanguageError {
    LanguageError(
      "type/operands",
      "`>>` composes functions, and its \(isLeft ? "left" : "right") side is \(value.typeDescription)",
      help: [
        isLeft
          ? "to call functions one after the other, write x.f().g()"
          : "a function or a layer stands there: f >> g, dense(16, relu) >> dense(10)"
      ])
  }

  static func condition(_ value: Value) -> LanguageError {
    LanguageError(
      "type/condition", "a condition is true or false, and this is \(value.typeDescription)",
      help: comparison(of: value).map { ["compare it: \($0)"] } ?? [])
  }

  private static func comparison(of value: Value) -> String? {
    switch value {
    case .int, .float: "x != 0"
    case .string, .list, .record: "len(x) > 0"
    case .nothing: "x != nothing"
    default: nil
    }
  }

  static func condition(_ sizes: [Int]) -> LanguageError {
    LanguageError(
      "type/condition", "a tensor of shape \(sizes) is neither true nor false",
      help: ["`all(x)` or `any(x)` makes one truth of it"])
  }

  /// A call of what is no function; `callee` is what stands before the parentheses, if that is known.
  static func notCallable(_ value: Value, _ callee: Expression? = nil) -> LanguageError {
    let help: String? =
      switch value {
      case .nothing, .bool, .int, .float: callee.flatMap { holding(value, $0) }
      case .list, .string, .record, .tensor: "elements stand in square brackets: xs[0] is the first"
      default: nil
      }
    return LanguageError(
      "type/call", "\(value.typeDescription) cannot be called", help: help.map { [$0] } ?? [])
  }

  /// Where a value that is no function comes from.
  private static func holding(_ value: Value, _ callee: Expression) -> String? {
    switch callee.bare.kind {
    case .name(let name): "`\(name)` is \(value.display) here, not a function"
    case .field(_, let name): "`\(name.text)` is \(value.display) here, not a function"
    case .call: "the call before the last parentheses gives \(value.display), not a function"
    case .int, .float, .unary, .binary: "a product needs its sign: 2 * (x + 1)"
    default: nil
    }
  }

  static func notSequence(_ value: Value) -> LanguageError {
    LanguageError(
      "type/sequence", "\(value.typeDescription) has no elements to go through",
      help: value.callable == nil ? ["`range(n)` gives 0 to n - 1"] : [])
  }

  static func notContainer(_ container: Value, of element: Value) -> LanguageError {
    let left = "the left side of `in` is \(element.typeDescription)"
    return switch container {
    case .string:
      LanguageError(
        "type/operands", "a string holds strings, and \(left)",
        help: ["`str(x) in text` looks for what is written"])
    case .record:
      LanguageError(
        "type/operands", "the keys of a record are strings, and \(left)",
        help: ["`x in values(r)` looks among what it holds"])
    default:
      LanguageError("type/operands", "`in` does not work on \(container.typeDescription)")
    }
  }

  static func notIndexable(_ value: Value) -> LanguageError {
    LanguageError("type/index", "\(value.typeDescription) cannot be indexed like this")
  }

  static func notUpdatable(_ value: Value) -> LanguageError {
    let help =
      if case .string = value { ["a string does not change: x = \"A\" + x[1:]"] } else {
        [String]()
      }
    return LanguageError(
      "type/index", "elements of \(value.typeDescription) cannot be set like this", help: help)
  }

  static let placesOfLists = LanguageError(
    "type/index", "an update goes through lists one element at a time",
    help: [
      "`xs[0][1] = …` sets an element of a list in a list",
      "`xs = tensor(xs)` first makes it a tensor, whose columns are set: xs[:, 0] = …",
    ])

  static func notSettable(_ name: String, _ value: Value) -> LanguageError {
    let help =
      if case .list = value {
        ["names belong to records, {\(name): 1}; a list has positions: xs[0] = 1"]
      } else { [String]() }
    return LanguageError(
      "name/field", "the field `\(name)` of \(value.typeDescription) cannot be set", help: help)
  }

  static func notElement(_ value: Value) -> LanguageError {
    LanguageError(
      "type/argument", "\(value.typeDescription) cannot stand in a tensor",
      help: ["a tensor holds numbers; a list holds anything"])
  }

  static func notRecordable(_ name: String, _ value: Value) -> LanguageError {
    LanguageError(
      "type/record", "`record \(name)` needs a number, and this is \(value.typeDescription)",
      help: [
        "a result is a number for the report; to show something else, write it on a line of its own"
      ])
  }

  static func index(_ index: Int, _ count: Int, axis: Int? = nil) -> LanguageError {
    let place = axis.map { " along axis \($0)" } ?? ""
    return LanguageError(
      "value/index", "there is no element \(index) among \(count)\(place)",
      help: [positions(count)])
  }

  private static func positions(_ count: Int) -> String {
    switch count {
    case 0: "nothing is in it: ask first, `len(x) > 0`"
    case 1: "the only position is 0: counting begins there"
    default: "positions go from 0 to \(count - 1), or from -\(count) to -1, counted from the end"
    }
  }

  private static func whole(_ value: Value) -> [String] {
    if case .float = value { ["`/` always gives a float; `//` divides to an int"] } else { [] }
  }

  static func subscriptType(_ value: Value) -> LanguageError {
    if case .list(let elements) = value, let stray = elements.first(where: \.isNoPosition) {
      return LanguageError(
        "type/index",
        "a list of positions holds ints, and in this one stands \(stray.typeDescription)",
        help: whole(stray))
    }
    return LanguageError(
      "type/index", "a position is an int, a list of ints or a mask, not \(value.typeDescription)",
      help: whole(value))
  }

  static let severalEllipses = LanguageError(
    "value/index", "`...` stands more than once in an index", help: ["`:` takes one axis whole"])

  static func bound(_ value: Value) -> LanguageError {
    LanguageError(
      "type/index", "the bound of a slice is an int, not \(value.typeDescription)",
      help: whole(value))
  }

  static func mask(_ mask: Int, _ count: Int) -> LanguageError {
    LanguageError(
      "shape/mask", "the mask has \(mask) elements, and what it picks from has \(count)",
      help: ["a mask is made from the same values: xs[xs > 0] of a tensor"])
  }

  static func positions(_ a: [Int], _ b: [Int]) -> LanguageError {
    LanguageError(
      "shape/broadcast", "positions of shapes \(a) and \(b) do not go together in one index",
      help: [
        "lists side by side pick single elements; x[rows][:, columns] picks rows, then columns"
      ])
  }

  static func maskShape(_ mask: [Int], _ sizes: [Int]) -> LanguageError {
    LanguageError(
      "shape/mask", "the mask has shape \(mask), and the axes it picks from have \(sizes)",
      help: ["put `:` before it to pick along a later axis: x[:, mask]"])
  }

  static func tooManySubscripts(_ used: Int, _ rank: Int) -> LanguageError {
    LanguageError(
      "shape/index",
      "\(count(used, "position")) for \(rank == 0 ? "no axis" : count(rank, "axis", "axes"))",
      help: rank == 0 ? ["a single number has no positions"] : ["`x.shape` tells the axes"])
  }

  static func sliceCount(_ places: Int, _ values: Int) -> LanguageError {
    LanguageError(
      "value/count",
      "a slice of a list takes as many elements as it replaces: "
        + "\(count(values, "value")) for \(count(places, "place"))",
      help: ["a single value, without brackets, goes to every place"])
  }

  static func parts(_ names: Int, _ parts: Int) -> LanguageError {
    LanguageError(
      "value/count", "\(count(names, "name")) for an element of \(count(parts, "part"))",
      help: ["a single name takes the element whole"])
  }

  static func unset(_ name: String) -> LanguageError {
    LanguageError(
      "name/unassigned", "`\(name)` has no value yet",
      help: ["give it one before, on every way that leads here"])
  }

  static func unsetCapture(_ name: String, _ function: String) -> LanguageError {
    LanguageError(
      "name/unassigned", "`\(name)` had no value when this function was made",
      help: [
        "give `\(name)` its value before the function; one that calls itself is written fn \(name)(…) = …"
      ])
  }

  static func undefinedSibling(_ name: String) -> LanguageError {
    LanguageError(
      "name/unassigned", "`\(name)` is called before its definition ran",
      help: ["move the definition above the first call"])
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

extension Value {
  /// Whether it is no position, and no list that might hold some.
  fileprivate var isNoPosition: Bool {
    switch self {
    case .int, .bool, .tensor, .list, .object: false
    default: true
    }
  }
}

/// Mistakes of calls.
extension LanguageError {
  static func argument(_ word: String, _ parameter: String, _ error: LanguageError) -> LanguageError
  {
    guard error.code == "type/argument", !parameter.isEmpty else { return error }
    return LanguageError(
      error.code, "`\(parameter)` of `\(word)`: \(error.message)", help: error.help)
  }

  static func missingArgument(
    _ function: String, _ parameter: String, heading: String
  ) -> LanguageError {
    LanguageError("call/missing", "\(named(function)) needs `\(parameter)`", help: [heading])
  }

  static func argumentTwice(_ function: String, _ parameter: String) -> LanguageError {
    LanguageError("call/repeated", "\(named(function)) gets `\(parameter)` twice")
  }

  /// A function in a sentence: its name, if it has one.
  private static func named(_ function: String) -> String {
    function.hasPrefix("<") ? "the function" : "`\(function)`"
  }

  /// A number of things.
  private static func count(_ number: Int, _ one: String, _ many: String? = nil) -> String {
    "\(number) \(number == 1 ? one : many ?? one + "s")"
  }

  static func tooManyArguments(_ function: String, _ expected: Int, _ given: Int) -> LanguageError {
    let most = expected == 1 ? "one value" : "\(expected) values"
    return LanguageError("call/excess", "\(named(function)) takes \(most), and \(given) are given")
  }

  static func unknownArgument(
    _ function: String, _ name: String, _ known: [String]
  ) -> LanguageError {
    let near = Spelling.nearest(to: name, in: known)
    let help = near.map { "did you mean `\($0)`?" } ?? "it takes \(known.joined(separator: ", "))"
    return LanguageError(
      "call/unknown", "\(named(function)) has no parameter `\(name)`",
      help: known.isEmpty ? [] : [help])
  }
}

/// Mistakes of imports.
extension LanguageError {
  static func unknownModule(_ name: String, _ known: [String]) -> LanguageError {
    let near = Spelling.nearest(to: name, in: known)
    return LanguageError(
      "import/unknown", "the library has no module `\(name)`",
      help: [CheckMistake.module(name, near: near)])
  }

  /// A name that a module lacks, which the library may have elsewhere.
  static func missingMember(
    _ name: String, of module: String, _ names: [String], home: String?, isWord: Bool
  ) -> LanguageError {
    let near = Spelling.nearest(to: name, in: names)
    let shown = names.prefix(10).map { "`\($0)`" }.joined(separator: ", ")
    let list = names.isEmpty ? nil : "it has \(shown)\(names.count > 10 ? ", …" : "")"
    let help = CheckMistake.member(name, near: near, home: home, isWord: isWord) ?? list
    return LanguageError(
      "name/field", "the module `\(module)` has no `\(name)`", help: help.map { [$0] } ?? [])
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
