import LeptonRuntime
import LeptonSession
import LeptonTensor

extension Library {
  /// Words for whoever works at the prompt; what needs a person, or the entries so far, is a wish.
  static var atThePrompt: Family {
    Family(
      "At the prompt",
      ([vars, bench, profile, entries, edit, saveSession, seed, page, reset, tutorial, quit]
        + lessonWords)
        .map(\.forPrompt))
  }

  private static var vars: Builtin {
    Builtin(
      "vars(part = \"\")", "Lists the names that are defined, with what they stand for.",
      details: "With a text only names in which it occurs."
    ) { (context: Context, part: String) -> Value in
      let found = context.interpreter.definitions.filter {
        part.isEmpty || $0.name.occurrences(of: part) > 0
      }
      guard !found.isEmpty else {
        context.emit(.text(part.isEmpty ? "nothing is defined" : "no name has \(part) in it"))
        return .nothing
      }
      context.emit(
        .table(
          Table(
            columns: [.init("name"), .init("type"), .init("value")],
            rows: found.map {
              [.text($0.name), .text($0.value.typeName), .text($0.value.summaryBesideType)]
            })))
      return .nothing
    }
  }

  private static var entries: Builtin {
    wish(
      "entries(part = \"\")", "Lists the entries of the prompt in which a text occurs.",
      "They are those of this session and of earlier ones, the newest last."
    ) { (part: String) in .entries(part: part) }
  }

  private static var edit: Builtin {
    wish(
      "edit(entry = nothing)",
      "Opens the last entry, or the one of a number, in your editor; what it leaves is entered.",
      "The editor is the one that `$VISUAL` or `$EDITOR` names."
    ) { (entry: Int?) in .edit(entry: entry) }
  }

  private static var saveSession: Builtin {
    wish(
      "save_session(file)",
      "Writes the entries that succeeded as a notebook that expects what they gave.",
      """
      `save_session("work.lnb")`; then `lepton-run --check work.lnb` tells whether it still holds. What differs from run to run, \
      such as times, is not expected.
      """
    ) { (file: String) in .save(file: file) }
  }

  private static var page: Builtin {
    wish(
      "page(value)", "Shows all of a long value, screen by screen, in your pager.",
      "The pager is the one that `$PAGER` names, else `less`, which `q` leaves."
    ) { (value: Value) in
      if case .string(let text) = value { .page(text) } else { .page(value.text) }
    }
  }

  private static var seed: Builtin {
    wish(
      "seed(number)", "Keys the chance of the entries to come by another number.",
      "A notebook has `seed:` in its front matter instead, so that its cells do not depend on their order."
    ) { (number: Int) in .seed(number) }
  }

  private static var reset: Builtin {
    wish(
      "reset()", "Forgets every name that was defined, and the entries so far.", .reset,
      details: "Entries stay where Up finds them.")
  }

  private static var quit: Builtin {
    wish("quit()", "Leaves the prompt, as Ctrl-D does.", .leave)
  }

  /// Words that lead through a lesson.
  private static var lessonWords: [Builtin] {
    [
      Builtin(
        "lesson(lesson = \"\", anew = false)",
        "Takes a lesson with exercises at the prompt; without a name it lists the lessons.",
        details: """
          `lesson("tensors")`, or by its number, `lesson("1")`, or a notebook of your own with exercises, `lesson("my.lnb")`. \
          It tells its text step by step; `check()` grades your answer, `hint()` helps, `next()` goes on. What you answered and \
          earned is kept, and the lesson goes on where you left it; `anew=true` begins it again.
          """
      ) { (context: Context, name: String, anew: Bool) -> Value in
        context.emit(.wish(.lesson(name, anew: anew)))
        return .nothing
      },
      wish(
        "check()", "Grades your answer to the exercise that the lesson is at.", .check,
        details: "The checks are those by which a notebook that was handed in is graded."),
      wish(
        "hint()", "Tells a hint for the exercise that the lesson is at; again, the next.", .hint),
      wish("next()", "Goes on in the lesson, also behind an exercise that is not done.", .next),
    ]
  }

  private static var tutorial: Builtin {
    wish(
      "tutorial()", "Walks a newcomer through Lepton, in ten minutes at the prompt.",
      .walk(Tutorial.steps))
  }

