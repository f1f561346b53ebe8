import LeptonLearning
import LeptonRuntime
import LeptonTensor

/// A schedule among the arguments of a word: nothing, a schedule, or a function of one's own.
struct ScheduleArgument: Bridged {
  let value: Value

  static var typeDescription: String { "a schedule" }

  static func bridging(_ value: Value) throws -> ScheduleArgument {
    guard value.callable != nil else {
      _ = try Optional<Schedule>.bridging(value)
      return ScheduleArgument(value: value)
    }
    return ScheduleArgument(value: value)
  }

  /// The schedule; a function is given the share of the run that is done.
  func schedule(in context: Context) -> Schedule {
    if let schedule = try? Optional<Schedule>.bridging(value) { return schedule }
    guard let callable = value.callable else { return .constant }
    return Schedule(source: callable.source) { [value] position in
      let factor = try context.call(value, [.float(position.fraction)])
      return try Double.bridging(factor)
    }
  }
}

/// Inputs among the arguments of a word: a tensor, or those of a data set.
struct InputArgument: Bridged {
  let tensor: Tensor

  static var typeDescription: String { "a tensor or a dataset" }

  static func bridging(_ value: Value) throws -> InputArgument {
    if case .object(let object as DatasetObject) = value {
      return InputArgument(tensor: try object.dataset.inputs())
    }
    return InputArgument(tensor: try Tensor.bridging(value))
  }

  var value: Value { .tensor(tensor) }

  /// The inputs as a batch; a single example becomes a batch of one.
  func batch(of exampleShape: [Int]) throws -> Tensor {
    tensor.shape.sizes == exampleShape ? try tensor.expanded(at: 0) : tensor
  }
}

/// Metrics among the arguments of a word: a record of functions of outputs and targets.
struct MetricsArgument: Bridged {
  let record: Record

  static var typeDescription: String { "a record of functions of outputs and targets" }

  static func bridging(_ value: Value) throws -> MetricsArgument {
    if case .nothing = value { return MetricsArgument(record: Record()) }
    guard case .record(let record) = value, record.values.allSatisfy({ $0.callable != nil }) else {
      throw mismatch(value)
    }
    if let taken = record.names.first(where: { reserved.contains($0) }) {
      throw LanguageError(
        "value/name", "a metric cannot be called \(taken), which a history already has")
    }
    return MetricsArgument(record: record)
  }

  private static let reserved: Set<String> = [
    "loss", "accuracy", "rate", "seconds", "epoch", "model",
  ]

  var value: Value { .record(record) }

  /// The metrics.
  func metrics(in context: Context) -> [TrainingMetric] {
    zip(record.names, record.values).map { name, function in
      TrainingMetric(name: name) { outputs, targets in
        try LayerMaker.tensor(
          context.call(function, [.tensor(outputs), .tensor(targets)]), from: name)
      }
    }
  }
}
