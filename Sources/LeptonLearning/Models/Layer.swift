import LeptonTensor

/// A function from tensors to tensors that may ask for parameters where it uses them.
///
/// A layer has no state: its parameters live in the model, under the path at which the layer
/// stands. Its identity is part of it: the same layer used twice shares its parameters, two layers
/// made alike do not.
public protocol Layer: AnyObject {
  /// What makes it the same layer wherever it stands, and lives as long as it.
  var identity: ObjectIdentifier { get }

  /// What its place in a path is called: `dense`.
  var name: String { get }

  /// The Lepton that makes it: `dense(128, relu)`.
  var source: String { get }

  /// Whether the layer itself asks for parameters, so that it is something else where it stands twice.
  var holdsParameters: Bool { get }

  /// Whether the layer does the same each time, with each example by itself, when no training goes on:
  /// a function of the language may not, since it may draw chance or look at the whole batch.
  var isFixed: Bool { get }

  /// Computes the output for a batch, whose examples are counted by the first axis.
  ///
  /// - Throws: `TensorError` if the shape of `x` does not suit the layer.
  func apply(_ x: Tensor, in scope: ParameterScope) throws -> Tensor
}

extension Layer {
  /// Layers are themselves unless they stand for something else.
  public var identity: ObjectIdentifier { ObjectIdentifier(self) }
  /// Layers hold no parameters of their own unless they say so.
  public var holdsParameters: Bool { false }
  /// Layers are not taken to be fixed unless they say so.
  public var isFixed: Bool { false }

  /// This layer, then the other: one sequence, without nesting.
  public func followed(by next: any Layer) -> Sequential {
    Sequential(Sequential.parts(of: self) + Sequential.parts(of: next))
  }
}
