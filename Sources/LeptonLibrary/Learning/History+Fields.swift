import LeptonLearning
import LeptonRuntime

extension History.Epoch {
  /// The numbers of the epoch as a program sees them, in order; `nothing` where there is none.
  var fields: [(name: String, value: Value)] {
    [
      ("loss", .float(loss)), ("accuracy", accuracy.value),
      ("validation_loss", validationLoss.value),
      ("validation_accuracy", validationAccuracy.value),
    ] + metrics.map { ($0.name, .float($0.value)) }
      + validationMetrics.map { ("validation_\($0.name)", .float($0.value)) }
      + [("rate", .float(rate)), ("seconds", .float(seconds))]
  }
}

extension Value {
  /// Whether there is no value.
  var isNothing: Bool { if case .nothing = self { true } else { false } }
}
