import LeptonSession

/// Proves the checks of a master: solutions pass, what is not done does not, tries end as stated.
public struct SelfTest {
  /// Something that was proved, or is not so.
  public struct Finding: Sendable, Hashable {
    /// The exercise.
    public var exercise: String
    /// The line of the cell that was run in its place.
    public var line: Int
    /// What was tried: `solution`, `stub`, `try`.
    public var what: String
    /// What is wrong; nothing where all is as it should be.
    public var problem: String?
  }

  private let key: Notebook
  private let options: RunOptions
  private let start: ExerciseRun.Start

  /// Prepares the test of a master.
  public init(_ key: Notebook, options: RunOptions, start: @escaping ExerciseRun.Start) {
    self.key = key
    self.options = options
    self.start = start
  }

  /// Runs solutions, stubs and tries.
  ///
  /// - Parameter told: Is told each finding when it is known.
  public func findings(told: (Finding) -> Void) throws(RunRefusal) -> [Finding] {
    var findings: [Finding] = []
    for exercise in key.exercises {
      for (what, cell, code) in tries(of: exercise) {
        let run = ExerciseRun(key, exercise, start: start)
        let seed = options.seed ?? key.frontMatter.seed ?? 0
        let result = try run.result(of: code, seeds: [seed, seed &+ 1], options: options)
        let finding = Finding(
          exercise: exercise.id, line: cell.line, what: what,
          problem: problem(what, cell.attributes.exercise, exercise, result))
        told(finding)
        findings.append(finding)
      }
    }
    return findings
  }

  private func tries(of exercise: Exercise) -> [(String, NotebookCell, String)] {
    let code = exercise.cell.code
    return [("solution", exercise.cell, code), ("stub", exercise.cell, exercise.stub)]
      + exercise.attempts.map { ("try", $0, $0.code) }
  }

  private func problem(
    _ what: String, _ attributes: ExerciseAttributes, _ exercise: Exercise,
    _ result: ExerciseRun.Result
  ) -> String? {
    let missed = zip(exercise.checks, result.verdicts).filter { $0.1.share < 1 }
    let mustPass = what == "solution" || (what == "try" && attributes.attemptPasses)
    if mustPass {
      guard let (check, verdict) = missed.first else { return nil }
      let why = ([result.problem] + [verdict.message] + verdict.values).compactMap { $0 }
        .filter { !$0.isEmpty }.joined(separator: "; ")
      return "the check at line \(check.line) does not hold: \(why)"
    }
    guard !missed.isEmpty else { return "all checks hold, and one should not" }
    guard let wanted = attributes.message else { return nil }
    let said = missed.map(\.1.message) + [result.problem ?? ""]
    return said.contains { $0.contains(wanted) }
      ? nil : "nothing that is said holds \"\(wanted)\": \(said.filter { !$0.isEmpty })"
  }
}
