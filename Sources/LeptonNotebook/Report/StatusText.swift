import LeptonDisplay
import LeptonSession

/// Says in words how a cell ended, where its outputs do not say it.
enum StatusText {
  /// A sentence for the report; nothing where none is needed.
  static func note(_ status: CellStatus) -> String? {
    switch status {
    case .passed, .failed, .rejected, .checkFailed: nil
    case .notAttempted: "**Not attempted yet.**"
    case .needs(let name, let id): "**Not run**: needs `\(name)` from `\(id)`."
    case .notRun(.mistakesBefore): nil
    case .notRun(.interrupted): "**Not run**: the run was interrupted."
    case .notRun(.workerGone(cell: "")): nil
    case .notRun(.workerGone(let cell)): "**Not run**: the worker died in `\(cell)`."
    case .notRun(.outOfTime): "**Not run**: the notebook's time was over."
    case .notRun(.stopped(let cell)): "**Not run**: `\(cell)` failed."
    case .notRun(.unwritable): "**Not run**: the report could not be written."
    case .skipped(let reason), .withoutData(let reason):
      "**Skipped**: \(MarkdownRenderer.escaped(reason))."
    case .interrupted: "**Interrupted.**"
    case .timedOut(let seconds): "**Stopped**: its time limit of \(length(seconds)) was reached."
    case .outOfTime(let seconds):
      "**Stopped**: the notebook's time limit of \(length(seconds)) was reached."
    case .workerDied(let how, let line):
      "**The worker died**\(line.map { " at line \($0)" } ?? ""): \(MarkdownRenderer.escaped(how))."
    }
  }

  /// A few words for the summary and for the log.
  static func words(_ outcome: CellOutcome) -> String {
    switch outcome.status {
    case .passed: "passed"
    case .failed: outcome.error.map { "\($0.code): \($0.message)" } ?? "failed"
    case .rejected: mistakes(outcome.errors)
    case .checkFailed:
      outcome.check.flatMap { $0.message.isEmpty ? nil : $0.message } ?? "the check does not hold"
    case .notAttempted: "not attempted yet"
    case .needs(let name, let id): "not run: needs \(name) from \(id)"
    case .notRun: "not run"
    case .skipped(let reason), .withoutData(let reason): "skipped: \(reason)"
    case .interrupted: "interrupted"
    case .timedOut(let seconds): "stopped after \(length(seconds))"
    case .outOfTime(let seconds): "stopped: the notebook's \(length(seconds)) were over"
    case .workerDied(let how, _): "the worker died: \(how)"
    }
  }

  /// The first of several mistakes, and how many more there are.
  private static func mistakes(_ errors: [Failure]) -> String {
    guard let first = errors.first else { return "failed" }
    let more = errors.count > 1 ? " (and \(errors.count - 1) more)" : ""
    return "\(first.code): \(first.message)\(more)"
  }

  /// A length of time as people write it.
  static func length(_ seconds: Double) -> String {
    let text = seconds.description
    return (text.hasSuffix(".0") ? String(text.dropLast(2)) : text) + " s"
  }
}

extension MetricBound {
  /// What it asks for, in a few words: `≥ 0.9, ≤ 1`.
  var words: String {
    var words: [String] = []
    if let minimum { words.append("≥ \(NumberText.text(of: minimum))") }
    if let maximum { words.append("≤ \(NumberText.text(of: maximum))") }
    if let value {
      let margin = tolerance.margin(around: value)
      words.append(
        NumberText.text(of: value) + (margin > 0 ? " ± \(NumberText.text(of: margin))" : ""))
    }
    return words.joined(separator: ", ")
  }
}
