import Glibc
import LeptonSession

/// The conversation at a terminal: reads an entry, evaluates it, shows what it gives, again.
@MainActor
struct Prompt {
  let bench: Workbench
  private let options: Options
  private let assistance: Assistance
  private let reader: EntryReader
  var history: History
  /// What has been entered.
  var transcript = Transcript()
  /// The number of the entry that is being typed.
  private(set) var number = 1
  /// The key of the chance of entries to come.
  var seed: Int
  /// The walk that is going on.
  var walk: Walk?
  /// The lesson that is going on.
  var lesson: TakenLesson?
  /// What stands in the next entry from the start.
  var begun = ""
  /// Whether the user has asked to leave.
  var isLeaving = false

  /// What the command line asks for.
  struct Options {
    /// The seed of chance.
    var seed = 0
    /// Whether nothing is said at the start.
    var isQuiet = false
    /// Whether entries are kept for later sessions.
    var keepsHistory = true
    /// Programs that are evaluated first: the user's own, then one of the command line.
    var programs: [ProgramFile] = []
  }

  /// Makes a prompt.
  init(_ bench: Workbench, _ options: Options) {
    self.bench = bench
    self.options = options
    seed = options.seed
    history = History(isKept: options.keepsHistory)
    assistance = Assistance(bench)
    reader = EntryReader(bench.screen, assistance: assistance)
  }

  /// Talks until the user leaves.
  mutating func run() -> PromptCommand.Status {
    if !options.isQuiet { bench.screen.say(Prompt.greeting) }
    LineEditor.recollect = { [history] in history.entries().map(\.text) }
    defer { bench.close() }
    for cell in options.programs.flatMap({ $0.cells(seed: seed, on: bench) ?? [] })
    where !evaluate(cell) {
      return .internalFault
    }
    while !isLeaving {
      switch reader.read(
        prompt: "lepton[\(number)]> ", text: take(&begun), suggestion: suggestion)
      {
      case .nothing: continue
      case .givenUp:
        endWalk()
        leaveLesson()
      case .signal(let signal): return signal == SIGTERM ? .terminated : .success
      case .end: return .success
      case .text(let text): guard enter(text) else { return .internalFault }
      }
    }
    return .success
  }

  private static let greeting =
    "Lepton 0.1.0. help() tells where to begin, tutorial() shows it; Ctrl-D leaves."

  private var suggestion: Suggestion {
    walk?.step.map { Suggestion(text: $0.entry) } ?? lesson?.suggestion ?? Suggestion()
  }

  private func take(_ text: inout String) -> String {
    defer { text = "" }
    return text
  }

  /// Keeps what was typed, evaluates it, and does what it asks for.
  private mutating func enter(_ typed: String) -> Bool {
    remember(typed)
    let aid = TypingAid(describe: assistance.describe, defined: transcript.names)
    let given = lesson?.cell(for: typed, entry: number)
    let cell =
      given.map(unique)
      ?? Cell(
        id: "in-\(number)", file: "<prompt \(number)>",
        text: aid.entry(for: typed), seed: seed,
        entry: number)
    number += 1
    let goesOn = evaluate(cell, isQuestion: cell.text != typed && typed.contains("?"))
    if walk?.advance(past: typed) == true { tellStep() }
    noteForLesson(cell)
    return goesOn
  }

  /// Puts what was typed into the history, and says it once if that cannot be kept.
  private mutating func remember(_ typed: String) {
    let wasWritable = history.isWritable
    if history.append(typed) { LineEditor.remember(typed) }
    if wasWritable, !history.isWritable {
      say("\(history.path ?? "") cannot be written; entries are kept for this session only")
    }
  }

  /// Evaluates a cell; if the worker dies, another takes its place.
  ///
  /// - Returns: Whether the next one can be shown.
  @discardableResult
  mutating func evaluate(_ cell: Cell, isQuestion: Bool = false) -> Bool {
    defer { assistance.forget() }
    do {
      let result = try bench.run(cell)
      if result.outcome == .died {
        try bench.restart()
        bench.screen.say("A new worker is running; \(transcript.loseNames()).")
      }
      keep(cell, result, isQuestion)
      for wish in result.wishes { grant(wish) }
    } catch {
      // Nobody is thrown out who may still want to save the session.
      bench.screen.say(Workbench.sentence(about: error))
      try? bench.restart()
    }
    return bench.screen.isWritable
  }

  private mutating func keep(_ cell: Cell, _ result: Workbench.Result, _ isQuestion: Bool) {
    var entry = Transcript.Entry(cell: cell, result: result, isQuestion: isQuestion)
    let checks = result.outcome == .died ? nil : bench.ask { try $0.check([cell]) }
    if let names = checks?.first { entry.names = names }
    transcript.append(entry)
  }
}
