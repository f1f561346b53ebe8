import LeptonTensor

extension Loss {
  /// The loss of a batch in which examples count differently: `Σ weight · loss / batch`, as in Keras.
  ///
  /// - Throws: what ``apply(outputs:targets:)`` throws.
  public func apply(outputs: Tensor, targets: Tensor, weights: Tensor) throws -> Tensor {
    try each(outputs: outputs, targets: targets).multiplying(weights).mean()
  }

  /// The loss of each example, `[batch]`: the loss of a batch of one.
  func each(outputs: Tensor, targets: Tensor) throws -> Tensor {
    // The whole batch is tried for the sake of its messages; what it computes is not used.
    _ = try apply(outputs: outputs, targets: targets)
    let losses = try mapped([outputs, targets], batched: [true, true]) { example in
      [
        try apply(outputs: example[0].expanded(at: 0), targets: example[1].expanded(at: 0))
          .reshaped(to: [])
      ]
    }
    return losses[0]
  }
}
