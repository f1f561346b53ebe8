import LeptonTensor

/// Sets a share of its inputs to 0 while training, and enlarges the rest to keep the mean.
///
/// Outside training it leaves its input (Srivastava et al. 2014, in the inverted form).
public final class Dropout: Layer {
  private let rate: Double

  /// Makes the layer.
  ///
  /// - Throws: `TensorError` if the rate is not in [0, 1).
  public init(_ rate: Double) throws {
    guard rate >= 0, rate < 1 else {
      throw TensorError("value/range", "a dropout rate must be in [0, 1), not \(shortest(rate))")
    }
    self.rate = rate
  }

  /// What its place in a path is called.
  public var name: String { "dropout" }
  /// The Lepton that makes it.
  public var source: String { "dropout(\(shortest(rate)))" }
  /// Outside training it leaves its input.
  public var isFixed: Bool { true }

  /// Computes the output for a batch.
  public func apply(_ x: Tensor, in scope: ParameterScope) throws -> Tensor {
    guard scope.isTraining, rate > 0, let key = scope.nextKey() else { return x }
    let kept = try key.bernoulli(1 - rate, x.shape.sizes)
    return try x.multiplying(1 / (1 - rate)).selected(where: kept, otherwise: 0.0)
  }
}
