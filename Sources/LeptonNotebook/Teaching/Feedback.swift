import LeptonDisplay
import LeptonSession

/// The page that tells whoever learns what became of a notebook.
///
/// Of hidden checks it says how they ended and what the author wrote for that case: no code, and no
/// value, because a value stands beside the code that gave it.
public struct Feedback {
  private let grade: Grade
  private let title: String

  /// Makes the page of a grade in a lesson with that title.
  public init(_ grade: Grade, title: String) {
    self.grade = grade
    self.title = title
  }

  /// The page as Markdown.
  public var markdown: String {
    let rows = grade.entries.map { entry -> [Table.Cell] in
      [.text(entry.exercise.id), .float(entry.points), .float(entry.exercise.points)]
    }
    let total: [Table.Cell] = [.text("all"), .float(grade.points), .float(grade.most)]
    let table = Table(
      columns: ["exercise", "points", "of"].map { Table.Column($0) }, rows: rows + [total])
    return """
      # \(MarkdownRenderer.escaped(title)): \(MarkdownRenderer.escaped(grade.student))

      \(MarkdownRenderer.markdown(of: table))

      \(grade.entries.map(Self.section).joined(separator: "\n"))
      """
  }

  private static func section(_ entry: Grade.Entry) -> String {
    "## \(MarkdownRenderer.escaped(entry.exercise.id))\n\n" + text(of: entry) + "\n"
  }

  /// What became of the answer to one exercise, as Markdown.
  public static func text(of entry: Grade.Entry) -> String {
    let note = entry.note.isEmpty ? [] : [MarkdownRenderer.escaped(entry.note) + "."]
    let checks = zip(entry.exercise.checks, entry.verdicts).flatMap { check, verdict in
      blocks(check, verdict)
    }
    return (note + checks).joined(separator: "\n\n")
  }

  private static func blocks(_ check: NotebookCell, _ verdict: CheckVerdict) -> [String] {
    let isHidden = check.attributes.exercise.isHidden
    let name = isHidden ? "hidden check" : "check"
    var shown = verdict
    if isHidden {
      shown.values = []
      // What an `expect` of the check says is part of its code.
      shown.message = verdict.outcome == .failed ? check.attributes.exercise.fail ?? "" : ""
    }
    let status = CellStatus.notRun(.mistakesBefore)
    return [CheckText.line(shown, name: name, status: status)] + CheckText.values(shown)
  }
}
