@preconcurrency import CReadline
import CPlatform
import Glibc
import LeptonDisplay
import LeptonLink
import LeptonSession

/// Entries typed at a terminal, by GNU readline.
///
/// Readline keeps its state in globals, and so does this: there is one terminal. Its callback
/// interface is used with a `poll` of our own, so that signals are seen at once; it edits the whole of
/// an entry, which may have several lines, and `LineEditor+Drawing` shows it.
@MainActor
enum LineEditor {
  /// What came from the terminal.
  enum Input {
    case entry(String)
    /// Ctrl-C, and whether there was something to give up.
    case interruption(hadText: Bool)
    /// Ctrl-D on an empty line.
    case end
    /// Another signal that ends the program.
    case signal(Int32)
  }

  /// Finds what may stand at a place of the entry, in UTF-8 bytes.
  static var complete: (_ text: String, _ offset: Int) -> [Completion] = { _, _ in [] }
  /// Tells in a line what stands at a place of the entry.
  static var hint: (_ text: String, _ offset: Int, _ width: Int) -> String? = { _, _, _ in nil }

  /// What Enter enters where nothing has been typed.
  static var suggestion = Suggestion()

  /// Gives the entries of the past; asked once, when the first prompt is to be seen.
  static var recollect: (() -> [String])?

  static var keys = KeyInput()
  static var past = Recollection()
  static var open = OpenEntry()
  /// Whether the terminal can be drawn upon; otherwise readline shows lines by itself.
  private(set) static var isCapable = false
  private static var finished: Input?
  private static let signals = [SIGINT, SIGTERM, SIGHUP, SIGTSTP, SIGCONT, SIGWINCH]
  /// How long nothing must be typed before a hint is looked for, in milliseconds.
  private static let pause: Int32 = 40
  /// The ends of a pipe into which signals write.
  private static let wake: (reading: Int32, writing: Int32) = {
    var ends: [Int32] = [-1, -1]
    lepton_pipe(&ends)
    return (ends[0], ends[1])
  }()

  /// Prepares readline, once.
  static func begin(isCapable: Bool, colours: TerminalRenderer.Colours) {
    self.isCapable = isCapable
    self.colours = colours
    useUTF8()
    rl_readline_name = UnsafePointer(strdup("lepton"))
    rl_catch_signals = 0
    rl_catch_sigwinch = 0
    rl_change_environment = 0
    rl_instream = stdin
    rl_outstream = stdout
    rl_getc_function = { _ in LineEditor.keys.next() }
    rl_input_available_hook = { LineEditor.isInputAvailable ? 1 : 0 }
    using_history()
    // Before the user's inputrc is read, which may say otherwise.
    rl_variable_bind("show-all-if-ambiguous", "on")
    rl_attempted_completion_function = { _, start, end in
      rl_attempted_completion_over = 1
      return CompletionList.matches(from: Int(start), to: Int(end))
    }
    bindKeys()
    if isCapable { rl_redisplay_function = { LineEditor.redisplay() } }
  }

  /// Lepton is written in UTF-8 whatever the environment says, and readline counts characters by it.
  private static func useUTF8() {
    setlocale(LC_CTYPE, "")
    let codes = nl_langinfo(nl_item(CODESET)).map { String(cString: $0) }
    if codes != "UTF-8" { setenv("LC_ALL", "C.UTF-8", 1) }
    setlocale(LC_CTYPE, "")
  }

  /// Puts an entry where Up and `^R` find it.
  static func remember(_ entry: String) {
    past.append(entry)
    add_history(entry)
  }

  /// Reads an entry; where the terminal cannot be drawn upon, a line of one.
  static func read(prompt: String, indent: Int = 0, text: String = "") -> Input {
    finished = nil
    open = OpenEntry()
    for signal in signals { Signals.watch(signal, waking: wake.writing) }
    defer { for signal in signals where signal != SIGINT { Glibc.signal(signal, SIG_DFL) } }
    beginDrawing()
    rl_callback_handler_install(prompt) { line in LineEditor.take(line) }
    let typed = String(repeating: " ", count: indent) + text
    if !typed.isEmpty {
      rl_insert_text(typed)
      rl_redisplay_function?()
    }
    if !suggestion.text.isEmpty { redisplay() }
    while finished == nil { waitForKey() }
    return finished ?? .end
  }

  private static func waitForKey() {
    if !keys.hasMore { draw() }
    if let recollect {
      self.recollect = nil
      for entry in recollect() { remember(entry) }
      using_history()  // From their end on.
    }
    var polls = [
      pollfd(fd: STDIN_FILENO, events: Int16(POLLIN), revents: 0),
      pollfd(fd: wake.reading, events: Int16(POLLIN), revents: 0),
    ]
    let patience = keys.hasMore ? 0 : lacksHint ? pause : -1
    let count = poll(&polls, 2, patience)
    if count < 0 && errno != EINTR { finished = .end }
    if count == 0 && !keys.hasMore { showHint() }
    // A signal that came with a key is seen only now, and what was typed after Ctrl-C comes after it.
    poll(&polls[1], 1, 0)
    if polls[1].revents != 0 { takeSignal() }
    let isReady = keys.hasMore || (count > 0 && polls[0].revents != 0)
    if finished == nil && isReady { rl_callback_read_char() }
  }

  /// Whether a key is there within the time that readline gives a sequence of keys.
  private static var isInputAvailable: Bool {
    let microseconds = rl_set_keyboard_input_timeout(0)
    rl_set_keyboard_input_timeout(microseconds)
    return keys.hasMore(within: microseconds / 1000)
  }

  private static func take(_ line: UnsafeMutablePointer<CChar>?) {
    rl_callback_handler_remove()  // Otherwise readline shows its prompt again.
    guard let line else {
      finished = .end
      return
    }
    finished = .entry(String(cString: line))
    free(line)
  }

  private static func takeSignal() {
    var number: UInt8 = 0
    guard Glibc.read(wake.reading, &number, 1) == 1 else { return }
    switch Int32(number) {
    case SIGINT: giveUp(.interruption(hadText: rl_end > 0))
    case SIGTSTP: pauseProcess()
    case SIGCONT: resume()
    case SIGWINCH: terminalChanged()
    default: giveUp(.signal(Int32(number)))
    }
  }

  private static func giveUp(_ input: Input) {
    finished = input
    rl_free_line_state()
    rl_callback_sigcleanup()
    finishDrawing()
    rl_replace_line("", 0)
    rl_callback_handler_remove()
  }

  /// Ctrl-Z: leaves the terminal as it was found and stops, until `fg`.
  private static func pauseProcess() {
    clearDrawing()
    rl_deprep_terminal()
    Glibc.signal(SIGTSTP, SIG_DFL)
    kill(getpid(), SIGTSTP)
    Signals.watch(SIGTSTP, waking: wake.writing)
    resume()
  }

  private static func resume() {
    rl_prep_terminal(1)
    beginDrawing()
    rl_forced_update_display()
  }
}
