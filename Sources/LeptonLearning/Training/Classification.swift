import LeptonTensor

/// What a classifier says of examples: how probable each class is.
public struct Classification: Sendable {
  /// The probabilities, `[count][class]`, each row adding up to 1.
  public let probabilities: [[Double]]
  /// The names of the classes.
  public let classes: [String]

  /// Runs a model over a batch.
  ///
  /// Outputs that are no probabilities are taken for logits, and the softmax of them is used.
  ///
  /// - Throws: `TensorError` with code `shape/target` if the model does not end in one row of
  ///   numbers for each example.
  public init(_ model: Model, on inputs: Tensor) throws {
    let outputs = try Prediction.run(model, on: inputs)
    guard outputs.shape.rank == 2 else {
      throw TensorError(
        "shape/target", "the model ends in \(outputs.shape.perExample), which is no row of classes")
    }
    let width = outputs.shape[1]
    let isProbable = try Classification.areProbabilities(outputs)
    let numbers = try (isProbable ? outputs : outputs.softmax()).elements(as: Double.self)
    probabilities = (0..<outputs.shape[0]).map { Array(numbers[$0 * width..<($0 + 1) * width]) }
    let names = model.classes ?? []
    classes = (0..<width).map { $0 < names.count ? names[$0] : "\($0)" }
  }

  /// The classes of an example, most probable first; equals in their order.
  public func ranking(of example: Int) -> [Int] {
    let row = probabilities[example]
    return row.indices.sorted { (row[$0], $1) > (row[$1], $0) }
  }

  /// Whether every row already adds up to 1 without a negative number.
  private static func areProbabilities(_ outputs: Tensor) throws -> Bool {
    guard outputs.shape.count > 0, try outputs.min().item() >= 0 else { return false }
    return try outputs.sum(axes: [1]).subtracting(1.0).absolute().max().item() < 1e-3
  }
}
