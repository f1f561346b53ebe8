import LeptonTensor

/// Layers one after the other.
public final class Sequential: Layer {
  /// The layers, first applied first.
  public let layers: [any Layer]

  /// Makes a sequence.
  public init(_ layers: [any Layer]) { self.layers = layers }

  /// What its place in a path is called.
  public var name: String { "sequence" }

  /// The Lepton that makes it.
  public var source: String { layers.map(\.source).joined(separator: " >> ") }

  /// As all its layers are.
  public var isFixed: Bool { layers.allSatisfy(\.isFixed) }

  /// Computes the output for a batch.
  public func apply(_ x: Tensor, in scope: ParameterScope) throws -> Tensor {
    var x = x
    for (index, layer) in layers.enumerated() {
      x = try scope.apply(layer, to: x, at: "\(index).\(layer.name)")
    }
    return x
  }

  /// The layers of a sequence; any other layer by itself.
  static func parts(of layer: any Layer) -> [any Layer] {
    (layer as? Sequential)?.layers ?? [layer]
  }
}
