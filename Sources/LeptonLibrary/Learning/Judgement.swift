import LeptonLearning
import LeptonRuntime
import LeptonTensor

/// By what a model is judged: the loss, and what is measured beside it.
///
/// Where the data have several targets, each has a loss of its own, given by its name or by its type, and the
/// sum of all is made small; the accuracy of classes and the mean error of numbers are measured for each.
struct Judgement {
  /// The loss; nothing where the targets are to decide.
  let loss: Loss?
  /// What is measured.
  let metrics: [TrainingMetric]

  init(
    _ loss: LossArgument, _ metrics: MetricsArgument, _ layer: any Layer, on data: Dataset,
    in context: Context
  ) throws {
    guard let targets = data.targetParts else {
      if loss.losses(in: context) != nil {
        throw LanguageError(
          "type/argument", "a record of losses needs data with several targets",
          help: ["make the data with dataset(inputs, {a: …, b: …})"])
      }
      self.loss = loss.loss(in: context)
      self.metrics = metrics.metrics(in: context)
      return
    }
    let several = SeveralOutputs(targets: targets, layer: layer)
    self.loss = try several.loss(loss, in: context)
    self.metrics = several.measures + several.metrics(metrics, in: context)
  }
}

/// Outputs and targets under names, taken out of the rows in which they are handed around.
private struct SeveralOutputs {
  let targets: Packing
  let layer: any Layer

  private typealias Pair = (outputs: Record, targets: Record)

  private func pair(_ outputs: Tensor, _ truth: Tensor) throws -> Pair {
    guard let given = layer.outputParts else {
      throw LanguageError(
        "shape/target", "the model gives one tensor, but the targets are \(targets.description)",
        help: ["end it with a function that gives a record with these names"])
    }
    return (try given.record(of: outputs), try targets.record(of: truth))
  }

  /// The output and the target of a name.
  private func tensors(_ name: String, in pair: Pair) throws -> (output: Tensor, target: Tensor) {
    guard case .tensor(let output)? = pair.outputs[name] else {
      throw LanguageError(
        "shape/target",
        "the model gives no output `\(name)`, which is among the targets",
        help: ["it gives " + pair.outputs.names.joined(separator: ", ")])
    }
    return (output, try Tensor.bridging(pair.targets[name] ?? .nothing))
  }

  /// The sum of the losses of all targets, or what a function of both records gives.
  func loss(_ argument: LossArgument, in context: Context) throws -> Loss {
    if argument.value.callable != nil { return whole(argument.value, in: context) }
    let given = argument.losses(in: context) ?? [:]
    for name in given.keys where !targets.parts.contains(where: { $0.name == name }) {
      throw LanguageError("value/name", "there is a loss for `\(name)`, which is no target")
    }
    let losses = targets.parts.map { part in
      (name: part.name, loss: given[part.name] ?? .standard(for: part.type))
    }
    let source = losses.map { "\($0.name): \($0.loss.source)" }.joined(separator: ", ")
    return .custom(source: "{\(source)}") { outputs, truth in
      let pair = try pair(outputs, truth)
      let parts = try losses.map { name, loss in
        let (output, target) = try tensors(name, in: pair)
        return try loss.apply(outputs: output, targets: target)
      }
      return try parts.dropFirst().reduce(parts[0]) { try $0.adding($1) }
    }
  }

  private func whole(_ function: Value, in context: Context) -> Loss {
    .custom(source: function.source) { outputs, truth in
      try context.recording(outputs) {
        let pair = try pair(outputs, truth)
        return try LayerMaker.tensor(
          context.call(function, [.record(pair.outputs), .record(pair.targets)]), from: "the loss")
      }
    }
  }

  /// The share of right classes, and the mean size of errors, for each target.
  var measures: [TrainingMetric] {
    targets.parts.map { part in
      TrainingMetric(name: "\(part.name)_\(part.isClassified ? "accuracy" : "error")") {
        outputs, truth in
        let (output, target) = try tensors(part.name, in: pair(outputs, truth))
        if part.isClassified { return try output.argmax(axis: -1).equal(to: target) }
        return try output.subtracting(target.reshaped(to: output.shape.sizes)).absolute()
      }
    }
  }

  /// Metrics of one's own, which are functions of both records.
  func metrics(_ argument: MetricsArgument, in context: Context) -> [TrainingMetric] {
    zip(argument.record.names, argument.record.values).map { name, function in
      TrainingMetric(name: name) { outputs, truth in
        try context.recording(outputs) {
          let pair = try pair(outputs, truth)
          return try LayerMaker.tensor(
            context.call(function, [.record(pair.outputs), .record(pair.targets)]), from: name)
        }
      }
    }
  }
}