  private static var profile: Builtin {
    Builtin(
      "profile(function)",
      "Calls a function without arguments, and shows where its time goes.",
      details: """
        `profile(() -> train(model, data))`; at the prompt `:profile train(model, data)`. Each kind of step that the engine \
        computes has a row; the last one is the evaluator, reading, and waiting.
        """
    ) { (context: Context, function: Callee) -> Value in
      context.noteVolatile()
      let start = Context.seconds
      let (value, steps, engine) = try Profile.measuring { try function(in: context) }
      context.emit(.table(steps.table(engine: engine, total: Context.seconds - start)))
      return value
    }
  }

  /// A word that does no more than make a wish.
  private static func wish<Argument: Bridged>(
    _ heading: String, _ summary: String, _ details: String,
    _ make: @escaping (Argument) -> Wish
  ) -> Builtin {
    Builtin(heading, summary, details: details) { (context: Context, argument: Argument) -> Value in
      context.emit(.wish(make(argument)))
      return .nothing
    }
  }

  /// A word without arguments that does no more than make a wish.
  private static func wish(
    _ heading: String, _ summary: String, _ wish: Wish, details: String = ""
  ) -> Builtin {
    Builtin(heading, summary, details: details) { (context: Context) -> Value in
      context.emit(.wish(wish))
      return .nothing
    }
  }

  private static var bench: Builtin {
    Builtin(
      "bench(function)",
      "Calls a function without arguments again and again, and shows how long a call takes.",
      details: """
        `bench(() -> sort(xs))`; at the prompt `:bench sort(xs)`. It goes on for about a second, three calls at least. A first \
        call, which may have to prepare things, does not count.
        """
    ) { (context: Context, function: Callee) -> Value in
      context.noteVolatile()
      context.emit(.table(try Timing(of: function, in: context).table))
      return .nothing
    }
  }
}

extension Value {
  /// What the value is, without the type that stands beside it.
  fileprivate var summaryBesideType: String {
    let (type, text) = (typeName + " ", summary)
    let rest = text.dropFirst(type.count)
    return text.hasPrefix(type) && !rest.hasPrefix("of ") ? String(rest) : text
  }
}

extension [Profile.Entry] {
  /// The steps that took longest, each with its share of the whole time.
  fileprivate func table(engine: Double, total: Double) -> Table {
    let sum = Swift.max(reduce(0) { $0 + $1.seconds }, 1e-12)
    let shown = prefix(12).map { ($0.name, $0.runs, $0.seconds / sum * engine) }
    let rest = dropFirst(12)
    let others =
      rest.isEmpty
      ? []
      : [
        (
          "\(rest.count) other kinds", rest.reduce(0) { $0 + $1.runs },
          rest.reduce(0) { $0 + $1.seconds } / sum * engine
        )
      ]
    let outside = [("outside the engine", 0, Swift.max(0, total - engine))]
    return Table(
      columns: [
        .init("step"), .init("runs", .grouped), .init("time", .duration, isTiming: true),
        .init("share", .percent(digits: 1), isTiming: true),
      ],
      rows: (shown + others + outside).map { name, runs, seconds in
        [
          .text(name), runs == 0 ? .missing : .int(runs), .float(seconds),
          .float(seconds / Swift.max(total, 1e-12)),
        ]
      })
  }
}

/// How long the calls of a function take.
private struct Timing {
  /// How long a measurement goes on, in seconds.
  private static let patience = 1.0
  /// How long a sample is at least, so that the clock can tell it from the next.
  private static let sample = 1e-4

  private var seconds: [Double] = []
  private var calls = 0

  /// Calls a function as often as there is time for.
  init(of function: Callee, in context: Context) throws {
    let first = try Self.seconds(of: 1, function, in: context)
    let together = max(1, min(100_000, Int(Self.sample / max(first, 1e-8))))
    let end = Context.seconds + Self.patience
    while seconds.count < 3 || (Context.seconds < end && seconds.count < 1000) {
      try context.checkInterruption()
      let time = try Self.seconds(of: together, function, in: context)
      seconds.append(time / Double(together))
      calls += together
    }
    seconds.sort()
  }

  private static func seconds(
    of count: Int, _ function: Callee, in context: Context
  ) throws -> Double {
    let start = Context.seconds
    for _ in 0..<count { _ = try function(in: context) }
    return Context.seconds - start
  }

  /// The measurement as a row.
  var table: Table {
    let times = [seconds[0], seconds[seconds.count / 2], seconds[seconds.count - 1]]
    return Table(
      columns: ["fastest", "median", "slowest"].map { .init($0, .duration, isTiming: true) }
        + [.init("calls", .grouped, isTiming: true)],
      rows: [times.map(Table.Cell.float) + [.int(calls)]])
  }
}
