import Glibc
import LeptonDisplay
import LeptonFiles
import LeptonLink
import LeptonNotebook
import LeptonSession

/// One launch of the program: reads, starts a worker, runs, writes.
struct Launch {
  private let command: RunCommand
  /// The path of the notebook or program, as the user gave it.
  private let path: String
  /// What the report calls the notebook.
  private let name: String
  private let output: ReportOutput
  private let display: ProgressDisplay
  private let stop: StopSwitch
  private let cache: CacheFile

  /// Prepares the launch of the only notebook or program of a command line.
  init(_ command: RunCommand, path: String) {
    let target = command.output.map(ReportOutput.Target.file) ?? .standardOutput
    self.init(command, path: path, to: target, stop: StopSwitch())
  }

  /// Prepares the launch of one of several notebooks.
  ///
  /// - Parameter place: Which of them it is, for progress: `[2/5] `.
  init(
    _ command: RunCommand, path: String, to target: ReportOutput.Target, stop: StopSwitch,
    place: String = ""
  ) {
    self.command = command
    self.path = path
    self.stop = stop
    name = path == "-" ? "stdin" : Places.name(of: path)
    output = ReportOutput(command, name: name, target: target)
    display = ProgressDisplay(command, path: path, name: name, place: place)
    cache = CacheFile(folder: output.folder)
  }

  func run() -> ExitCode {
    defer { display.clear() }
    do throws(RunRefusal) {
      let source = try Reader.read(path)
      guard SourceKind(of: path, text: source.text) == .notebook else {
        return try run(program: source)
      }
      try Places.requireFolders(of: [output.file] + command.records.files)
      let lock = try lock(making: !command.given.sweeps.isEmpty)
      defer { withExtendedLifetime(lock) {} }
      let notebook = try self.notebook(source)
      guard command.given.sweeps.isEmpty || !notebook.isRunnable else {
        return try SweepLaunch(command, path: path, notebook, output, stop, display).run()
      }
      var result = try run(notebook, lock)
      RunRecords(command.records, path: path, display: display).write(&result)
      return result.exit
    } catch {
      return refuse(error)
    }
  }

  /// Runs one of several notebooks; what became of it, and what it would end with if it were alone.
  func runNotebook() -> (result: RunResult?, exit: ExitCode) {
    defer { display.clear() }
    do throws(RunRefusal) {
      let source = try Reader.read(path)
      guard SourceKind(of: path, text: source.text) == .notebook else {
        throw RunRefusal(.usage, "\(path) is a program, and a program is run alone")
      }
      let lock = try lock()
      defer { withExtendedLifetime(lock) {} }
      var result = try run(notebook(source), lock)
      RunRecords(command.records, path: path, display: display).correct(&result)
      return (result, result.exit)
    } catch {
      return (nil, refuse(error))
    }
  }

  /// Keeps the folder of pictures, where there is one, for this run alone.
  ///
  /// - Parameter making: Whether to make it where it is missing.
  private func lock(making: Bool = false) throws(RunRefusal) -> FolderLock? {
    do throws(FileError) { return try FolderLock(output.folder, making: making) } catch {
      throw RunRefusal(.notWritten, "error[\(error.code)]: \(error.message)", help: error.help)
    }
  }

  private func refuse(_ refusal: RunRefusal) -> ExitCode {
    display.say(refusal.message, help: refusal.help)
    return refusal.exit
  }

  // Notebooks.

  private func notebook(_ source: SourceText) throws(RunRefusal) -> Notebook {
    guard command.arguments.isEmpty else {
      throw RunRefusal(
        .usage, "only a program (.lep, or a file that begins with #!) takes arguments",
        help: ["set parameters of a notebook with -p name=value"])
    }
    let notebook = Notebook(parsing: source, name: name)
    display.notebook = notebook
    return notebook
  }

  /// Runs a notebook and writes its report.
  ///
  /// - Parameter lock: What holds the folder for the pictures, if there is one.
  private func run(_ notebook: Notebook, _ lock: FolderLock?) throws(RunRefusal) -> RunResult {
    let binding = try binding(of: notebook)
    let sink = RecordingSink(output.sink(title: notebook.title, lock: lock))
    var result = try run(notebook, binding, sink, isFirst: true)
    try repeatRun(of: notebook, binding, sink, &result)
    if result.exit == .nothingToRun {
      display.say("\(path): error[notebook/empty]: there is no cell to run")
    }
    let problem = output.finish(result)
    if let problem { tell(problem, &result) }
    recover(sink, of: result, after: problem ?? sink.problem)
    return result
  }

