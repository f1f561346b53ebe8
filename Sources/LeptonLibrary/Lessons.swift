import LeptonRuntime
import LeptonSession

extension Library {
  /// What exercises and their checks say.
  static var lessons: Family {
    Family("Lessons", [todo, award])
  }

  private static var todo: Builtin {
    Builtin(
      "todo(what = \"this\")",
      "Says that an exercise is not done yet; put your answer in its place.",
      examples: ["try { todo(\"mse\") } catch e { e.message }": "\"mse is not done yet\""]
    ) { (what: String) -> Value in
      throw LanguageError(
        "exercise/todo", "\(what) is not done yet", help: ["write your answer in the place of todo"]
      )
    }
  }

  private static var award: Builtin {
    Builtin(
      "award(share, why)", "Gives a share of the points of a check, from 0 to 1, and says why.",
      details: """
        It works in the text of a check only, not in a function that an answer may have written. The shares of \
        one check are added up; a condition that does not hold still takes all of its points.
        """,
      examples: ["award(0.5, \"the sign is right\")": "award: the sign is right = 0.5"]
    ) { (context: Context, share: Double, why: String) -> Value in
      guard context.isCalledFromCell else {
        throw LanguageError(
          "exercise/award", "award gives points only in the text of a check, not in a function")
      }
      guard share >= 0, share <= 1 else {
        throw LanguageError("value/range", "a share of the points is from 0 to 1")
      }
      context.emit(.record(Metric(name: "award: \(why)", value: share, isInteger: false)))
      return .nothing
    }
  }
}
