import LeptonTensor

/// Running a model over many examples, in batches.
public enum Prediction {
  /// How many examples go through the model at a time: few enough that what pictures become on their way
  /// stays in the cache.
  static let batch = 128

  /// The outputs for a tensor of examples, `[count, …]`.
  ///
  /// `saw` is told what the values that the model watches were in the first batch.
  ///
  /// - Throws: `TensorError` if the shape of an example is not the model's.
  public static func run(
    _ model: Model, on inputs: Tensor, saw: ((Sighting) -> Void)? = nil
  ) throws -> Tensor {
    try check(inputs.shape, model)
    var plans = InferencePlans(model: model, saw: saw)
    var outputs: [Tensor] = []
    for start in stride(from: 0, to: inputs.shape[0], by: batch) {
      outputs.append(try plans.outputs(inputs.sliced([Slice(from: start, to: start + batch)])))
    }
    return try outputs.isEmpty ? model(inputs) : Tensor.concatenated(outputs)
  }

  /// The outputs for the examples of a data set, of which a batch at a time is in memory.
  ///
  /// - Throws: what ``run(_:on:saw:)`` throws.
  public static func run(
    _ model: Model, on data: Dataset, saw: ((Sighting) -> Void)? = nil
  ) throws -> Tensor {
    guard data.count > 0 else { return try run(model, on: data.inputs(), saw: saw) }
    var outputs: [Tensor] = []
    try batches(of: model, on: data, saw: saw) { output, _ in outputs.append(output) }
    return try Tensor.concatenated(outputs)
  }

  /// The most probable class of each example.
  public static func classes(_ model: Model, on inputs: Tensor) throws -> [Int] {
    try run(model, on: inputs).argmax(axis: -1).elements(as: Int.self)
  }

  /// Hands over outputs and targets, batch by batch.
  static func batches(
    of model: Model, on data: Dataset, saw: ((Sighting) -> Void)? = nil,
    _ body: (_ outputs: Tensor, _ targets: Tensor) throws -> Void
  ) throws {
    var plans = InferencePlans(model: model, saw: saw)
    for start in stride(from: 0, to: data.count, by: batch) {
      let examples = try data.examples(at: start..<min(data.count, start + batch))
      try check(examples[0].shape, model)
      try body(plans.outputs(examples[0]), examples[1])
    }
  }

  private static func check(_ shape: Shape, _ model: Model) throws {
    guard shape.rank > 0, Array(shape.sizes.dropFirst()) == model.exampleShape else {
      throw TensorError(
        "shape/input",
        "the model takes examples of shape \(model.exampleShape), but the batch has shape \(shape)",
        help: ["the first axis of a batch counts the examples; x[newaxis] makes a batch of one"])
    }
  }
}
