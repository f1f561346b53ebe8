import Glibc
import LeptonDisplay
import LeptonFiles
import LeptonLink
import LeptonNotebook
import LeptonSession

/// One launch of the program: reads, starts a worker, runs, writes.
struct Launch {
  private let command: RunCommand
  private let display: ProgressDisplay
  /// What the report calls the notebook.
  private let name: String

  init(_ command: RunCommand) {
    self.command = command
    name = command.notebook == "-" ? "stdin" : Places.name(of: command.notebook)
    display = ProgressDisplay(command, name: name)
  }

  func run() -> ExitCode {
    defer { display.clear() }
    do {
      let source = try Reader.read(command.notebook)
      switch SourceKind(of: command.notebook, text: source.text) {
      case .program: return try run(program: source)
      case .notebook: return try run(notebook: source)
      }
    } catch {
      display.say(error.message, help: error.help)
      return error.exit
    }
  }

  // Notebooks.

  private func run(notebook source: SourceText) throws(RunRefusal) -> ExitCode {
    guard command.arguments.isEmpty else {
      throw RunRefusal(
        .usage, "only a program (.lep, or a file that begins with #!) takes arguments",
        help: ["set parameters of a notebook with -p name=value"])
    }
    let notebook = Notebook(parsing: source, name: name)
    display.notebook = notebook
    guard command.given.sweeps.isEmpty || !notebook.isRunnable else { return try sweep(notebook) }
    let binding =
      notebook.isRunnable
      ? try ParameterBinding(notebook.frontMatter.parameters, given: command.given.sources())
      : ParameterBinding()
    let output = ReportOutput(command, name: name)
    let sink = RecordingSink(output.sink(title: notebook.frontMatter.title ?? name))
    var result = try run(notebook, binding, sink, isFirst: true)
    try repeatRun(of: notebook, binding, sink, &result)
    if result.exit == .nothingToRun {
      display.say("\(command.notebook): error[notebook/empty]: there is no cell to run")
    }
    if let problem = output.finish(result) { tell(problem, &result) }
    RunRecords(command.records, path: command.notebook, display: display).write(&result)
    return result.exit
  }

  /// Runs with every combination of values; the report is one table.
  private func sweep(_ notebook: Notebook) throws(RunRefusal) -> ExitCode {
    guard command.repetitions == 1, command.records.isEmptyButForResults else {
      throw RunRefusal(.usage, "a sweep takes --results, and no other record of a single run")
    }
    let sweep = try Sweep(command.given.sweeps)
    var bindings: [ParameterBinding] = []
    for point in sweep.points {
      bindings.append(
        try ParameterBinding(
          notebook.frontMatter.parameters, given: command.given.sources(at: point)))
    }
    let output = ReportOutput(command, name: name)
    var runs: [SweepReport.Run] = []
    var codes: [ExitCode] = []
    for (number, binding) in bindings.enumerated() {
      let (link, sink) = output.part(number: number + 1)
      display.say("run \(number + 1) of \(bindings.count)")
      let result = try run(notebook, binding, RecordingSink(sink), isFirst: true)
      runs.append(SweepReport.Run(result, link: link))
      codes.append(result.exit)
      if [.interrupted, .terminated].contains(result.exit) { break }
    }
    let report = SweepReport(
      title: notebook.frontMatter.title ?? name, over: sweep.names, runs: runs)
    if let problem = output.write(report, results: command.records.results) {
      codes.append(.notWritten)
      if problem.code != StandardStream.closedPipe {
        display.say("error[\(problem.code)]: \(problem.message)", help: problem.help)
      }
    }
    return ExitCode.combining(codes)
  }

  private func repeatRun(
    of notebook: Notebook, _ binding: ParameterBinding, _ sink: RecordingSink,
    _ result: inout RunResult
  ) throws(RunRefusal) {
    guard [.success, .cellFailed, .expectationFailed].contains(result.exit) else { return }
    for number in 1..<command.repetitions {
      let again = RecordingSink(MemorySink(folder: ReportOutput.pictureName(of: name)))
      _ = try run(notebook, binding, again, isFirst: false)
      guard let difference = again.firstDifference(from: sink) else { continue }
      report(difference, run: number + 1)
      result.add(.expectationFailed)
      return
    }
  }

  private func run(
    _ notebook: Notebook, _ binding: ParameterBinding, _ sink: RecordingSink, isFirst: Bool
  ) throws(RunRefusal) -> RunResult {
    let worker = try startWorker(threads: notebook.frontMatter.threads)
    defer { worker.close() }
    let control = RunControl(interrupt: worker.interrupt, terminate: worker.terminate)
    SignalWatch.begin(control)
    let run = NotebookRun(
      notebook, parameters: binding, options: options, session: worker, control: control,
      report: sink, listener: isFirst ? display.take : { _ in })
    var result = run.run()
    if isFirst, let problem = run.problem { tell(problem, &result) }
    return result
  }

  private func tell(_ problem: FileError, _ result: inout RunResult) {
    result.add(.notWritten)
    guard problem.code != StandardStream.closedPipe else { return }
    display.say("error[\(problem.code)]: \(problem.message)", help: problem.help)
  }

  private func report(_ difference: (line: Int, mine: String, other: String), run: Int) {
    display.say(
      """
      \(command.notebook): error[run/repeat]: run \(run) differs from run 1 at line \(difference.line) of the report
        run 1: \(difference.other)
        run \(run): \(difference.mine)
      """)
  }

  // Programs.

  private func run(program source: SourceText) throws(RunRefusal) -> ExitCode {
    guard command.given.isEmpty, command.records.isEmpty, command.output == nil,
      command.format == nil
    else {
      throw RunRefusal(.usage, "a program has no report: it takes neither -p nor -o nor --results")
    }
    let worker = try startWorker(threads: nil)
    defer { worker.close() }
    let control = RunControl(interrupt: worker.interrupt, terminate: worker.terminate)
    SignalWatch.begin(control)
    let run = ScriptRun(
      source, name: name, arguments: command.arguments, options: options, session: worker,
      control: control)
    let output = StandardStream(STDOUT_FILENO)
    let renderer = TerminalRenderer(width: output.isTerminal ? output.width : 80)
    var problem: FileError?
    let exit = run.run { event in
      switch event {
      case .output(.failure(let failure)): display.show(failure)
      case .output(let value):
        display.clear()
        do throws(FileError) { try output.write(renderer.text(of: value) + "\n") } catch {
          problem = problem ?? error
          control.stop(.unwritable)
        }
      case .progress(let progress): display.show(progress)
      case .heartbeat, .volatile: break
      }
    }
    if exit == .nothingToRun {
      display.say("\(command.notebook): error[script/empty]: there is nothing to run")
    }
    if let problem, problem.code != StandardStream.closedPipe { display.say(problem.message) }
    return problem == nil ? exit : ExitCode.combining([exit, .notWritten])
  }

  // Parts.

  private var options: RunOptions {
    RunOptions(
      seed: command.seed, timeout: command.timeout.flatMap(Double.seconds),
      showsTimings: command.timings)
  }

  private func startWorker(threads: Int?) throws(RunRefusal) -> WorkerClient {
    let folder = command.notebook == "-" ? "." : Places.folder(of: command.notebook)
    return try WorkerClient.started(
      WorkerOptions(
        readableRoots: [Places.absolute(folder)] + command.readable.map(Places.absolute),
        writableRoots: [ReportOutput(command, name: name).folder]
          + command.writable.map(Places.absolute),
        threads: command.threads ?? threads ?? 0))
  }
}
