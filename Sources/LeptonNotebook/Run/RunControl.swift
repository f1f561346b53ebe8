import Dispatch
import Synchronization

/// Stops a run from outside: on a signal, or when time is up.
public final class RunControl: Sendable {
  /// Why a run is stopped as a whole.
  public enum StopReason: Sendable, Hashable {
    case interrupted, terminated, unwritable, outOfTime
  }

  private struct State {
    var reason: StopReason?
    var hasTimedOut = false
    /// Counts the cells, so that a clock knows whether its own cell still runs.
    var lap = 0
    var stoppedLap = 0
  }

  /// How many seconds a cell may go on after it was asked to stop, before the worker is killed.
  private static let grace = 3.0
  /// A queue of its own, which has a thread however many tasks keep the others busy.
  private static let clock = DispatchQueue(label: "clock of runs")

  private let state = Mutex(State())
  private let interrupt: @Sendable () -> Void
  private let terminate: @Sendable () -> Void
  private let isInterrupted: @Sendable () -> Bool

  /// Makes a control.
  ///
  /// - Parameters:
  ///   - interrupt: Asks the running cell to stop.
  ///   - terminate: Kills the worker.
  ///   - isInterrupted: Whether the running cell was interrupted by another way, and no further one
  ///     is to begin; it is asked between cells.
  public init(
    interrupt: @escaping @Sendable () -> Void = {}, terminate: @escaping @Sendable () -> Void = {},
    isInterrupted: @escaping @Sendable () -> Bool = { false }
  ) {
    self.interrupt = interrupt
    self.terminate = terminate
    self.isInterrupted = isInterrupted
  }

  /// Stops the run after the running cell, which is asked to stop; a second time, at once.
  public func stop(_ reason: StopReason) {
    let (isFirst, lap) = state.withLock { state in
      defer { state.reason = state.reason ?? reason }
      return (state.reason == nil, state.lap)
    }
    guard isFirst else { return terminate() }
    interrupt()
    killAfterGrace(lap)
  }

  /// Asks the running cell to stop, once; the run goes on.
  func stopCell() {
    let lap = state.withLock { state -> Int? in
      defer { state.stoppedLap = state.lap }
      return state.stoppedLap == state.lap ? nil : state.lap
    }
    guard let lap else { return }
    interrupt()
    killAfterGrace(lap)
  }

  /// Stops the run when its time is over.
  ///
  /// - Returns: The clock, which can be cancelled.
  func limiting(to seconds: Double) -> DispatchWorkItem {
    after(seconds) { $0.stop(.outOfTime) }
  }

  /// Why the run is stopped, if it is.
  public var stopReason: StopReason? {
    state.withLock { $0.reason } ?? (isInterrupted() ? .interrupted : nil)
  }

  /// Runs a cell under a clock.
  ///
  /// - Returns: What the cell's work returned, and whether time ran out.
  func timing<T>(_ seconds: Double?, _ work: () throws -> T) rethrows -> (T, timedOut: Bool) {
    let lap = state.withLock { state in
      state.lap += 1
      state.hasTimedOut = false
      return state.lap
    }
    let clock = seconds.map { after($0) { $0.expire(lap) } }
    defer {
      clock?.cancel()
      state.withLock { $0.lap += 1 }
    }
    let result = try work()
    return (result, hasTimedOut)
  }

  /// Whether time ran out for the cell that ran last.
  var hasTimedOut: Bool { state.withLock { $0.hasTimedOut } }

  private func expire(_ lap: Int) {
    let isCurrent = state.withLock { state in
      if state.lap == lap { state.hasTimedOut = true }
      return state.lap == lap
    }
    guard isCurrent else { return }
    interrupt()
    killAfterGrace(lap)
  }

  private func killAfterGrace(_ lap: Int) {
    after(Self.grace) { control in
      if control.state.withLock({ $0.lap == lap }) { control.terminate() }
    }
  }

  /// Does something after a time, unless it is cancelled.
  @discardableResult
  private func after(
    _ seconds: Double, _ body: @escaping @Sendable (RunControl) -> Void
  ) -> DispatchWorkItem {
    let item = DispatchWorkItem { [self] in body(self) }
    Self.clock.asyncAfter(deadline: .now() + seconds, execute: item)
    return item
  }
}
