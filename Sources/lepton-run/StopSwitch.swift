import LeptonNotebook
import Synchronization

/// Stops everything that runs, and what begins later, too.
final class StopSwitch: Sendable {
  private struct State {
    var controls: [RunControl] = []
    var reason: RunControl.StopReason?
  }
  private let state = Mutex(State())

  /// Watches the signals that end programs from now on.
  init() { SignalWatch.begin(self) }

  /// Whether nothing more is to be begun.
  var isPulled: Bool { state.withLock { $0.reason != nil } }

  /// Takes a run along while it is going on.
  func with<Result>(_ control: RunControl, _ work: () throws(RunRefusal) -> Result)
    throws(RunRefusal) -> Result
  {
    let reason = state.withLock { state in
      state.controls.append(control)
      return state.reason
    }
    if let reason { control.stop(reason) }
    defer { state.withLock { $0.controls.removeAll { $0 === control } } }
    return try work()
  }

  /// Stops all; a second time, at once.
  func pull(_ reason: RunControl.StopReason) {
    let controls = state.withLock { state in
      state.reason = state.reason ?? reason
      return state.controls
    }
    for control in controls { control.stop(reason) }
  }
}
