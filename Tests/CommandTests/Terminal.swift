import Foundation
import Testing

/// A terminal in which a test types, as a person does.
final class Terminal {
  // Macros of the system that Swift does not see: TIOCSPTLCK, TIOCGPTN, POSIX_SPAWN_SETSID.
  private let setLock: UInt = 0x4004_5431
  private let getNumber: UInt = 0x8004_5430
  private let ownSession: Int16 = 0x80
  private var descriptor: Int32
  private var process: pid_t = 0
  /// Everything that has been written so far, without the returns at the ends of lines.
  private(set) var shown = ""
  /// What can be seen of it.
  private(set) var screen: SeenScreen
  /// The begin of a character that has not been written whole.
  private var rest: [UInt8] = []

  /// Starts a program, of the tests or at a path, in a terminal of 24 rows and 80 columns.
  init(
    _ program: String, _ arguments: [String] = [], folder: String? = nil,
    environment: [String] = [], rows: Int = 24, columns: Int = 80
  ) throws {
    screen = SeenScreen(rows: rows, columns: columns)
    descriptor = open("/dev/ptmx", O_RDWR | O_NOCTTY | O_CLOEXEC)
    var isLocked: Int32 = 0
    try #require(descriptor >= 0 && ioctl(descriptor, setLock, &isLocked) == 0)
    setSize(rows, columns)
    // What the test sets counts.
    let defaults = ["TERM=xterm", "NO_COLOR=1", "PATH=/usr/bin:/bin"].filter { setting in
      !environment.contains { $0.hasPrefix(setting.prefix { $0 != "=" } + "=") }
    }
    // The shell goes to the folder and becomes the program.
    try start(
      "/bin/sh",
      [
        "-c", "cd \"$0\" && exec \"$@\"", folder ?? ".",
        program.hasPrefix("/") ? program : "\(RunningProgram.programs)/\(program)",
      ] + arguments, defaults + environment)
  }

  deinit {
    if process > 0 {
      Foundation.kill(process, SIGKILL)
      waitpid(process, nil, 0)
    }
    if descriptor >= 0 { close(descriptor) }
  }

  private func start(_ path: String, _ arguments: [String], _ variables: [String]) throws {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    var number: Int32 = 0
    try #require(ioctl(descriptor, getNumber, &number) == 0)
    // In a session of its own the first terminal that is opened becomes the controlling one.
    for descriptor in [STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO] {
      posix_spawn_file_actions_addopen(&actions, descriptor, "/dev/pts/\(number)", O_RDWR, 0)
    }
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    // The threads on which tests run have signals blocked, and a child inherits that.
    var none = sigset_t()
    sigemptyset(&none)
    posix_spawnattr_setsigmask(&attributes, &none)
    posix_spawnattr_setflags(&attributes, ownSession | Int16(POSIX_SPAWN_SETSIGMASK))
    var words = ([path] + arguments).map { strdup($0) } + [nil]
    var settings = variables.map { strdup($0) } + [nil]
    defer { for text in words + settings { free(text) } }
    try #require(posix_spawn(&process, path, &actions, &attributes, &words, &settings) == 0)
  }

  /// Makes the terminal smaller or larger.
  func resize(rows: Int = 24, columns: Int) {
    screen.resize(rows: rows, columns: columns)
    setSize(rows, columns)
  }

  private func setSize(_ rows: Int, _ columns: Int) {
    var size = winsize(
      ws_row: UInt16(rows), ws_col: UInt16(columns), ws_xpixel: 0, ws_ypixel: 0)
    _ = ioctl(descriptor, UInt(TIOCSWINSZ), &size)
  }

  /// Types.
  func type(_ text: String) { type(Array(text.utf8)) }

  /// Types bytes, which need not be text.
  func type(_ bytes: [UInt8]) { _ = write(descriptor, bytes, bytes.count) }

  /// Waits until a text has been written after what was waited for before.
  func waitFor(_ text: String, sourceLocation: SourceLocation = #_sourceLocation) {
    while true {
      if let place = shown[seen...].range(of: text) {
        seen = place.upperBound
        return
      }
      guard read() else {
        Issue.record("\(text) was never shown: \(shown)", sourceLocation: sourceLocation)
        return
      }
    }
  }

  /// Waits until the screen looks as it should.
  func waitUntil(
    _ sourceLocation: SourceLocation = #_sourceLocation, _ isRight: (SeenScreen) -> Bool
  ) {
    while !isRight(screen) {
      guard read() else {
        Issue.record("it was never seen: \(screen.text)", sourceLocation: sourceLocation)
        return
      }
    }
  }

  /// Waits until a text stands in the line with the cursor, where the prompt waits for keys.
  func waitForLine(_ text: String, sourceLocation: SourceLocation = #_sourceLocation) {
    waitUntil(sourceLocation) { $0.line == text }
  }

  /// Reads what is written next.
  ///
  /// - Returns: Whether something was, in half a minute.
  private func read() -> Bool {
    var polls = [pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)]
    var buffer = [UInt8](repeating: 0, count: 4096)
    guard poll(&polls, 1, 30_000) > 0,
      case let count = Foundation.read(descriptor, &buffer, buffer.count), count > 0
    else { return false }
    rest += buffer[..<count]
    let begun = rest.suffix(3).lastIndex { $0 >= 0xC0 }.flatMap { place in
      rest.count - place < (rest[place] >= 0xF0 ? 4 : rest[place] >= 0xE0 ? 3 : 2) ? place : nil
    }
    let whole = rest[..<(begun ?? rest.count)]
    let distance = shown.utf8.distance(from: shown.startIndex, to: seen)
    // A terminal ends its lines with two characters, which Swift would take as one.
    shown += String(decoding: whole.filter { $0 != 13 }, as: UTF8.self)
    seen = shown.utf8.index(shown.startIndex, offsetBy: distance)
    screen.show(String(decoding: whole, as: UTF8.self))
    rest = Array(rest[whole.endIndex...])
    return true
  }

  private var seen = "".startIndex

  /// Waits for the program's end and gives its status.
  func wait() -> Int32 {
    var status: Int32 = 0
    while waitpid(process, &status, 0) < 0 && errno == EINTR {}
    process = 0
    return status & 0x7F == 0 ? status >> 8 & 0xFF : -(status & 0x7F)
  }

  /// Sends the program a signal.
  func send(_ signal: Int32) { Foundation.kill(process, signal) }

  /// Takes the terminal away.
  func hangUp() {
    close(descriptor)
    descriptor = -1
  }

  /// Ends the program as nothing can prevent.
  func kill() {
    Foundation.kill(process, SIGKILL)
    _ = wait()
  }

  /// The processes that the program started.
  var children: [pid_t] {
    guard let file = fopen("/proc/\(process)/task/\(process)/children", "r") else { return [] }
    defer { fclose(file) }
    var identifiers: [pid_t] = []
    var line = [CChar](repeating: 0, count: 256)
    guard fgets(&line, 256, file) != nil else { return [] }
    for word in String(
      decoding: line.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self
    )
    .split(separator: " ") {
      if let identifier = pid_t(word) { identifiers.append(identifier) }
    }
    return identifiers
  }
}
