import LeptonDisplay
import LeptonJSON
import LeptonSession

/// One report for all runs of a sweep: a table with a row for each.
public struct SweepReport {
  /// A run of a sweep.
  public struct Run: Sendable {
    /// What came of it.
    public var result: RunResult
    /// The link to its own report.
    public var link: String

    /// Makes a run.
    public init(_ result: RunResult, link: String) {
      self.result = result
      self.link = link
    }
  }

  private let title: String
  private let names: [String]
  private let runs: [Run]

  /// Gathers the runs of a sweep over the parameters with these names.
  public init(title: String, over names: [String], runs: [Run]) {
    self.title = title
    self.names = names
    self.runs = runs
  }

  /// The report.
  public var markdown: String {
    let links = runs.enumerated().map { number, run in "[\(number + 1)](\(run.link))" }
    return """
      # \(MarkdownRenderer.escaped(title))

      \(runs.count) runs over \(names.map { "`\($0)`" }.joined(separator: " and ")).

      \(MarkdownRenderer.markdown(of: table))

      Reports of the runs: \(links.joined(separator: ", ")).

      """
  }

  /// The results of all runs, each as `--results` writes it, as a JSON document.
  public func bytes() throws(JSONError) -> [UInt8] {
    var results: [JSON] = []
    for run in runs { results.append(try Results(run.result).json()) }
    return try (["runs": .array(results)] as JSON).bytes(.pretty) + [UInt8(ascii: "\n")]
  }

  private var table: Table {
    let metrics = metricNames
    let columns = ["run"] + names + metrics + (hasTrouble ? ["what happened"] : [])
    return Table(
      columns: columns.map { Table.Column($0) },
      rows: runs.enumerated().map { number, run in
        [.int(number + 1)] + names.map { Self.value(of: $0, in: run.result) }
          + metrics.map { Self.metric($0, in: run.result) }
          + (hasTrouble ? [.text(run.result.trouble)] : [])
      })
  }

  /// The recorded results of all runs, in the order in which they first occur.
  private var metricNames: [String] {
    var seen: Set<String> = []
    return runs.flatMap { $0.result.metrics.map(\.name) }.filter { seen.insert($0).inserted }
  }

  private var hasTrouble: Bool { runs.contains { $0.result.exit != .success } }

  private static func value(of name: String, in result: RunResult) -> Table.Cell {
    switch result.parameters.entries.first(where: { $0.parameter.name == name })?.value {
    case .int(let number): .int(number)
    case .float(let number): .float(number)
    case .bool(let flag): .bool(flag)
    case .string(let text): .text(text)
    case .list:
      result.parameters.entries.first { $0.parameter.name == name }
        .map { .text($0.value.source) } ?? .missing
    case nil: .missing
    }
  }

  private static func metric(_ name: String, in result: RunResult) -> Table.Cell {
    guard let metric = result.metrics.first(where: { $0.name == name }) else { return .missing }
    if metric.isInteger, let whole = Int(exactly: metric.value) { return .int(whole) }
    return .float(metric.value)
  }
}

extension RunResult {
  /// What went wrong, in a few words; nothing where all is well.
  fileprivate var trouble: String {
    let bad = testCases.filter { $0.verdict != .passed }.map(\.name)
    return exit == .success ? "" : bad.isEmpty ? exit.words : bad.joined(separator: ", ")
  }
}
