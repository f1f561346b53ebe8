/// Writes Lepton: a parsed text as it was written, or a tree in the canonical form.
public enum Printer {
  /// Writes a parsed text as it was written, with its comments and its layout.
  public static func print(_ parsed: ParsedSource) -> String {
    let bytes = Array(parsed.source.text.utf8)
    var text: [UInt8] = []
    text.reserveCapacity(bytes.count)
    for token in parsed.tokens {
      switch token.kind {
      case .keyword(let keyword): text += keyword.rawValue.utf8
      case .symbol(let symbol): text += symbol.rawValue.utf8
      case .foreign(let foreign): text += foreign.rawValue.utf8
      default: text += bytes[token.span.start..<token.span.end]
      }
    }
    return String(decoding: text, as: UTF8.self)
  }

  /// Writes an expression in the canonical form.
  public static func print(_ expression: Expression) -> String {
    CanonicalForm.text(expression)
  }

  /// Writes statements in the canonical form, each on a line of its own.
  public static func print(_ statements: [Statement]) -> String {
    CanonicalForm.text(statements)
  }

  /// Writes an anonymous function in the canonical form: `(a, b) -> a + b`.
  public static func print(_ function: Function) -> String {
    CanonicalForm.text(function)
  }

  /// Writes a named function in the canonical form: `fn area(w, h = 1) { … }`.
  public static func print(_ function: Function, named name: String) -> String {
    CanonicalForm.definition(name, function)
  }

  /// Writes a string as a literal, with escapes for all that cannot be seen.
  public static func print(literal text: String) -> String {
    "\"" + CanonicalForm.escaped(text, inInterpolation: false) + "\""
  }
}
