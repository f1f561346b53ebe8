import LeptonFiles
import LeptonSession

/// Runs a notebook over a session and reports it cell by cell.
public final class NotebookRun {
  private let notebook: Notebook
  private let binding: ParameterBinding
  private let options: RunOptions
  private let session: any Session
  private let control: RunControl
  private let report: MarkdownReport
  private let listener: (RunEvent) -> Void
  private let memory: CellMemory?
  private var cached: CachedRun?

  private let cells: [NotebookCell]
  private let expectations: [Int: [Expectation]]
  /// What defines the parameters, until that has run.
  private var parameterCell: Cell?

  private var outcomes: [CellOutcome] = []
  private var dependencies = Dependencies()
  /// The cell in which the worker died.
  private var graveID: String?
  /// The first cell that failed.
  private var failedID: String?
  /// How many bytes of text the cells gave so far.
  private var outputSize = 0

  /// Prepares a run.
  public init(
    _ notebook: Notebook, parameters: ParameterBinding, options: RunOptions = RunOptions(),
    session: any Session, control: RunControl = RunControl(), report: any ReportSink,
    memory: CellMemory? = nil, listener: @escaping (RunEvent) -> Void = { _ in }
  ) {
    self.notebook = notebook
    cells = notebook.cells
    expectations = notebook.expectations
    binding = parameters
    parameterCell = parameters.cell(in: notebook)
    self.options = options
    self.session = session
    self.control = control
    self.report = MarkdownReport(notebook, parameters, sink: report)
    self.listener = listener
    // How long cells take is no part of what is known, and where errors do not count, names may come
    // from anywhere.
    let isExact = !options.showsTimings && options.policy(of: notebook) != .continue
    self.memory = isExact ? memory : nil
  }

  /// Why the report could not be written; nothing while all is well.
  public var problem: FileError? { report.problem }

  /// Checks all cells, then runs one after the other.
  public func run() -> RunResult {
    notebook.failures.forEach { listener(.failure($0)) }
    guard notebook.isRunnable else {
      return finishUnrun(notebook.failures, reason: .mistakesBefore, exits: [.unreadable])
    }
    guard cells.contains(where: { $0.attributes.isEvaluated && $0.attributes.skip == nil })
    else { return finishUnrun([], reason: .mistakesBefore, exits: [.nothingToRun]) }
    let clock = totalTimeout.map(control.limiting)
    defer { clock?.cancel() }
    do {
      let checked = try CheckedNotebook(
        notebook, binding, by: session, known: memory?.knownChecks)
      return checked.holds ? runCells(checked) : rejected(checked)
    } catch {
      let fault = Self.fault(error, in: notebook.name)
      listener(.failure(fault))
      return finishUnrun([fault], reason: .workerGone(cell: ""), exits: [.internalFault])
    }
  }

  // Runs in which nothing runs.

  private func finishUnrun(
    _ failures: [Failure], reason: NotRunReason, exits: [ExitCode]
  ) -> RunResult {
    for cell in cells {
      let skip = cell.attributes.skip.map { CellStatus.skipped($0) }
      outcomes.append(
        CellOutcome(cell: cell, id: cell.provisionalID, status: skip ?? .notRun(reason)))
    }
    return writeReport(failures: failures, exits: exits)
  }

  private func rejected(_ checked: CheckedNotebook) -> RunResult {
    for cell in cells {
      let failures = checked.checks[cell.index]?.failures ?? []
      failures.forEach { listener(.failure($0)) }
      let holds = checked.checks[cell.index]?.holds ?? true
      outcomes.append(
        CellOutcome(
          cell: cell, id: checked.ids[cell.index],
          status: holds ? .notRun(.mistakesBefore) : .rejected,
          outputs: failures.filter { $0.severity == .error }.map { .failure($0) }))
    }
    checked.failures.forEach { listener(.failure($0)) }
    return writeReport(failures: checked.failures, exits: [.unreadable])
  }

