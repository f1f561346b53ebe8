import LeptonTensor

/// A layer made of a function, which may ask the scope for parameters and apply other layers.
public final class FunctionLayer: Layer {
  /// What its place in a path is called.
  public let name: String
  /// The Lepton that makes it.
  public let source: String
  private let function: (Tensor, ParameterScope) throws -> Tensor

  /// Makes a layer of a function.
  public init(
    name: String, source: String, function: @escaping (Tensor, ParameterScope) throws -> Tensor
  ) {
    self.name = name
    self.source = source
    self.function = function
  }

  /// Computes the output for a batch.
  public func apply(_ x: Tensor, in scope: ParameterScope) throws -> Tensor {
    try function(x, scope)
  }
}
