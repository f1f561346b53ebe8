import LeptonDisplay

/// The notebook for those who learn, made of the master: without solutions, hidden checks and tries,
/// hints folded away.
public struct Assignment {
  private let notebook: Notebook

  /// Prepares the assignment of a master.
  ///
  /// - Throws: `RunRefusal` if the master cannot be read, has no exercises or no solutions.
  public init(_ notebook: Notebook) throws(RunRefusal) {
    guard notebook.isRunnable else {
      throw RunRefusal(.unreadable, "\(notebook.name) has mistakes")
    }
    guard !notebook.exercises.isEmpty else {
      throw RunRefusal(
        .usage, "\(notebook.name) has no exercises", help: ["mark a cell with `exercise points=1`"])
    }
    for exercise in notebook.exercises {
      guard let solution = Solution(in: exercise.cell.code), !solution.isEmpty else {
        throw RunRefusal(
          .unreadable,
          "\(notebook.name):\(exercise.cell.line): error[notebook/exercise]: the exercise "
            + "`\(exercise.id)` has no solution",
          help: ["put it between the lines `# BEGIN SOLUTION` and `# END SOLUTION`"])
      }
    }
    self.notebook = notebook
  }

  /// The text.
  public var text: String {
    var text = notebook.frontMatter.text
    var swallowsBlank = false
    for block in notebook.blocks {
      var part = self.part(block)
      if part.isEmpty {
        swallowsBlank = true
      } else if swallowsBlank {
        // What was taken out leaves no gap.
        if text.hasSuffix("\n\n"), part.hasPrefix("\n") { part.removeFirst() }
        swallowsBlank = part.allSatisfy { $0 == "\n" }
      }
      text += part
    }
    return text
  }

  private func part(_ block: Notebook.Block) -> String {
    switch block {
    case .prose(let text): return text
    case .parameterPlace: return ""
    case .hint(let hint): return folded(hint)
    case .expectation(let expectation):
      let cells = notebook.cells
      let isKept =
        cells.indices.contains(expectation.cell)
        && !cells[expectation.cell].attributes.exercise.isSecret
      return isKept ? expectation.text : ""
    case .cell(let cell): return self.text(of: cell)
    }
  }

  private func text(of cell: NotebookCell) -> String {
    let exercise = cell.attributes.exercise
    if exercise.isSecret { return "" }
    guard exercise.isExercise, let id = cell.attributes.id, let solution = Solution(in: cell.code)
    else { return cell.text }
    let hidden = notebook.cells.count {
      $0.attributes.exercise.check == id && $0.attributes.exercise.isHidden
    }
    var lines = cell.text.split(separator: "\n", omittingEmptySubsequences: false)
    guard let head = lines.first, let foot = lines.last(where: { !$0.isEmpty }) else { return "" }
    let note = hidden > 0 ? " hidden-checks=\(hidden)" : ""
    let end = lines.popLast()?.isEmpty == true ? "\n" : ""
    return "\(head)\(note)\n\(solution.withheld(id: id))\(foot)\(end)"
  }

  private func folded(_ hint: Hint) -> String {
    """
    <details>
    <summary>Hint</summary>

    \(hint.content.hasSuffix("\n") ? String(hint.content.dropLast()) : hint.content)

    </details>

    """
  }
}
