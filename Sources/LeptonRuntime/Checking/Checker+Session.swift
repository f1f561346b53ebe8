import LeptonSession
import LeptonSyntax

extension Checker {
  /// Parses and checks cells as a session is asked to.
  public func check(_ cells: [Cell]) -> [CellCheck] {
    let sources = cells.map { Source(name: $0.file, text: $0.text, firstLine: $0.firstLine) }
    return zip(cells, check(sources.map(Parser.parse))).map { cell, finding in
      CellCheck(
        id: cell.id, failures: finding.diagnostics.map { Failure($0) },
        foreseen: finding.foreseen.map { Failure($0) }, reads: finding.reads,
        defines: finding.defines)
    }
  }
}
