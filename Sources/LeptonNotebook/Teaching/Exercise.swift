/// An exercise of a lesson, with everything that belongs to it.
public struct Exercise: Sendable {
  /// What it is called.
  public let id: String
  /// The cell that is to be written.
  public let cell: NotebookCell
  /// What is checked, in order.
  public let checks: [NotebookCell]
  /// Tries that the checks must judge rightly.
  public let attempts: [NotebookCell]
  /// What helps, one after the other.
  public let hints: [String]

  /// What stands in the place of the answer at first.
  public var stub: String {
    Solution(in: cell.code)?.withheld(id: id) ?? "todo(\"\(id)\")\n"
  }

  /// What it is worth: what its cell says, else the sum of its checks.
  public var points: Double { cell.attributes.exercise.points ?? weights }

  /// What a check is worth, before the checks' sum is fitted to the exercise.
  func weight(of check: NotebookCell) -> Double { check.attributes.exercise.points ?? 1 }

  private var weights: Double { checks.reduce(0) { $0 + weight(of: $1) } }

  /// What a check is worth.
  func points(of check: NotebookCell) -> Double {
    let all = weights
    return all > 0 ? points * weight(of: check) / all : 0
  }
}

extension Notebook {
  /// The exercises, in order.
  public var exercises: [Exercise] {
    let cells = self.cells
    return cells.filter(\.attributes.exercise.isExercise).map { cell in
      let id = cell.attributes.id ?? ""
      return Exercise(
        id: id, cell: cell, checks: cells.filter { $0.attributes.exercise.check == id },
        attempts: cells.filter { $0.attributes.exercise.attempt == id }, hints: hints(for: id))
    }
  }

  private func hints(for exercise: String) -> [String] {
    blocks.compactMap {
      if case .hint(let hint) = $0, hint.exercise == exercise { hint.content } else { nil }
    }
  }

  /// What is wrong with the exercises, each with its cell.
  var exerciseMistakes: [(Mistake, NotebookCell)] {
    let ids = Set(cells.filter(\.attributes.exercise.isExercise).compactMap(\.attributes.id))
    return cells.compactMap { cell in
      mistake(in: cell, ids).map { ($0, cell) }
    }
  }

  private func mistake(in cell: NotebookCell, _ ids: Set<String>) -> Mistake? {
    let attributes = cell.attributes
    let exercise = attributes.exercise
    if !exercise.isSecret,
      let line = Solution.strayMark(in: cell.code, isExercise: exercise.isExercise)
    {
      return .exercise(
        "line \(line + 1) of this cell seems to mark a solution, which would be handed out",
        help: "the marks are `# BEGIN SOLUTION` and `# END SOLUTION`, in a cell with `exercise`")
    }
    if exercise.isExercise {
      guard let id = attributes.id else { return .exercise("an exercise needs a name: `#name`") }
      let isChecked =
        exercise.hiddenChecks > 0 || cells.contains { $0.attributes.exercise.check == id }
      return isChecked
        ? nil : .exercise("nothing checks the exercise `\(id)`", help: "add a cell `check=\(id)`")
    }
    for (word, name) in [("check", exercise.check), ("try", exercise.attempt)] {
      if let name, !ids.contains(name) {
        return .exercise(
          "there is no exercise `\(name)` for this \(word)", help: "name a cell `#\(name) exercise`"
        )
      }
    }
    if exercise.isHidden, exercise.check == nil {
      return .exercise("only a check can be hidden", help: "add `check=` with the exercise's name")
    }
    return nil
  }
}
