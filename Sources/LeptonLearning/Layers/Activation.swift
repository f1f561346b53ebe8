import LeptonTensor

/// A function applied to each output of a layer, or over its last axis.
public struct Activation {
  /// The Lepton that makes it: `relu`.
  public let source: String
  /// Whether it does the same each time, with each example by itself.
  let isFixed: Bool
  private let function: (Tensor) throws -> Tensor

  /// Makes an activation of a function.
  public init(
    source: String, isFixed: Bool = true, function: @escaping (Tensor) throws -> Tensor
  ) {
    self.source = source
    self.isFixed = isFixed
    self.function = function
  }

  /// Applies it.
  public func callAsFunction(_ x: Tensor) throws -> Tensor { try function(x) }

  /// Leaves what it is given.
  public static var identity: Activation { Activation(source: "identity") { $0 } }
  /// `max(x, 0)`.
  public static var relu: Activation { Activation(source: "relu") { try $0.relu() } }
  /// The hyperbolic tangent.
  public static var tanh: Activation { Activation(source: "tanh") { try $0.tanh() } }
  /// `1 / (1 + e^−x)`.
  public static var sigmoid: Activation { Activation(source: "sigmoid") { try $0.sigmoid() } }
  /// `e^x / Σ e^x` over the last axis.
  public static var softmax: Activation {
    Activation(source: "softmax") { try $0.softmax(axis: -1) }
  }

  /// The activations that have a name.
  public static var named: [Activation] { [identity, relu, tanh, sigmoid, softmax] }
}

/// An activation that stands by itself in a sequence.
public final class ActivationLayer: Layer {
  private let activation: Activation

  /// Makes the layer.
  public init(_ activation: Activation) { self.activation = activation }

  /// What its place in a path is called.
  public var name: String { activation.source }
  /// The Lepton that makes it.
  public var source: String { activation.source }
  /// As its activation is.
  public var isFixed: Bool { activation.isFixed }

  /// Computes the output for a batch.
  public func apply(_ x: Tensor, in scope: ParameterScope) throws -> Tensor { try activation(x) }
}
