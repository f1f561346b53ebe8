import Foundation
import Testing

/// A terminal in which a test types, as a person does.
final class Terminal {
  // Macros of the system that Swift does not see: TIOCSPTLCK, TIOCGPTN, POSIX_SPAWN_SETSID.
  private let setLock: UInt = 0x4004_5431
  private let getNumber: UInt = 0x8004_5430
  private let ownSession: Int16 = 0x80
  private let screen: Int32
  private var process: pid_t = 0
  /// Everything that has been shown so far.
  private(set) var shown = ""

  /// Starts a program in a terminal of 80 columns.
  init(
    _ program: String, _ arguments: [String] = [], folder: String? = nil,
    environment: [String] = []
  ) throws {
    screen = open("/dev/ptmx", O_RDWR | O_NOCTTY | O_CLOEXEC)
    var isLocked: Int32 = 0
    try #require(screen >= 0 && ioctl(screen, setLock, &isLocked) == 0)
    var size = winsize(ws_row: 24, ws_col: 80, ws_xpixel: 0, ws_ypixel: 0)
    _ = ioctl(screen, UInt(TIOCSWINSZ), &size)
    // What the test sets counts.
    let defaults = ["TERM=xterm", "NO_COLOR=1", "PATH=/usr/bin:/bin"].filter { setting in
      !environment.contains { $0.hasPrefix(setting.prefix { $0 != "=" } + "=") }
    }
    // The shell goes to the folder and becomes the program.
    try start(
      "/bin/sh",
      [
        "-c", "cd \"$0\" && exec \"$@\"", folder ?? ".", "\(RunningProgram.programs)/\(program)",
      ] + arguments, defaults + environment)
  }

  deinit {
    if process > 0 {
      Foundation.kill(process, SIGKILL)
      waitpid(process, nil, 0)
    }
    close(screen)
  }

  private func start(_ path: String, _ arguments: [String], _ variables: [String]) throws {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    var number: Int32 = 0
    try #require(ioctl(screen, getNumber, &number) == 0)
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

  /// Makes the terminal narrower or wider.
  func resize(columns: UInt16) {
    var size = winsize(ws_row: 24, ws_col: columns, ws_xpixel: 0, ws_ypixel: 0)
    _ = ioctl(screen, UInt(TIOCSWINSZ), &size)
  }

  /// Types.
  func type(_ text: String) { _ = write(screen, text, text.utf8.count) }

  /// Waits until a text has been shown after what was waited for before.
  func waitFor(_ text: String, sourceLocation: SourceLocation = #_sourceLocation) {
    var polls = [pollfd(fd: screen, events: Int16(POLLIN), revents: 0)]
    var buffer = [UInt8](repeating: 0, count: 4096)
    while true {
      if let place = shown[seen...].range(of: text) {
        seen = place.upperBound
        return
      }
      guard poll(&polls, 1, 30_000) > 0, case let count = read(screen, &buffer, buffer.count),
        count > 0
      else {
        Issue.record("\(text) was never shown: \(shown)", sourceLocation: sourceLocation)
        return
      }
      let distance = shown.utf8.distance(from: shown.startIndex, to: seen)
      // A terminal ends its lines with two characters, which Swift would take as one.
      shown += String(decoding: buffer[..<count].filter { $0 != 13 }, as: UTF8.self)
      seen = shown.utf8.index(shown.startIndex, offsetBy: distance)
    }
  }

  private var seen = "".startIndex

  /// Waits for the program's end and gives its status.
  func wait() -> Int32 {
    var status: Int32 = 0
    while waitpid(process, &status, 0) < 0 && errno == EINTR {}
    process = 0
    return status & 0x7F == 0 ? status >> 8 & 0xFF : -(status & 0x7F)
  }

  /// Ends the program as a scheduler does.
  func terminate() { Foundation.kill(process, SIGTERM) }

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
