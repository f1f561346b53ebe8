import LeptonLearning
import LeptonRuntime
import LeptonSession

/// How good a model is on examples, as a value of the language.
final class EvaluationObject: Object, Bridged {
  let evaluation: Evaluation

  init(_ evaluation: Evaluation) { self.evaluation = evaluation }

  static var typeName: String { "evaluation" }

  var source: String {
    let fields = measures.map { "\($0.name): \($0.value.source)" }
    return "{\(fields.joined(separator: ", "))}"
  }

  var fieldNames: [String] { measures.map(\.name) }

  func field(_ name: String) throws -> Value? { measures.first { $0.name == name }?.value }

  func outputs(in context: Context) throws -> [Output]? {
    [
      .table(
        Table(
          columns: measures.map { .init($0.name.replacing("_", with: " "), $0.format) },
          rows: [measures.map { Table.Cell($0.value) }]))
    ]
  }

  private typealias Measure = (name: String, value: Value, format: NumberFormat)

  /// What was measured, in order.
  private var measures: [Measure] {
    standard + evaluation.metrics.map { ($0.name, .float($0.value), .ofMeasure($0.name)) }
  }

  private var standard: [Measure] {
    let loss: Measure = ("loss", .float(evaluation.loss), .fixed(digits: 4))
    if let accuracy = evaluation.accuracy {
      return [loss] + EvaluationObject.measures(of: accuracy)
    }
    guard let errors = evaluation.regression else { return [loss] }
    return [
      loss, ("r2", .float(errors.r2), .fixed(digits: 4)),
      ("mean_absolute_error", .float(errors.meanAbsoluteError), .general),
      ("mean_squared_error", .float(errors.meanSquaredError), .general),
      ("count", .int(errors.count), .grouped),
    ]
  }

  private static func measures(of accuracy: Accuracy) -> [Measure] {
    [
      ("accuracy", .float(accuracy.value), .ofMeasure("accuracy")),
      ("low", .float(accuracy.interval.lowerBound), .ofMeasure("accuracy")),
      ("high", .float(accuracy.interval.upperBound), .ofMeasure("accuracy")),
      ("errors", .int(accuracy.errors), .grouped), ("count", .int(accuracy.count), .grouped),
    ]
  }
}
