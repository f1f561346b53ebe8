import LeptonLearning
import LeptonRuntime
import LeptonSession
import LeptonTensor

extension Library {
  static var search: Builtin {
    Builtin(
      """
      search(function, choices, method = "grid", trials = nothing, epochs = 1, factor = 3, minimize = false, \
      seed = nothing)
      """,
      "Tries choices of options, and gives a table of the trials, the best first.",
      details: """
        `choices` is a record: each field holds the list of what it may be, or a function without arguments that draws it. \
        `function` is called with a record of one choice each and gives a number, of which the largest is best, or the \
        smallest with `minimize=true`. `method` is `"grid"` for all combinations, `"random"` for `trials` of them, \
        or `"halving"`: all combinations, or `trials` of them, with `epochs` epochs, then the best one in `factor` of them with `factor` times as \
        many, until one is left; the record then has a field `epochs` for the function to obey. A trial whose loss \
        diverges comes last. `.best` is the record of the best trial, `.score` its number. The same seed tries the same.
        """,
      examples: [
        "search(c -> -(c.x - 2)^2, {x: [0, 1, 2, 3]}).best": "{x: 2}",
        "len(search(c -> c.x, {x: [1, 2, 3], y: [1, 2]}))": "6",
      ]
    ) {
      (
        context: Context, function: Callee, choices: Record, method: String, trials: Int?,
        epochs: Int, factor: Int, minimize: Bool, seed: Int?
      ) in
      let key = seed.map { RandomKey(seed: UInt64(bitPattern: Int64($0))) } ?? context.nextKey()
      let space = try ChoiceSpace(choices)
      var search = Search(function: function, minimizes: minimize, context: context)
      switch method {
      case "grid" where trials == nil: try search.tryAll(space.grid())
      case "random": try search.tryAll(space.drawn(trials ?? 10, key: key, in: context))
      case "halving":
        let first = try trials.map { try space.drawn($0, key: key, in: context) } ?? space.grid()
        try search.halve(first, epochs: epochs, factor: factor)
      default:
        throw LanguageError(
          "value/range",
          method == "grid"
            ? "a grid tries all combinations, so it takes no number of trials"
            : "\"\(method)\" is no way to search",
          help: ["the methods are \"grid\", \"random\" and \"halving\""])
      }
      return try search.table
    }
  }
}

/// Trials of choices, each with its score.
private struct Search {
  let function: Callee
  let minimizes: Bool
  let context: Context
  private var trials: [Trial] = []

  init(function: Callee, minimizes: Bool, context: Context) {
    self.function = function
    self.minimizes = minimizes
    self.context = context
  }

  private struct Trial {
    let choice: Record
    /// In which round it was tried.
    let round: Int
    let score: Double
  }

  /// Tries choices.
  mutating func tryAll(_ choices: [Record], round: Int = 0) throws {
    for (index, choice) in choices.enumerated() {
      try context.checkInterruption()
      context.report(
        Progress(
          task: "search", done: index, total: choices.count, unit: "trial", seconds: 0))
      trials.append(Trial(choice: choice, round: round, score: try score(of: choice)))
    }
  }

  /// The number for a choice; `nan` if its training diverged.
  private func score(of choice: Record) throws -> Double {
    do {
      return try Double.bridging(function(.record(choice), in: context))
    } catch  where LanguageError.code(of: error) == "train/diverged" {
      return .nan
    }
  }

  /// Tries choices with few epochs, the better ones with more, until one is left (Jamieson and
  /// Talwalkar 2016).
  mutating func halve(_ choices: [Record], epochs: Int, factor: Int) throws {
    guard epochs >= 1, factor >= 2 else {
      throw LanguageError(
        "value/range", "halving needs at least 1 epoch to begin with, and a factor of 2 or more")
    }
    var (rest, budget, round) = (choices, epochs, 0)
    while !rest.isEmpty {
      try tryAll(
        rest.map { choice in
          var choice = choice
          choice["epochs"] = .int(budget)
          return choice
        }, round: round)
      guard rest.count > 1 else { return }
      let best = ranking.filter { $0.round == round }.prefix((rest.count - 1) / factor + 1)
      rest = best.map(\.choice)
      let (next, overflow) = budget.multipliedReportingOverflow(by: factor)
      budget = overflow ? .max : next
      round += 1
    }
  }

  /// The trials, the best of the last round first.
  private var ranking: [Trial] {
    trials.enumerated().sorted { one, other in
      let (a, b) = (one.element, other.element)
      if a.round != b.round { return a.round > b.round }
      if a.score == b.score || a.score.isNaN && b.score.isNaN { return one.offset < other.offset }
      if a.score.isNaN || b.score.isNaN { return b.score.isNaN }
      return minimizes ? a.score < b.score : a.score > b.score
    }.map(\.element)
  }

  /// A line for each trial.
  var table: TableObject {
    get throws {
      let ranking = ranking
      guard let best = ranking.first else {
        throw LanguageError("value/empty", "there is nothing to try")
      }
      return try TableObject(
        Table(
          columns: best.choice.names.map { .init($0) } + [.init("score")],
          rows: ranking.map { trial in
            trial.choice.values.map { Table.Cell($0) } + [.float(trial.score)]
          }),
        totals: Record(["best": .record(best.choice), "score": .float(best.score)]))
    }
  }
}
