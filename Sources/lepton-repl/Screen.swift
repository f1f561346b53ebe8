import Glibc
import LeptonDisplay
import LeptonSession

/// Where a person, or a pipe, sees what evaluation gives.
///
/// At a terminal everything goes to standard output, in colours where there are any, and progress is
/// one line that is redrawn. Otherwise results go to standard output, failures and notices to
/// standard error, and there is no progress.
final class Screen {
  private let output = StandardStream(STDOUT_FILENO)
  private let errors = StandardStream(STDERR_FILENO)
  private let isInteractive: Bool
  private var hasProgressLine = false
  /// Whether everything so far could be written.
  private(set) var isWritable = true

  /// Makes a screen.
  init(isInteractive: Bool) {
    self.isInteractive = isInteractive
  }

  /// Shows an output.
  func show(_ output: Output) {
    clearProgress()
    let isForErrors =
      switch output {
      case .failure, .notice: !isInteractive
      default: false
      }
    let stream = isForErrors ? errors : self.output
    let renderer = TerminalRenderer(
      width: stream.isTerminal ? stream.width : 80, colours: colours(of: stream))
    let shown = isInteractive ? output : output.withoutTimings
    let isWritten = stream.write(renderer.text(of: shown) + "\n")
    if !isForErrors { isWritable = isWritable && isWritten }
  }

  /// Redraws the line of progress.
  func show(_ progress: Progress) {
    guard isInteractive, isCapable else { return }
    let line = ProgressText.line(progress, width: output.width - 1)
    output.write("\r\u{1B}[K\(line)")
    hasProgressLine = true
  }

  /// Says something about the program itself.
  func say(_ text: String) {
    clearProgress()
    (isInteractive ? output : errors).write(text + "\n")
  }

  /// Takes the line of progress away.
  func clearProgress() {
    guard hasProgressLine else { return }
    output.write("\r\u{1B}[K")
    hasProgressLine = false
  }

  /// Whether the terminal understands more than letters.
  private var isCapable: Bool { Environment["TERM"].map { $0 != "dumb" } ?? false }

  private func colours(of stream: StandardStream) -> TerminalRenderer.Colours {
    guard stream.isTerminal, isCapable, Environment["NO_COLOR"] == nil else { return .none }
    let depth = Environment["COLORTERM"] ?? ""
    return depth == "truecolor" || depth == "24bit" ? .full : .palette
  }
}
