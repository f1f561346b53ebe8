import LeptonTensor

/// What a model is made of and what it costs.
public struct Summary: Sendable, Hashable {
  /// The layers, in order.
  public let layers: [LayerSummary]

  /// Runs a model on shapes alone to see what it is made of.
  ///
  /// - Throws: `TensorError` that names the layer whose input does not suit it.
  public init(_ layer: any Layer, exampleShape: [Int]) throws {
    layers = try Declaration(layer, exampleShape: exampleShape).layers
  }

  /// How many numbers the parameters hold.
  public var parameters: Int { layers.reduce(0) { $0 + $1.parameters } }

  /// How many products are added up for one example.
  public var multiplyAdds: Int { layers.reduce(0) { $0 + $1.multiplyAdds } }

  /// The bytes of the parameters as float32.
  public var bytes: Int { 4 * parameters }
}
