import LeptonLearning
import LeptonRuntime
import LeptonTensor

/// A layer as a value of the language: a function from tensors to tensors.
final class LayerObject: Object, Callable, Bridged {
  let layer: any Layer

  init(_ layer: any Layer) { self.layer = layer }

  static var typeName: String { "layer" }
  var name: String { layer.name }
  var source: String { layer.source }

  /// Applies the layer: inside a model with the model's parameters, elsewhere only if it has none.
  func call(_ arguments: Arguments, in context: Context) throws -> Value {
    guard case .tensor(let x)? = arguments.positional.first, arguments.positional.count == 1 else {
      throw LanguageError("call/arguments", "a layer is called with one tensor")
    }
    return .tensor(try (LayerScope.current(in: context) ?? .bare).apply(layer, to: x))
  }

  func isSame(as other: any Object) -> Bool { self === other }
}

/// The scope of the model that runs, as it travels through functions written in Lepton.
final class LayerScope {
  private let scope: ParameterScope

  private init(_ scope: ParameterScope) { self.scope = scope }

  private static let key = "learning.scope"

  /// The scope of the model that runs; nothing outside of one.
  static func current(in context: Context) -> ParameterScope? {
    (context.attachments[key] as? LayerScope)?.scope
  }

  /// Runs a function of the language as part of a model; layers in Lepton that it calls find their
  /// own places there.
  static func with<Result>(
    _ scope: ParameterScope, _ functions: FunctionLayers, in context: Context,
    _ body: () throws -> Result
  ) rethrows -> Result {
    let (outer, outerCall) = (context.attachments[key], context.callLayer)
    context.attachments[key] = LayerScope(scope)
    context.callLayer = { closure, arguments, context in
      guard case .tensor(let x)? = arguments.positional.first, arguments.positional.count == 1
      else {
        return try closure.callBody(arguments, in: context)
      }
      return .tensor(try scope.apply(functions.layer(of: closure, in: context), to: x))
    }
    defer {
      context.attachments[key] = outer
      context.callLayer = outerCall
    }
    return try body()
  }
}

/// The layers that functions of one model have become: a function used twice is one layer.
final class FunctionLayers {
  private var layers: [ObjectIdentifier: any Layer] = [:]

  /// The layer that a function is.
  func layer(of callable: any Callable, in context: Context) -> any Layer {
    let identity = ObjectIdentifier(callable)
    if let known = layers[identity] { return known }
    let made: any Layer =
      LayerMaker.activation(named: callable.name).map { ActivationLayer($0) }
      ?? function(callable, in: context)
    layers[identity] = made
    return made
  }

  private func function(_ callable: any Callable, in context: Context) -> FunctionLayer {
    let closure = callable as? Closure
    return FunctionLayer(name: FunctionLayers.name(of: callable), source: callable.source) {
      [self] x, scope in
      try LayerScope.with(scope, self, in: context) {
        let arguments = Arguments([.tensor(x)])
        let result =
          try closure?.callBody(arguments, in: context)
          ?? callable.call(arguments, in: context)
        return try LayerMaker.tensor(result, from: callable.name)
      }
    }
  }

  /// What a function is called in a path: for a layer the name of the function that made it.
  private static func name(of callable: any Callable) -> String {
    let call = (callable as? Closure)?.origin?.call ?? ""
    let name = call.isEmpty ? callable.name : String(call.prefix { $0 != "(" })
    let isPlain = !name.isEmpty && name.allSatisfy { $0.isLetter || $0.isNumber || $0 == "_" }
    return isPlain ? name : "function"
  }
}

extension ParameterScope {
  /// The scope outside of a model, in which no layer has parameters.
  static var bare: ParameterScope {
    ParameterScope(isTraining: false) { spec in
      throw TensorError(
        "model/parameter", "the layer has no parameters yet: it needs \(spec.path)",
        help: ["train the model first, or make one with untrained(model, input=[...])"])
    }
  }
}

/// Makes layers of values: of layers, words, compositions and functions written in Lepton.
struct LayerMaker {
  let context: Context
  private let functions = FunctionLayers()

  init(_ context: Context) { self.context = context }

  /// The layer that a value is.
  ///
  /// A function used twice becomes one layer used twice, and so shares its parameters.
  ///
  /// - Throws: `LanguageError` with code `type/layer` if it is none.
  func layer(_ value: Value) throws -> any Layer {
    switch value {
    case .object(let object as LayerObject): return object.layer
    case .object(let object as ModelObject): return object.model.layer
    case .function(let composition as Composition):
      return Sequential(
        try composition.stages.flatMap { stage -> [any Layer] in
          let layer = try layer(stage)
          return (layer as? Sequential)?.layers ?? [layer]
        })
    default:
      guard let callable = value.callable else { throw LayerMaker.mismatch(value) }
      return functions.layer(of: callable, in: context)
    }
  }

  /// The activation that a value is: a word, or any function from tensors to tensors.
  func activation(_ value: Value) throws -> Activation {
    if case .nothing = value { return .identity }
    guard let callable = value.callable, !(callable is LayerObject) else {
      throw LanguageError(
        "type/argument", "expected an activation, and this is \(value.typeDescription)",
        help: ["activations are functions of a tensor: relu, tanh, sigmoid, softmax, x -> ..."])
    }
    if let known = LayerMaker.activation(named: callable.name) { return known }
    return Activation(source: callable.source) { [context] x in
      try LayerMaker.tensor(context.call(value, [.tensor(x)]), from: callable.name)
    }
  }

  static func activation(named name: String) -> Activation? {
    Activation.named.first { $0.source == name }
  }

  /// The tensor that a function of the language gave.
  static func tensor(_ value: Value, from name: String) throws -> Tensor {
    switch value {
    case .tensor(let tensor): return tensor
    case .int(let int): return try Tensor(scalar: Double(int))
    case .float(let float): return try Tensor(scalar: float)
    default:
      throw LanguageError(
        "type/result", "\(name) must give a tensor here, and it gave \(value.typeDescription)")
    }
  }

  private static func mismatch(_ value: Value) -> LanguageError {
    LanguageError(
      "type/layer", "expected a model or a layer, and this is \(value.typeDescription)",
      help: ["a model is made of layers and functions: flatten() >> dense(128, relu) >> dense(10)"])
  }
}
