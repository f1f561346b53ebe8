/// A step of a lesson that somebody takes alone: what is told, and what is to be done then.
public struct LessonStep: Sendable {
  /// What is to be done.
  public enum Task: Sendable {
    /// A cell is to be run as it stands.
    case cell(NotebookCell)
    /// An exercise is to be done.
    case exercise(Exercise)
    /// Nothing: this is the end.
    case nothing
  }

  /// What is told, in Markdown.
  public var prose: String
  /// What is to be done.
  public var task: Task
}

extension Notebook {
  /// The steps of the lesson, in order; nothing hidden, no solution and no check is in them.
  public var steps: [LessonStep] {
    let exercises = self.exercises
    var steps: [LessonStep] = []
    var prose = ""
    for block in blocks {
      switch block {
      case .prose(let text): prose += text
      case .parameterPlace, .hint, .expectation: continue
      case .cell(let cell):
        guard let task = Self.task(of: cell, exercises) else {
          prose += cell.attributes.exercise.isTold ? cell.text : ""
          continue
        }
        steps.append(LessonStep(prose: prose, task: task))
        prose = ""
      }
    }
    return steps + [LessonStep(prose: prose, task: .nothing)]
  }

  private static func task(of cell: NotebookCell, _ exercises: [Exercise]) -> LessonStep.Task? {
    if let exercise = exercises.first(where: { $0.cell.index == cell.index }) {
      return .exercise(exercise)
    }
    return cell.isRunnable && cell.attributes.exercise.isTold ? .cell(cell) : nil
  }
}

extension ExerciseAttributes {
  /// Whether the cell is told as it stands.
  fileprivate var isTold: Bool { !isSecret && check == nil }
}
