import LeptonJSON
import LeptonSession

/// What whoever learns earned with a notebook.
public struct Grade: Sendable {
  /// An exercise of it.
  public struct Entry: Sendable {
    /// The exercise.
    public var exercise: Exercise
    /// What came of each check.
    public var verdicts: [CheckVerdict]
    /// What is to be said about the answer as a whole; may be empty.
    public var note: String

    /// Gathers what came of an answer.
    public init(exercise: Exercise, verdicts: [CheckVerdict], note: String) {
      self.exercise = exercise
      self.verdicts = verdicts
      self.note = note
    }

    /// What was earned.
    public var points: Double {
      let all = zip(exercise.checks, verdicts).reduce(0.0) {
        $0 + exercise.points(of: $1.0) * $1.1.share
      }
      // Thirds of points would not add up to their sum.
      return (all * 1e6).rounded() / 1e6
    }
  }

  /// Whose notebook it is: the name of its file.
  public let student: String
  /// The exercises, in order.
  public let entries: [Entry]

  /// What was earned.
  public var points: Double { entries.map(\.points).reduce(0, +) }
  /// What could be earned.
  public var most: Double { entries.map(\.exercise.points).reduce(0, +) }

  /// Grades a notebook.
  ///
  /// - Parameters:
  ///   - key: The master, from which all checks are taken.
  ///   - submission: The notebook that was handed in.
  public init(
    of submission: Notebook, named student: String, key: Notebook, options: RunOptions,
    start: @escaping ExerciseRun.Start
  ) throws(RunRefusal) {
    self.student = student
    var entries: [Entry] = []
    for exercise in key.exercises {
      let answers = submission.cells.filter { $0.attributes.id == exercise.id }
      guard let answer = answers.last else {
        let nothing = CellOutcome(cell: exercise.cell, id: "", status: .notRun(.mistakesBefore))
        entries.append(
          Entry(
            exercise: exercise, verdicts: exercise.checks.map { _ in CheckVerdict(nothing) },
            note: "the cell `#\(exercise.id)` is missing"))
        continue
      }
      let run = ExerciseRun(key, exercise, start: start)
      var entry = try run.grade(of: answer.code, options: options)
      if answers.count > 1 {
        let twice = "\(answers.count) cells have this name; the last counts"
        entry.note = entry.note.isEmpty ? twice : "\(twice); \(entry.note)"
      }
      entries.append(entry)
    }
    self.entries = entries
  }
}

/// The grades of a class, as files.
public struct GradeBook {
  private let grades: [Grade]

  /// Gathers grades.
  public init(_ grades: [Grade]) { self.grades = grades }

  /// A line for each student, a column for each exercise (RFC 4180).
  public var csv: String {
    let ids = grades.first?.entries.map(\.exercise.id) ?? []
    let head = ["student"] + ids + ["total", "of"]
    let lines = grades.map { grade in
      [grade.student] + grade.entries.map { Points.number($0.points) }
        + [Points.number(grade.points), Points.number(grade.most)]
    }
    return ([head] + lines).map { $0.map(field).joined(separator: ",") + "\n" }.joined()
  }

  /// Everything but code, as a JSON document.
  public func bytes() throws(JSONError) -> [UInt8] {
    let students = grades.map { grade -> JSON in
      [
        "student": .string(grade.student), "points": .double(grade.points),
        "of": .double(grade.most), "exercises": .array(grade.entries.map(exercise)),
      ]
    }
    return try (["grades": .array(students)] as JSON).bytes(.pretty) + [UInt8(ascii: "\n")]
  }

  private func exercise(_ entry: Grade.Entry) -> JSON {
    [
      "exercise": .string(entry.exercise.id), "points": .double(entry.points),
      "of": .double(entry.exercise.points), "note": .string(entry.note),
      "checks": .array(
        zip(entry.exercise.checks, entry.verdicts).map { check, verdict -> JSON in
          [
            "hidden": .bool(check.attributes.exercise.isHidden),
            "outcome": .string(verdict.outcome.rawValue),
            "points": .double(entry.exercise.points(of: check) * verdict.share),
            "of": .double(entry.exercise.points(of: check)),
          ]
        }),
    ]
  }

  /// A field that no reader takes for two, nor a spreadsheet for a formula.
  private func field(_ text: String) -> String {
    let safe =
      text.first.map { "=+-@".contains($0) && Double(text) == nil } == true ? "'" + text : text
    guard safe.contains(where: { ",\"\r\n".contains($0) }) else { return safe }
    return "\"\(safe.replacing("\"", with: "\"\""))\""
  }
}
