import LeptonNotebook
import LeptonSession
import LeptonSyntax

/// A lesson that somebody takes: where they are, what they answered, what they earned.
struct TakenLesson {
  /// Where it lies.
  let entry: LessonShelf.Entry
  /// Its master, of which nothing hidden is ever told.
  let notebook: Notebook
  /// What is told and done, in order.
  let steps: [LessonStep]
  private let prepared: PreparedNotebook
  private(set) var place = 0
  /// What is kept of it.
  private(set) var record: LessonRecord
  /// What the answer was given for the exercise earned when it was checked last, if it was.
  private var lastShare: Double?
  private var toldHints = 0

  /// Begins a lesson, or goes on with it.
  init(
    _ entry: LessonShelf.Entry, _ notebook: Notebook, _ record: LessonRecord,
    by session: any Session
  ) throws {
    self.entry = entry
    self.notebook = notebook
    self.record = record
    steps = notebook.steps
    let binding = try ParameterBinding(notebook.frontMatter.parameters, given: ParameterSources())
    prepared = try PreparedNotebook(notebook, binding, seed: 0, by: session)
    place = steps.firstIndex { TakenLesson.id(of: $0) == record.place } ?? 0
  }

  /// The step that it is at.
  var step: LessonStep { steps[place] }
  /// The exercise that it is at.
  var exercise: Exercise? { if case .exercise(let exercise) = step.task { exercise } else { nil } }
  /// The answer to it.
  var answer: String? { exercise.flatMap { record.answers[$0.id] } }
  /// Whether everything has been told.
  var isOver: Bool { place == steps.count - 1 }
  /// What it is called.
  var title: String { notebook.frontMatter.title ?? entry.name }
  /// The points that were earned, and those that there are.
  var points: (earned: Double, all: Double) { LessonPoints.count(record, notebook.exercises) }

  /// What Enter enters where nothing has been typed.
  var suggestion: Suggestion {
    switch step.task {
    case .nothing: return Suggestion()
    case .cell(let cell): return Suggestion(text: String(cell.code.trimmed))
    case .exercise(let exercise):
      guard let answer else { return draft(exercise.stub) }
      guard let lastShare else { return Suggestion(text: "check()") }
      return lastShare >= 1 ? Suggestion(text: "next()") : draft(answer)
    }
  }

  private func draft(_ code: String) -> Suggestion {
    Suggestion(text: String(code.trimmed), isDraft: true)
  }

  // MARK: Going on

  /// Goes to the next step.
  mutating func advance() {
    place = min(place + 1, steps.count - 1)
    record.place = TakenLesson.id(of: step)
    (lastShare, toldHints) = (nil, 0)
  }

  private static func id(of step: LessonStep) -> String {
    switch step.task {
    case .cell(let cell): cell.provisionalID
    case .exercise(let exercise): exercise.id
    case .nothing: "end"
    }
  }

  /// What is to be run so that the names are there which the steps so far define.
  var cellsSoFar: [Cell] {
    let cells = steps[..<place].enumerated().compactMap { index, step -> Cell? in
      switch step.task {
      case .cell(let cell): missing(at: index) == nil ? prepared.cell(cell) : nil
      case .exercise(let exercise): answered(exercise)
      case .nothing: nil
      }
    }
    let here = exercise.flatMap(answered)
    return (prepared.parameters.map { [$0] } ?? []) + cells + (here.map { [$0] } ?? [])
  }

  /// The answer to an exercise, as a cell.
  private func answered(_ exercise: Exercise) -> Cell? {
    record.answers[exercise.id].map { answer in
      var cell = prepared.cell(exercise.cell)
      cell.text = answer
      return cell
    }
  }

  /// A name that the step needs, and the exercise that would define it and is not done.
  var missing: (name: String, exercise: String)? { missing(at: place) }

  private func missing(at index: Int) -> (name: String, exercise: String)? {
    guard case .cell(let cell) = steps[index].task else { return nil }
    var absent: [String: String] = [:]
    for step in steps[..<index] {
      switch step.task {
      case .exercise(let exercise) where record.answers[exercise.id] == nil:
        for name in prepared.defines(of: exercise.cell) { absent[name] = exercise.id }
      case .cell(let cell):
        guard let need = prepared.reads(of: cell).compactMap({ absent[$0] }).first else { continue }
        for name in prepared.defines(of: cell) { absent[name] = need }
      default: continue
      }
    }
    for name in prepared.reads(of: cell) {
      if let exercise = absent[name] { return (name, exercise) }
    }
    return nil
  }

  /// The cell of this step, if that is what has been entered.
  func cell(for typed: String, entry number: Int) -> Cell? {
    guard case .cell(let cell) = step.task, sameCode(cell.code, typed) else { return nil }
    var copy = prepared.cell(cell)
    (copy.text, copy.file, copy.firstLine) = (typed, "<prompt \(number)>", 1)
    copy.entry = number
    return copy
  }

  // MARK: Answers

  /// Takes the answer out of what has been entered, if the last entry is a part of it.
  ///
  /// - Returns: Whether it is.
  mutating func noteAnswer(in entries: [Transcript.Entry]) -> Bool {
    guard let exercise, let last = entries.last, last.isWork else { return false }
    let wanted = Set(prepared.defines(of: exercise.cell))
    guard !wanted.isDisjoint(with: last.names.defines) else { return false }
    record.answers[exercise.id] = code(defining: wanted, in: entries)
    lastShare = nil
    return true
  }

  /// The entries that define names, and those that define what they read, unless the lesson does.
  private func code(defining names: Set<String>, in entries: [Transcript.Entry]) -> String {
    let given = Set(notebook.cells.flatMap { prepared.defines(of: $0) }).subtracting(names)
    var wanted = names
    var parts: [String] = []
    for entry in entries.reversed() where entry.isWork {
      guard !wanted.isDisjoint(with: entry.names.defines) else { continue }
      wanted.subtract(entry.names.defines)
      wanted.formUnion(Set(entry.names.reads).subtracting(given))
      parts.append(entry.cell.text)
    }
    return parts.reversed().joined(separator: "\n") + "\n"
  }

  /// Notes what the answer earned.
  mutating func note(_ grade: Grade.Entry) {
    guard let exercise else { return }
    let all = exercise.points
    record.points[exercise.id] = max(record.points[exercise.id] ?? 0, grade.points)
    lastShare = all > 0 ? grade.points / all : 1
  }

  /// The next hint; the last one again when there are no more.
  mutating func hint() -> (text: String, number: Int, count: Int)? {
    guard let hints = exercise?.hints, !hints.isEmpty else { return nil }
    toldHints = min(toldHints + 1, hints.count)
    return (hints[toldHints - 1], toldHints, hints.count)
  }
}

/// What Enter enters where nothing has been typed.
struct Suggestion {
  /// The entry.
  var text = ""
  /// Whether it is only put there, to be completed.
  var isDraft = false
}

/// Whether two texts are the same to the language.
func sameCode(_ first: String, _ second: String) -> Bool {
  func words(of text: String) -> [String] {
    let source = Source(name: "", text: text)
    return Lexer.tokens(of: source).filter { !$0.isTrivia }.map { source[$0.span] }
  }
  return words(of: first) == words(of: second)
}
