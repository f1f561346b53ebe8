import LeptonTensor

/// A mistake that arose in a layer, with what went into it; it stays in the thread that runs the layer.
public struct LayerError: Error, @unchecked Sendable {
  /// What is wrong.
  public let error: TensorError
  /// The innermost layer in which it arose.
  public let layer: any Layer
  /// What went into the layer: `its input here is [batch, 28, 28]`.
  public let circumstance: String

  /// Puts a mistake down to a layer.
  public init(_ error: TensorError, in layer: any Layer, input: Shape?) {
    self.error = error
    self.layer = layer
    circumstance = input.map { "its input here is \($0.perExample)" } ?? ""
  }

  /// The mistake in words alone, for whoever cannot show the place of the layer.
  public var described: TensorError {
    let input = circumstance.isEmpty ? "" : ", and \(circumstance)"
    return TensorError(
      error.code, "in the layer \(layer.source): \(error.message)\(input)", help: error.help)
  }
}
