import LeptonTensor

/// A fully connected layer: `activation(x @ kernel + bias)` over the last axis.
///
/// `x` is `[batch, …, inputs]`, `kernel` is `[inputs, units]`, `bias` is `[units]`. As in Keras the
/// kernel begins as Glorot uniform and the bias as zeros.
public final class Dense: Layer {
  private let units: Int
  private let activation: Activation
  private let kernel: Initializer
  private let bias: Initializer?

  /// Makes the layer; without a `bias` none is added.
  ///
  /// - Throws: `TensorError` if there are no units.
  public init(
    _ units: Int, activation: Activation = .identity, kernel: Initializer = .glorotUniform,
    bias: Initializer? = .zeros
  ) throws {
    guard units > 0 else {
      throw TensorError("value/range", "a dense layer needs at least 1 unit, not \(units)")
    }
    self.units = units
    self.activation = activation
    self.kernel = kernel
    self.bias = bias
  }

  /// What its place in a path is called.
  public var name: String { "dense" }
  /// It has a kernel.
  public var holdsParameters: Bool { true }
  /// As its activation is.
  public var isFixed: Bool { activation.isFixed }

  /// The Lepton that makes it.
  public var source: String {
    var parts = ["\(units)"]
    if activation.source != Activation.identity.source { parts.append(activation.source) }
    if kernel != .glorotUniform { parts.append("kernel=\(kernel.source)") }
    if bias == nil { parts.append("bias=nothing") }
    if let bias, bias != .zeros { parts.append("bias=\(bias.source)") }
    return "dense(\(parts.joined(separator: ", ")))"
  }

  /// Computes the output for a batch.
  public func apply(_ x: Tensor, in scope: ParameterScope) throws -> Tensor {
    guard x.shape.rank >= 2, let inputs = x.shape.sizes.last else {
      throw TensorError(
        "shape/rank",
        "its input has shape \(x.shape.perExample), but it needs a last axis to act on")
    }
    var y = try x.matmul(scope.parameter("kernel", [inputs, units], kernel))
    if let bias { y = try y.adding(scope.parameter("bias", [units], bias)) }
    return try activation(y)
  }
}
