import Glibc
import LeptonDisplay
import LeptonFiles
import LeptonSession

// What words ask of the prompt.
extension Prompt {
  /// How many entries are listed.
  private static let mostListed = 50

  /// Does what a word asks for.
  mutating func grant(_ wish: Wish) {
    switch wish {
    case .leave: isLeaving = true
    case .reset: reset()
    case .seed(let number):
      seed = number
      say("entries to come have the seed \(number)")
    case .edit(let entry): edit(entry)
    case .entries(let part): list(part)
    case .save(let file): save(file)
    case .load(let file): load(file)
    case .walk(let steps):
      (walk, lesson) = (Walk(steps), nil)
      tellStep()
    case .lesson(let name, let anew): takeLesson(name, anew: anew)
    case .check: checkAnswer()
    case .hint: tellHint()
    case .next: goOn()
    case .page(let text): page(text)
    }
  }

  /// Tells the next step of a walk, or that it is over.
  mutating func tellStep() {
    guard let text = walk?.text else { return walk = nil }
    bench.screen.tell(text)
  }

  /// Ends a walk, if one is going on.
  mutating func endWalk() {
    if walk != nil { say("the tutorial ends here; tutorial() begins it anew") }
    walk = nil
  }

  /// Says something about what was asked for.
  func say(_ text: String) { bench.screen.show(.notice(text)) }

  private mutating func reset() {
    do {
      try bench.restart()
      transcript.forget()
      say("nothing is defined")
    } catch {
      bench.screen.say(Workbench.sentence(about: error))
    }
  }

  private mutating func edit(_ number: Int?) {
    let entries = transcript.entries.filter { $0.result.wishes.isEmpty }
    let entry = number.map { wanted in entries.last { $0.cell.entry == wanted } } ?? entries.last
    if let number, entry == nil { return say("there is no entry \(number)") }
    guard let text = ExternalProgram.edit(entry?.cell.text ?? "") else {
      return say("the editor that $VISUAL or $EDITOR names failed")
    }
    begun = text
  }

  private func page(_ text: String) {
    if !ExternalProgram.page(text) { say("the pager that $PAGER names failed") }
  }

  private func list(_ part: String) {
    let found = history.entries().filter { part.isEmpty || $0.text.contains(part) }
    guard !found.isEmpty else { return say("no entry has `\(part)` in it") }
    let rows = found.suffix(Prompt.mostListed).map { entry -> [Table.Cell] in
      [.text(entry.seconds.map(Prompt.date) ?? ""), .text(entry.text)]
    }
    bench.screen.show(
      .table(Table(columns: [.init("when"), .init("entry")], rows: rows)))
  }

  private static func date(_ seconds: Int) -> String {
    var (moment, parts) = (time_t(seconds), tm())
    localtime_r(&moment, &parts)
    func two(_ number: Int32) -> String { number < 10 ? "0\(number)" : "\(number)" }
    return "\(parts.tm_year + 1900)-\(two(parts.tm_mon + 1))-\(two(parts.tm_mday)) "
      + "\(two(parts.tm_hour)):\(two(parts.tm_min))"
  }

  private func save(_ file: String) {
    let session = SavedSession(transcript)
    do throws(FileError) {
      if let present = try ProgramFile.ifPresent(file), !SavedSession.wrote(present.text) {
        return say("\(file) exists and is no saved session; choose another name")
      }
      try AtomicWriter.write(session.text, to: file)
      let cells = session.count == 1 ? "1 entry" : "\(session.count) entries"
      say("\(file) holds \(cells); lepton-run --check \(file) runs it again")
    } catch {
      say(error)
    }
  }

  private func say(_ error: FileError) {
    say(([error.message] + error.help).joined(separator: "; "))
  }

  private mutating func load(_ file: String) {
    let program: ProgramFile
    do throws(FileError) {
      program = try ProgramFile(file)
    } catch {
      return say(error)
    }
    for cell in program.cells(seed: seed, on: bench) ?? [] where !load(cell) { return }
  }

  /// Evaluates a cell of a file.
  ///
  /// - Returns: Whether the next one may follow: it ran, was to fail, or is an exercise to be done.
  private mutating func load(_ cell: Cell) -> Bool {
    guard evaluate(unique(cell)), let result = transcript.entries.last?.result else { return false }
    let isToDo = result.outputs.contains {
      if case .failure(let failure) = $0 { failure.code == "exercise/todo" } else { false }
    }
    return result.outcome == .finished
      || result.outcome == .failed && (cell.expectsFailure || isToDo)
  }

  /// The cell under a name that no other has.
  func unique(_ cell: Cell) -> Cell {
    let names = Set(transcript.entries.map(\.cell.id))
    guard names.contains(cell.id) else { return cell }
    var copy = cell
    copy.id = (2...).lazy.map { "\(cell.id)-\($0)" }.first { !names.contains($0) } ?? cell.id
    return copy
  }
}
