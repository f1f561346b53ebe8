import LeptonSyntax

/// Reads one entry after the other, whole.
@MainActor
struct EntryReader {
  /// What was typed.
  enum Entry {
    case text(String)
    case nothing
    /// Ctrl-C where nothing had been typed.
    case givenUp
    case end
    case signal(Int32)
  }

  private let screen: Screen

  /// Reads from the terminal that a screen shows.
  init(_ screen: Screen, assistance: Assistance) {
    self.screen = screen
    LineEditor.begin(isCapable: screen.isCapable, colours: screen.colours)
    LineEditor.complete = { assistance.complete($0, at: $1) }
    LineEditor.hint = { assistance.hint($0, at: $1, width: $2) }
  }

  /// Reads an entry, which begins with what is there already.
  ///
  /// - Parameter suggestion: What Enter enters where nothing has been typed.
  func read(prompt: String, text: String, suggestion: Suggestion) -> Entry {
    LineEditor.suggestion = suggestion
    var lines: [String] = []
    var indent = 0
    var begun = text
    while true {
      let margin =
        lines.isEmpty ? prompt : String(repeating: " ", count: prompt.count - 5) + "...> "
      switch LineEditor.read(prompt: margin, indent: indent, text: begun) {
      case .interruption(let hadText):
        let isEmpty = lines.isEmpty && !hadText
        screen.say(isEmpty ? "^C  (Ctrl-D leaves)" : "^C")
        return isEmpty ? .givenUp : .nothing
      case .end where lines.isEmpty:
        screen.say("")
        return .end
      case .end:
        screen.say("")
        return .nothing
      case .signal(let signal): return .signal(signal)
      case .entry(let line):
        lines.append(line)
        begun = ""
        let text = lines.joined(separator: "\n")
        if text.allSatisfy(\.isWhitespace) { return .nothing }
        // Where readline draws by itself, each line comes alone.
        guard !screen.isCapable, let code = TypingAid.code(of: text),
          case .incomplete(let depth) = completeness(of: String(code))
        else { return .text(text) }
        indent = depth
      }
    }
  }
}
