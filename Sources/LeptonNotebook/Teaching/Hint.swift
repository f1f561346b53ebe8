import LeptonSession
import LeptonSyntax

/// What helps with an exercise: a fence whose info string begins with `hint for=`.
public struct Hint: Sendable {
  /// The fence as it stands in the file.
  public var text: String
  /// What stands between the fences.
  public var content: String
  /// The exercise that it helps with.
  public var exercise: String
  /// The line of the opening fence, from 1.
  public var line: Int
}

extension Notebook {
  /// The hints that nobody will see, because there is no such exercise.
  var strayHints: [Failure] {
    let ids = cells.filter(\.attributes.exercise.isExercise).compactMap(\.attributes.id)
    return blocks.compactMap { block in
      guard case .hint(let hint) = block, !ids.contains(hint.exercise) else { return nil }
      let place = Failure.Place(
        file: name, line: hint.line, text: hint.text.prefix { $0 != "\n" })
      return Mistake.strayHint(hint.exercise, Spelling.nearest(to: hint.exercise, in: ids))
        .failure(at: place)
    }
  }
}
