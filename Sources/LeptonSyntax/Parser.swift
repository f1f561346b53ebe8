/// Makes a tree of tokens.
public struct Parser {
  /// Parses a whole text; it never fails, and says in the diagnostics what it did not understand.
  public static func parse(_ source: Source) -> ParsedSource {
    ParsedSource(source: source, statements: [], diagnostics: [])
  }

  /// Parses a heading of a word: `dense(units, activation = identity)`, `print(values...)`, `pi`.
  public static func parseHeading(_ source: Source) -> Heading {
    Heading(name: source.text, parameters: nil, isOpen: false, diagnostics: [])
  }
}

/// A text, and what it says.
public struct ParsedSource: Sendable, Hashable {
  /// The text.
  public var source: Source
  /// What was understood.
  public var statements: [Statement]
  /// What was not, in the order of its places.
  public var diagnostics: [Diagnostic]
}

/// The heading of a word of the library.
public struct Heading: Sendable, Hashable {
  /// The name of the word.
  public var name: String
  /// The parameters; `nil` for a plain value.
  public var parameters: [Parameter]?
  /// Whether a lone `...` ends the parameters.
  public var isOpen: Bool
  /// What is wrong with it.
  public var diagnostics: [Diagnostic]

  /// A parameter of a heading.
  public struct Parameter: Sendable, Hashable {
    /// The name.
    public var name: String
    /// The default, where there is one.
    public var defaultValue: Expression?
    /// Whether `...` follows the name.
    public var isVariadic: Bool
  }
}
