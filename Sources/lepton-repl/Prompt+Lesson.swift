import Glibc
import LeptonFiles
import LeptonLink
import LeptonNotebook
import LeptonSession

// A lesson at the prompt: what `lesson`, `check`, `hint` and `next` ask for.
extension Prompt {
  /// Begins a lesson, or goes on where it was left; without a name lists all.
  mutating func takeLesson(_ name: String, anew: Bool) {
    guard !name.isEmpty else { return listLessons() }
    guard let entry = LessonShelf.find(name) else {
      return say("there is no lesson \"\(name)\"; lesson() lists those that there are")
    }
    do throws(RunRefusal) {
      let notebook = try LessonShelf.notebook(of: entry)
      if let place = LessonRecord.putAside(of: entry) {
        say("what was kept of this lesson cannot be read; it is now in \(place)")
      }
      let record = anew ? nil : LessonRecord(of: entry)
      guard
        let taken = bench.ask({
          try TakenLesson(entry, notebook, record ?? LessonRecord(), by: $0)
        })
      else { return say("\(entry.name) could not be prepared") }
      (walk, lesson) = (nil, taken)
      begin(taken, goesOn: record != nil)
    } catch {
      say(([error.message] + error.help).joined(separator: "; "))
    }
  }

  private mutating func begin(_ taken: TakenLesson, goesOn: Bool) {
    if goesOn, taken.place > 0 {
      let (earned, all) = taken.points
      say("\(taken.title): \(Points.text(earned, of: all)) so far; it goes on where you were")
    }
    bench.screen.isMuted = true
    for cell in taken.cellsSoFar { evaluate(unique(cell)) }
    bench.screen.isMuted = false
    tellLesson()
  }

  private func listLessons() {
    let rows = LessonShelf.entries.compactMap { entry -> [Table.Cell]? in
      guard let notebook = try? LessonShelf.notebook(of: entry) else { return nil }
      let record = LessonRecord(of: entry)
      let (earned, all) = LessonPoints.count(record, notebook.exercises)
      return [
        .text(entry.name), .text(notebook.frontMatter.title ?? ""),
        record == nil ? .missing : .float(earned), .float(all),
      ]
    }
    guard !rows.isEmpty else { return say("no lessons are installed") }
    let columns = ["name", "title", "points", "of"].map { Table.Column($0) }
    bench.screen.show(.table(Table(columns: columns, rows: rows)))
    say("lesson(\"1\") takes the first; what you earn is kept")
  }

  /// Tells the step that the lesson is at, and passes over what cannot be run.
  mutating func tellLesson() {
    while let taken = lesson {
      bench.screen.tell(taken.step.prose + LessonText.request(taken))
      keepLesson()
      guard let (name, exercise) = taken.missing else { break }
      say("what follows needs `\(name)`, the exercise `\(exercise)`, and is passed over")
      lesson?.advance()
    }
    if lesson?.isOver == true { endLesson() }
  }

  /// Takes note of an entry: it may be what the lesson asks for.
  mutating func noteForLesson(_ cell: Cell) {
    guard let entry = transcript.entries.last, lesson != nil, entry.cell.id == cell.id else {
      return
    }
    if lesson?.cell(for: cell.text, entry: 0) != nil {
      guard entry.result.outcome == .finished || cell.expectsFailure else { return }
      lesson?.advance()
      tellLesson()
    } else if lesson?.noteAnswer(in: transcript.entries) == true {
      keepLesson()
      say("check() grades it")
    }
  }

  /// Grades the answer.
  mutating func checkAnswer() {
    guard let taken = lesson, let exercise = taken.exercise else { return say(noExercise) }
    guard let answer = taken.answer else {
      return say("there is no answer to `\(exercise.id)` yet: Enter brings its beginning")
    }
    let pressed = Signals.count(of: SIGINT)
    bench.screen.wait("checking \(exercise.id) …")
    defer { Signals.watch(SIGINT) }
    do throws(RunRefusal) {
      let run = ExerciseRun(
        taken.notebook, exercise, start: Prompt.limitedWorker(in: taken.entry.folder, pressed))
      let grade = try run.grade(of: answer, options: AnswerLimits.options)
      bench.screen.clearProgress()
      guard Signals.count(of: SIGINT) == pressed else { return say("the check was stopped") }
      lesson?.note(grade)
      keepLesson()
      bench.screen.tell(Feedback.text(of: grade) + "\n\n" + LessonText.result(grade))
    } catch {
      bench.screen.clearProgress()
      say(error.message)
    }
  }

  /// Starts workers that read the folder of a lesson, write nothing, and are stopped by Ctrl-C.
  private static func limitedWorker(in folder: String, _ pressed: Int) -> ExerciseRun.Start {
    { () throws(RunRefusal) in
      Signals.watch(SIGINT)
      guard Signals.count(of: SIGINT) == pressed else {
        throw RunRefusal(.interrupted, "the check was stopped")
      }
      let options = WorkerOptions(
        readableRoots: [folder], threads: 1, addressSpaceLimit: AnswerLimits.memory)
      do {
        let worker = try WorkerClient(options: options)
        Signals.watch(SIGINT, waking: worker.interruptDescriptor)
        let control = RunControl(
          interrupt: worker.interrupt, terminate: worker.terminate,
          isInterrupted: { Signals.count(of: SIGINT) != pressed })
        return (worker, control)
      } catch {
        throw RunRefusal(.internalFault, Workbench.sentence(about: error))
      }
    }
  }

  /// Tells a hint.
  mutating func tellHint() {
    guard let exercise = lesson?.exercise else { return say(noExercise) }
    guard let (text, number, count) = lesson?.hint() else {
      return say("there is no hint for `\(exercise.id)`")
    }
    bench.screen.tell(count > 1 ? "\(text)\n(\(number) of \(count))" : text)
  }

  /// Goes on to what follows.
  mutating func goOn() {
    if walk != nil {
      walk?.skip()
      return tellStep()
    }
    guard let taken = lesson else { return say(noExercise) }
    if case .cell(let cell) = taken.step.task,
      let given = taken.cell(for: cell.code, entry: number)
    {
      bench.screen.tell("```\n\(cell.code)```")
      evaluate(unique(given))
    }
    lesson?.advance()
    tellLesson()
  }

  /// Ends the lesson, if one is going on.
  mutating func leaveLesson() {
    if let lesson { say("the lesson waits; lesson(\"\(lesson.entry.name)\") goes on") }
    lesson = nil
  }

  private mutating func endLesson() {
    if let taken = lesson { bench.screen.tell(LessonText.ending(taken)) }
    lesson = nil
  }

  private func keepLesson() {
    guard let lesson else { return }
    do {
      try lesson.record.write(of: lesson.entry)
    } catch {
      say("what you earned could not be kept: \((error as? FileError)?.message ?? "\(error)")")
    }
  }

  private var noExercise: String { "no exercise is waiting; lesson() lists the lessons" }
}
