import LeptonSyntax

extension Block {
  /// The expressions whose value is that of the block.
  var results: Set<Span> {
    guard case .expression(let expression)? = statements.last?.kind else { return [] }
    return expression.results
  }
}

extension Expression {
  /// The expressions, in its branches, whose value is its own.
  var results: Set<Span> {
    switch kind {
    case .parenthesized(let inner): inner.results
    case .conditional(_, let then, let otherwise): then.results.union(otherwise?.results ?? [])
    case .attempt(let body, _, let handler): body.results.union(handler.results)
    default: [span]
    }
  }
}
