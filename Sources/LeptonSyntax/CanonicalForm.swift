/// The canonical form of a tree, which gives the tree back when it is parsed.
///
/// Two spaces of indent, one statement a line, parentheses only where the tree has them or the
/// precedences need them.
enum CanonicalForm {
  /// How long a block may be that is written on one line.
  private static let shortBlock = 60

  // MARK: Statements

  static func text(_ statements: [Statement]) -> String {
    statements.map { text($0) }.joined(separator: "\n")
  }

  static func text(_ statement: Statement) -> String {
    documentation(statement.documentation) + text(statement.kind) + (statement.isSilent ? ";" : "")
  }

  private static func documentation(_ text: String) -> String {
    guard !text.isEmpty else { return "" }
    return text.split(separator: "\n", omittingEmptySubsequences: false)
      .map { $0.isEmpty ? "##\n" : "## \($0)\n" }.joined()
  }

  private static func text(_ kind: Statement.Kind) -> String {
    switch kind {
    case .expression(let value): text(value)
    case .assignment(let target, let value): "\(text(target)) = \(text(value))"
    case .definition(let name, let function): definition(name.text, function)
    case .forLoop(let names, let sequence, let body):
      "for \(text(names)) in \(text(sequence)) \(text(body))"
    case .whileLoop(let condition, let body): "while \(text(condition)) \(text(body))"
    case .breakLoop: "break"
    case .continueLoop: "continue"
    case .returnValue(let value): value.map { "return \(text($0))" } ?? "return"
    case .importModule(.file(let path, _)): "import \(Printer.print(literal: path))"
    case .importModule(.library(let name)): "import \(name.text)"
    case .expect(let condition, let message):
      "expect \(text(condition))" + (message.map { ", \(text($0))" } ?? "")
    case .record(let name, let value): "record \(name.text) = \(text(value))"
    }
  }

  private static func text(_ target: Statement.Target) -> String {
    target.path.reduce(target.name.text) { path, step in
      switch step {
      case .field(let name): path + ".\(name.text)"
      case .index(let subscripts, _): path + text(subscripts)
      }
    }
  }

  static func text(_ names: [Expression.Name]) -> String {
    names.map(\.text).joined(separator: ", ")
  }

  // MARK: Blocks and functions

  static func text(_ block: Block) -> String {
    guard block.hasBraces else { return text(block.statements) }
    if block.statements.isEmpty { return "{ }" }
    let content = text(block.statements)
    let isShort = block.statements.count == 1 && content.utf8.count <= shortBlock
    if isShort, !content.contains("\n") { return "{ \(content) }" }
    return "{\n\(indented(content))\n}"
  }

  private static func indented(_ text: String) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false)
      .map { $0.isEmpty ? "" : "  \($0)" }.joined(separator: "\n")
  }

  static func definition(_ name: String, _ function: Function) -> String {
    let result = function.result.map { " -> \(text($0))" } ?? ""
    let heading = "fn \(name)(\(text(function.parameters)))\(result)"
    return heading + (function.body.hasBraces ? " " : " = ") + text(function.body)
  }

  static func text(_ function: Function) -> String {
    let first = function.parameters.first
    let isBare = function.parameters.count == 1 && first?.shape == nil && first?.defaultValue == nil
    let parameters = text(function.parameters)
    let body = function.body
    let isEmptyBlock = body.hasBraces && body.statements.isEmpty
    // `{ }` would be a record here.
    return (isBare ? parameters : "(\(parameters))") + " -> "
      + (isEmptyBlock ? "{ nothing }" : text(body))
  }

  private static func text(_ parameters: [Function.Parameter]) -> String {
    parameters.map { parameter in
      parameter.name.text + (parameter.shape.map { ": \(text($0))" } ?? "")
        + (parameter.defaultValue.map { " = \(text($0))" } ?? "")
    }.joined(separator: ", ")
  }

  private static func text(_ pattern: ShapePattern) -> String {
    let sizes = pattern.sizes.map { size in
      switch size {
      case .fixed(let size): "\(size)"
      case .named(let name): name.text
      case .any: "..."
      }
    }
    return "[\(sizes.joined(separator: ", "))]"
  }
}
