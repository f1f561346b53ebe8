@preconcurrency import CReadline
import CPlatform
import Glibc
import LeptonLink
import LeptonSession

/// Lines typed at a terminal, by GNU readline.
///
/// Readline keeps its state in globals, and so does this: there is one terminal. Its callback
/// interface is used with a `poll` of our own, so that Ctrl-C is seen at once.
@MainActor
enum LineEditor {
  /// What came from the terminal.
  enum Input {
    case line(String)
    /// Ctrl-C.
    case interruption
    /// Ctrl-D on an empty line.
    case end
    /// Another signal that ends the program.
    case signal(Int32)
  }

  /// Finds what may stand at a place of the line that is typed.
  static var complete: (_ line: String, _ offset: Int) -> [Completion] = { _, _ in [] }

  private static var finished: Input?
  private static let signals = [SIGINT, SIGTERM, SIGHUP]
  /// The ends of a pipe into which signals write.
  private static let wake: (reading: Int32, writing: Int32) = {
    var ends: [Int32] = [-1, -1]
    lepton_pipe(&ends)
    return (ends[0], ends[1])
  }()

  /// Prepares readline, once.
  static func begin() {
    rl_readline_name = UnsafePointer(strdup("lepton"))
    rl_catch_signals = 0
    rl_instream = stdin
    rl_outstream = stdout
    using_history()
    // Before the user's inputrc is read, which may say otherwise.
    rl_variable_bind("show-all-if-ambiguous", "on")
    rl_attempted_completion_function = { _, start, end in
      rl_attempted_completion_over = 1
      return CompletionList.matches(from: Int(start), to: Int(end))
    }
    rl_bind_key(9) { count, key in
      let typed = String(cString: rl_line_buffer).utf8.prefix(Int(rl_point))
      guard typed.allSatisfy({ $0 == UInt8(ascii: " ") }) else { return rl_complete(count, key) }
      return rl_insert_text("  ")
    }
  }

  /// Puts an entry where Up finds it.
  static func remember(_ entry: String) { add_history(entry) }

  /// Reads a line, which may have several if it was pasted or recalled.
  static func read(prompt: String, indent: Int = 0) -> Input {
    finished = nil
    for signal in signals { Signals.watch(signal, waking: wake.writing) }
    defer { for signal in signals where signal != SIGINT { Glibc.signal(signal, SIG_DFL) } }
    rl_callback_handler_install(prompt) { line in LineEditor.take(line) }
    if indent > 0 {
      rl_insert_text(String(repeating: " ", count: indent))
      rl_redisplay()
    }
    while finished == nil { waitForKey() }
    return finished ?? .end
  }

  private static func waitForKey() {
    var polls = [
      pollfd(fd: STDIN_FILENO, events: Int16(POLLIN), revents: 0),
      pollfd(fd: wake.reading, events: Int16(POLLIN), revents: 0),
    ]
    let count = poll(&polls, 2, -1)
    if count < 0 && errno != EINTR { finished = .end }
    if polls[1].revents != 0 { takeSignal() }
    if finished == nil && count > 0 && polls[0].revents != 0 { rl_callback_read_char() }
  }

  private static func take(_ line: UnsafeMutablePointer<CChar>?) {
    rl_callback_handler_remove()  // Otherwise readline shows its prompt again.
    guard let line else {
      finished = .end
      return
    }
    finished = .line(String(cString: line))
    free(line)
  }

  private static func takeSignal() {
    var number: UInt8 = 0
    guard Glibc.read(wake.reading, &number, 1) == 1 else { return }
    finished = Int32(number) == SIGINT ? .interruption : .signal(Int32(number))
    rl_free_line_state()
    rl_callback_sigcleanup()
    rl_replace_line("", 0)
    rl_callback_handler_remove()
  }
}

/// What Tab offers, in the form that readline takes.
@MainActor
private enum CompletionList {
  private static var rest: [String] = []

  /// Finds the completions of the word that stands from one byte of the line to another.
  static func matches(
    from start: Int, to end: Int
  ) -> UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>? {
    let line = String(cString: rl_line_buffer)
    let bytes = Array(line.utf8)
    rl_completion_append_character = 0
    rest = LineEditor.complete(line, end).reversed().compactMap { completion in
      replacement(completion, for: bytes, from: start, to: end)
    }
    guard !rest.isEmpty else { return nil }
    let word = String(decoding: bytes[min(start, end)..<min(end, bytes.count)], as: UTF8.self)
    return rl_completion_matches(word) { _, _ in CompletionList.next() }
  }

  /// What replaces readline's word, whose beginning may not be where the session sees it.
  private static func replacement(
    _ completion: Completion, for line: [UInt8], from start: Int, to end: Int
  ) -> String? {
    let begin = end - completion.replaces
    guard begin >= 0, start <= end, end <= line.count else { return nil }
    if begin >= start {
      return String(decoding: line[start..<begin], as: UTF8.self) + completion.text
    }
    let text = Array(completion.text.utf8)
    guard start - begin <= text.count else { return nil }
    return String(decoding: text[(start - begin)...], as: UTF8.self)
  }

  private static func next() -> UnsafeMutablePointer<CChar>? {
    rest.popLast().flatMap { strdup($0) }
  }
}
