import LeptonDisplay
import LeptonJSON
import LeptonSession

/// One table for several notebooks that were run at once.
public struct BatchReport {
  /// A notebook of a batch.
  public struct Run: Sendable {
    /// Its path, as the user gave it.
    public var path: String
    /// What came of it; nothing where it could not be run at all.
    public var result: RunResult?
    /// What the program would end with if it were alone.
    public var exit: ExitCode
    /// The link to its own report; nothing where there is none.
    public var link: String?

    /// Makes a notebook of a batch.
    public init(path: String, result: RunResult?, exit: ExitCode, link: String?) {
      self.path = path
      self.result = result
      self.exit = exit
      self.link = link
    }
  }

  private let runs: [Run]

  /// Gathers the runs of a batch.
  public init(_ runs: [Run]) { self.runs = runs }

  /// The report.
  public var markdown: String {
    let links = runs.compactMap { run in
      run.link.map { "[\(MarkdownRenderer.escaped(run.path))](\($0))" }
    }
    let reports = links.isEmpty ? "" : "\nReports: \(links.joined(separator: ", "))\n"
    let good = runs.count { $0.exit == .success }
    return """
      # \(good) of \(runs.count) notebooks passed

      \(MarkdownRenderer.markdown(of: table))
      \(reports)
      """
  }

  /// The results of all runs, each as `--results` writes it, as a JSON document.
  public func bytes() throws(JSONError) -> [UInt8] {
    var results: [JSON] = []
    for run in runs {
      let own = try run.result.map { run throws(JSONError) in try Results(run).json() }
      let head = [
        JSON.Member("notebook", .string(run.path)),
        JSON.Member("exit", .int(Int(run.exit.rawValue))),
      ]
      results.append(.object(head + (own?.members ?? [])))
    }
    return try (["notebooks": .array(results)] as JSON).bytes(.pretty) + [UInt8(ascii: "\n")]
  }

  /// How far a metric may move, as its notebook says: `n.lnb::loss`.
  public func tolerance(of metric: String) -> Tolerance {
    for run in runs {
      let prefix = run.path + ResultsComparison.separator
      guard metric.hasPrefix(prefix), let bounds = run.result?.notebook.frontMatter.metrics else {
        continue
      }
      let name = metric.dropFirst(prefix.count)
      if let bound = bounds.first(where: { $0.name == name }) { return bound.tolerance }
    }
    return Tolerance()
  }

  private var table: Table {
    Table(
      columns: ["notebook", "cells", "passed", "expectations", "held", "what happened"].map {
        Table.Column($0)
      },
      rows: runs.map { run in
        let cells = run.result?.outcomes.filter(\.cell.attributes.isEvaluated) ?? []
        let (all, holding) = run.result?.expectations ?? (0, 0)
        return [
          .text(run.path), .int(cells.count), .int(cells.count { $0.status == .passed }),
          .int(all), .int(holding), .text(run.exit.words),
        ]
      })
  }
}
