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
    let binding =
      notebook.isRunnable
      ? try ParameterBinding(
        notebook.frontMatter.parameters, given: ParameterSources(commandLine: command.parameters))
      : ParameterBinding()
    let sink = RecordingSink(makeSink())
    var result = try run(notebook, binding, sink, isFirst: true)
    let isRepeatable = [.success, .cellFailed, .expectationFailed].contains(result.exit)
    for number in 1..<command.repetitions where isRepeatable {
      let again = RecordingSink(MemorySink())
      _ = try run(notebook, binding, again, isFirst: false)
      if let difference = again.firstDifference(from: sink) {
        report(difference, run: number + 1)
        result.add(.expectationFailed)
        break
      }
    }
    if result.exit == .nothingToRun {
      display.say("\(command.notebook): error[notebook/empty]: there is no cell to run")
    }
    return write(&result)
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
    let result = run.run()
    if isFirst, let problem = run.problem, problem.code != StandardStream.closedPipe {
      display.say("error[\(problem.code)]: \(problem.message)", help: problem.help)
    }
    return result
  }

  private func write(_ result: inout RunResult) -> ExitCode {
    guard let path = command.results else { return result.exit }
    do {
      try Results(result).write(to: path)
    } catch {
      display.say("error[\(error.code)]: \(error.message)", help: error.help)
      result.add(.notWritten)
    }
    return result.exit
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
    guard command.parameters.isEmpty, command.results == nil, command.output == nil else {
      throw RunRefusal(.usage, "a program takes neither -p nor -o nor --results")
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
      case .heartbeat: break
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
        writableRoots: ["\(Places.absolute(pictureFolder))/\(pictureName)"]
          + command.writable.map(Places.absolute),
        threads: command.threads ?? threads ?? 0))
  }

  private func makeSink() -> any ReportSink {
    let pictures =
      command.embed
      ? PictureStore.embedded : .folder(name: pictureName, parent: pictureFolder)
    guard let path = command.output, path != "-" else {
      return StreamSink(StandardStream(STDOUT_FILENO), pictures: pictures)
    }
    return FileSink(path: path, pictures: pictures)
  }

  private var pictureName: String { PictureStore.folderName(for: name) }

  private var pictureFolder: String {
    guard let path = command.output, path != "-" else { return Places.folderOfStandardOutput() }
    return Places.folder(of: path)
  }
}
