import LeptonLearning
import LeptonRuntime
import LeptonSession
import LeptonTensor

extension Library {
  /// Choosing by trying: rates, options, folds.
  static var searching: Family {
    Family("Trying and choosing", [search, crossValidate, folds, findLearningRate, runCard])
  }

  private static var folds: Builtin {
    Builtin(
      "folds(data, count = 5, seed = 0)",
      "Cuts a data set by chance into parts, and gives each as the validation part beside the rest: a list.",
      details: """
        Where targets are classes, each part has its share of every class. Each element has the parts train and validation, as `holdout` gives them.
        """,
      examples: ["[len(f.validation) for f in folds(iris(), 4)]": "[38, 38, 37, 37]"]
    ) { (data: Dataset, count: Int, seed: Int) in
      Value.list(try parts(of: data, count, seed: seed).map(\.value))
    }
  }

  private static func parts(of data: Dataset, _ count: Int, seed: Int) throws -> [DatasetParts] {
    let key = RandomKey(seed: UInt64(bitPattern: Int64(seed)))
    let source = "folds(\(data.source), \(count)\(seed == 0 ? "" : ", seed=\(seed)"))"
    return try data.folds(count, key: key).enumerated().map { number, fold in
      let own = "\(source)[\(number)]"
      return DatasetParts(
        [
          ("train", { try data.subset(fold.rest, source: own + ".train") }),
          ("validation", { try data.subset(fold.part, source: own + ".validation") }),
        ], source: own)
    }
  }

  private static var crossValidate: Builtin {
    Builtin(
      "cross_validate(fit, data, folds = 5, seed = 0)",
      "How good a way to train is: trained on all parts of the data but one, judged by that one, in turn, as a table.",
      details: """
        `fit` is a function from the training part to a model, which is evaluated; or a function of both parts that gives a number or a \
        record of numbers. The last lines are mean and standard deviation over the folds; `.mean` and `.deviation` are records of \
        them. The parts are those of `folds`.
        """,
      examples: [
        "cross_validate(part -> train(dense(3), part, epochs=5, seed=1), iris(), folds=3).mean.accuracy > 0.3":
          "true"
      ]
    ) { (context: Context, fit: Callee, data: Dataset, count: Int, seed: Int) in
      var scores: [Record] = []
      for parts in try parts(of: data, count, seed: seed) {
        try context.checkInterruption()
        scores.append(try score(fit, parts, in: context))
      }
      return try CrossValidation(scores).table
    }
  }

  /// What a fold gives: the measures of a model, or what the function of both parts says.
  private static func score(
    _ fit: Callee, _ parts: DatasetParts, in context: Context
  ) throws -> Record {
    let (train, validation) = (
      try parts.field("train") ?? .nothing, try parts.field("validation") ?? .nothing
    )
    let takesBoth = (fit.value.callable as? Closure)?.parameterNames.count == 2
    let result = try takesBoth ? fit(train, validation, in: context) : fit(train, in: context)
    switch result {
    case .object(let object as ModelObject):
      let evaluation = EvaluationObject(
        try calling {
          try Evaluation(of: object.model, on: object.prepared(Dataset.bridging(validation)))
        })
      return try evaluation.fieldNames.filter { !["low", "high"].contains($0) }
        .reduce(into: Record()) { $0[$1] = try evaluation.field($1) }
    case .record(let record): return record
    default: return ["score": .float(try Double.bridging(result))]
    }
  }
}

/// The scores of the folds.
private struct CrossValidation {
  private let scores: [Record]
  private let names: [String]

  init(_ scores: [Record]) {
    self.scores = scores
    names = scores.first?.names ?? []
  }

  private func numbers(_ name: String) throws -> [Double] {
    try scores.map { try Double.bridging($0[name] ?? .nothing) }
  }

  private func mean(_ numbers: [Double]) -> Double {
    numbers.reduce(0, +) / Double(numbers.count)
  }

  /// The standard deviation over the folds, with n − 1.
  private func deviation(_ numbers: [Double]) -> Double {
    let mean = mean(numbers)
    let sum = numbers.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    return (sum / Double(max(1, numbers.count - 1))).squareRoot()
  }

  /// A line for each fold, then mean and deviation.
  var table: TableObject {
    get throws {
      let columns = try names.map { (name: $0, numbers: try numbers($0)) }
      func row(_ title: String, _ number: ([Double]) -> Double) -> [Table.Cell] {
        [.text(title)] + columns.map { .float(number($0.numbers)) }
      }
      func record(_ number: ([Double]) -> Double) -> Value {
        .record(columns.reduce(into: Record()) { $0[$1.name] = .float(number($1.numbers)) })
      }
      return try TableObject(
        Table(
          columns: [.init("fold")]
            + names.map {
              .init($0.replacing("_", with: " "), .ofMeasure($0))
            },
          rows: scores.indices.map { fold in row("\(fold + 1)") { $0[fold] } }
            + [row("mean", mean), row("deviation", deviation)]),
        totals: Record(["mean": record(mean), "deviation": record(deviation)]))
    }
  }
}
