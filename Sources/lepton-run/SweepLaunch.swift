import LeptonFiles
import LeptonNotebook

/// Runs a notebook with every combination of some values; the report is one table.
struct SweepLaunch {
  private let command: RunCommand
  private let path: String
  private let notebook: Notebook
  private let output: ReportOutput
  private let stop: StopSwitch
  private let display: ProgressDisplay

  init(
    _ command: RunCommand, path: String, _ notebook: Notebook, _ output: ReportOutput,
    _ stop: StopSwitch, _ display: ProgressDisplay
  ) {
    self.command = command
    self.path = path
    self.notebook = notebook
    self.output = output
    self.stop = stop
    self.display = display
  }

  func run() throws(RunRefusal) -> ExitCode {
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
    let parts = self.parts(bindings)
    let refusals = parts.compactMap(\.refusal)
    let runs = parts.compactMap { part in part.result.map { SweepReport.Run($0, link: part.link) } }
    if runs.isEmpty, let refusal = refusals.first { throw refusal }
    for refusal in refusals { display.say(refusal.message, help: refusal.help) }
    let report = SweepReport(
      title: notebook.title, over: sweep.names, runs: runs)
    return ExitCode.combining(
      runs.map(\.result.exit) + refusals.map(\.exit) + [write(report)])
  }

  /// A run of the sweep: what came of it, or why it could not be begun; neither if the user stopped.
  private struct Part: Sendable {
    var link: String
    var result: RunResult?
    var refusal: RunRefusal?
  }

  private func parts(_ bindings: [ParameterBinding]) -> [Part] {
    let (command, path, notebook, output, stop) = (command, path, notebook, output, stop)
    return Pool.map(bindings.count, atOnce: command.jobs) { index in
      let (link, sink) = output.part(number: index + 1)
      guard !stop.isPulled else { return Part(link: link) }
      let launch = Launch(
        command, path: path, to: output.target, stop: stop,
        place: "[run \(index + 1)/\(bindings.count)] ")
      do throws(RunRefusal) {
        return Part(
          link: link, result: try launch.run(notebook, bindings[index], sink, isFirst: true))
      } catch {
        return Part(link: link, refusal: error)
      }
    }
  }

  private func write(_ report: SweepReport) -> ExitCode {
    guard let problem = output.write(report, results: command.records.results) else {
      return .success
    }
    if problem.code != StandardStream.closedPipe {
      display.say("error[\(problem.code)]: \(problem.message)", help: problem.help)
    }
    return .notWritten
  }
}
