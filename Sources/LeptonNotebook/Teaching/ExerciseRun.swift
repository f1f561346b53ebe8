import LeptonSession

/// Runs the checks of one exercise over an answer to it.
///
/// All else is the master's: its cells, its answers to the other exercises, its checks. So a wrong
/// answer spoils nothing but itself, and what whoever learns wrote elsewhere has no effect.
public struct ExerciseRun {
  /// Makes a session that nothing has run in, and what stops it from outside.
  public typealias Start =
    @Sendable () throws(RunRefusal) -> (session: any Session, control: RunControl)

  /// Where checks stand, so that no line of an answer can be taken for one of theirs.
  private static let checkLines = 1_000_000

  private let key: Notebook
  private let exercise: Exercise
  private let start: Start

  /// Prepares the checks of an exercise of a master.
  public init(_ key: Notebook, _ exercise: Exercise, start: @escaping Start) {
    self.key = key
    self.exercise = exercise
    self.start = start
  }

  /// What came of an answer: a verdict for each check, or why it was not even run.
  public struct Result: Sendable {
    /// A verdict for each check, in order.
    public var verdicts: [CheckVerdict]
    /// Why the answer was refused, or how it failed; nothing where it ran.
    public var problem: String?

    /// The share of each check's points that was earned.
    var shares: [Double] { verdicts.map(\.share) }
  }

  /// Grades an answer, which must hold with two seeds.
  public func grade(of answer: String, options: RunOptions) throws(RunRefusal) -> Grade.Entry {
    let seed = options.seed ?? key.frontMatter.seed ?? 0
    let result = try result(of: answer, seeds: [seed, seed &+ 1], options: options)
    return Grade.Entry(
      exercise: exercise, verdicts: result.verdicts, note: result.problem ?? "")
  }

  /// Runs an answer, once with each seed; what holds with one seed only does not hold.
  public func result(
    of answer: String, seeds: [Int], options: RunOptions
  ) throws(RunRefusal) -> Result {
    var worst: Result?
    for seed in seeds {
      var options = options
      options.seed = seed
      let result = try self.result(of: answer, options)
      if worst.map({ result.shares.reduce(0, +) < $0.shares.reduce(0, +) }) ?? true {
        worst = result
      }
      if result.verdicts.allSatisfy({ $0.share == 0 }) { break }
    }
    return worst ?? Result(verdicts: [], problem: nil)
  }

  private func result(of answer: String, _ options: RunOptions) throws(RunRefusal) -> Result {
    let (session, control) = try start()
    var notebook = derived(answer)
    let cells = notebook.cells.filter(\.attributes.isEvaluated)
    let asked = cells.map { $0.sessionCell(id: $0.provisionalID, file: notebook.name, seed: 0) }
    guard let checks = try? session.check(asked) else {
      return Result(verdicts: none, problem: "it could not be checked")
    }
    if let problem = refusal(of: notebook, cells, checks) {
      return Result(verdicts: none, problem: problem)
    }
    notebook.evaluate(only: needed(cells, checks))
    let sink = MemorySink()
    let binding = try ParameterBinding(notebook.frontMatter.parameters, given: ParameterSources())
    let run = NotebookRun(
      notebook, parameters: binding, options: options, session: session, control: control,
      report: sink)
    let outcomes = run.run().outcomes
    try refuseSpoilt(outcomes)
    let verdicts = exercise.checks.map { check in
      outcomes.first { $0.cell.index == check.index }.map { $0.check ?? CheckVerdict($0) }
        ?? CheckVerdict(CellOutcome(cell: check, id: "", status: .notRun(.mistakesBefore)))
    }
    let own = outcomes.first { $0.cell.index == exercise.cell.index }
    return Result(verdicts: verdicts, problem: own.flatMap(problem))
  }

