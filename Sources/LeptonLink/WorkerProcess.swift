import CPlatform
import Glibc
import Synchronization

/// A child process that speaks on descriptor 3.
///
/// It gets no other descriptor of ours than standard error, which is its standard output too: what a
/// library prints never mixes with what a front end prints. It stays in our process group, so that
/// Ctrl-Z stops both, but takes no notice of the signals by which a person or a scheduler ends the
/// front end, which decides for both. If the front end dies, the worker reads the end of its socket.
final class WorkerProcess: Sendable {
  /// The descriptor on which the worker finds its socket.
  static let socketNumber: Int32 = 3
  /// The status with which CKernels ends a process whose processor lacks what it was built for.
  fileprivate static let unsuitedProcessor: Int32 = 78
  /// Signals that only the front end heeds.
  private static let ignoredSignals = [SIGINT, SIGTERM, SIGHUP]

  /// Its identifier, which another process may get once `ending` is known.
  let identifier: pid_t
  /// Becomes readable when the process ends; -1 where the kernel cannot do that.
  let descriptor: Descriptor
  private let state = Mutex(State())

  private struct State {
    var ending: Ending?
    var wasKilledByUs = false
  }

  /// How a process ended.
  enum Ending: Hashable {
    case exited(Int32)
    case killed(signal: Int32, byUs: Bool)
  }

  /// Starts the program with that socket.
  init(
    program: String, arguments: [String] = [], socket: Descriptor
  ) throws(SystemFailure) {
    identifier = try WorkerProcess.spawn(program, arguments, socket: socket)
    descriptor = Descriptor(lepton_process_open(identifier))
  }

  deinit {
    kill()
    _ = wait(milliseconds: 5000)
  }

  /// Kills it, if it lives.
  func kill() {
    state.withLock { state in
      guard state.ending == nil, poll(&state) == nil else { return }
      state.wasKilledByUs = true
      _ = Glibc.kill(identifier, SIGKILL)
    }
  }

  /// Tells how it ended, if it has.
  func endingIfOver() -> Ending? {
    state.withLock { poll(&$0) }
  }

  /// Waits that many milliseconds at most until it ends; for ever if negative.
  func wait(milliseconds: Int32 = -1) -> Ending? {
    var left = milliseconds
    while true {
      if let ending = endingIfOver() { return ending }
      if left == 0 { return nil }
      let slice = descriptor.number >= 0 ? left : left < 0 ? 50 : min(left, 50)
      _ = Readiness.wait(reading: [descriptor.number], milliseconds: slice)
      if left > 0 { left -= min(left, max(1, slice)) }
    }
  }

  /// Asks the system without waiting; the first answer takes the child out of its tables, so it is kept.
  private func poll(_ state: inout State) -> Ending? {
    if state.ending != nil { return state.ending }
    var status: Int32 = 0
    let result = waitpid(identifier, &status, WNOHANG)
    if result == identifier {
      let signal = lepton_exit_signal(status)
      state.ending =
        signal == 0
        ? .exited(lepton_exit_status(status)) : .killed(signal: signal, byUs: state.wasKilledByUs)
    } else if result < 0 && errno == ECHILD {
      state.ending = .exited(0)
    }
    return state.ending
  }

  private static func spawn(
    _ program: String, _ arguments: [String], socket: Descriptor
  ) throws(SystemFailure) -> pid_t {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_adddup2(&actions, STDERR_FILENO, STDOUT_FILENO)
    posix_spawn_file_actions_adddup2(&actions, socket.number, socketNumber)
    lepton_spawn_close_from(&actions, socketNumber + 1)

    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var every = sigset_t()
    sigfillset(&every)
    var blocked = signalSet(holding: ignoredSignals)
    posix_spawnattr_setsigdefault(&attributes, &every)
    posix_spawnattr_setsigmask(&attributes, &blocked)
    posix_spawnattr_setflags(
      &attributes, Int16(POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK))

    var identifier: pid_t = 0
    let result = withCStrings([program] + arguments) { arguments in
      withCStrings(WorkerEnvironment.variables) { environment in
        posix_spawn(&identifier, program, &actions, &attributes, arguments, environment)
      }
    }
    guard result == 0 else { throw SystemFailure(result) }
    return identifier
  }

  private static func signalSet(holding signals: [Int32]) -> sigset_t {
    var set = sigset_t()
    sigemptyset(&set)
    for signal in signals { sigaddset(&set, signal) }
    return set
  }
}

extension WorkerProcess.Ending {
  /// What the process did, as the end of a sentence that begins with "the worker".
  var description: String {
    switch self {
    case .exited(WorkerProcess.unsuitedProcessor): "needs a processor with AVX2 and FMA"
    case .exited(Confinement.failedStatus): "could not be confined as a stranger's program must be"
    case .exited(let status): "ended by itself with status \(status)"
    case .killed(_, byUs: true): "was stopped"
    case .killed(SIGKILL, _):
      "was killed (SIGKILL), most often because the machine ran out of memory"
    case .killed(SIGILL, _): "hit an internal error of Lepton (SIGILL)"
    case .killed(SIGTRAP, _): "hit an internal error of Lepton (SIGTRAP)"
    case .killed(SIGSEGV, _): "touched memory that it does not have (SIGSEGV)"
    case .killed(SIGBUS, _): "touched memory that it does not have (SIGBUS)"
    case .killed(SIGABRT, _): "gave up (SIGABRT), most often because it ran out of memory"
    case .killed(let signal, _): "was ended by signal \(signal)"
    }
  }
}

/// Lends texts as a null-terminated array of C strings.
private func withCStrings<Result>(
  _ texts: [String], _ body: (UnsafePointer<UnsafeMutablePointer<CChar>?>) -> Result
) -> Result {
  var copies: [UnsafeMutablePointer<CChar>?] = texts.map { strdup($0) }
  copies.append(nil)
  defer { for copy in copies { free(copy) } }
  return copies.withUnsafeBufferPointer { buffer in
    withUnsafePointer(to: nil as UnsafeMutablePointer<CChar>?) { body(buffer.baseAddress ?? $0) }
  }
}