  /// Writes the report of a notebook no cell of which runs.
  private func writeReport(failures: [Failure], exits: [ExitCode]) -> RunResult {
    report.begin(failures: failures)
    for block in notebook.blocks { report.write(block, outcome: outcome(of: block)) }
    return finish(exits: exits)
  }

  private func outcome(of block: Notebook.Block) -> CellOutcome? {
    switch block {
    case .cell(let cell): outcomes[cell.index]
    case .expectation(let expectation): outcomes[expectation.cell]
    case .prose, .parameterPlace, .hint: nil
    }
  }

  // A run.

  private func runCells(_ checked: CheckedNotebook) -> RunResult {
    cached = memory.map { CachedRun($0, notebook, checked, binding, options) }
    report.begin(failures: [])
    for block in notebook.blocks {
      if case .cell(let cell) = block { run(cell, checked) }
      report.write(block, outcome: outcome(of: block))
      if report.textProblem != nil, control.stopReason == nil { control.stop(.unwritable) }
    }
    return finish(exits: [])
  }

  private func run(_ cell: NotebookCell, _ checked: CheckedNotebook) {
    let id = checked.ids[cell.index]
    let check = checked.checks[cell.index]
    check?.failures.forEach { listener(.failure($0)) }
    var outcome = CellOutcome(cell: cell, id: id, status: .passed)
    if checksNothingYet(cell) {
      outcome.status = .notAttempted
      outcome.check = CheckVerdict(outcome)
    } else if let status = hindrance(cell, reads: check?.reads ?? []) {
      outcome.status = status
    } else if cell.attributes.isEvaluated {
      listener(.cellBegan(id: id, number: cell.index + 1, count: cells.count))
      if let entry = cached?.entry(for: cell.index) {
        outcome = entry.outcome(of: cell, id: id)
      } else {
        supplyValues(for: cell.index, checked)
        evaluate(&outcome)
        note(outcome)
      }
      compare(&outcome)
    }
    if outcome.status == .failed { failedID = failedID ?? id }
    dependencies.note(check?.defines ?? [], id: id, isThere: outcome.status.givesNames)
    outcomes.append(outcome)
    listener(.cellEnded(outcome))
  }

  /// Runs cells whose outputs stand in the report already for the sake of their values.
  ///
  /// A cell may define a name that another one defined since, so it takes more than one round; in the
  /// order of the notebook the last definition of each name wins, and few rounds do.
  private func supplyValues(for index: Int, _ checked: CheckedNotebook) {
    for _ in 0..<8 {
      guard let missing = cached?.missing(for: index), !missing.isEmpty else { return }
      for giver in missing { supply(giver, checked) }
    }
  }

  private func supply(_ index: Int, _ checked: CheckedNotebook) {
    var outcome = CellOutcome(cell: cells[index], id: checked.ids[index], status: .passed)
    evaluate(&outcome)
    note(outcome)
  }

  /// Remembers what a cell gave.
  private func note(_ outcome: CellOutcome) {
    guard let cached, graveID == nil, let touches = try? session.touches() else { return }
    cached.note(outcome, touches: touches)
  }

  /// Whether a cell checks an exercise that is not done yet.
  private func checksNothingYet(_ cell: NotebookCell) -> Bool {
    guard let exercise = cell.attributes.exercise.check, cell.isRunnable else { return false }
    return outcomes.contains { $0.id == exercise && $0.status == .notAttempted }
  }

  /// Why a cell is not run, if it is not.
  private func hindrance(_ cell: NotebookCell, reads: [String]) -> CellStatus? {
    guard cell.attributes.isEvaluated else { return nil }
    if let reason = cell.attributes.skip { return .skipped(reason) }
    if let failedID, policy == .stop { return .notRun(.stopped(cell: failedID)) }
    if policy != .continue, let missing = dependencies.missing(for: reads) {
      return .needs(name: missing.name, from: missing.from)
    }
    if let graveID { return .notRun(.workerGone(cell: graveID)) }
    switch control.stopReason {
    case .unwritable: return .notRun(.unwritable)
    case .outOfTime: return .notRun(.outOfTime)
    case .interrupted, .terminated: return .notRun(.interrupted)
    case nil: return nil
    }
  }

