import LeptonSession

/// Runs a plain program: one cell, whose outputs are handed over as they come.
public final class ScriptRun {
  private let text: String
  private let name: String
  private let arguments: [String]
  private let options: RunOptions
  private let session: any Session
  private let control: RunControl

  /// Prepares a run.
  ///
  /// - Parameter arguments: What the program finds in the list `arguments`.
  public init(
    _ source: SourceText, name: String, arguments: [String], options: RunOptions,
    session: any Session, control: RunControl
  ) {
    text = source.text
    self.name = name
    self.arguments = arguments
    self.options = options
    self.session = session
    self.control = control
  }

  /// Checks the program and runs it.
  ///
  /// - Parameter receive: Takes what the program gives; mistakes found by the check come here too.
  public func run(receive: (Event) -> Void) -> ExitCode {
    guard text.contains(where: { !$0.isWhitespace }) else { return .nothingToRun }
    let list = ParameterValue.list(arguments.map { .string($0) })
    let prelude = Cell(id: "arguments", file: name, text: "arguments = \(list.source)\n")
    let cell = Cell(id: "script", file: name, text: text, seed: options.seed ?? 0)
    do {
      let checks = try session.check([prelude, cell])
      checks.flatMap(\.failures).forEach { receive(.output(.failure($0))) }
      guard checks.allSatisfy(\.holds) else { return .unreadable }
      _ = try session.run(prelude) { _ in }
      return try run(cell, receive: receive)
    } catch {
      if let exit = exitOfStop { return exit }
      receive(.output(.failure(NotebookRun.fault(error, in: name))))
      return .internalFault
    }
  }

  private func run(_ cell: Cell, receive: (Event) -> Void) throws -> ExitCode {
    var holds = true
    let (result, timedOut) = try control.timing(options.timeout) {
      try session.run(cell) { event in
        guard case .output(let output) = event else { return receive(event) }
        if case .verdict(let verdict) = output { holds = holds && verdict.holds }
        let limit = options.timeout.map { Mistake.timeLimit($0, inNotebook: false) }
        let named = output.naming(control.hasTimedOut ? limit : nil)
        // What tells nothing but times was asked for: whoever shows it keeps it from what is compared.
        receive(.output(options.showsTimings ? named : named.withoutTimings ?? named))
      }
    }
    switch result {
    case .failed: return .cellFailed
    case .finished where !timedOut && control.stopReason == nil:
      return holds ? .success : .expectationFailed
    case .finished, .interrupted: return timedOut ? .timeLimit : exitOfStop ?? .interrupted
    }
  }

  private var exitOfStop: ExitCode? {
    if control.hasTimedOut { return .timeLimit }
    switch control.stopReason {
    case .interrupted: return .interrupted
    case .terminated: return .terminated
    case .outOfTime: return .timeLimit
    case .unwritable: return .notWritten
    case nil: return nil
    }
  }
}
