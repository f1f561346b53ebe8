import LeptonTensor

/// What a model is made of and what it costs.
public struct Summary: Sendable, Hashable {
  /// The layers, each behind the one in which it stands.
  public let layers: [LayerSummary]

  /// Runs a model on shapes alone to see what it is made of.
  ///
  /// - Throws: `LayerError` with the layer whose input does not suit it.
  public init(_ layer: any Layer, exampleShape: [Int]) throws {
    layers = try Declaration(
      layer, exampleShape: exampleShape, probe: Declaration.zeros(exampleShape)
    ).layers
  }

  /// The layers that stand at the root.
  private var roots: [LayerSummary] { layers.filter { $0.depth == 0 } }

  /// How many numbers the parameters hold.
  public var parameters: Int { roots.reduce(0) { $0 + $1.parameters } }

  /// How many numbers the states hold, which training carries on but does not learn.
  public var states: Int { roots.reduce(0) { $0 + $1.states } }

  /// How many products are added up for one example.
  public var multiplyAdds: Int { roots.reduce(0) { $0 + $1.multiplyAdds } }

  /// The bytes of parameters and states as float32.
  public var bytes: Int { 4 * (parameters + states) }
}

/// A line of a model's summary.
public struct LayerSummary: Sendable, Hashable {
  /// The Lepton that makes the layer.
  public let source: String
  /// In how many other layers it stands.
  public let depth: Int
  /// Whether it stands earlier in the model too, and shares the parameters it has there.
  public let isShared: Bool
  /// The shape of its output for one example.
  public let outputShape: [Int]
  /// How many numbers its parameters hold, with those of the layers in it; those it shares with an
  /// earlier layer are not counted again.
  public let parameters: Int
  /// How many numbers its states hold, counted in the same way.
  public let states: Int
  /// How many products it adds up for one example.
  public let multiplyAdds: Int

  /// The bytes of its parameters and states as float32.
  public var bytes: Int { 4 * (parameters + states) }
}
