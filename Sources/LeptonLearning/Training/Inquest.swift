import LeptonTensor

/// Finds what in a step made the first number that is infinite or none at all.
struct Inquest {
  private let record: StepRecord
  private let spans = LayerSpans()
  private let paths: [String]
  private let places: ArraySlice<Int>

  /// Runs a step once more, with all values known.
  init(
    _ step: TrainingStep, _ parameters: [Tensor], _ states: [Tensor], examples: [Tensor],
    places: ArraySlice<Int>, key: RandomKey, number: Int
  ) throws {
    step.observer = spans
    defer { step.observer = nil }
    record = try StepRecord(
      parameters: parameters, states: states, examples: examples, places: places, key: key,
      step: number, step.trace)
    paths = step.paths
    self.places = places
  }

  /// What it was, in words; nothing if the step is sound.
  func finding() throws -> String? {
    try badExample() ?? badParameter() ?? forward() ?? backward()
  }

  private func badExample() throws -> String? {
    for (name, batch) in zip(["inputs", "targets", "weight"], record.examples) {
      let values = try batch.evaluated()
      guard values.elementType.isFloat else { continue }
      let elements = try values.elements(as: Double.self)
      guard let place = elements.firstIndex(where: { !$0.isFinite }) else { continue }
      let example = place / max(1, elements.count / max(1, places.count))
      let kind = elements[place].isNaN ? "nan" : "inf"
      return "the \(name) of example \(example) of the batch hold \(kind)"
    }
    return nil
  }

  private func badParameter() throws -> String? {
    for (path, parameter) in zip(paths, record.parameters) {
      let counts = try parameter.evaluated().nonFiniteCounts()
      if counts.nan + counts.infinite > 0 { return "the parameter \(path) is not finite" }
    }
    return nil
  }

  private func forward() throws -> String? {
    guard let step = try record.trace.firstNonFinite(leadingTo: record.outputs.loss) else {
      return nil
    }
    let place = spans.layer(of: step.index).map { "the layer \($0.source) (\($0.path))" }
    return "\(Inquest.operation(step)) in \(place ?? "the loss")"
  }

  private func backward() throws -> String? {
    for (path, slope) in try zip(paths, record.slopes()) {
      guard let step = try record.trace.firstNonFinite(leadingTo: slope) else { continue }
      let place = step.index < record.count ? spans.layer(of: step.index) : nil
      return "\(Inquest.operation(step)) in the gradient of \(path)"
        + (place.map { ", by the layer \($0.source)" } ?? "")
    }
    return nil
  }

  /// The operation with what it made: `log made 3 nan of 32 elements`.
  private static func operation(_ step: NonFiniteStep) -> String {
    let kinds = [(step.nanCount, "nan"), (step.infiniteCount, "inf")].filter { $0.0 > 0 }
    let made = kinds.map { "\($0.0) \($0.1)" }.joined(separator: " and ")
    let source = step.isGivenNaN ? " from a constant that is nan" : ""
    return "`\(step.operation)` made the first \(made), of \(step.shape.count) elements,\(source)"
  }
}

extension TrainingRun {
  /// How many numbers the parameters may hold for their state to be kept a few times a second.
  private static let smallCount = 1 << 20

  /// Keeps where the run stands, all being well, to go back to if it no longer is.
  mutating func keepHaven(cheaply: Bool = false) throws {
    if cheaply, parameterCount > Self.smallCount { return }
    let place = try checkpoint(facts: [])
    // The loss before the last step says nothing of what that step made of the parameters.
    if try place.parameters.entries.allSatisfy({ try $0.tensor.isFinite }) { haven = place }
  }

  /// The mistake of a loss that is no number: what made it first, and where.
  mutating func divergence() throws -> TensorError {
    let (reached, last) = (epoch, step)
    let finding = try inquest()
    let place =
      finding == nil ? "\(reached + 1), by step \(last)" : "\(epoch + 1), step \(step)"
    return TensorError(
      "train/diverged",
      "the loss is no longer a number in epoch \(place)\(finding.map { ": \($0)" } ?? "")",
      help: watch.suspicion + [
        "lower the learning rate, which is \(options.optimizer.rate.source)",
        "look for inf and nan in the data, and scale the inputs to about [0, 1]",
      ])
  }

  /// Goes again through the steps since all was well, up to the first that is not.
  private mutating func inquest() throws -> String? {
    guard let haven else { return nil }
    try restore(haven)
    while let batch = try feed.next() {
      let (parameters, states) = (try state.parameters, try state.states)
      try replay(batch, rate: rate(at: position(of: step)))
      let isFinite = try state.parameters.allSatisfy { try $0.isFinite }
      if feed.tally.loss.isFinite, isFinite { continue }
      let inquest = try Inquest(
        feed.step, parameters, states, examples: feed.examples, places: batch.places,
        key: feed.stepKey, number: batches)
      return try inquest.finding()
        ?? (feed.tally.loss.isFinite
          ? "the gradients are finite, but the step is so long that a parameter is not"
          : "a number that is not finite stands in the model or in the loss itself")
    }
    return nil
  }
}
