import LeptonSession
import LeptonSyntax

extension Interpreter {
  /// Checks cells as a whole, before anything runs.
  public func check(_ cells: [Cell]) -> [CellCheck] {
    let known = Set(definitions.map(\.name))
    return Checker(words: library, known: known, context: context).check(cells)
  }

  /// Tells whether a text can be run as it is, or is the beginning of something.
  public func isComplete(_ text: String) -> Completeness {
    switch completeness(of: text) {
    case .complete: .complete
    case .incomplete(let indent): .incomplete(indent: indent)
    case .invalid: .invalid
    }
  }

  /// Tells about the word at a place of a text, which may be a name that a cell has defined.
  public func describe(_ text: String, at offset: Int) -> WordDescription? {
    let source = Source(name: "", text: text)
    let touched = Lexer.tokens(of: source).filter {
      ($0.span.start...$0.span.end).contains(offset)
    }
    guard let token = touched.first(where: { $0.kind == .identifier }) else {
      return touched.lazy.compactMap { Keyword(rawValue: source[$0.span]) }.first.map {
        WordDescription(heading: $0.form, summary: $0.sentence, details: "", examples: [])
      }
    }
    let name = source[token.span]
    guard let slot = globals[name] else { return library.describe(name) }
    return describe(Value(slot), called: name)
  }

  private func describe(_ value: Value, called name: String) -> WordDescription {
    if case .function(let closure as Closure) = value, let description = closure.description {
      return description
    }
    return WordDescription(heading: name, summary: value.summary, details: "", examples: [])
  }
}

extension Closure {
  /// What the text of the function tells about it: its heading, and the documentation above it.
  var description: WordDescription? {
    guard origin == nil else { return nil }
    if let definition { return definition }
    let parameters = prototype.parameters.map(\.name).joined(separator: ", ")
    return WordDescription(
      heading: "\(name)(\(parameters))", summary: "", details: "", examples: [])
  }

  /// What its documentation tells, if it has any.
  package var documented: WordDescription? {
    guard origin == nil, let definition, !definition.summary.isEmpty else { return nil }
    return definition
  }

  /// What the `fn` tells that made it.
  private var definition: WordDescription? {
    let source = prototype.source
    let statement = Parser.parse(source).statements.first {
      guard case .definition(let name, _) = $0.kind else { return false }
      return name.text == prototype.name && $0.span.start <= prototype.span.start
        && prototype.span.end <= $0.span.end
    }
    guard let statement, let (heading, _) = Library.heading(statement, source) else { return nil }
    let documentation = Documentation(statement.documentation)
    return WordDescription(
      heading: heading, summary: documentation.summary, details: documentation.details,
      examples: documentation.examples)
  }
}
