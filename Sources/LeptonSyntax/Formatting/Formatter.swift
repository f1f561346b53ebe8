/// Writes a text in the house's layout.
///
/// Words, numbers and strings stay as they are written, comments and single empty lines where they
/// stand; only spaces, in the holes of f-strings too, ends of lines, commas behind a last element and a
/// `;` that silences nothing change. Lines have up to 100 columns where their words allow. A text in the layout stays as it is,
/// and the meaning never changes.
public enum Formatter {
  /// How many columns a line should have at the most.
  public static let width = 100

  /// Lays a parsed text out; nothing if it has mistakes.
  public static func format(_ parsed: ParsedSource) -> String? {
    guard parsed.diagnostics.isEmpty else { return nil }
    let text = layout(of: parsed)
    // What is laid out must say the same; should it not, the fault is ours and the text stays.
    let again = Parser.parse(Source(name: parsed.source.name, text: text))
    guard again.diagnostics.isEmpty,
      Printer.print(again.statements) == Printer.print(parsed.statements)
    else { return parsed.source.text }
    return text
  }

  /// The layout of a text without mistakes, which is not looked at again.
  package static func layout(of parsed: ParsedSource) -> String {
    var printer = LayoutPrinter(LayoutWalk(parsed).pieces, width: width)
    return printer.print()
  }
}
