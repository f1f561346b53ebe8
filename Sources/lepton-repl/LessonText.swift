import LeptonNotebook

/// What a lesson says beside its author, in Markdown.
enum LessonText {
  /// What the step asks for.
  static func request(_ lesson: TakenLesson) -> String {
    guard let exercise = lesson.exercise else { return "" }
    let points = Points.text(exercise.points)
    let hint = exercise.hints.isEmpty ? "" : ", `hint()` helps"
    return """

      **Exercise `\(exercise.id)`, \(points).** Write your answer in the place of `todo`: Enter on an empty line brings
      this to be completed. `check()` grades it\(hint), `next()` goes on.

      ```
      \(exercise.stub.trimmed)
      ```
      """
  }

  /// What an answer earned.
  static func result(_ grade: Grade.Entry) -> String {
    let all = grade.exercise.points
    let earned = "**\(Points.text(grade.points, of: all)).**"
    return grade.points >= all
      ? "\(earned) Enter goes on." : "\(earned) Enter on an empty line brings your answer again."
  }

  /// What there is to say at the end: what each exercise earned.
  static func ending(_ lesson: TakenLesson) -> String {
    let lines = lesson.notebook.exercises.map { exercise in
      let earned = lesson.record.points[exercise.id] ?? 0
      return "* `\(exercise.id)`: \(Points.text(earned, of: exercise.points))"
    }
    let (earned, all) = lesson.points
    return """

      **That was \(lesson.title): \(Points.text(earned, of: all)).**

      \(lines.joined(separator: "\n"))

      `lesson("\(lesson.entry.name)", anew=true)` begins it again, `lesson()` lists the lessons.
      """
  }
}
