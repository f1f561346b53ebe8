import Glibc
import LeptonDisplay
import LeptonFiles
import LeptonNotebook
import LeptonSession

/// Shows on standard error how far a run is, and what went wrong.
final class ProgressDisplay {
  private let stream = StandardStream(STDERR_FILENO)
  private let style: ProgressStyle
  private let isQuiet: Bool
  /// What stands before everything about this notebook where several are run: `[2/5] `.
  private let place: String
  /// The name that messages give to the notebook, and the one that the report does.
  private let path: String
  private let name: String

  /// The notebook that is run, once it is read.
  var notebook: Notebook?

  private var cell = ""
  private var cellName = ""
  private var cellStart = ContinuousClock.now
  private var lastShown = ContinuousClock.now
  private var hasLine = false
  /// Cells that ended alike without having begun, one after the other, of which nothing is said yet.
  private var unbegun: (first: String, last: String, count: Int, word: String)?

  init(_ command: RunCommand, path: String, name: String, place: String = "") {
    isQuiet = command.quiet
    self.path = path == "-" ? name : path
    self.name = name
    self.place = place
    let automatic: ProgressStyle = stream.isTerminal && !Self.isDumb ? .bar : .plain
    let wanted = command.quiet ? .none : command.progress == .auto ? automatic : command.progress
    // Lines that several notebooks draw over each other tell nothing.
    style = wanted == .bar && command.jobs > 1 ? .plain : wanted
  }

  private static var isDumb: Bool { getenv("TERM").map { String(cString: $0) == "dumb" } ?? true }

  /// Takes an event of a run.
  func take(_ event: RunEvent) {
    if case .cellBegan(let id, _, _) = event { cellName = id }
    if style == .json { return write(event) }
    switch event {
    case .cellBegan(let id, let number, let count):
      cell = "\(place)[\(number)/\(count)] \(id)"
      cellStart = .now
      lastShown = .now
      redraw("")
    case .progress(let progress): show(progress)
    case .cellEnded(let outcome): end(outcome)
    case .failure(let failure): show(failure)
    }
  }

  /// Writes an event as a line of JSON; of progress, no more than two lines in a second.
  private func write(_ event: RunEvent) {
    if case .progress = event {
      guard lastShown.duration(to: .now) >= .milliseconds(500) else { return }
      lastShown = .now
    }
    var event = event
    if case .failure(let failure) = event { event = .failure(located(failure)) }
    if let line = ProgressRecord.line(of: event, notebook: path, cell: cellName) {
      stream.say(line)
    }
  }

  /// Takes how far a long piece of work is.
  func show(_ progress: Progress) {
    if style == .json { return write(.progress(progress)) }
    let interval: Duration = style == .bar ? .milliseconds(100) : .seconds(10)
    guard lastShown.duration(to: .now) >= interval else { return }
    lastShown = .now
    if style == .plain { stream.say("\(prefix)\(ProgressText.logLine(progress))") }
    redraw(ProgressText.line(progress, width: max(10, stream.width - prefix.count - 1)))
  }

  /// Shows a failure, in the words of the report but with the path the user gave.
  func show(_ failure: Failure) {
    if isQuiet, failure.severity != .error { return }
    if style == .json { return write(.failure(failure)) }
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
    if style == .json {
      let line = ProgressRecord.line(saying: message, notebook: path)
      return stream.say(line ?? message)
    }
    clear()
    stream.say(([message] + help.map { "  = help: \($0)" }).joined(separator: "\n"))
  }

  /// Does something that may fail; tells why it did.
  func attempt(_ body: () throws -> Void) -> Ending {
    do {
      try body()
      return .success
    } catch let error as FileError {
      if error.code != StandardStream.closedPipe {
        say("error[\(error.code)]: \(error.message)", help: error.help)
      }
    } catch let refusal as RunRefusal {
      say(refusal.message, help: refusal.help)
    } catch {
      say("error[file/write]: \(error)")
    }
    return .notWritten
  }

  /// Makes room for a message: takes the redrawn line away, and says what was left to say.
  func clear() {
    if hasLine { try? stream.write("\r\u{1B}[K") }
    hasLine = false
    sayUnbegun()
  }

  private var prefix: String { cell.isEmpty ? "" : cell + "  " }

  private func end(_ outcome: CellOutcome) {
    guard !cell.isEmpty else { return endUnbegun(outcome) }
    clear()
    guard style == .plain, outcome.cell.attributes.isEvaluated else { return }
    if outcome.isCached { return stream.say("\(cell): \(outcome.status.word), known") }
    let seconds = cellStart.duration(to: .now) / .seconds(1)
    let time = NumberText.text(of: seconds, .fixed(digits: 1))
    stream.say("\(cell): \(outcome.status.word), \(time) s")
    cell = ""
  }

  /// Takes a cell along that ended without having begun: a thousand of them are one line.
  private func endUnbegun(_ outcome: CellOutcome) {
    guard style == .plain, outcome.cell.attributes.isEvaluated else { return }
    let word = outcome.status.word
    if unbegun?.word != word { sayUnbegun() }
    let before = unbegun ?? (first: outcome.id, last: "", count: 0, word: word)
    unbegun = (before.first, outcome.id, before.count + 1, word)
  }

  private func sayUnbegun() {
    guard let cells = unbegun else { return }
    unbegun = nil
    let several = cells.count > 1
    let names = several ? "\(cells.first) to \(cells.last)" : cells.first
    stream.say("\(place)\(names): \(cells.word)\(several ? " (\(cells.count) cells)" : "")")
  }

  private func redraw(_ line: String) {
    guard style == .bar else { return }
    try? stream.write("\r" + prefix + line + "\u{1B}[K")
    hasLine = true
  }
}
