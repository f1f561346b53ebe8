import Glibc
import LeptonDisplay
import LeptonNotebook
import LeptonSession

/// Shows on standard error how far a run is, and what went wrong.
final class ProgressDisplay {
  private let stream = StandardStream(STDERR_FILENO)
  private let style: ProgressStyle
  private let isQuiet: Bool
  /// The name that messages give to the notebook, and the one that the report does.
  private let path: String
  private let name: String

  /// The notebook that is run, once it is read.
  var notebook: Notebook?

  private var cell = ""
  private var cellStart = ContinuousClock.now
  private var lastShown = ContinuousClock.now
  private var hasLine = false

  init(_ command: RunCommand, name: String) {
    isQuiet = command.quiet
    path = command.notebook == "-" ? name : command.notebook
    self.name = name
    let automatic: ProgressStyle = stream.isTerminal && !Self.isDumb ? .bar : .plain
    style = command.quiet ? .none : command.progress == .auto ? automatic : command.progress
  }

  private static var isDumb: Bool { getenv("TERM").map { String(cString: $0) == "dumb" } ?? true }

  /// Takes an event of a run.
  func take(_ event: RunEvent) {
    switch event {
    case .cellBegan(let id, let number, let count):
      cell = "[\(number)/\(count)] \(id)"
      cellStart = .now
      lastShown = .now
      redraw("")
    case .progress(let progress): show(progress)
    case .cellEnded(let outcome): end(outcome)
    case .failure(let failure): show(failure)
    }
  }

  /// Takes how far a long piece of work is.
  func show(_ progress: Progress) {
    let interval: Duration = style == .bar ? .milliseconds(100) : .seconds(10)
    guard lastShown.duration(to: .now) >= interval else { return }
    lastShown = .now
    if style == .plain { stream.say("\(prefix)\(ProgressText.logLine(progress))") }
    redraw(ProgressText.line(progress, width: max(10, stream.width - prefix.count - 1)))
  }

  /// Shows a failure, in the words of the report but with the path the user gave.
  func show(_ failure: Failure) {
    if isQuiet, failure.severity != .error { return }
    clear()
    stream.say(FailureText.plain(located(failure)))
  }

  /// A failure with the path the user knows, and the lines of the file as it is.
  private func located(_ failure: Failure) -> Failure {
    if let notebook { return notebook.located(failure, path: path) }
    return failure.mapPlaces { place in
      if place.file == name { place.file = path }
    }
  }

  /// Says a sentence.
  func say(_ message: String, help: [String] = []) {
    clear()
    stream.say(([message] + help.map { "  = help: \($0)" }).joined(separator: "\n"))
  }

  /// Takes the redrawn line away.
  func clear() {
    if hasLine { try? stream.write("\r\u{1B}[K") }
    hasLine = false
  }

  private var prefix: String { cell.isEmpty ? "" : cell + "  " }

  private func end(_ outcome: CellOutcome) {
    clear()
    guard style == .plain, outcome.cell.attributes.isEvaluated else { return }
    guard !cell.isEmpty else { return stream.say("\(outcome.id): \(outcome.status.word)") }
    let seconds = cellStart.duration(to: .now) / .seconds(1)
    let time = NumberText.text(of: seconds, .fixed(digits: 1))
    stream.say("\(cell): \(outcome.status.word), \(time) s")
    cell = ""
  }

  private func redraw(_ line: String) {
    guard style == .bar else { return }
    try? stream.write("\r" + prefix + line + "\u{1B}[K")
    hasLine = true
  }
}
