import LeptonData
import LeptonLearning
import LeptonRuntime

extension Library {
  /// What lets steps learn, and tells what they would do.
  static var prepared: Family {
    Family(
      "Preparing data: learning and looking",
      [fitted, decisions, leakCheck, parseDates, dateText, keyedHash])
  }

  static var prepare: Builtin {
    Builtin(
      "prepare(fill = \"median\", categories = 50, words = 500)",
      "Prepares all columns of a table as their types ask for.",
      details: """
        Numbers get their gaps filled and are standardised, categories become columns of 0 and 1, dates their parts, sentences their words; \
        columns that say nothing are left out. `decisions(table)` tells what is decided and why. `fill` is what `impute` fills gaps in numbers by; of more \
        than `categories` different texts only the most frequent ones count; `words` is how many words of sentences count at the most. \
        It learns from the rows a model is trained on; `fitted(prepare(), data)` lets it learn by itself, and prints as the steps it decided on.
        """,
      examples: [
        "fitted(prepare(), table({x: [1, nothing, 3], c: [\"a\", \"b\", \"a\"]})).learned.step":
          "column([\"impute\", \"standardize\", \"one_hot_encode\"])"
      ]
    ) { (fill: String, categories: Int, words: Int) in
      let own = try wishes(fill, categories, words)
      var told: [String] = []
      if fill != "median" { told.append("fill=\(Value.string(fill).source)") }
      if categories != 50 { told.append("categories=\(categories)") }
      if words != 500 { told.append("words=\(words)") }
      return StepObject(.automatic(own), source: "prepare(\(told.joined(separator: ", ")))")
    }
  }

  static var prepareEach: Builtin {
    Builtin(
      "prepare_each(steps)",
      "Prepares each of several inputs by steps of its own.",
      details: """
        `steps` is a record: under the name of an input its steps. The inputs of the dataset are a record too: tables, texts (one column, called as the input is) \
        and tensors. An input without steps goes in as it is. It stands in front of the layers, which begin with a function of the record of prepared inputs, and \
        travels with the model, as all steps do.
        """,
      examples: [
        """
        data = dataset({measured: table({x: [1, 3]}), said: ["yes", "no"]}, [0.0, 1.0])
        ready = fitted(prepare_each({measured: standardize(), said: one_hot_encode()}), data)
        ready({measured: {x: 5}, said: "yes"}).said
        """: "said=no | said=yes\n0 | 1"
      ]
    ) { (context: Context, steps: Record) in
      try Settings.require(!steps.names.isEmpty, "`steps` names at least one input")
      let each = EachInputObject(steps)
      _ = try InputSteps(.object(each), in: context)
      return each
    }
  }

  private static func wishes(_ fill: String, _ categories: Int, _ words: Int) throws
    -> Decisions.Wishes
  {
    try requireOne(fill, of: ["mean", "median", "nearest", "iterative"], "fill")
    try Settings.require(categories > 0 && words > 0, "`categories` and `words` are above 0")
    return Decisions.Wishes(filling: fill, categories: categories, words: words)
  }

  private static var decisions: Builtin {
    Builtin(
      "decisions(table, fill = \"median\", categories = 50, words = 500)",
      "What `prepare` would do with each column of a table, and why.",
      details: "For a dataset its inputs are looked at.",
      examples: [
        "decisions(table({x: [1.5, nothing], id: [7, 7]})).taken_for":
          "column([\"number\", \"left out\"])"
      ]
    ) { (data: Value, fill: String, categories: Int, words: Int) in
      let table =
        if case .object(let object as DatasetObject) = data {
          try object.dataset.rawTable().table
        } else { try RawData(data).table() }
      let columns = Decisions(for: table, try wishes(fill, categories, words)).columns
      return TableObject(
        try DataTable([
          .init("column", .texts(Cells(columns.map(\.column)))),
          .init("taken for", .texts(Cells(columns.map(\.kind.rawValue)))),
          .init("since", .texts(Cells(columns.map(\.reason)))),
          .init("missing", .integers(Cells(columns.map(\.missing)))),
          .init("preparation", .texts(Cells(columns.map(\.preparation)))),
        ]))
    }
  }

  private static var fitted: Builtin {
    Builtin(
      "fitted(steps, data)",
      "Lets steps learn from data, and gives the function that prepares any data in the same way.",
      details: """
        `data` is a table, a tensor whose first axis counts rows, or a dataset, whose targets `target_encode` learns from. \
        `.learned` tells what each step has learned. In front of layers it stands as steps do, but learns no more.
        """,
      examples: [
        """
        scaled = fitted(standardize(), table({x: [1, 3]}))
        scaled(table({x: [5]})).x
        """: "float64([3.0])"
      ]
    ) { (context: Context, steps: Value, data: Value) in
      let steps = try InputSteps(steps, in: context)
      if case .object(let object as DatasetObject) = data {
        return PreparationObject(try object.dataset.fitting(steps).0)
      }
      guard case .one(let preparation) = steps else {
        throw LanguageError(
          "type/argument",
          "steps for several inputs learn from a dataset, and this is \(data.typeDescription)",
          help: ["fitted(prepare_each({a: …, b: …}), dataset({a: …, b: …}, targets))"])
      }
      return PreparationObject(.one(try RawData(data).fitting(preparation).0))
    }
  }
}
