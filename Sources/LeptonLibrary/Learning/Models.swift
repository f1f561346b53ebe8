import LeptonLearning
import LeptonRuntime
import LeptonSession
import LeptonTensor

extension Library {
  /// What models are made of, cost and get wrong.
  static var models: Family {
    Family("Models", [summary.foreseen, compare, confusion, perClass, mistakes])
  }

  private static var summary: Builtin {
    Builtin(
      "summary(model, input = nothing)",
      "The layers of a model with output shape, parameters, multiply-adds and bytes.",
      details: """
        `input` is the shape of one example; a trained model knows it. No training is needed, and nothing is \
        drawn. A layer inside another stands below it behind a dot and is counted there too; one that stands in \
        the model before, and shares its parameters, is marked and not counted again. States, which training carries \
        on but does not learn, have a column of their own where there are some. The fields `total_parameters`, \
        `total_states`, `total_multiply_adds` and `total_bytes` are those of the whole.
        """,
      examples: ["summary(flatten() >> dense(10), input=[28, 28]).total_parameters": "7850"]
    ) { (context: Context, value: Value, input: [Int]?) in
      let (summary, _) = try summary(of: value, input: input, word: "summary", context)
      return try TableObject(summary.table, totals: summary.totals)
    }
  }

  /// What a model is made of, and the shape of an example that goes in.
  static func summary(
    of value: Value, input: [Int]?, word: String, _ context: Context
  ) throws -> (Summary, input: [Int]) {
    guard let shape = input ?? (value.object as? ModelObject)?.model.exampleShape else {
      throw LanguageError(
        "call/missing", "the shape of one example is not known",
        help: ["give it: \(word)(model, input=[28, 28])"])
    }
    return (try Summary(LayerMaker(context).layer(value), exampleShape: shape), shape)
  }

  private static var compare: Builtin {
    Builtin(
      "compare(models, data)",
      "One table of several trained models: parameters, multiply-adds, bytes, accuracy, errors.",
      details:
        """
        `models` is a record: its names stand in the first column. The interval is Wilson's, 95 %. How \
        long training took is shown at the prompt, and in a report with `--timings`.
        """
    ) { (models: Record, data: Dataset) in
      let trained = try zip(models.names, models.values).map { name, value in
        (name: name, model: try ModelObject.bridging(value))
      }
      return try TableObject(comparison(trained, data))
    }
  }

  private static func comparison(
    _ models: [(name: String, model: ModelObject)], _ data: Dataset
  ) throws -> Table {
    let measures: [Table.Column] =
      data.isClassified
      ? [
        .init("accuracy", .percent(digits: 2)), .init("low", .percent(digits: 2)),
        .init("high", .percent(digits: 2)), .init("errors", .grouped),
      ] : [.init("R²", .fixed(digits: 4)), .init("mean absolute error")]
    let sizes = ["parameters", "multiply-adds", "bytes"].map { Table.Column($0, .grouped) }
    let time = Table.Column("training seconds", .fixed(digits: 1), isTiming: true)
    return Table(
      columns: [.init("model")] + sizes + [time] + measures,
      rows: try models.map { name, object in
        let (model, data) = (object.model, try object.prepared(data))
        let summary = try Summary(model.layer, exampleShape: model.exampleShape)
        let costs = [summary.parameters, summary.multiplyAdds, summary.bytes]
        let seconds = model.history.map { $0.epochs.reduce(0) { $0 + $1.seconds } }
        return [.text(name)] + costs.map { .int($0) } + [seconds.map { .float($0) } ?? .missing]
          + (try Evaluation(of: model, on: data)).comparisonCells(data.isClassified)
      })
  }

  private static var confusion: Builtin {
    Builtin(
      "confusion(model, data)",
      "How often each class was taken for each other: true classes are rows, predicted ones columns.",
      details: "`heatmap(confusion(model, data))` draws it."
    ) { (model: ModelObject, data: Dataset) in
      let matrix = try ConfusionMatrix(of: model.model, on: model.prepared(data))
      return try TableObject(
        Table(
          columns: [.init("true \\ predicted")] + matrix.classes.map { .init($0) },
          rows: zip(matrix.classes, matrix.counts).map { [.text($0)] + $1.map { .int($0) } }))
    }
  }

  private static var perClass: Builtin {
    Builtin(
      "per_class(model, data)", "Precision, recall and F1 of each class.",
      details: """
        Precision: of what was taken for the class, the share that is of it. Recall: of the examples of \
        the class, the share that was recognised. F1: their harmonic mean.
        """
    ) { (model: ModelObject, data: Dataset) in
      let scores = try ConfusionMatrix(of: model.model, on: model.prepared(data)).perClass
      let columns = ["precision", "recall", "F1"].map { Table.Column($0, .percent(digits: 2)) }
      return try TableObject(
        Table(
          columns: [.init("class")] + columns + [.init("examples", .grouped)],
          rows: scores.map {
            [
              .text($0.name), .float($0.precision), .float($0.recall), .float($0.f1),
              .int($0.actual),
            ]
          }))
    }
  }

