import LeptonTensor

/// Makes one row of numbers of each example: `[batch, a, b, …]` → `[batch, a·b·…]`.
public final class Flatten: Layer {
  /// Makes the layer.
  public init() {}

  /// What its place in a path is called.
  public var name: String { "flatten" }
  /// The Lepton that makes it.
  public var source: String { "flatten()" }
  /// It has no choice.
  public var isFixed: Bool { true }

  /// Computes the output for a batch.
  public func apply(_ x: Tensor, in scope: ParameterScope) throws -> Tensor {
    guard let batch = x.shape.sizes.first else {
      throw TensorError("shape/rank", "its input is a single number; it needs a batch of examples")
    }
    return try x.reshaped(to: [batch, x.shape.sizes.dropFirst().reduce(1, *)])
  }
}
