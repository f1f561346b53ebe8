import ArgumentParser
import Glibc
import LeptonFiles
import LeptonLink
import LeptonNotebook
import LeptonSession

/// Runs a notebook again whenever it is saved.
struct WatchCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "watch",
    abstract: "Run a notebook again whenever it is saved.",
    discussion: """
      It is run again whenever a file that it reads is saved, too. Only what an edit affects is computed anew: the values of all other cells stay in memory. The report goes \
      to the file that -o names; failures are shown as they come. Ctrl-C ends it.
      """)

  @OptionGroup var run: RunCommand

  func validate() throws {
    guard run.notebooks.count == 1, run.notebooks != ["-"], run.given.sweeps.isEmpty,
      run.repetitions == 1
    else {
      throw ValidationError("watch takes one notebook, and neither --sweep nor --repeat.")
    }
    guard run.records.isEmpty, !run.cache else {
      throw ValidationError(
        "watch writes the report that -o names and nothing else; --cache and records are for a run."
      )
    }
    guard !run.isProgram else {
      throw ValidationError("\(run.notebooks[0]) is a program; watch runs notebooks.")
    }
  }
}

extension WatchCommand: Launchable {
  func launch() -> Ending {
    let watch = WatchLaunch(run, path: run.notebooks[0])
    return watch.run()
  }
}

/// A notebook that is run again and again in one worker.
private final class WatchLaunch {
  /// How often the files are looked at.
  private static let interval: useconds_t = 150_000

  private let command: RunCommand
  private let path: String
  private let stop = StopSwitch()
  private var live: (worker: WorkerClient, memory: CellMemory)?

  init(_ command: RunCommand, path: String) {
    self.command = command
    self.path = path
  }

  func run() -> Ending {
    var last = Ending.success
    while !stop.isPulled {
      var seen = [path: stamp(path)]
      last = once()
      for file in files { seen[file] = stamp(file) }
      // A file may have changed between the cell that read it and now.
      if live?.memory.isOutdated == true { continue }
      while !stop.isPulled, seen.allSatisfy({ stamp($0) == $1 }) { usleep(Self.interval) }
    }
    live?.worker.close()
    return last == .interrupted || last == .terminated ? .success : last
  }

  /// One run; a notebook that cannot be run is told and waited for.
  private func once() -> Ending {
    let target = command.output.map(ReportOutput.Target.file) ?? .nowhere
    let launch = Launch(command, path: path, to: target, stop: stop)
    do throws(RunRefusal) {
      let notebook = Notebook(parsing: try Reader.read(path), name: Places.name(of: path))
      let session = try self.session(for: notebook, launch)
      let result = try launch.run(notebook, in: session.worker, session.memory)
      let cells = result.outcomes.filter(\.cell.attributes.isEvaluated)
      let run = cells.count { !$0.isCached && $0.seconds > 0 }
      StandardStream(STDERR_FILENO).say(
        "\(path): \(cells.count { $0.status == .passed }) of \(cells.count) cells passed, \(run) computed"
      )
      return result.exit
    } catch {
      StandardStream(STDERR_FILENO).say(error)
      return error.exit
    }
  }

  /// The worker that ran the notebook before, or a new one where that would not be the same.
  private func session(
    for notebook: Notebook, _ launch: Launch
  ) throws(RunRefusal) -> (worker: WorkerClient, memory: CellMemory) {
    if let live, live.memory.suits(notebook, live.worker) { return live }
    live?.worker.close()
    let cache = live?.memory.cache ?? CellCache(engine: WorkerProgram.fingerprint)
    let fresh = (
      worker: try launch.watchingWorker(for: notebook), memory: CellMemory(cache)
    )
    live = fresh
    return fresh
  }

  /// The files that the notebook reads.
  private var files: [String] {
    guard let memory = live?.memory else { return [] }
    return memory.files.filter { $0 != path }
  }

  /// What says of a file whether it was changed.
  private func stamp(_ file: String) -> String {
    var status = stat()
    guard stat(file, &status) == 0 else { return "" }
    return "\(status.st_ino) \(status.st_size) \(status.st_mtim.tv_sec).\(status.st_mtim.tv_nsec)"
  }
}
