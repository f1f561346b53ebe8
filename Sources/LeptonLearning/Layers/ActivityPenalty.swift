import LeptonTensor

/// Leaves its input, and adds a price on it to the loss while training.
///
/// The price of an example is `l1 · Σ |x| + l2 · Σ x²`; the loss gets its mean over the batch.
public final class ActivityPenalty: Layer {
  private let penalty: Penalty

  /// Makes the layer.
  public init(_ penalty: Penalty) { self.penalty = penalty }

  /// What its place in a path is called.
  public var name: String { "activity_penalty" }
  /// The Lepton that makes it.
  public var source: String {
    "activity_penalty(l1=\(shortest(penalty.l1)), l2=\(shortest(penalty.l2)))"
  }

  /// Computes the output for a batch.
  public func apply(_ x: Tensor, in scope: ParameterScope) throws -> Tensor {
    if scope.isTraining, x.shape.rank > 0, x.shape[0] > 0 {
      scope.charge(try penalty.price(of: x).dividing(Double(x.shape[0])))
    }
    return x
  }
}
