import LeptonData
import LeptonRuntime

extension TableObject {
  /// What was decided about a file, a row for each column.
  convenience init(_ report: TableReport) throws {
    let columns = report.columns
    var facts: [DataTable.Column] = [
      .init("column", .texts(Cells(columns.map(\.name)))),
      .init("type", .texts(Cells(columns.map(\.kind.rawValue)))),
      .init("missing", .integers(Cells(columns.map(\.missingCount)))),
      .init("refused", .integers(Cells(columns.map(\.refusedCount)))),
    ]
    var totals: Record = [
      "rows": .int(report.rowCount), "skipped": .int(report.skippedCount),
      "ragged": .int(report.raggedCount),
    ]
    if let separator = report.separator {
      totals["separator"] = .string(String(separator))
      facts += [
        .init("text_line", .integers(Cells(columns.map { $0.firstText?.line }))),
        .init("first_text", .texts(Cells(columns.map { $0.firstText?.text }))),
      ]
    }
    self.init(try DataTable(facts), totals: totals)
  }
}
