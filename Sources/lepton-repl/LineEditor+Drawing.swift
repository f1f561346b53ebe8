@preconcurrency import CReadline
import Glibc
import LeptonDisplay

// What the terminal shows while an entry is typed: the entry in colours, and below it a hint or what
// may stand at the cursor.
extension LineEditor {
  static var colours: TerminalRenderer.Colours = .none
  private static let output = StandardStream(STDOUT_FILENO)
  private static var painter = EntryPainter(output)
  /// Whether the entry has changed since it was drawn.
  private static var isStale = false
  /// Whether a hint has not been looked for since the entry changed.
  private(set) static var lacksHint = false
  private static var below: [EntryLayout.Row] = []
  /// Whether a list stands there, which goes with the next key; a hint stays until there is another.
  private static var isListing = false
  /// What is to be shown once readline has taken note of the key.
  static var afterDispatch: (() -> Void)?

  /// Begins at the begin of a line, where nothing stands.
  static func beginDrawing() {
    painter.forget()
    (below, isListing, isStale, lacksHint) = ([], false, isCapable, false)
  }

  /// Notes that the entry, or the place in it, has changed: what readline asks for after each key.
  static func redisplay() {
    (isStale, lacksHint) = (true, true)
    if isListing { (below, isListing) = ([], false) }
    if afterDispatch == nil { forgetList() }
    afterDispatch?()
    afterDispatch = nil
  }

  /// Draws the entry, if it has changed.
  static func draw() {
    guard isStale, isCapable else { return }
    isStale = false
    painter.paint(layout(cursor: point), below: below, height: output.height)
  }

  /// Shows something below the entry until the next key.
  static func list(_ rows: [EntryLayout.Row]) {
    (below, isListing, isStale, lacksHint) = (rows, true, true, false)
  }

  /// Shows below the entry what is known of the word at the cursor, or what Enter would enter.
  static func showHint() {
    lacksHint = false
    guard isCapable else { return }
    let rows = hintLine.map { [faint("  " + $0)] } ?? []
    if rows != below { (below, isStale) = (rows, true) }
  }

  private static var hintLine: String? {
    if RL_ISSTATE(RL_STATE_ISEARCH) { return nil }
    guard text.isEmpty, let line = suggestion.text.split(separator: "\n").first else {
      return hint(text, point, output.width - 2)
    }
    return "Enter: \(line)" + (suggestion.text == line ? "" : " …")
  }

  /// Draws the entry without what stands below it and goes to the next line.
  static func finishDrawing() {
    guard isCapable else { return _ = output.write("\n") }
    // Nothing is marked in what is left behind.
    painter.finish(layout(cursor: -1), height: output.height)
    (below, isListing, isStale, lacksHint) = ([], false, false, false)
  }

  /// Takes the entry from the terminal.
  static func clearDrawing() { if isCapable { painter.clear() } }

  /// Takes note of another size of the terminal.
  static func terminalChanged() {
    rl_resize_terminal()
    guard isCapable else { return }
    painter.terminalChanged(to: output.width)
    redisplay()
  }

  /// A row that stays in the background.
  static func faint(_ text: String) -> EntryLayout.Row {
    EntryLayout.faintRow(text, width: output.width - 1, colours: colours)
  }

  /// The entry as it has been typed so far.
  static var text: String { rl_line_buffer.map { String(cString: $0) } ?? "" }

  /// Where the cursor stands in it, in bytes.
  static var point: Int { Int(rl_point) }

  private static func layout(cursor: Int) -> EntryLayout {
    let prompt = rl_display_prompt.map { String(cString: $0) } ?? ""
    let others = String(repeating: " ", count: max(0, prompt.count - 5)) + "...> "
    return EntryLayout(
      text, cursor: cursor, margins: .init(first: prompt, others: others), width: output.width,
      colours: colours, marks: TypingAid.marks(of: text))
  }

  private static func RL_ISSTATE(_ state: Int32) -> Bool { rl_readline_state & UInt(state) != 0 }
}
