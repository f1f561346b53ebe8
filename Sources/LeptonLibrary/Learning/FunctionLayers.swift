import LeptonLearning
import LeptonRuntime
import LeptonTensor

/// A function of the language that stands in a model as a layer.
final class CallableLayer: Layer {
  let name: String
  let source: String
  /// Where the user wrote it, or called what made it.
  let site: CallSite?
  /// The tensors among which its input is taken apart, if it is given several.
  var inputs: Packing?
  /// Whether it may give a record of tensors.
  var givesSeveral = false
  /// The tensors that it gave last, if it gives several.
  private(set) var outputs: Packing?
  private let callable: any Callable
  private let functions: FunctionLayers
  private let context: Context

  init(_ callable: any Callable, _ functions: FunctionLayers, in context: Context) {
    let closure = callable as? Closure
    let name = closure?.origin?.name ?? callable.name
    let isPlain = !name.isEmpty && name.allSatisfy { $0.isLetter || $0.isNumber || $0 == "_" }
    self.name = isPlain ? name : closure?.isLayer == true ? "layer" : "function"
    self.callable = callable
    self.functions = functions
    self.context = context
    source = closure?.sourceInside ?? callable.source
    site = closure?.site ?? (callable as? ForeseenFunction)?.site
  }

  func apply(_ x: Tensor, in scope: ParameterScope) throws -> Tensor {
    try context.recording(x) {
      try LayerScope.with(scope, functions, in: context) {
        let result = try result(of: x)
        guard givesSeveral, case .record(let record) = result else {
          return try LayerMaker.tensor(result, from: callable.name)
        }
        let packing = try Packing(record)
        outputs = packing
        return try packing.packed(record)
      }
    }
  }

  private func result(of x: Tensor) throws -> Value {
    let arguments = Arguments([try inputs.map { try .record($0.record(of: x)) } ?? .tensor(x)])
    return try context.noting(
      "in this layer, whose input is \(x.shape.perExample)", at: site
    ) {
      try (callable as? Closure)?.callBody(arguments, in: context)
        ?? callable.call(arguments, in: context)
    }
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
      LayerMaker.activation(of: callable).map { ActivationLayer($0) }
      ?? CallableLayer(callable, self, in: context)
    layers[identity] = made
    return made
  }
}