  private var policy: FailurePolicy { options.policy(of: notebook) }

  private var totalTimeout: Double? {
    options.totalTimeout ?? notebook.frontMatter.totalTimeout
  }

  private var outputLimit: Int? { options.outputLimit ?? notebook.frontMatter.outputLimit }

  private func evaluate(_ outcome: inout CellOutcome) {
    let cell = outcome.cell
    let seconds = options.seconds(of: cell, in: notebook)
    let seed = options.seed ?? notebook.frontMatter.seed ?? 0
    let sessionCell = cell.sessionCell(id: outcome.id, file: notebook.name, seed: seed)
    let limit = outputLimit ?? OutputTray.sizeLimit
    let left = options.totalOutputLimit.map { max(0, $0 - outputSize) } ?? limit
    var tray = OutputTray(limit: min(limit, left))
    let began = ContinuousClock.now
    defer {
      outcome.seconds = began.duration(to: .now) / .seconds(1)
      outputSize += tray.size
    }
    do {
      try defineParameters()
      let (result, timedOut) = try control.timing(seconds) {
        try session.run(sessionCell) { event in
          switch event {
          case .output(let output):
            let output = output.naming(timeLimit(seconds))
            if options.isSmokeRun, case .verdict = output { return }
            guard let shown = options.showsTimings ? output : output.withoutTimings else { return }
            tray.take(shown)
            if tray.isOverfull { control.stopCell() }
          case .progress(let progress): listener(.progress(progress))
          case .volatile: outcome.isUnsteady = true
          case .heartbeat: break
          }
        }
      }
      outcome.outputs = tray.outputs
      outcome.status = status(result, timedOut: timedOut ? seconds : nil)
    } catch {
      outcome.outputs = tray.outputs
      outcome.status = control.hasTimedOut ? .timedOut(seconds: seconds ?? 0) : death(error)
      graveID = outcome.id
    }
    if tray.isOverfull {
      overflow(&outcome, ofNotebook: left < limit ? options.totalOutputLimit : nil)
    }
    if graveID == nil { judge(&outcome) }
    if let error = outcome.error, outcome.status.isTold { listener(.failure(error)) }
  }

  /// Defines the parameters before the first cell that runs.
  private func defineParameters() throws {
    guard let cell = parameterCell else { return }
    parameterCell = nil
    _ = try session.run(cell) { _ in }
  }

  /// The limit that stopped the running cell, if one did.
  private func timeLimit(_ seconds: Double?) -> Mistake? {
    if control.hasTimedOut { return seconds.map { .timeLimit($0, inNotebook: true) } }
    return control.stopReason == .outOfTime ? totalTimeout.map(Mistake.totalTimeLimit) : nil
  }

  private func overflow(_ outcome: inout CellOutcome, ofNotebook total: Int?) {
    let wasStopped = outcome.status == .interrupted && control.stopReason == nil
    if wasStopped || outcome.status == .passed { outcome.status = .failed }
    outcome.outputs.removeAll { if case .failure = $0 { true } else { false } }
    let line = outcome.cell.text.prefix { $0 != "\n" }
    outcome.outputs.append(
      .failure(
        Mistake.tooMuchOutput(outputLimit, ofNotebook: total)
          .failure(at: Failure.Place(file: notebook.name, line: outcome.cell.line, text: line))))
  }

  private func status(_ result: CellResult, timedOut seconds: Double?) -> CellStatus {
    // Training that is stopped gives the model so far, and its cell goes on to its end.
    switch result {
    case .failed: .failed
    case .finished where seconds == nil && control.stopReason == nil: .passed
    case .finished, .interrupted: seconds.map { .timedOut(seconds: $0) } ?? stopped
    }
  }

