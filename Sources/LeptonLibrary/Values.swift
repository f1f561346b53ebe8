import LeptonRuntime
import LeptonSession
import LeptonSyntax
import LeptonTensor

extension Library {
  /// Words about values themselves: what they are, how they print, whether they are the same.
  static var aboutValues: Family {
    Family("Values", [type, source, parseValue, int, float, same])
  }

  private static var type: Builtin {
    Builtin(
      "type(x)", "The name of a value's type.",
      details: "The types of elements are another thing: `x.type` of a tensor.",
      examples: ["type(0.5)": "\"float\"", "type([1])": "\"list\"", "type(relu)": "\"function\""]
    ) { (x: Value) in x.typeName }
  }

  private static var source: Builtin {
    Builtin(
      "source(x)", "The Lepton that makes a value, whole.",
      details: """
        `str(x)` gives a value as it shows, which shortens what is large. `parse_value` reads the text of \
        plain data again: `same(parse_value(source(x)), x)`.
        """,
      examples: ["source(\"a\")": "\"\\\"a\\\"\"", "source([1, 2.0])": "\"[1, 2.0]\""]
    ) { (x: Value) in x.source }
  }

  private static var parseValue: Builtin {
    Builtin(
      "parse_value(text)", "The value that a text of plain data stands for.",
      details: """
        It reads what `source` writes of numbers, truths, texts, lists, records, tensors, ranges and \
        tables. Nothing in the text is run, so it may come from anywhere.
        """,
      examples: [
        "parse_value(\"{lr: 0.1, sizes: [128, 64]}\").sizes": "[128, 64]",
        "parse_value(\"true\")": "true",
      ]
    ) { (context: Context, text: String) -> Value in try PlainData.read(text, in: context) }
  }

  private static var int: Builtin {
    Builtin(
      "int(x, base = 10)", "The whole number in a value.",
      details: """
        A fraction is cut towards zero, `true` is 1, a text is read (in another base up to 36 if asked \
        for), a tensor of one element gives that element. `int64(x)` casts a tensor.
        """,
      examples: [
        "int(2.9)": "2", "int(\"42\")": "42", "int(\"ff\", base=16)": "255", "int(true)": "1",
      ]
    ) { (x: Value, base: Int) -> Int in
      guard (2...36).contains(base) else {
        throw LanguageError("value/range", "a base is a number from 2 to 36, not \(base)")
      }
      switch x {
      case .bool(let bool): return bool ? 1 : 0
      case .int(let int): return int
      case .float(let float): return try Int(rounding: float, .towardZero)
      case .string(let text):
        if let digits = text.numeral, let int = Int(digits, radix: base) { return int }
        throw unreadable(text, "a whole number" + (base == 10 ? "" : " in base \(base)"))
      case .tensor(let tensor) where tensor.elementType.isFloat:
        return try Int(rounding: tensor.item(), .towardZero)
      case .tensor(let tensor): return try tensor.integerItem()
      default: throw Double.mismatch(x)
      }
    }
  }

  private static var float: Builtin {
    Builtin(
      "float(x)", "The number in a value, as a float.",
      details: """
        `true` is 1.0, a text is read, a tensor of one element gives that element. `float32(x)` casts a \
        tensor.
        """,
      examples: ["float(3)": "3.0", "float(\"1e-3\")": "0.001", "float(tensor([2]))": "2.0"]
    ) { (x: Value) -> Double in
      switch x {
      case .bool(let bool): return bool ? 1 : 0
      case .int(let int): return Double(int)
      case .float(let float): return float
      case .string(let text):
        if let numeral = text.numeral, numeral.isDecimal, let float = Double(numeral) {
          return float
        }
        throw unreadable(text, "a number")
      case .tensor(let tensor): return try tensor.item()
      default: throw Double.mismatch(x)
      }
    }
  }

  private static func unreadable(_ text: String, _ wanted: String) -> LanguageError {
    let shown = text.count > 40 ? text.prefix(40) + "…" : text[...]
    return LanguageError(
      "value/parse", "\(Value.string(String(shown)).source) is not \(wanted)",
      help: wanted == "a number"
        ? [] : ["`float` reads fractions; nothing else may stand in the text"])
  }

