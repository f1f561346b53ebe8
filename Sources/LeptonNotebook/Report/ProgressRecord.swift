import LeptonDisplay
import LeptonJSON
import LeptonSession

/// What happens in a run, as lines of JSON for programs that wait for it.
///
/// Each line is an object with the members `event` (`cell`, `progress`, `failure`, `message`) and
/// `notebook`.
public enum ProgressRecord {
  /// The line of an event; nothing for one that says nothing new.
  public static func line(of event: RunEvent, notebook: String, cell: String) -> String? {
    switch event {
    case .cellBegan(let id, let number, let count):
      object(
        "cell", notebook,
        ["cell": .string(id), "number": .int(number), "count": .int(count), "status": "running"])
    case .cellEnded(let outcome) where outcome.cell.attributes.isEvaluated:
      object(
        "cell", notebook,
        [
          "cell": .string(outcome.id), "status": .string(outcome.status.word),
          "seconds": .double(outcome.seconds),
        ])
    case .cellEnded: nil
    case .progress(let progress): object("progress", notebook, members(of: progress, in: cell))
    case .failure(let failure):
      object(
        "failure", notebook,
        [
          "severity": .string(failure.severity.rawValue), "code": .string(failure.code),
          "message": .string(failure.message), "file": .string(failure.place.file),
          "line": .int(failure.place.line), "column": .int(failure.place.column),
        ])
    }
  }

  /// The line of a sentence.
  public static func line(saying text: String, notebook: String) -> String? {
    object("message", notebook, ["text": .string(text)])
  }

  private static func members(of progress: Progress, in cell: String) -> JSON {
    [
      "cell": .string(cell), "task": .string(progress.task), "done": .int(progress.done),
      "total": .int(progress.total), "unit": .string(progress.unit), "epoch": .int(progress.epoch),
      "epochs": .int(progress.epochs), "seconds": finite(progress.seconds),
      "left": ProgressText.secondsLeft(progress).map(finite) ?? .null,
      "measures": .object(progress.measures.map { JSON.Member($0.name, finite($0.value)) }),
    ]
  }

  /// JSON has no numbers for what is not finite.
  private static func finite(_ number: Double) -> JSON { number.isFinite ? .double(number) : .null }

  private static func object(_ event: String, _ notebook: String, _ rest: JSON) -> String? {
    let head = [JSON.Member("event", .string(event)), JSON.Member("notebook", .string(notebook))]
    let bytes = try? JSON.object(head + (rest.members ?? [])).bytes()
    return bytes.map { String(decoding: $0, as: UTF8.self) }
  }
}
