import Glibc
import LeptonDisplay
import LeptonSession
import LeptonSyntax

/// Where a person, or a pipe, sees what evaluation gives.
///
/// At a terminal everything goes to standard output, in colours where there are any, and progress is
/// one line that is redrawn. Otherwise results go to standard output, failures and notices to
/// standard error, and there is no progress.
final class Screen {
  private let output = StandardStream(STDOUT_FILENO)
  private let errors = StandardStream(STDERR_FILENO)
  /// Whether a person sits at a terminal.
  let isInteractive: Bool
  /// How many columns of the line of progress stand on the terminal.
  private var progressColumns = 0
  private var course = TrainingCourse()
  /// Whether everything so far could be written.
  private(set) var isWritable = true

  /// Makes a screen.
  init(isInteractive: Bool) {
    self.isInteractive = isInteractive
  }

  /// Shows an output.
  func show(_ output: Output) {
    guard !isMuted,
      let shown = isInteractive ? LongOutput.cut(output, width: width) : output.withoutTimings
    else { return }
    clearProgress()
    let isForErrors =
      switch output {
      case .failure, .notice: !isInteractive
      default: false
      }
    let stream = isForErrors ? errors : self.output
    let renderer = TerminalRenderer(
      width: stream.isTerminal ? stream.width : 80, colours: colours(of: stream),
      foldsText: isInteractive)
    let isWritten = stream.write(renderer.text(of: shown) + "\n")
    if !isForErrors { isWritable = isWritable && isWritten }
  }

  /// Whether outputs are not shown, because they were shown before.
  var isMuted = false

  /// Tells something that is written in Markdown, between empty lines.
  func tell(_ markdown: String) {
    clearProgress()
    let text = TerminalProse.text(of: markdown, width: width, colours: colours)
    if !text.isEmpty { output.write("\n\(text)\n\n") }
  }

  /// Says what is being waited for, until something else is shown.
  func wait(_ text: String) {
    guard isInteractive, isCapable else { return }
    redraw(text)
  }

  /// Redraws the line of progress.
  func show(_ progress: Progress) {
    course.note(progress)
    guard isInteractive, isCapable else { return }
    let line = ProgressText.line(progress, trail: course.trail, width: output.width - 3)
    redraw(line)
  }

  /// Ends what is shown of a run: what a training told while it went on stays as a table.
  func endRun() {
    clearProgress()
    if isInteractive, !isMuted, let table = course.table { show(.table(table)) }
    course = TrainingCourse()
  }

  /// Says something about the program itself.
  func say(_ text: String) {
    clearProgress()
    guard isInteractive else { return _ = errors.write(text + "\n") }
    output.write(Paragraph.folded(text, to: width) + "\n")
  }

  /// Takes the line of progress away.
  func clearProgress() { if progressColumns > 0 { redraw("") } }

  /// Writes a line in the place of the one that was written so before, which a terminal that has become
  /// narrower has broken.
  private func redraw(_ line: String) {
    let above = max(0, progressColumns - 1) / max(1, width)
    output.write((above > 0 ? "\u{1B}[\(above)A" : "") + "\r\u{1B}[J\(line)")
    progressColumns = displayWidth(of: line)
  }

  /// Whether the terminal understands more than letters.
  var isCapable: Bool { Environment["TERM"].map { $0 != "dumb" } ?? false }

  /// How many columns there are.
  var width: Int { output.width }

  /// The colours in which results are shown.
  var colours: TerminalRenderer.Colours { colours(of: output) }

  private func colours(of stream: StandardStream) -> TerminalRenderer.Colours {
    guard stream.isTerminal, isCapable, Environment["NO_COLOR"] == nil else { return .none }
    let depth = Environment["COLORTERM"] ?? ""
    return depth == "truecolor" || depth == "24bit" ? .full : .palette
  }
}
