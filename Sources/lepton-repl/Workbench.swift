import Glibc
import LeptonLink
import LeptonSession

/// A worker, and the next one when it dies.
final class Workbench {
  /// How a cell ended.
  enum Outcome {
    case finished, failed, interrupted, died
  }

  /// What came of a cell.
  struct Result {
    /// How it ended.
    var outcome = Outcome.finished
    /// What it gave, as far as it can be kept.
    var outputs: [Output] = []
    /// What it asked for.
    var wishes: [Wish] = []
    /// Whether it gives something else in another run, or gave more than can be kept.
    var isVolatile = false
  }

  /// Where everything is shown.
  let screen: Screen
  private let options: WorkerOptions
  private var worker: WorkerClient
  /// How often Ctrl-C was pressed before what is shown now.
  private var interruptions = 0

  /// Starts a worker.
  init(options: WorkerOptions, screen: Screen) throws {
    self.options = options
    self.screen = screen
    worker = try WorkerClient(options: options)
  }

  /// Runs a cell and shows what it gives; Ctrl-C stops it.
  func run(_ cell: Cell) throws -> Result {
    Signals.watch(SIGINT, waking: worker.interruptDescriptor)
    interruptions = Signals.count(of: SIGINT)
    worker.whenStubborn = { [weak self] in
      self?.leaveLineOfCtrlC()
      self?.screen.say("still busy; Ctrl-C again ends the worker, and what is defined is lost")
    }
    defer {
      Signals.watch(SIGINT)
      screen.endRun()
    }
    var result = Result()
    do {
      let ending = try worker.run(cell) { show($0, &result) }
      result.outcome = outcome(of: ending)
    } catch let error as SessionError {
      guard case .workerDied = error else { throw error }
      leaveLineOfCtrlC()
      screen.say(Workbench.sentence(about: error))
      result.outcome = .died
    }
    return result
  }

  /// Asks something that no cell has to be run for; nothing if the worker is gone.
  func ask<Answer>(_ question: (any Session) throws -> Answer) -> Answer? {
    try? question(worker)
  }

  /// Starts another worker, which knows no name.
  func restart() throws {
    worker.close()
    worker = try WorkerClient(options: options)
  }

  /// Ends the worker.
  func close() { worker.close() }

  /// What an error of the session means, in a sentence.
  static func sentence(about error: any Error) -> String {
    switch error {
    case SessionError.notStarted(let reason): "the worker could not be started: \(reason)"
    case SessionError.workerDied(let how, _, let line):
      "error[run/worker]: the worker \(how)" + (line.map { ", at or behind line \($0)" } ?? "")
    case SessionError.protocolMismatch(let reason):
      "the worker and this program do not understand each other: \(reason)"
    default: "\(error)"
    }
  }

  private func show(_ event: Event, _ result: inout Result) {
    leaveLineOfCtrlC()
    switch event {
    case .output(.wish(let wish)) where screen.isInteractive: result.wishes.append(wish)
    case .output(let output):
      screen.show(output)
      result.take(output)
    case .progress(let progress): screen.show(progress)
    case .volatile: result.isVolatile = true
    case .heartbeat: break
    }
    if !screen.isWritable { worker.interrupt() }
  }

  /// The terminal has written `^C` where the cursor stood.
  private func leaveLineOfCtrlC() {
    let count = Signals.count(of: SIGINT)
    if count > interruptions { screen.say("") }
    interruptions = count
  }

  private func outcome(of result: CellResult) -> Outcome {
    switch result {
    case .finished: .finished
    case .failed: .failed
    case .interrupted: .interrupted
    }
  }
}

extension Workbench.Result {
  /// How many outputs are kept of a cell, and how much text.
  private static let most = (outputs: 1_000, text: 1 << 20)

  /// Keeps an output, if there is room for it.
  fileprivate mutating func take(_ output: Output) {
    let size = if case .text(let text) = output { text.utf8.count } else { 0 }
    guard outputs.count < Self.most.outputs, size < Self.most.text / 100 || outputs.isEmpty else {
      isVolatile = true
      return
    }
    outputs.append(output)
  }
}
