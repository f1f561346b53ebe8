import Glibc
import LeptonSession

/// Evaluates a whole text: what `-e` gives, or what comes from a pipe.
struct Batch {
  private let bench: Workbench
  private let seed: Int

  /// Makes a batch.
  init(_ bench: Workbench, seed: Int) {
    self.bench = bench
    self.seed = seed
  }

  /// Evaluates a program, if there is one, then the expressions, or standard input if there are none.
  func run(first program: ProgramFile?, _ expressions: [String]) -> PromptCommand.Status {
    defer { bench.close() }
    guard let cells = program.map({ $0.cells(seed: seed, on: bench) }) ?? [] else { return .failed }
    for cell in cells {
      let status = evaluate(cell)
      let isWanted = status == .failed && cell.expectsFailure
      guard status == .success || isWanted else { return status }
    }
    let isInput = expressions.isEmpty
    guard let text = isInput ? readInput() : expressions.joined(separator: "\n") else {
      bench.screen.say("lepton-repl: error[file/text]: standard input is not text in UTF-8")
      return .failed
    }
    let cell = Cell(
      id: "input", file: isInput ? "<stdin>" : "<command>", text: text, seed: seed)
    return evaluate(cell)
  }

  private func evaluate(_ cell: Cell) -> PromptCommand.Status {
    do {
      let status = status(of: try bench.run(cell).outcome)
      guard bench.screen.isWritable else {
        bench.screen.say("lepton-repl: error[file/write]: standard output could not be written")
        return .notWritten
      }
      return status
    } catch {
      bench.screen.say("lepton-repl: \(Workbench.sentence(about: error))")
      return .internalFault
    }
  }

  private func status(of outcome: Workbench.Outcome) -> PromptCommand.Status {
    switch outcome {
    case .finished: .success
    case .failed: .failed
    case .interrupted: .interrupted
    case .died: .internalFault
    }
  }

  /// Reads standard input to its end; nothing if it is not text.
  private func readInput() -> String? {
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = read(STDIN_FILENO, &buffer, buffer.count)
      if count < 0 && errno == EINTR { continue }
      guard count > 0 else { return String(validating: bytes, as: UTF8.self) }
      bytes += buffer[..<count]
    }
  }
}
