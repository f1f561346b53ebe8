import LeptonSyntax

/// The code of a cell as HTML in which each kind of token has a class.
public enum CodeHTML {
  /// The HTML of a code; every text of it is escaped.
  public static func html(of code: String) -> String {
    let source = Source(name: "", text: code)
    return Lexer.tokens(of: source).map { token in
      let text = Escaping.xml(source[token.span], keepingLineEnds: true)
      guard let name = name(of: token.kind), !text.isEmpty else { return text }
      return "<span class=\"\(name)\">\(text)</span>"
    }.joined()
  }

  private static func name(of kind: Token.Kind) -> String? {
    switch kind {
    case .comment, .documentation: "comment"
    case .keyword: "keyword"
    case .integer, .float: "number"
    case .string, .interpolationStart, .text, .interpolationEnd: "string"
    case .holeStart, .holeEnd, .format: "hole"
    case .foreign, .invalid: "wrong"
    case .space, .newline, .identifier, .symbol, .end: nil
    }
  }
}