  /// Refuses to judge an answer where the master itself does not come as far as the exercise: nobody
  /// shall lose points because a data set is not on this machine.
  private func refuseSpoilt(_ outcomes: [CellOutcome]) throws(RunRefusal) {
    let before = outcomes.filter { $0.cell.index < exercise.cell.index }
    let spoilt = before.first { outcome in
      switch outcome.status {
      case .failed, .rejected, .withoutData, .timedOut: true
      default: false
      }
    }
    guard let spoilt else { return }
    throw RunRefusal(
      .cellFailed,
      "\(key.name):\(key.lineInFile(spoilt.cell.line)): `\(exercise.id)` cannot be judged, because "
        + "the cell `\(spoilt.id)` of the master itself failed: \(StatusText.words(spoilt))",
      help: ["lepton-run selftest \(key.name) proves a master"])
  }

  /// Verdicts of checks that were not run.
  private var none: [CheckVerdict] {
    exercise.checks.map {
      CheckVerdict(CellOutcome(cell: $0, id: "", status: .notRun(.mistakesBefore)))
    }
  }

  private func problem(_ outcome: CellOutcome) -> String? {
    switch outcome.status {
    case .passed: nil
    case .notAttempted: "not attempted"
    default: StatusText.words(outcome)
    }
  }

  /// The master with this answer, without the checks of other exercises.
  private func derived(_ answer: String) -> Notebook {
    var notebook = key
    notebook.blocks = key.blocks.compactMap { block in
      guard case .cell(var cell) = block else {
        if case .expectation = block { return nil }
        return block
      }
      if cell.index == exercise.cell.index {
        cell.code = answer
      } else if let check = cell.attributes.exercise.check {
        cell.attributes.isEvaluated = check == exercise.id
        cell.line = Self.checkLines * (1 + cell.index)
      } else if cell.index > exercise.cell.index, cell.attributes.raises != nil {
        cell.attributes.isEvaluated = false
      }
      return .cell(cell)
    }
    return notebook
  }

  /// The places of the cells that the checks need, directly or through others: nobody waits for a
  /// training that no check looks at.
  private func needed(_ cells: [NotebookCell], _ checks: [CellCheck]) -> Set<Int> {
    var kept = Set(
      cells.indices.filter {
        cells[$0].index == exercise.cell.index
          || cells[$0].attributes.exercise.check == exercise.id
      })
    while true {
      let reads = Set(kept.flatMap { checks[$0].reads })
      let givers = cells.indices.filter { !reads.isDisjoint(with: checks[$0].defines) }
      guard !kept.isSuperset(of: givers) else { return Set(kept.map { cells[$0].index }) }
      kept.formUnion(givers)
    }
  }

  /// Why an answer is not run: it is no program, or takes a name that is not its own.
  private func refusal(
    of notebook: Notebook, _ cells: [NotebookCell], _ checks: [CellCheck]
  ) -> String? {
    guard let place = cells.firstIndex(where: { $0.index == exercise.cell.index }) else {
      return "it could not be checked"
    }
    let own = checks[place]
    if let mistake = own.failures.first(where: { $0.severity == .error }) {
      return "error[\(mistake.code)]: \(mistake.message)"
    }
    if let hidden = own.failures.first(where: { failure in
      failure.code == "name/shadow"
        && own.defines.contains { failure.message.contains("`\($0)`") }
    }) {
      return "\(hidden.message), and an answer may not redefine a word of the language"
    }
    let others = Set(checks.indices.filter { $0 != place }.flatMap { checks[$0].defines })
    let parameters = Set(notebook.frontMatter.parameters.map(\.name))
    guard let taken = own.defines.first(where: { others.contains($0) || parameters.contains($0) })
    else { return nil }
    return "it defines `\(taken)`, which another cell of the notebook defines"
  }
}

extension Notebook {
  /// Leaves out all cells but some.
  fileprivate mutating func evaluate(only places: Set<Int>) {
    blocks = blocks.map { block in
      guard case .cell(var cell) = block, !places.contains(cell.index) else { return block }
      cell.attributes.isEvaluated = false
      return .cell(cell)
    }
  }
}
