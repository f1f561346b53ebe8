import LeptonTensor

/// A traceable function over a tree of named parameters, and one of states.
public struct Model {
  /// The function.
  public let layer: any Layer
  /// What it was trained to, by path.
  public let parameters: ParameterTree
  /// What its layers have carried along from step to step of training, by path, such as the mean over
  /// batches; no gradient changes it.
  public let states: ParameterTree
  /// The paths of the parameters that further training leaves as they are.
  public private(set) var frozen: Set<String> = []
  /// The shape of one example, without the batch: `[28, 28]`.
  public let exampleShape: [Int]
  /// The names of the classes it tells apart, or nothing.
  public let classes: [String]?
  /// How it was trained, or nothing.
  public let history: History?
  /// With what it was trained, or nothing.
  public let record: TrainingRecord?
  /// What makes calls fast that are repeated.
  private let kept = KeptPlans()

  /// Makes a model of its parts.
  public init(
    layer: any Layer, parameters: ParameterTree, states: ParameterTree = ParameterTree(),
    exampleShape: [Int], classes: [String]? = nil, history: History? = nil,
    record: TrainingRecord? = nil
  ) {
    self.layer = layer
    self.parameters = parameters
    self.states = states
    self.exampleShape = exampleShape
    self.classes = classes
    self.history = history
    self.record = record
  }

  /// The model with other parameters frozen.
  public func with(frozen: Set<String>) -> Model {
    var model = self
    model.frozen = frozen
    return model
  }

  /// The parameters, then the states, under their paths.
  public var tensors: [(path: String, tensor: Tensor)] { parameters.entries + states.entries }

  /// The model with other parameters or states; it has no history.
  public func with(parameters: ParameterTree, states: ParameterTree) -> Model {
    Model(
      layer: layer, parameters: parameters, states: states, exampleShape: exampleShape,
      classes: classes
    ).with(frozen: frozen)
  }

  /// Computes the outputs for a batch.
  ///
  /// - Throws: `TensorError` if the shape of the batch does not suit the model.
  public func callAsFunction(_ x: Tensor) throws -> Tensor {
    try kept.outputs(of: self, for: x) ?? scope.applyRoot(layer, to: x)
  }

  /// A scope with the parameters and states of the model, in which no training goes on.
  var scope: ParameterScope {
    ParameterScope(isTraining: false) {
      try ($0.isState ? states : parameters).tensor(for: $0)
    }
  }
}

extension ParameterTree {
  /// The parameter or state that a layer asks for.
  ///
  /// - Throws: `TensorError` with code `model/parameter` if there is none, or it has another shape.
  public func tensor(for spec: ParameterSpec) throws -> Tensor {
    guard let tensor = self[spec.path] else {
      throw TensorError("model/parameter", "the model holds no \(spec.kind) \(spec.path)")
    }
    guard tensor.shape.sizes == spec.shape else {
      throw TensorError(
        "model/parameter",
        "the \(spec.kind) \(spec.path) has shape \(tensor.shape), but here it would need \(spec.shape)",
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
