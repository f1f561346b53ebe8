/// What the author of a lesson asks of a cell.
public struct ExerciseAttributes: Sendable, Hashable {
  /// Whether the cell is to be written by whoever learns; what stands in it is a solution.
  public var isExercise = false
  /// The exercise that the cell checks.
  public var check: String?
  /// Whether whoever learns must not see the check.
  public var isHidden = false
  /// What the exercise, or the check, is worth.
  public var points: Double?
  /// What is said where the check does not hold.
  public var fail: String?
  /// What is said where the check holds.
  public var pass: String?
  /// The exercise to which the cell is a try that the checks must judge rightly.
  public var attempt: String?
  /// Whether the try is to pass.
  public var attemptPasses = false
  /// What the try must be told.
  public var message: String?
  /// How many hidden checks were taken away from the exercise.
  public var hiddenChecks = 0

  /// Makes the attributes of a cell that has nothing to do with an exercise.
  public init() {}

  /// Whether whoever learns must not see the cell.
  var isSecret: Bool { isHidden || attempt != nil }
}

extension ExerciseAttributes {
  /// The attributes of exercises, their checks and tries.
  static let rows: [CellAttributes.Row] = [
    .init(name: "exercise", wanted: "no value") { attributes, value in
      attributes.exercise.isExercise = true
      return value == nil
    },
    .init(name: "check", wanted: "the name of an exercise") {
      store($1, in: &$0.exercise.check)
    },
    .init(name: "hidden", wanted: "no value") { attributes, value in
      attributes.exercise.isHidden = true
      return value == nil
    },
    .init(name: "points", wanted: "a number from 0 to a million") {
      store($1.flatMap(Tolerance.number).flatMap { $0 <= 1e6 ? $0 : nil }, in: &$0.exercise.points)
    },
    .init(name: "fail", wanted: "a sentence, in quotes") { store($1, in: &$0.exercise.fail) },
    .init(name: "pass", wanted: "a sentence, in quotes") { store($1, in: &$0.exercise.pass) },
    .init(name: "try", wanted: "the name of an exercise") { attributes, value in
      attributes.isEvaluated = false
      return store(value, in: &attributes.exercise.attempt)
    },
    .init(name: "outcome", wanted: "pass or fail") { attributes, value in
      attributes.exercise.attemptPasses = value == "pass"
      return value == "pass" || value == "fail"
    },
    .init(name: "message", wanted: "a part of what is said, in quotes") {
      store($1, in: &$0.exercise.message)
    },
    .init(name: "hidden-checks", wanted: "a whole number that is not negative") {
      attributes, value in
      attributes.exercise.hiddenChecks = value.flatMap { Int($0) } ?? -1
      return attributes.exercise.hiddenChecks >= 0
    },
  ]

  private static func store(_ value: String?, in target: inout String?) -> Bool {
    target = value
    return value?.isEmpty == false
  }

  private static func store(_ value: Double?, in target: inout Double?) -> Bool {
    target = value
    return value != nil
  }
}
