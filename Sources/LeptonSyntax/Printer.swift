/// Writes Lepton.
public enum Printer {
  /// Writes a parsed text as it was written, with its comments and its layout.
  public static func print(_ parsed: ParsedSource) -> String {
    parsed.source.text
  }

  /// Writes an expression in the canonical form.
  public static func print(_ expression: Expression) -> String { "" }

  /// Writes statements in the canonical form, one a line.
  public static func print(_ statements: [Statement]) -> String { "" }

  /// Writes an anonymous function in the canonical form: `(a, b) -> a + b`.
  public static func print(_ function: Function) -> String { "" }

  /// Writes a named function in the canonical form: `fn area(w, h = 1) { … }`.
  public static func print(_ function: Function, named name: String) -> String { "" }
}
