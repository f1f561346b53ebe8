import LeptonLearning
import LeptonRuntime
import LeptonTensor

/// Makes layers of values: of layers, words, compositions and functions written in Lepton.
struct LayerMaker {
  let context: Context

  init(_ context: Context) { self.context = context }

  /// The layer that a value is.
  ///
  /// Steps that prepare data stand before the layers, and are none.
  ///
  /// - Throws: `LanguageError` with code `type/layer` if it is none.
  func layer(_ value: Value) throws -> any Layer {
    switch value {
    case .object(let object as LayerObject): return object
    case .object(let object as ModelObject): return object.model.layer
    case .object(is StepObject), .object(is PreparationObject), .object(is EachInputObject):
      throw LayerMaker.onlyPrepares
    case .function(let composition as Composition):
      let model = PreparedModel(value)
      guard model.preparation == nil else {
        guard let network = model.network else { throw LayerMaker.onlyPrepares }
        return try layer(network)
      }
      return Sequential(
        try composition.stages.flatMap { stage -> [any Layer] in
          let layer = try layer(stage)
          return (layer as? Sequential)?.layers ?? [layer]
        })
    default:
      guard let callable = value.callable else { throw LayerMaker.mismatch(value) }
      return LayerMaker.activation(of: callable).map { ActivationLayer($0) }
        ?? CallableLayer(callable, in: context)
    }
  }

  /// The layer that a value is, for the inputs and targets of a data set.
  ///
  /// - Throws: `LanguageError` with code `type/layer` if it is none, or if the data have several inputs or
  ///   targets and the model does not begin or end with a function.
  func layer(_ value: Value, for data: Dataset) throws -> any Layer {
    try layer(value, inputs: data.inputParts, givesSeveral: data.targetParts != nil)
  }

  /// The layer that a value is, which is given several inputs or gives several outputs.
  func layer(_ value: Value, inputs: Packing?, givesSeveral: Bool) throws -> any Layer {
    let layer = try layer(value)
    if let inputs {
      guard let first = layer.first else {
        throw LanguageError(
          "type/layer",
          "the data have several inputs (\(inputs.names)), so the model begins with a function of their record",
          help: ["for example x -> concat(x.\(inputs.parts.first?.name ?? "a"), …, axis=-1)"])
      }
      first.inputs = inputs
    }
    if givesSeveral {
      guard let last = layer.last else {
        throw LanguageError(
          "type/layer",
          "the data have several targets, so the model ends with a function that gives a record of outputs",
          help: ["for example x -> {digit: dense(10)(x), size: dense(1)(x)}"])
      }
      last.givesSeveral = true
    }
    return layer
  }

  /// The activation that a value is: a word, or any function from tensors to tensors.
  func activation(_ value: Value) throws -> Activation {
    if case .nothing = value { return .identity }
    guard let callable = value.callable, !(callable is LayerObject) else {
      throw LanguageError(
        "type/argument", "expected an activation, and this is \(value.typeDescription)",
        help: [
          "activations are functions, without quotes: relu, tanh, sigmoid, softmax, x -> x * 2"
        ])
    }
    if let known = LayerMaker.activation(of: callable) { return known }
    let source = (callable as? Closure)?.sourceInside ?? callable.source
    return Activation(source: source, isFixed: false) { [context] x in
      try context.recording(x) {
        try LayerMaker.tensor(context.call(value, [.tensor(x)]), from: callable.name)
      }
    }
  }

  /// The activation for which a word stands.
  static func activation(of callable: any Callable) -> Activation? {
    guard let word = callable as? Word else { return nil }
    return Activation.named.first { $0.source == word.name }
  }

  /// The tensor that a function of the language gave.
  static func tensor(_ value: Value, from name: String) throws -> Tensor {
    switch value {
    case .tensor(let tensor): return tensor
    case .int(let int): return try Tensor(scalar: Double(int))
    case .float(let float): return try Tensor(scalar: float)
    case .object(let object):
      if let tensor = try object.asTensor() { return tensor }
      fallthrough
    default:
      throw LanguageError(
        "type/result", "\(name) must give a tensor here, and it gave \(value.typeDescription)")
    }
  }

  private static let onlyPrepares = LanguageError(
    "type/layer", "these steps prepare data, and no layer follows them",
    help: ["go on with layers: prepare() >> dense(16, relu) >> dense(3)"])

  private static func mismatch(_ value: Value) -> LanguageError {
    LanguageError(
      "type/layer", "expected a model or a layer, and this is \(value.typeDescription)",
      help: ["a model is made of layers and functions: flatten() >> dense(128, relu) >> dense(10)"])
  }
}
