import Glibc
import LeptonFiles
import LeptonNotebook

/// Runs several notebooks, each in a worker of its own; standard output gets one table, the reports go
/// into a folder if one is named, and the records of all are one file.
struct BatchLaunch {
  private let command: RunCommand
  private let display: ProgressDisplay

  init(_ command: RunCommand) {
    self.command = command
    display = ProgressDisplay(command, path: "", name: "")
  }

  func run() -> ExitCode {
    do throws(RunRefusal) {
      try check()
      let runs = self.runs
      return ExitCode.combining(runs.map(\.exit) + [write(runs)])
    } catch {
      display.say(error.message, help: error.help)
      return error.exit
    }
  }

  private func check() throws(RunRefusal) {
    guard command.given.sweeps.isEmpty, command.arguments.isEmpty,
      !command.notebooks.contains("-")
    else {
      throw RunRefusal(
        .usage, "several notebooks take neither --sweep nor standard input",
        help: ["run them one by one"])
    }
    if let folder, mkdir(folder, 0o777) != 0, errno != EEXIST {
      let why = String(cString: strerror(errno))
      throw RunRefusal(.notWritten, "the folder \(folder) cannot be made: \(why)")
    }
    try Places.requireFolders(of: command.records.files)
    var names: Set<String> = []
    let twice = command.notebooks.map(reportName).first { !names.insert($0).inserted }
    if folder != nil, let twice {
      throw RunRefusal(
        .usage, "two notebooks have reports called \(twice), which would be one file",
        help: ["run those with different folders for -o"])
    }
  }

  private var runs: [BatchReport.Run] {
    let (command, folder, stop) = (command, folder, StopSwitch())
    let count = command.notebooks.count
    let names = command.notebooks.map { folder == nil ? nil : reportName($0) }
    return Pool.map(count, atOnce: command.jobs) { index in
      let path = command.notebooks[index]
      guard !stop.isPulled else {
        return BatchReport.Run(path: path, result: nil, exit: .interrupted, link: nil)
      }
      let file = names[index].map { "\(folder ?? ".")/\($0)" }
      let launch = Launch(
        command, path: path, to: file.map(ReportOutput.Target.file) ?? .nowhere, stop: stop,
        place: "[\(index + 1)/\(count)] \(path) ")
      let (result, exit) = launch.runNotebook()
      return BatchReport.Run(path: path, result: result, exit: exit, link: file)
    }
  }

  /// The folder for the reports, without the `/` that may tell it from a file.
  private var folder: String? {
    command.output.map { $0.hasSuffix("/") && $0 != "/" ? String($0.dropLast()) : $0 }
  }

  /// The name of a notebook's report: `mnist.md` for `notebooks/mnist.lnb`.
  private func reportName(_ path: String) -> String {
    let folder = PictureStore.folderName(for: path)
    return folder.dropLast(4) + ".\((command.format ?? .md).rawValue)"
  }

  private func compare(_ report: BatchReport, with file: String) -> ExitCode {
    do throws(RunRefusal) {
      let results: [UInt8]
      do { results = try report.bytes() } catch { throw RunRefusal(.notWritten, error.message) }
      let comparison = try ResultsComparison(
        before: Reader.bytes(file), named: file, after: results, named: "the results",
        tolerance: report.tolerance)
      guard !comparison.holds else { return .success }
      display.say("error[run/baseline]: the results are not those of \(file)")
      display.say(comparison.markdown)
      return .expectationFailed
    } catch {
      display.say(error.message, help: error.help)
      return error.exit
    }
  }

  private func write(_ runs: [BatchReport.Run]) -> ExitCode {
    let records = command.records
    let ended = runs.compactMap { run in run.result.map { (path: run.path, result: $0) } }
    var codes: [ExitCode] = []
    if let file = records.baseline { codes.append(compare(BatchReport(runs), with: file)) }
    if let file = records.results {
      codes.append(display.attempt { try AtomicWriter.write(BatchReport(runs).bytes(), to: file) })
    }
    if let file = records.junit {
      codes.append(display.attempt { try JUnitReport(ended).write(to: file) })
    }
    if records.annotations == .github {
      for (path, result) in ended {
        for line in GitHubAnnotations(result, path: path).lines {
          StandardStream(STDERR_FILENO).say(line)
        }
      }
    }
    codes.append(
      display.attempt { try StandardStream(STDOUT_FILENO).write(BatchReport(runs).markdown) })
    return ExitCode.combining(codes)
  }
}