  /// How a cell ended that was stopped together with the run.
  private var stopped: CellStatus {
    control.stopReason == .outOfTime
      ? .outOfTime(seconds: totalTimeout ?? 0) : .interrupted
  }

  private func death(_ error: any Error) -> CellStatus {
    if control.stopReason != nil { return stopped }
    switch error {
    case SessionError.workerDied(let how, _, let line): return .workerDied(how: how, line: line)
    case SessionError.notStarted(let why): return .workerDied(how: why, line: nil)
    case SessionError.protocolMismatch(let what): return .workerDied(how: what, line: nil)
    default: return .workerDied(how: "it cannot be reached", line: nil)
    }
  }

  /// Turns a failure that was wanted into success, and a missing one into a failure.
  private func judge(_ outcome: inout CellOutcome) {
    let attributes = outcome.cell.attributes
    if attributes.exercise.check != nil { return judgeCheck(&outcome) }
    if outcome.status == .failed, outcome.error?.code == CheckVerdict.todo {
      outcome.status = .notAttempted
    }
    if attributes.allowsError, outcome.status == .failed { outcome.status = .passed }
    if attributes.raises == nil, outcome.status == .failed,
      let error = outcome.error, error.code == CellStatus.absentData
    {
      outcome.status = .withoutData(error.message)
    }
    guard let wanted = attributes.raises else { return }
    switch (outcome.status, wanted) {
    case (.failed, .any): outcome.status = .passed
    case (.failed, .code(let code)) where outcome.errors.contains { $0.code == code }:
      outcome.status = .passed
    case (.passed, _), (.failed, .code):
      outcome.status = .failed
      let line = outcome.cell.text.prefix { $0 != "\n" }
      outcome.outputs.append(
        .failure(
          Mistake.missingError(wanted, actual: outcome.error?.code)
            .failure(at: Failure.Place(file: notebook.name, line: outcome.cell.line, text: line))))
    default: break
    }
  }

  private func judgeCheck(_ outcome: inout CellOutcome) {
    let check = CheckVerdict(outcome)
    outcome.check = check
    guard outcome.status == .passed || outcome.status == .failed else { return }
    switch check.outcome {
    case .passed: outcome.status = .passed
    case .notAttempted: outcome.status = .notAttempted
    case .failed, .notRun: outcome.status = .checkFailed
    }
  }

  private func compare(_ outcome: inout CellOutcome) {
    guard outcome.status == .passed, !outcome.cell.attributes.isVolatile, !options.isSmokeRun
    else { return }
    guard let expectations = expectations[outcome.cell.index] else { return }
    outcome.misses = expectations.map { expectation in
      let comparison = Comparison(of: expectation, to: outcome, in: notebook)
      return ActualForm.closest(
        to: expectation.pattern, of: outcome.outputs, by: comparison
      ).miss
    }
    for case let miss? in outcome.misses { listener(.failure(miss)) }
  }

  // The end.

  private func finish(exits: [ExitCode]) -> RunResult {
    var result = RunResult(
      notebook: notebook, parameters: binding, outcomes: outcomes,
      options: options, exits: exits)
    if control.stopReason == .interrupted { result.add(.interrupted) }
    if control.stopReason == .terminated { result.add(.terminated) }
    if control.stopReason == .outOfTime { result.add(.timeLimit) }
    report.end(result)
    if report.problem != nil { result.add(.notWritten) }
    return result
  }

  static func fault(_ error: any Error, in name: String) -> Failure {
    let why =
      switch error {
      case SessionError.workerDied(let how, _, _): "the worker died: \(how)"
      case SessionError.notStarted(let why): "the worker could not be started: \(why)"
      case SessionError.protocolMismatch(let what): "the worker is of another version: \(what)"
      default: "the worker cannot be reached"
      }
    return Mistake(code: "run/worker", message: why)
      .failure(at: Failure.Place(file: name, line: 1, text: ""))
  }
}
