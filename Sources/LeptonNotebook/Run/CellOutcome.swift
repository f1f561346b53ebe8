import LeptonSession

/// What became of a cell.
public struct CellOutcome: Sendable, Hashable {
  /// The cell.
  public var cell: NotebookCell
  /// What it is called.
  public var id: String
  /// How it ended.
  public var status: CellStatus
  /// How long it ran.
  public var seconds = 0.0
  /// Whether it was not run, because what it gives is known.
  public var isCached = false
  /// Whether it asked for something that differs from run to run, such as the time.
  public var isUnsteady = false
  /// What it gave, in order.
  public var outputs: [Output] = []
  /// What it found, if it is the check of an exercise.
  public var check: CheckVerdict?
  /// How its expectations were missed, in the order of the fences; nothing for one that was met or
  /// could not be compared.
  public var misses: [Failure?] = []

  /// What keeps its verdicts: the conditions of `expect` in its code.
  public var verdicts: [Verdict] {
    outputs.compactMap { if case .verdict(let verdict) = $0 { verdict } else { nil } }
  }

  /// The errors that it gave.
  var errors: [Failure] {
    outputs.compactMap { output in
      if case .failure(let failure) = output, failure.severity == .error { return failure }
      return nil
    }
  }

  /// The error that ended it, or the first of those that kept it from being run.
  public var error: Failure? { status == .rejected ? errors.first : errors.last }
}

/// How a cell ended.
public enum CellStatus: Sendable, Hashable {
  /// It ran, or failed as it was meant to.
  case passed
  /// It failed, or did not fail as it was meant to.
  case failed
  /// The exercise is not what it checks.
  case checkFailed
  /// The exercise is not done yet.
  case notAttempted
  /// The check before the run found mistakes in it.
  case rejected
  /// It needs a name that another cell did not come to define.
  case needs(name: String, from: String)
  /// It could not be run any more.
  case notRun(NotRunReason)
  /// Its author says that it is to be passed over.
  case skipped(String)
  /// It needs a data set that is not on this machine; how it is had is said.
  case withoutData(String)
  /// The user stopped it.
  case interrupted
  /// It took longer than it may.
  case timedOut(seconds: Double)
  /// The time of the whole notebook was over while it ran.
  case outOfTime(seconds: Double)
  /// The worker died while it ran.
  case workerDied(how: String, line: Int?)

  /// Whether the names that it defines are there for other cells.
  var givesNames: Bool { self == .passed }

  /// Whether the error that ended the cell is told at once.
  var isTold: Bool {
    switch self {
    case .failed, .timedOut, .outOfTime: true
    default: false
    }
  }

  /// Whether the error that ended the cell is told by how the cell ended.
  var isToldByItself: Bool {
    switch self {
    case .notAttempted, .withoutData: true
    default: false
    }
  }

  /// Whether nothing is to be said about it, because the same is true of all cells.
  var isUntold: Bool { self == .notRun(.mistakesBefore) || self == .notRun(.workerGone(cell: "")) }

  /// The code of the error by which a cell says that a data set is not there.
  static let absentData = "data/absent"

  /// What this says about the run.
  var exit: ExitCode {
    switch self {
    case .passed, .skipped, .withoutData, .needs, .notRun, .notAttempted: .success
    case .checkFailed: .expectationFailed
    case .failed: .cellFailed
    case .rejected: .unreadable
    case .interrupted: .interrupted
    case .timedOut, .outOfTime: .timeLimit
    case .workerDied: .internalFault
    }
  }

  /// The word for a cell to which the run did not come, or not with what it needs.
  static let notRunWord = "not run"

  /// The word for it in the results.
  public var word: String {
    switch self {
    case .passed: "passed"
    case .failed: "failed"
    case .rejected: "rejected"
    case .checkFailed: "check failed"
    case .notAttempted: "not attempted"
    case .needs, .notRun: Self.notRunWord
    case .skipped, .withoutData: "skipped"
    case .interrupted: "interrupted"
    case .timedOut, .outOfTime: "timed out"
    case .workerDied: "worker died"
    }
  }
}

/// Why a cell was not run although nothing is wrong with it.
public enum NotRunReason: Sendable, Hashable {
  /// The check before the run found mistakes somewhere.
  case mistakesBefore
  /// The user stopped the run.
  case interrupted
  /// The worker died in this cell.
  case workerGone(cell: String)
  /// The time of the whole notebook was over.
  case outOfTime
  /// This cell failed, and the notebook was to stop then.
  case stopped(cell: String)
  /// The report cannot be written.
  case unwritable
}
