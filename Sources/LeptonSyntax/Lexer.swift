/// Cuts a text into tokens.
public struct Lexer {
  /// Cuts a text into tokens that cover it without gap; the last one is the end.
  public static func tokens(of source: Source) -> [Token] {
    [Token(.end, Span(source.text.utf8.count, source.text.utf8.count))]
  }
}
