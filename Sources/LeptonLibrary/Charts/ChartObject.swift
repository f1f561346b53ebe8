import LeptonRuntime
import LeptonSession
import LeptonTensor

/// A picture of numbers, as a value of the language: it shows where it stands alone.
final class ChartObject: Object, Bridged {
  /// The word that made it.
  private let word: String
  private let output: Output

  init(_ word: String, _ output: Output) {
    self.word = word
    self.output = output
  }

  static var typeName: String { "chart" }
  var source: String { "\(word)(…)" }
  func outputs(in context: Context) throws -> [Output]? { [output] }
  func isSame(as other: any Object) -> Bool { (other as? ChartObject)?.output == output }
}

/// How many numbers lie in each bin, as a value of the language that shows as a chart.
final class HistogramObject: Object, Bridged {
  /// `counts` and `edges`.
  private let record: Record
  private let chart: Chart

  init(counts: Tensor, edges: [Double], type: ElementType, isDensity: Bool) throws {
    record = Record([
      "counts": .tensor(counts),
      "edges": .tensor(try Tensor(edges, shape: [edges.count], type: type)),
    ])
    let middles = zip(edges, edges.dropFirst()).map { $0 + ($1 - $0) / 2 }
    chart = Chart(
      yLabel: isDensity ? "density" : "count",
      series: [.init(name: "", mark: .bin, x: middles, y: try counts.elements(as: Double.self))])
  }

  static var typeName: String { "histogram" }
  var source: String { Value.record(record).source }
  var display: String { Value.record(record).display }
  var count: Int? { record.names.count }
  var fieldNames: [String] { record.names }
  func field(_ name: String) throws -> Value? { record[name] }
  func outputs(in context: Context) throws -> [Output]? { [.chart(chart)] }
}
