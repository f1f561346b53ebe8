import LeptonRuntime
import LeptonSession
import LeptonSyntax

extension Property {
  /// Whatever the cells: what the check tells lies within them, holds all that the parser tells, and
  /// is the same whether a cell is checked alone or run.
  static func check(_ library: Library) -> Property {
    Property("check") { bytes in
      let sources = cells(of: String(decoding: bytes, as: UTF8.self))
      let parsed = sources.map { Parser.parse($0) }
      let findings = Checker(words: library).check(parsed)
      guard findings.count == parsed.count else { return "\(findings.count) findings" }
      for (cell, finding) in zip(parsed, findings) {
        if let complaint = complaint(about: finding, of: cell, among: sources) { return complaint }
      }
      return nil
    }
  }

  private static func complaint(
    about finding: Checker.Finding, of cell: ParsedSource, among sources: [Source]
  ) -> String? {
    let told = Set(finding.diagnostics)
    if let missing = cell.diagnostics.first(where: { !told.contains($0) }) {
      return "the check does not tell \(missing.code)"
    }
    for diagnostic in finding.diagnostics {
      guard diagnostic.source == cell.source else { return "\(diagnostic.code) of another cell" }
      if let complaint = diagnostic.misplacement(among: sources) { return complaint }
    }
    let starts = finding.diagnostics.map(\.span.start)
    guard starts == starts.sorted() else { return "the mistakes are out of order" }
    return nil
  }

  /// Cuts a text at its blank lines, as case files are.
  private static func cells(of text: String) -> [Source] {
    var line = 1
    return text.split(separator: "\n\n", maxSplits: 20, omittingEmptySubsequences: false).map {
      cell in
      let source = Source(name: "fuzz.lep", text: String(cell), firstLine: line)
      line = source.location(of: source.text.utf8.count).line + 2
      return source
    }
  }
}
