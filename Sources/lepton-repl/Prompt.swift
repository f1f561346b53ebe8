import Glibc
import LeptonSession

/// The conversation at a terminal: reads an entry, evaluates it, shows what it gives, again.
@MainActor
struct Prompt {
  private let bench: Workbench
  private let seed: Int
  private let isQuiet: Bool
  private var history = History()
  /// The number of the entry that is being typed.
  private var number = 1

  /// What was typed.
  private enum Entry {
    case text(String)
    case nothing
    case end
    case signal(Int32)
  }

  /// Makes a prompt.
  init(_ bench: Workbench, seed: Int, isQuiet: Bool) {
    self.bench = bench
    self.seed = seed
    self.isQuiet = isQuiet
  }

  /// Talks until the user leaves.
  mutating func run() -> PromptCommand.Status {
    if !isQuiet { bench.screen.say("Lepton 0.1.0. Tab completes, Ctrl-D leaves.") }
    LineEditor.begin()
    for entry in history.entries() { LineEditor.remember(entry) }
    defer { bench.close() }
    while true {
      switch readEntry() {
      case .nothing: continue
      case .signal(let signal): return signal == SIGTERM ? .terminated : .success
      case .end:
        bench.screen.say("")
        return .success
      case .text(let text):
        if history.append(text) { LineEditor.remember(text) }
        guard evaluate(text) else { return .internalFault }
      }
    }
  }

  /// Reads lines until the parser says that they are a whole.
  private func readEntry() -> Entry {
    var lines: [String] = []
    var indent = 0
    while true {
      let earlier = lines
      LineEditor.complete = { [bench] line, offset in
        let before = earlier.map { $0 + "\n" }.joined()
        let text = before + line
        return bench.ask { try $0.complete(text, at: before.utf8.count + offset) } ?? []
      }
      switch LineEditor.read(prompt: prompt(isFirst: lines.isEmpty), indent: indent) {
      case .interruption:
        bench.screen.say("^C")
        return .nothing
      case .end where lines.isEmpty: return .end
      case .end:
        bench.screen.say("")
        return .nothing
      case .signal(let signal): return .signal(signal)
      case .line(let line):
        lines.append(line)
        let text = lines.joined(separator: "\n")
        if text.allSatisfy(\.isWhitespace) { return .nothing }
        let completeness = bench.ask { try $0.isComplete(text) } ?? .complete
        guard case .incomplete(let depth) = completeness else { return .text(text) }
        indent = depth
      }
    }
  }

  private func prompt(isFirst: Bool) -> String {
    let first = "lepton[\(number)]> "
    return isFirst ? first : String(repeating: " ", count: first.count - 5) + "...> "
  }

  /// Evaluates an entry; if the worker dies, another takes its place.
  ///
  /// - Returns: Whether there is a worker for the next one.
  private mutating func evaluate(_ text: String) -> Bool {
    let cell = Cell(
      id: "in-\(number)", file: "<prompt \(number)>", text: text, seed: seed, isEntry: true)
    number += 1
    do {
      switch try bench.run(cell) {
      case .finished, .failed, .interrupted: break
      case .died:
        try bench.restart()
        bench.screen.say("A new worker is running; the names that were defined are gone.")
      }
      return bench.screen.isWritable
    } catch {
      bench.screen.say(Workbench.sentence(about: error))
      return false
    }
  }
}
