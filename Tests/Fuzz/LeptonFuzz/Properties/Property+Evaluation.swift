import LeptonDisplay
import LeptonLibrary
import LeptonLink
import LeptonRuntime
import LeptonSession
import LeptonSyntax

extension Property {
  /// Whatever the program: it ends, every failure has a place, all that it gives can be sent and
  /// drawn, what the check refuses does not run, and the session goes on.
  static func evaluation(_ library: Library) -> Property {
    Property("evaluation") { bytes in
      let text = String(decoding: bytes, as: UTF8.self)
      var trial = Trial(library)
      return trial.complaint(about: text)
    }
  }
}

/// A run of one program in a session of its own.
private struct Trial {
  /// What a program may use before it is stopped.
  static let limits = Limits(turns: 300_000, seconds: 1)

  private let library: Library
  private let session: Interpreter
  private var outputs: [Output] = []

  init(_ library: Library) {
    self.library = library
    session = Interpreter(library: library)
    session.context.limits = Trial.limits
  }

  mutating func complaint(about text: String) -> String? {
    let cell = Cell(id: "fuzz", file: "fuzz.lep", text: text)
    let check = session.check([cell])
    let mistakes = check.flatMap(\.failures).filter { $0.severity == .error }
    let result = run(cell)
    return wrongVerdict(result, mistakes) ?? wrongForesight(result, check.flatMap(\.foreseen))
      ?? wrongFailure(text) ?? wrongOutput() ?? wrongState()
      ?? wrongSource()
  }

  private mutating func run(_ cell: Cell) -> CellResult {
    var given: [Output] = []
    let result = session.run(cell) { event in
      if case .output(let output) = event { given.append(output) }
    }
    outputs = given
    return result
  }

  private var failures: [Failure] {
    outputs.compactMap { if case .failure(let failure) = $0 { failure } else { nil } }
  }

  /// Whether the run and the check agree.
  private func wrongVerdict(_ result: CellResult, _ mistakes: [Failure]) -> String? {
    guard mistakes.isEmpty else {
      return outputs == mistakes.map(Output.failure) && result == .failed
        ? nil : "the run does not tell what the check tells"
    }
    switch result {
    case .finished: return failures.isEmpty ? nil : "finished with a failure"
    case .failed, .interrupted: return failures.count == 1 ? nil : "\(failures.count) failures"
    }
  }

  /// Whether what was foreseen of a program that ran to its end did not happen.
  private func wrongForesight(_ result: CellResult, _ foreseen: [Failure]) -> String? {
    guard result == .finished, let failure = foreseen.first else { return nil }
    return "it ran, though this was foreseen: \(failure)"
  }

  private func wrongFailure(_ text: String) -> String? {
    let source = Source(name: "fuzz.lep", text: text)
    return failures.lazy.compactMap { $0.misplacement(in: [source]) }.first
  }

  /// Whether everything can be sent and drawn.
  private func wrongOutput() -> String? {
    // A loop without an end gives a hundred thousand before it is stopped.
    for output in outputs.prefix(1000) {
      let reply = Reply.event(.output(output))
      do {
        let back = try Frame(reply).message(as: Reply.self)
        guard back.words == reply.words else { return "sent, it becomes another: \(output)" }
      } catch {
        return "it cannot be sent: \(error)"
      }
      _ = TerminalRenderer(width: 60, colours: .full).text(of: output)
      _ = MarkdownRenderer.markdown(of: output) { $0.svg }
    }
    return nil
  }

  /// Whether the session goes on.
  private mutating func wrongState() -> String? {
    guard run(Cell(id: "after", file: "after.lep", text: "1 + 1")) == .finished else {
      return "nothing runs afterwards: \(failures)"
    }
    return nil
  }

  /// Whether plain data prints as the Lepton that makes it, where the program's names do not hide the words.
  private func wrongSource() -> String? {
    var fresh = Trial(library)
    for (name, value) in session.definitions where value.isPlain(depth: 0) {
      let source = value.source
      guard source.utf8.count < 4000 else { continue }
      let cell = Cell(id: "back", file: "back.lep", text: "back = (\(source));")
      guard fresh.run(cell) == .finished else {
        return "`\(name)` prints as `\(source)`, which fails: \(fresh.failures)"
      }
      let back = fresh.session.definitions.first { $0.name == "back" }?.value
      guard back?.source == source else {
        return "`\(name)` prints as `\(source)`, which prints as `\(back?.source ?? "nothing")`"
      }
    }
    return nil
  }
}

extension Reply {
  /// What it says, to be compared: nan equals nothing, and has a sign that does not matter.
  fileprivate var words: String { "\(self)".split(separator: "-nan").joined(separator: "nan") }
}

extension Value {
  /// Whether it is plain data that is not too deep to be written as a program.
  fileprivate func isPlain(depth: Int) -> Bool {
    guard depth < 50 else { return false }
    switch self {
    case .nothing, .bool, .int, .float, .string, .tensor: return true
    case .list(let elements): return elements.allSatisfy { $0.isPlain(depth: depth + 1) }
    case .record(let record): return record.values.allSatisfy { $0.isPlain(depth: depth + 1) }
    case .function, .object: return false
    }
  }
}
