import LeptonDisplay
import LeptonSession

/// What a check found.
public struct CheckVerdict: Sendable, Hashable {
  /// How a check can end.
  public enum Outcome: String, Sendable, Hashable {
    case passed, failed
    /// What is to be checked is not done yet.
    case notAttempted = "not attempted"
    /// It could not be run.
    case notRun = "not run"
  }

  /// How it ended.
  public var outcome: Outcome
  /// The share of its points that was earned, from 0 to 1.
  public var share: Double
  /// Why there is a part of the points, in the author's words.
  public var reasons: [String]
  /// What is said to whoever learns; may be empty.
  public var message: String
  /// The values that were seen: of use only where the check may be seen.
  public var values: [String]

  /// The code of the error by which an exercise says that it is not done yet.
  static let todo = "exercise/todo"
  /// What stands before the reason in the name of an award's record.
  static let award = "award: "

  /// Judges what became of a check.
  init(_ outcome: CellOutcome) {
    let exercise = outcome.cell.attributes.exercise
    let lines = outcome.cell.line...outcome.cell.line + outcome.cell.code.utf8.count
    // An `expect` in a function of whoever learns does not count.
    let verdicts = outcome.verdicts.filter { lines.contains($0.line) }
    let awards = outcome.awards
    reasons = awards.map(\.reason)
    values = Self.values(of: verdicts) + Self.values(of: outcome.error)
    message = ""
    switch outcome.status {
    case .passed where verdicts.allSatisfy(\.holds):
      let earned = awards.isEmpty ? 1 : awards.map(\.share).reduce(0, +)
      share = min(max(earned, 0), 1)
      self.outcome = share >= 1 ? .passed : .failed
    case .notAttempted: (self.outcome, share) = (.notAttempted, 0)
    case .failed where outcome.error?.code == Self.todo:
      (self.outcome, share) = (.notAttempted, 0)
    case .passed, .failed, .timedOut, .outOfTime, .workerDied:
      (self.outcome, share) = (.failed, 0)
    default: (self.outcome, share) = (.notRun, 0)
    }
    message = Self.message(self.outcome, exercise, verdicts)
  }

  private static func message(
    _ outcome: Outcome, _ exercise: ExerciseAttributes, _ verdicts: [Verdict]
  ) -> String {
    switch outcome {
    case .passed: exercise.pass ?? ""
    case .failed:
      exercise.fail ?? verdicts.first { !$0.holds && !$0.message.isEmpty }?.message ?? ""
    case .notAttempted, .notRun: ""
    }
  }

  private static func values(of verdicts: [Verdict]) -> [String] {
    verdicts.filter { !$0.holds }.flatMap { verdict in
      verdict.operands.map { "\($0.source) = \($0.value)" }
    }
  }

  private static func values(of error: Failure?) -> [String] {
    error.map { $0.code == todo ? [] : ["error[\($0.code)]: \($0.message)"] } ?? []
  }
}

extension CellOutcome {
  /// Parts of the points that the check gave, each with its reason.
  fileprivate var awards: [(share: Double, reason: String)] {
    outputs.compactMap { output in
      guard case .record(let metric) = output, metric.name.hasPrefix(CheckVerdict.award) else {
        return nil
      }
      return (metric.value, String(metric.name.dropFirst(CheckVerdict.award.count)))
    }
  }
}