  private static var same: Builtin {
    Builtin(
      "same(a, b)", "Whether two values are the same all through.",
      details: """
        Tensors are the same if element type, shape and all elements are; `==` compares them element by \
        element. `nan` is the same as `nan`.
        """,
      examples: [
        "same([1, {a: 2}], [1, {a: 2}])": "true", "same(tensor([1, 2]), tensor([1, 3]))": "false",
      ]
    ) { (a: Value, b: Value) in
      try ValueKey(a, isStrict: true) == ValueKey(b, isStrict: true)
    }
  }
}

extension String {
  /// The text of a number: without white space around it, and without underscores between digits.
  fileprivate var numeral: String? {
    let text = trimmed
    guard text.utf8.contains(UInt8(ascii: "_")) else { return text }
    let pieces = text.split(separator: "_", omittingEmptySubsequences: false)
    let isGrouped = pieces.indices.allSatisfy { place in
      let (first, last) = (pieces[place].first, pieces[place].last)
      return (place == 0 || first?.isHexDigit == true)
        && (place == pieces.count - 1 || last?.isHexDigit == true)
    }
    return isGrouped ? pieces.joined() : nil
  }

  /// Whether it is written as people write decimal numbers, `inf` and `nan` included.
  fileprivate var isDecimal: Bool {
    !utf8.contains { $0 | 0x20 == UInt8(ascii: "x") || $0 == UInt8(ascii: "(") }
  }
}

extension Record {
  /// A field that is a string.
  fileprivate func text(_ name: String) -> String? {
    if case .string(let text)? = self[name] { text } else { nil }
  }

  /// A field that is a list, as strings.
  fileprivate func texts(_ name: String) -> [String] {
    guard case .list(let values)? = self[name] else { return [] }
    return values.map(\.text)
  }
}

extension Library {
  /// Words about the run itself.
  static var running: Family {
    Family("Running", [fail, time, clock])
  }

  private static var fail: Builtin {
    Builtin(
      "fail(message, code = \"program/failure\")", "Stops with an error.",
      details: """
        `try { … } catch e { … }` catches it: `e` has `message`, `code`, `file`, `line`, `column` and `help`. `fail(e)` passes on \
        what was caught. A code is an area and a name, as in `my/own`; a cell with `raises=my/own` must fail with it.
        """,
      examples: [
        "try { fail(\"too small\") } catch e { e.message }": "\"too small\"",
        "try { fail(\"too small\", code=\"size/small\") } catch e { e.code }": "\"size/small\"",
      ]
    ) { (message: Value, code: String) -> Value in
      guard case .record(let caught) = message, case .string(let text)? = caught["message"] else {
        throw LanguageError(try ownCode(code), message.text)
      }
      throw LanguageError(
        try ownCode(caught.text("code") ?? code), text, help: caught.texts("help"))
    }
  }

  /// The code that a program gives a failure.
  ///
  /// - Throws: `LanguageError` with code `value/code` if it is none, or that of an interruption, which
  ///   nothing catches.
  static func ownCode(_ code: String) throws -> String {
    guard code != LanguageError.interrupted.code else {
      throw LanguageError(
        "value/code", "only Ctrl-C interrupts, and a program has codes of its own")
    }
    guard Diagnostic.isCode(code) else {
      throw LanguageError(
        "value/code", "a code is an area and a name, and this is \(Value.string(code).source)",
        help: [
          "put a slash between letters, digits and hyphens: fail(\"why\", code=\"my/own\")"
        ])
    }
    return code
  }

  private static var time: Builtin {
    Builtin(
      "time(function)",
      "Calls a function without arguments, shows how long that took, and gives its value.",
      details: """
        `trained = time(() -> train(model, data))`; at the prompt `:time train(model, data)`. A report shows times only where \
        `--timings` asks for them; a program tells them on standard error. For seconds to compute with there is `clock()`.
        """,
      examples: ["time(() -> sum(range(10)))": "45"]
    ) { (context: Context, function: Callee) -> Value in
      context.noteVolatile()
      let start = Context.seconds
      let value = try function(in: context)
      context.emit(.elapsed(seconds: Context.seconds - start))
      return value
    }
  }

  private static var clock: Builtin {
    Builtin(
      "clock()", "The seconds of a clock that never goes back; only differences mean something.",
      details: "`start = clock()`, and later `clock() - start` are the seconds in between.",
      examples: ["clock() > 0": "true"]
    ) { (context: Context) -> Double in
      context.noteVolatile()
      return Context.seconds
    }
  }
}
