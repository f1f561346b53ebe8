/// Whether a text can be run as it is.
public enum SourceCompleteness: Sendable, Hashable {
  /// It can be run.
  case complete
  /// More must follow; the next line is best indented by that many spaces.
  case incomplete(indent: Int)
  /// Nothing that follows can make it right.
  case invalid
}

/// Tells whether a text can be run as it is, or is the beginning of something.
///
/// It is read as if Enter had been typed behind it: `x = 1` is complete, although a next line could
/// begin with `>>`.
public func completeness(of text: String) -> SourceCompleteness {
  let source = Source(name: "", text: text + "\n")
  var parser = Parser(source, isPrefix: true)
  _ = parser.program()
  if !parser.diagnostics.isEmpty { return .invalid }
  if parser.stream.hasDanglingDocumentation { return .incomplete(indent: 0) }
  return parser.wantsMore ? .incomplete(indent: parser.indentOfNextLine) : .complete
}

extension Parser {
  /// The spaces before a line that follows the text: two for each bracket that is open, none within
  /// a string.
  fileprivate var indentOfNextLine: Int {
    let open = stream.unpaired.filter { stream.tokens[$0].kind.closer != nil }
    let last = stream.tokens.dropLast().last { $0.kind != .newline }
    if last?.kind == .interpolationEnd || last?.kind == .string { return 0 }
    return 2 * max(open.count, open.isEmpty ? 1 : 0)
  }
}
