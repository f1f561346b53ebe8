extension Parser {
  /// Parses a heading of a word: `dense(units, activation = identity)`, `print(values...)`, `pi`.
  public static func parseHeading(_ source: Source) -> Heading {
    var parser = Parser(source)
    return parser.heading()
  }

  private mutating func heading() -> Heading {
    reportUnpaired()
    let name = wordName()
    var heading = Heading(name: name, parameters: nil, isOpen: false, diagnostics: [])
    if at(.leftParenthesis) {
      let slots = commaSeparated { $0.slot() }.elements
      heading.parameters = slots.compactMap { $0 }
      heading.isOpen = slots.contains { $0 == nil }
    }
    if !isPanicking, current.kind != .end { fail(expecting: "the end of the heading") }
    heading.diagnostics = findings
    return heading
  }

  /// Reads the name of a word; a word of a module has a dot in it.
  private mutating func wordName() -> String {
    var parts = [name("the name of the word").text]
    while consume(.dot) { parts.append(name("a name").text) }
    return parts.joined(separator: ".")
  }

  /// Reads a parameter of a heading; nothing for a lone `...`.
  private mutating func slot() -> Heading.Parameter? {
    if consume(.ellipsis) { return nil }
    let name = name("the name of a parameter").text
    let isVariadic = !isPanicking && consume(.ellipsis)
    let value = !isPanicking && consume(.assign) ? expression() : nil
    return Heading.Parameter(name: name, defaultValue: value, isVariadic: isVariadic)
  }
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
