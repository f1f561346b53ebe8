import LeptonDisplay
import LeptonJSON
import LeptonSession

/// Two results side by side: what a run recorded before, and what it records now.
public struct ResultsComparison: Sendable {
  /// A recorded number in both results.
  package struct Line: Sendable, Hashable {
    package var name: String
    package var before: Double?
    package var after: Double?
    /// Whether it stayed within the tolerance, or is new.
    package var holds: Bool
  }

  /// The recorded numbers, in the order of the newer results; those that are gone stand last.
  package let metrics: [Line]
  /// The cells that passed before and do not pass now.
  package let brokenCells: [String]

  /// Compares results that `--results` wrote; of several notebooks, and of the runs of a sweep, each by
  /// itself: `n.lnb::loss`, `lr=0.1 n=2::loss`.
  ///
  /// - Parameter tolerance: how far the number of a name may move; by default not at all.
  /// - Throws: ``RunRefusal`` if one of them is not such a file.
  public init(
    before: [UInt8], named beforeName: String, after: [UInt8], named afterName: String,
    tolerance: (_ metric: String) -> Tolerance = { _ in Tolerance() }
  ) throws(RunRefusal) {
    let before = try SavedResults(reading: before, name: beforeName)
    let after = try SavedResults(reading: after, name: afterName)
    let gone = before.metrics.filter { old in !after.metrics.contains { $0.name == old.name } }
    metrics = (after.metrics.map(\.name) + gone.map(\.name)).map { name in
      let old = before.value(of: name)
      let new = after.value(of: name)
      return Line(name: name, before: old, after: new, holds: Self.holds(old, new, tolerance(name)))
    }
    let passed = Set(before.passedCells)
    brokenCells = after.otherCells.filter(passed.contains)
  }

  /// What stands between the name of a notebook and that of a metric or cell.
  static let separator = "::"

  /// Whether everything stayed as it was, within the tolerance.
  public var holds: Bool { metrics.allSatisfy(\.holds) && brokenCells.isEmpty }

  /// The numbers as a table: before, after, the difference.
  public var table: Table {
    Table(
      columns: ["metric", "before", "after", "change", "holds"].map { Table.Column($0) },
      rows: metrics.map { line in
        [
          .text(line.name), Self.cell(line.before), Self.cell(line.after),
          Self.cell(line.before.flatMap { old in line.after.map { $0 - old } }),
          .text(line.holds ? "yes" : "no"),
        ]
      })
  }

  /// The table and a line for each broken cell, as Markdown.
  public var markdown: String {
    let cells = brokenCells.map { "- `\($0)` passed before and does not pass now" }
    let parts = [MarkdownRenderer.markdown(of: table), cells.joined(separator: "\n")]
    return parts.filter { !$0.isEmpty }.joined(separator: "\n\n") + "\n"
  }

  private static func holds(_ before: Double?, _ after: Double?, _ tolerance: Tolerance) -> Bool {
    guard let before else { return true }
    guard let after else { return false }
    return before == after || (before.isNaN && after.isNaN)
      || (after - before).magnitude <= tolerance.margin(around: before)
  }

  private static func cell(_ number: Double?) -> Table.Cell {
    guard let number else { return .missing }
    return Int(exactly: number).map { .int($0) } ?? .float(number)
  }
}

/// What a file of results says.
private struct SavedResults {
  let metrics: [(name: String, value: Double)]
  let passedCells: [String]
  let otherCells: [String]

  init(reading bytes: [UInt8], name: String) throws(RunRefusal) {
    let json: JSON
    do { json = try JSON(parsing: bytes) } catch {
      throw RunRefusal(.usage, "\(name): error[results/json]: \(error)")
    }
    guard let runs = Self.runs(in: json) else {
      throw RunRefusal(
        .usage, "\(name): error[results/format]: this file holds no results of a run",
        help: ["lepton-run NOTEBOOK --results FILE writes them"])
    }
    metrics = runs.flatMap { name, run in
      (run["metrics"]?.members ?? []).compactMap { member in
        Self.number(member.value).map { (name + member.key, $0) }
      }
    }
    let states = runs.flatMap { name, run in
      (run["cells"]?.arrayValue ?? []).map {
        (name + ($0["id"]?.stringValue ?? ""), $0["status"]?.stringValue ?? "")
      }
    }
    passedCells = states.filter { $0.1 == "passed" }.map(\.0)
    otherCells = states.filter { $0.1 != "passed" }.map(\.0)
  }

  func value(of name: String) -> Double? { metrics.first { $0.name == name }?.value }

  /// The runs that a document tells of, each with what stands before its names.
  private static func runs(in json: JSON) -> [(name: String, run: JSON)]? {
    if let notebooks = json["notebooks"]?.arrayValue {
      return notebooks.map { (prefix($0["notebook"]?.stringValue ?? ""), $0) }
    }
    if let runs = json["runs"]?.arrayValue {
      return runs.map { run in
        let values = (run["parameters"]?.members ?? []).map { member in
          "\(member.key)=\((try? member.value.text()) ?? "")"
        }
        return (prefix(values.joined(separator: " ")), run)
      }
    }
    guard json["metrics"]?.members != nil, json["cells"]?.arrayValue != nil else { return nil }
    return [("", json)]
  }

  private static func prefix(_ name: String) -> String { name + ResultsComparison.separator }

  /// A number; what is not finite stands in quotes.
  private static func number(_ json: JSON) -> Double? {
    json.doubleValue ?? ["nan": .nan, "inf": .infinity, "-inf": -.infinity][json.stringValue ?? ""]
  }
}
