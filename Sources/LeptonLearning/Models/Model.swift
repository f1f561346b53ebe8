import LeptonTensor

/// A traceable function over a tree of named parameters.
public struct Model {
  /// The function.
  public let layer: any Layer
  /// What it was trained to, by path.
  public let parameters: ParameterTree
  /// The shape of one example, without the batch: `[28, 28]`.
  public let exampleShape: [Int]
  /// The names of the classes it tells apart, or nothing.
  public let classes: [String]?
  /// How it was trained, or nothing.
  public let history: History?

  /// Makes a model of its parts.
  public init(
    layer: any Layer, parameters: ParameterTree, exampleShape: [Int], classes: [String]? = nil,
    history: History? = nil
  ) {
    self.layer = layer
    self.parameters = parameters
    self.exampleShape = exampleShape
    self.classes = classes
    self.history = history
  }

  /// Computes the outputs for a batch.
  ///
  /// - Throws: `TensorError` if the shape of the batch does not suit the model.
  public func callAsFunction(_ x: Tensor) throws -> Tensor {
    try apply(x, parameters: parameters)
  }

  /// Computes the outputs with other parameters, which may be traced.
  func apply(_ x: Tensor, parameters: ParameterTree) throws -> Tensor {
    let scope = ParameterScope(isTraining: false) { try parameters.tensor(for: $0) }
    return try scope.applyRoot(layer, to: x)
  }
}

extension ParameterTree {
  /// The parameter that a layer asks for.
  ///
  /// - Throws: `TensorError` with code `model/parameter` if there is none, or it has another shape.
  public func tensor(for spec: ParameterSpec) throws -> Tensor {
    guard let tensor = self[spec.path] else {
      throw TensorError("model/parameter", "the model holds no parameter \(spec.path)")
    }
    guard tensor.shape.sizes == spec.shape else {
      throw TensorError(
        "model/parameter",
        "the parameter \(spec.path) has shape \(tensor.shape), but here it would need \(spec.shape)",
        help: ["a model takes inputs of the shape it was trained on"])
    }
    return tensor
  }
}

extension ParameterScope {
  /// Runs a whole model: a sequence stands at the root, any other layer is the first of a sequence.
  func applyRoot(_ layer: any Layer, to x: Tensor) throws -> Tensor {
    let root = layer as? Sequential ?? Sequential([layer])
    return try root.apply(x, in: self)
  }
}
