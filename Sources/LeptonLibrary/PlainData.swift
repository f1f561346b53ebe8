import LeptonRuntime
import LeptonSyntax
import LeptonTensor

/// Reads the texts of plain data: what `source` writes of numbers, truths, texts, lists, records,
/// tensors, ranges and tables.
///
/// Nothing of the text is run: the only calls in it are of words that make data.
struct PlainData {
  private let context: Context

  /// The words that make data of data.
  private static let makers =
    Set(ElementType.allCases.map(\.rawValue)).union(["tensor", "zeros", "range", "table", "column"])

  /// The value that a text stands for.
  ///
  /// - Throws: `value/parse` if it is no text of plain data.
  static func read(_ text: String, in context: Context) throws -> Value {
    let parsed = Parser.parse(Source(name: "text", text: text))
    if let mistake = parsed.diagnostics.first(where: { $0.severity == .error }) {
      throw LanguageError("value/parse", "the text is no value: \(mistake.message)")
    }
    guard parsed.statements.count == 1,
      case .expression(let expression) = parsed.statements[0].kind
    else {
      throw LanguageError("value/parse", "the text is not the text of one value")
    }
    return try PlainData(context: context).value(of: expression)
  }

  private func value(of expression: Expression) throws -> Value {
    switch expression.kind {
    case .nothing: return .nothing
    case .bool(let bool): return .bool(bool)
    case .int(let int): return .int(int)
    case .float(let float): return .float(float)
    case .string(let string): return .string(string)
    case .parenthesized(let inner): return try value(of: inner)
    case .unary(.negate, let operand): return try negative(value(of: operand))
    case .list(let elements): return .list(try elements.map(value))
    case .record(let fields):
      return .record(
        try fields.reduce(into: Record()) { $0[$1.name.text] = try value(of: $1.value) })
    case .call(let callee, let arguments): return try call(callee, arguments)
    default: throw Self.notData
    }
  }

  private func negative(_ value: Value) throws -> Value {
    switch value {
    case .int(let int) where int != .min: .int(-int)
    case .float(let float): .float(-float)
    default: throw Self.notData
    }
  }

  private func call(_ callee: Expression, _ arguments: [Expression.Argument]) throws -> Value {
    guard case .name(let name) = callee.kind, Self.makers.contains(name),
      let word = context.library.lookup(name)
    else { throw Self.notData }
    let positional = try arguments.filter { $0.name == nil }.map { try argument($0.value) }
    let named = try arguments.compactMap { argument in
      try argument.name.map { ($0.text, try self.argument(argument.value)) }
    }
    return try Word(word).call(Arguments(positional, named: named), in: context)
  }

  /// An argument of a maker; the name of an element type stands for itself.
  private func argument(_ expression: Expression) throws -> Value {
    guard case .name(let name) = expression.kind else { return try value(of: expression) }
    guard ElementType(rawValue: name) != nil else { throw Self.notData }
    return .string(name)
  }

  private static let notData = LanguageError(
    "value/parse", "the text is no plain data",
    help: [
      "numbers, truths, texts, lists, records, tensors and tables are, as `source` writes them"
    ])
}
