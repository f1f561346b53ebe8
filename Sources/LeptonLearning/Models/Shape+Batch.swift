import LeptonTensor

extension Shape {
  /// The shape of a batch as messages show it: `[batch, 28, 28]`.
  var perExample: String {
    "[" + (["batch"] + sizes.dropFirst().map(String.init)).joined(separator: ", ") + "]"
  }
}

extension TensorError {
  /// The same mistake, put down to a layer.
  func naming(_ layer: any Layer, input: Tensor) -> TensorError {
    TensorError(
      code, "in the layer \(layer.source), whose input is \(input.shape.perExample): \(message)",
      help: help)
  }
}