  private static var mistakes: Builtin {
    Builtin(
      "mistakes(model, data, count = 16)",
      "The pictures that a model is most sure of and gets wrong, with what it took them for."
    ) { (model: ModelObject, data: Dataset, count: Int) in
      let truth = try data.targets().elements(as: Int.self)
      let found = try Classification(model.model, on: model.prepared(data).inputs())
      let known = found.classes.indices
      guard truth.count == data.count, truth.allSatisfy({ known.contains($0) }) else {
        throw LanguageError(
          "shape/target",
          "the model tells \(found.classes.count) classes apart, and the data have other targets",
          help: ["a mistake is one of one class for each example, of those that the model knows"])
      }
      let wrong = truth.indices.compactMap { index -> (index: Int, guess: Int, sure: Double)? in
        guard let guess = found.ranking(of: index).first, guess != truth[index] else { return nil }
        return (index, guess, found.probabilities[index][guess])
      }
      let worst = wrong.sorted { ($0.sure, $1.index) > ($1.sure, $0.index) }.prefix(max(0, count))
      let captions = try worst.map { mistake in
        let sure = try TextFormat(".0f").apply(to: .float(100 * mistake.sure))
        let actual = found.classes[truth[mistake.index]]
        return "\(actual) taken for \(found.classes[mistake.guess]), \(sure) %"
      }
      let pictures = try data.subset(worst.map(\.index), source: data.source).inputs()
      return try PicturesObject(
        pictures, captions: captions, title: "The surest mistakes, of \(wrong.count)")
    }
  }
}

extension Summary {
  /// A line for each layer and one for the whole.
  fileprivate var table: Table {
    let hasStates = states > 0
    let costs =
      (hasStates ? ["parameters", "states"] : ["parameters"]) + ["multiply-adds", "bytes"]
    func cells(_ parameters: Int, _ states: Int, _ multiplyAdds: Int, _ bytes: Int) -> [Table.Cell]
    {
      ((hasStates ? [parameters, states] : [parameters]) + [multiplyAdds, bytes]).map { .int($0) }
    }
    return Table(
      columns: [.init("layer"), .init("output")] + costs.map { .init($0, .grouped) },
      rows: layers.map {
        [.text($0.title()), .text("\($0.outputShape)")]
          + cells($0.parameters, $0.states, $0.multiplyAdds, $0.bytes)
      } + [[.text("all"), .missing] + cells(parameters, states, multiplyAdds, bytes)])
  }

  /// The totals as fields.
  fileprivate var totals: Record {
    Record([
      "total_parameters": .int(parameters), "total_states": .int(states),
      "total_multiply_adds": .int(multiplyAdds), "total_bytes": .int(bytes),
    ])
  }
}

extension LayerSummary {
  /// How many characters of a layer's source are shown.
  private static let shownLength = 60

  /// The layer as a line shows it: indented where it stands in another, and no longer than a line.
  func title(isIndented: Bool = true) -> String {
    let line = source.prefix { $0 != "\n" }
    let isCut = line.count < source.count || line.count > Self.shownLength
    return String(repeating: "· ", count: isIndented ? depth : 0) + line.prefix(Self.shownLength)
      + (isCut ? " …" : "") + (isShared ? " (shared)" : "")
  }
}

extension Evaluation {
  /// The cells of a line that compares models.
  fileprivate func comparisonCells(_ isClassified: Bool) -> [Table.Cell] {
    if isClassified {
      guard let accuracy else { return Array(repeating: .missing, count: 4) }
      return [
        .float(accuracy.value), .float(accuracy.interval.lowerBound),
        .float(accuracy.interval.upperBound), .int(accuracy.errors),
      ]
    }
    return [regression?.r2, regression?.meanAbsoluteError].map { $0.map { .float($0) } ?? .missing }
  }
}

extension ConfusionMatrix {
  /// More classes make a matrix that nobody reads, and that may not fit memory.
  private static let mostClasses = 4096

  /// Runs a model over a data set and counts.
  fileprivate init(of model: Model, on data: Dataset) throws {
    let count = try data.classNames().count
    guard count <= Self.mostClasses else {
      throw TensorError(
        "value/range",
        "\(count) classes are too many to count each against each; at most \(Self.mostClasses) can be"
      )
    }
    self.init(
      predicted: try Prediction.classes(model, on: data.inputs()),
      actual: try data.targets().elements(as: Int.self), classes: try data.classNames())
  }
}

extension Classification {
  /// A line for each example: the class, how probable it is, and the next one.
  var table: TableObject {
    get throws {
      let rows: [[Table.Cell]] = probabilities.indices.map { example in
        let row = probabilities[example]
        return [.int(example)]
          + ranking(of: example).prefix(2).flatMap { [.text(classes[$0]), .float(row[$0])] }
      }
      let columns: [Table.Column] = [
        .init("example"), .init("class"), .init("probability", .percent(digits: 1)), .init("next"),
        .init("probability of next", .percent(digits: 1)),
      ]
      let width = rows.first?.count ?? columns.count
      return try TableObject(Table(columns: Array(columns.prefix(width)), rows: rows))
    }
  }
}
