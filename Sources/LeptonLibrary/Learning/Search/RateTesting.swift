import Glibc
import LeptonData
import LeptonLearning
import LeptonRuntime
import LeptonSession
import LeptonTensor

extension Library {
  /// A test of learning rates.
  static var findLearningRate: Builtin {
    Builtin(
      """
      find_learning_rate(model, data, low = 1e-5, high = 1.0, steps = 100, batch = 32, optimizer = adam, \
      loss = nothing, seed = nothing)
      """,
      "Tries learning rates in a short training in which the rate grows, and names a good one.",
      details: """
        The test of Smith (2017): the loss, as a running mean, stays while the rate is too small, falls, and rises when it is too \
        large. The field `rate` is a tenth of the rate at which it is lowest, where it still falls steadily; `rates` and `losses` \
        are the curve. The model stays as it is.
        """,
      examples: [
        "0.001 < find_learning_rate(dense(3), iris(), seed=1).rate < 1": "true"
      ]
    ) {
      (
        context: Context, model: Value, data: Dataset, low: Double, high: Double, steps: Int,
        batch: Int, optimizer: OptimizerArgument, loss: LossArgument, seed: Int?
      ) in
      var options = TrainingOptions()
      options.batch = batch
      options.optimizer = try optimizer.optimizer(in: context)
      options.loss = loss.loss(in: context)
      var data = data
      if let known = (model.object as? ModelObject) {
        data = try known.prepared(data)
      } else if let steps = PreparedModel(model).preparation {
        data = try data.fitting(InputSteps(steps, in: context)).1
      }
      let key = seed.map { RandomKey(seed: UInt64(bitPattern: Int64($0))) } ?? context.nextKey()
      return RateTestObject(
        try RateTest(
          LayerMaker(context).layer(model, for: data), from: (model.object as? ModelObject)?.model,
          on: data,
          options: options, low: low, high: high, steps: steps, key: key,
          listener: TrainingReporter(context: context, architecture: model, callback: nil)))
    }
  }
}

/// A test of learning rates as a value of the language.
final class RateTestObject: Object, Bridged {
  private let test: RateTest

  init(_ test: RateTest) { self.test = test }

  static var typeName: String { "rate_test" }
  var source: String { "{rate: \(test.suggestion.value.source)}" }
  var fieldNames: [String] { ["rate", "rates", "losses"] }

  func field(_ name: String) throws -> Value? {
    switch name {
    case "rate": test.suggestion.value
    case "rates": .list(test.rates.map(Value.float))
    case "losses": .list(test.losses.map(Value.float))
    default: nil
    }
  }

  func outputs(in context: Context) throws -> [Output]? {
    let found = try test.suggestion.map {
      "a good learning rate is \(try TextFormat(".2g").apply(to: .float($0)))"
    }
    return [
      .text(found ?? "the loss never fell: try other rates"),
      .chart(
        Chart(
          title: "Loss by learning rate", xLabel: "logarithm of the rate to base 10",
          yLabel: "loss",
          series: [.init(name: "loss", x: test.rates.map(log10), y: test.losses)])),
    ]
  }
}
