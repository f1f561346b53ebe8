/// What a run ends with.
public enum ExitCode: Int32, Sendable, Hashable, CaseIterable {
  /// Everything ran, and everything that was expected holds.
  case success = 0
  /// A cell failed.
  case cellFailed = 1
  /// The command line or a parameter is wrong.
  case usage = 2
  /// An expectation, a metric or a check does not hold.
  case expectationFailed = 3
  /// The notebook cannot be parsed, or the check before the run found mistakes.
  case unreadable = 4
  /// There is nothing to run.
  case nothingToRun = 5
  /// A report, a picture or the results could not be written.
  case notWritten = 6
  /// The fault is ours: the worker died, or said what was not understood.
  case internalFault = 70
  /// A time limit was reached.
  case timeLimit = 124
  /// The user interrupted the run.
  case interrupted = 130
  /// The run was told to end.
  case terminated = 143

  /// What it says about a run, in a few words.
  var words: String {
    switch self {
    case .success: "all holds"
    case .cellFailed: "a cell failed"
    case .usage: "wrong usage"
    case .expectationFailed: "an expectation does not hold"
    case .unreadable: "the notebook has mistakes"
    case .nothingToRun: "nothing to run"
    case .notWritten: "not written"
    case .internalFault: "the worker died"
    case .timeLimit: "the time limit was reached"
    case .interrupted, .terminated: "interrupted"
    }
  }

  /// The codes from the one that wins over all others downwards.
  static let precedence: [ExitCode] = [
    .internalFault, .usage, .unreadable, .nothingToRun, .notWritten, .terminated, .interrupted,
    .timeLimit, .cellFailed, .expectationFailed, .success,
  ]

  /// The code of a run for which all these hold.
  public static func combining(_ codes: some Sequence<ExitCode>) -> ExitCode {
    let all = Set(codes)
    return precedence.first(where: all.contains) ?? .success
  }
}
