import LeptonDisplay
import LeptonSession

/// What stands at the end of a report: only what exists, so nothing where all is well and nothing
/// was recorded or expected.
struct Summary {
  private let result: RunResult

  init(_ result: RunResult) { self.result = result }

  /// The blocks of Markdown.
  var blocks: [String] {
    let parts = [smoke, confinement, cells, exercises, metrics, expectations, timings].filter {
      !$0.isEmpty
    }
    return parts.isEmpty ? [] : ["## Summary"] + parts
  }

  private var smoke: String {
    result.isSmokeRun
      ? "*A smoke run: training was cut to one step, and nothing was compared.*" : ""
  }

  private var confinement: String {
    result.confinedBy.map { "*Run as a stranger's notebook, confined by \($0).*" } ?? ""
  }

  private var cells: String {
    let failed = result.outcomes.filter {
      $0.status != .passed && !$0.status.isUntold
    }
    if failed.isEmpty { return nothingRan }
    let rows = Self.joined(failed).flatMap { run in
      run.count > 3 ? [Self.row(of: run)] : run.map { Self.row(of: [$0]) }
    }
    let columns = ["cell", "line", "what happened"].map { Table.Column($0) }
    let table = MarkdownRenderer.markdown(of: Table(columns: columns, rows: rows))
    return nothingRan.isEmpty ? table : nothingRan + "\n\n" + table
  }

  /// Puts cells together that follow each other and were not run for the same reason: where a run was
  /// stopped at its beginning, one line tells of all the rest.
  private static func joined(_ outcomes: [CellOutcome]) -> [ArraySlice<CellOutcome>] {
    var runs: [ArraySlice<CellOutcome>] = []
    for (index, outcome) in outcomes.enumerated() {
      if let run = runs.last, let last = run.last, last.status.word == CellStatus.notRunWord,
        last.status == outcome.status, last.cell.index + 1 == outcome.cell.index
      {
        runs[runs.count - 1] = outcomes[run.startIndex...index]
      } else {
        runs.append(outcomes[index...index])
      }
    }
    return runs
  }

  private static func row(of run: ArraySlice<CellOutcome>) -> [Table.Cell] {
    guard let first = run.first, let last = run.last else { return [] }
    let line = first.error?.place.line ?? first.cell.line
    let words = StatusText.words(first)
    guard run.count > 1 else { return [.text(name(of: first)), .int(line), .text(words)] }
    return [
      .text("\(first.id) to \(last.id)"), .int(line), .text("\(words) (\(run.count) cells)"),
    ]
  }

  /// What a cell is called; a check, after what it checks.
  private static func name(of outcome: CellOutcome) -> String {
    outcome.cell.attributes.exercise.check.map { "check of \($0)" } ?? outcome.id
  }

  private var nothingRan: String {
    let hasUnrun = result.outcomes.contains {
      $0.status == .notRun(.mistakesBefore) || $0.status == .rejected
    }
    return hasUnrun ? "Nothing was run, because the check before the run found mistakes." : ""
  }

  /// How long each cell ran, where that is asked for: it differs from run to run.
  private var timings: String {
    let ran = result.outcomes.filter { $0.seconds > 0 }
    guard result.showsTimings, !ran.isEmpty else { return "" }
    return MarkdownRenderer.markdown(
      of: Table(
        columns: [.init("cell"), .init("seconds", .fixed(digits: 2))],
        rows: ran.map { [.text($0.id), .float($0.seconds)] }))
  }

  /// A line for each exercise; what is said of hidden checks keeps anybody from taking the visible ones
  /// for all.
  private var exercises: String {
    let exercises = result.notebook.exercises
    guard !exercises.isEmpty, nothingRan.isEmpty else { return "" }
    let rows = exercises.map { exercise -> [Table.Cell] in
      let verdicts = exercise.checks.map { result.outcomes[$0.index].check }
      let points = zip(exercise.checks, verdicts).reduce(0.0) { sum, pair in
        sum + exercise.points(of: pair.0) * (pair.1?.share ?? 0)
      }
      let hidden = exercise.cell.attributes.exercise.hiddenChecks
      let later =
        hidden == 0 ? "" : "\(hidden) hidden check\(hidden == 1 ? " runs" : "s run") at grading"
      return [
        .text(exercise.id), .int(verdicts.count { $0?.outcome == .passed }), .int(verdicts.count),
        hidden == 0 ? .float(points) : .missing, .float(exercise.points), .text(later),
      ]
    }
    let hasNotes = exercises.contains { $0.cell.attributes.exercise.hiddenChecks > 0 }
    let columns =
      ["exercise", "checks passed", "of", "points", "worth"] + (hasNotes ? ["note"] : [])
    return MarkdownRenderer.markdown(
      of: Table(
        columns: columns.map { Table.Column($0) },
        rows: rows.map { Array($0.prefix(columns.count)) }))
  }

  private var metrics: String {
    guard !result.metrics.isEmpty || !result.metricChecks.isEmpty else { return "" }
    let checks = Dictionary(result.metricChecks.map { ($0.bound.name, $0) }) { first, _ in first }
    let recorded = Set(result.metrics.map(\.name))
    let rows =
      result.metrics.map { Self.row($0.name, $0, checks[$0.name]) }
      + result.metricChecks.filter { !recorded.contains($0.bound.name) }
      .map { Self.row($0.bound.name, nil, $0) }
    let hasChecks = !checks.isEmpty
    let columns = ["metric", "value"] + (hasChecks ? ["expected", "holds"] : [])
    return MarkdownRenderer.markdown(
      of: Table(
        columns: columns.map { Table.Column($0) },
        rows: rows.map { Array($0.prefix(columns.count)) }))
  }

  private static func row(_ name: String, _ metric: Metric?, _ check: MetricCheck?) -> [Table.Cell]
  {
    [
      .text(name), value(metric), check.map { .text($0.bound.words) } ?? .missing,
      check.map { .text($0.holds ? "yes" : "no") } ?? .missing,
    ]
  }

  private static func value(_ metric: Metric?) -> Table.Cell {
    guard let metric else { return .text("not recorded") }
    if metric.isInteger, let whole = Int(exactly: metric.value) { return .int(whole) }
    return .float(metric.value)
  }

  private var expectations: String {
    let (all, holding) = result.expectations
    guard all > 0 else { return "" }
    if all == holding {
      return all == 1 ? "The expectation holds." : "All \(all) expectations hold."
    }
    let places = misses.map { "line \($0)" }.joined(separator: ", ")
    return "**\(all - holding) of \(all) expectations do not hold**: \(places)."
  }

  private var misses: [Int] {
    result.outcomes.flatMap { outcome in
      outcome.verdicts.filter { !$0.holds }.map(\.line)
        + outcome.misses.compactMap { $0?.place.line }
    }
  }
}
