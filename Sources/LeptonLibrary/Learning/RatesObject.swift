import LeptonLearning
import LeptonRuntime
import LeptonSession

/// The learning rates of a run, as a value of the language: a chart of them.
final class RatesObject: Object, Bridged {
  private let schedule: LearningRate
  private let rates: [Double]
  private let stepsPerEpoch: Int

  init(_ schedule: LearningRate, _ rates: [Double], stepsPerEpoch: Int) {
    self.schedule = schedule
    self.rates = rates
    self.stepsPerEpoch = stepsPerEpoch
  }

  static var typeName: String { "rates" }
  var source: String {
    "learning_rates(\(schedule.source), epochs=\(rates.count / stepsPerEpoch), steps_per_epoch=\(stepsPerEpoch))"
  }
  var count: Int? { rates.count }
  var fieldNames: [String] { ["step", "epoch", "rate"] }

  func field(_ name: String) -> Value? {
    switch name {
    case "step": .list(rates.indices.map { .int($0) })
    case "epoch": .list(rates.indices.map { .float(epoch($0)) })
    case "rate": .list(rates.map { .float($0) })
    default: nil
    }
  }

  func outputs(in context: Context) -> [Output]? {
    let line = Chart.Series(name: "rate", x: rates.indices.map(epoch), y: rates)
    return [
      .chart(
        Chart(
          title: schedule.source, xLabel: "epochs done", yLabel: "learning rate", series: [line]))
    ]
  }

  private func epoch(_ step: Int) -> Double { Double(step) / Double(stepsPerEpoch) }
}
