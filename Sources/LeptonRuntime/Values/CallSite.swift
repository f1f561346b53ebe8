import LeptonSyntax

/// Where in a program something was made or called.
public struct CallSite: Sendable, Hashable {
  /// The text.
  public var source: Source
  /// The whole expression.
  public var span: Span

  /// Makes a place in a text.
  public init(_ source: Source, _ span: Span) {
    self.source = source
    self.span = span
  }
}