  /// Keeps elsewhere a report that could not be written.
  private func recover(_ report: RecordingSink, of result: RunResult, after problem: FileError?) {
    guard let problem, problem.code != StandardStream.closedPipe else { return }
    let file = Recovery.keep(report, of: result, from: output)
    display.say(
      file.map { "the report is kept in \($0)" } ?? "nor could the report be kept elsewhere")
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

  /// Runs a notebook into a sink, in a worker of its own.
  func run(
    _ notebook: Notebook, _ binding: ParameterBinding, _ sink: any ReportSink, isFirst: Bool
  ) throws(RunRefusal) -> RunResult {
    let asks = command.cache || notebook.cells.contains { $0.attributes.isCached == true }
    // A stranger may have brought what looks like the results of a run.
    let caches = asks && !command.limits.untrusted
    let options = try workerOptions(for: notebook, notesFiles: caches)
    // What is known already needs no worker.
    let worker: any WorkerSession =
      caches ? WorkerOnDemand(options) : try WorkerClient.started(options)
    defer { worker.close() }
    // A run that is to show that all runs are the same computes everything.
    let known = isFirst && caches ? cache.read() : nil
    let memory = known.map { CellMemory($0, takesAll: command.cache) }
    var result = try run(notebook, binding, sink, in: worker, memory, isFirst: isFirst)
    if let known { result.add(display.attempt { try cache.write(known) }) }
    return result
  }

  /// Runs a notebook once more in a worker that holds values of earlier runs; writes its report.
  func run(
    _ notebook: Notebook, in worker: WorkerClient, _ memory: CellMemory
  ) throws(RunRefusal) -> RunResult {
    display.notebook = notebook
    defer { display.clear() }
    let lock = try lock()
    defer { withExtendedLifetime(lock) {} }
    let binding = try binding(of: notebook)
    let sink = output.sink(title: notebook.title, lock: lock)
    var result = try run(notebook, binding, sink, in: worker, memory, isFirst: true)
    if let problem = output.finish(result) { tell(problem, &result) }
    return result
  }

  private func binding(of notebook: Notebook) throws(RunRefusal) -> ParameterBinding {
    guard notebook.isRunnable else { return ParameterBinding() }
    return try ParameterBinding(notebook.frontMatter.parameters, given: command.given.sources())
  }

  private func run(
    _ notebook: Notebook, _ binding: ParameterBinding, _ sink: any ReportSink,
    in worker: any WorkerSession, _ memory: CellMemory?, isFirst: Bool
  ) throws(RunRefusal) -> RunResult {
    let control = RunControl(
      interrupt: { worker.interrupt() }, terminate: { worker.terminate() })
    let run = NotebookRun(
      notebook, parameters: binding, options: options, session: worker, control: control,
      report: sink, memory: memory, listener: isFirst ? display.take : { _ in })
    var result = try stop.with(control) { run.run() }
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
      \(path): error[run/repeat]: run \(run) differs from run 1 at line \(difference.line) of the report
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
    let worker = try WorkerClient.started(
      try workerOptions(threads: nil, memory: command.limits.memory))
    defer { worker.close() }
    let control = RunControl(interrupt: worker.interrupt, terminate: worker.terminate)
    let run = ScriptRun(
      source, name: name, arguments: command.arguments, options: options, session: worker,
      control: control)
    let output = StandardStream(STDOUT_FILENO)
    let renderer = TerminalRenderer(width: output.isTerminal ? output.width : 80)
    var problem: FileError?
    let exit = try stop.with(control) {
      run.run { event in
        switch event {
        case .output(.failure(let failure)): display.show(failure)
        case .output(let times) where !options.showsTimings && times.withoutTimings == nil:
          display.say(renderer.text(of: times))
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
    }
    if exit == .nothingToRun {
      display.say("\(path): error[script/empty]: there is nothing to run")
    }
    if let problem, problem.code != StandardStream.closedPipe { display.say(problem.message) }
    return problem == nil ? exit : ExitCode.combining([exit, .notWritten])
  }

  // Parts.

  private var options: RunOptions {
    RunOptions(
      seed: command.seed, timeout: command.limits.seconds,
      totalTimeout: command.limits.totalSeconds, outputLimit: command.limits.output,
      totalOutputLimit: command.limits.totalOutput,
      onError: command.onError, showsTimings: command.timings, isSmokeRun: command.smoke,
      confinedBy: command.limits.untrusted ? Confinement.means : nil)
  }

  /// Starts a worker for a notebook that is run again and again.
  func watchingWorker(for notebook: Notebook) throws(RunRefusal) -> WorkerClient {
    try WorkerClient.started(try workerOptions(for: notebook, notesFiles: true))
  }

  private func workerOptions(
    for notebook: Notebook, notesFiles: Bool
  ) throws(RunRefusal) -> WorkerOptions {
    // What a stranger's notebook asks for itself does not count.
    let front = command.limits.untrusted ? FrontMatter() : notebook.frontMatter
    return try workerOptions(
      threads: front.threads, memory: command.limits.memory ?? front.memoryLimit,
      notesFiles: notesFiles)
  }

  private func workerOptions(
    threads: Int?, memory: Int?, notesFiles: Bool = false
  ) throws(RunRefusal) -> WorkerOptions {
    let limits = command.limits
    let folder = Places.absolute(path == "-" ? "." : Places.folder(of: path))
    let named = command.readable.paths.map(Places.absolute)
    let memory = memory.map { max($0, LimitOptions.leastMemory) }
    let confinement =
      try limits.untrusted
      ? Strangers.confinement(
        reading: named, memory: memory ?? LimitOptions.strangers.memory,
        seconds: limits.totalSeconds ?? LimitOptions.strangers.totalSeconds,
        otherwise: "leave out --untrusted if you know who wrote it") : nil
    return WorkerOptions(
      folder: folder, readableRoots: (limits.untrusted ? [] : [folder]) + named,
      writableRoots: limits.untrusted
        ? [] : [output.folder] + command.writable.map(Places.absolute),
      threads: command.threads ?? threads ?? 0, isSmokeRun: command.smoke,
      notesFiles: notesFiles, addressSpaceLimit: memory, confinement: confinement)
  }
}
