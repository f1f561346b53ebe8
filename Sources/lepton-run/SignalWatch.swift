import Glibc
import LeptonLink
import LeptonNotebook

/// Turns the signals that end programs into the end of a run that still writes its report.
enum SignalWatch {
  /// From now on stops a run on SIGINT, SIGTERM and SIGHUP; a second signal stops it at once.
  static func begin(_ control: StopSwitch) {
    Signals.watch(SIGPIPE)  // So that a closed pipe is an error of `write` and no death,
    Signals.watch(SIGXFSZ)  // and a file that gets too large for the system, too.
    var ends: [Int32] = [-1, -1]
    guard pipe(&ends) == 0 else { return }
    var signals = sigset_t()
    sigemptyset(&signals)
    for signal in [SIGINT, SIGTERM, SIGHUP] {
      Signals.watch(signal, waking: ends[1])
      sigaddset(&signals, signal)
    }
    // Whoever started this program may have blocked them.
    pthread_sigmask(SIG_UNBLOCK, &signals, nil)
    let watcher = Unmanaged.passRetained(Watcher(control: control, descriptor: ends[0]))
    var thread = pthread_t()
    let failed = pthread_create(
      &thread, nil,
      { @Sendable argument in
        if let argument { Unmanaged<Watcher>.fromOpaque(argument).takeRetainedValue().watch() }
        return nil
      }, watcher.toOpaque())
    if failed == 0 { pthread_detach(thread) } else { watcher.release() }
  }
}

/// Waits on a thread of its own for the bytes that signals write.
private final class Watcher: Sendable {
  private let control: StopSwitch
  private let descriptor: Int32

  init(control: StopSwitch, descriptor: Int32) {
    self.control = control
    self.descriptor = descriptor
  }

  func watch() {
    var byte: UInt8 = 0
    while true {
      let count = read(descriptor, &byte, 1)
      if count == 1 {
        control.pull(Signals.count(of: SIGINT) > 0 ? .interrupted : .terminated)
      } else if count == 0 || errno != EINTR {
        return
      }
    }
  }
}
