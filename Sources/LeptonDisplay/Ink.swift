/// What parts of a text are, and how a terminal shows them.
struct Ink: Sendable {
  /// What a part of a text is.
  enum Part {
    case error, warning, note, help, place, heading, faint, good
    /// The data of a series of a chart.
    case series(Int)
  }

  /// The colours that may be used.
  var colours: TerminalRenderer.Colours

  /// Writes a part of a text.
  func callAsFunction(_ part: Part, _ text: String) -> String {
    guard colours != .none, !text.isEmpty else { return text }
    return "\u{1B}[\(code(of: part))m\(text)\u{1B}[0m"
  }

  private func code(of part: Part) -> String {
    switch part {
    case .error: "1;31"
    case .warning: "1;33"
    case .note: "1;36"
    case .help: "32"
    case .place: "1"
    case .heading: "1"
    case .faint: "2"
    case .good: "32"
    case .series(let number): ["34", "33", "32", "35", "31", "36"][number % 6]
    }
  }
}
