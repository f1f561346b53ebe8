import LeptonLearning
import LeptonRuntime
import LeptonTensor

/// A layer as a value of the language: a function from tensors to tensors, made at a place.
final class LayerObject: Object, Callable, Layer, Composite, Bridged {
  private let layer: any Layer
  /// The call that made it, or nothing.
  let site: CallSite?

  init(_ layer: any Layer, in context: Context) {
    self.layer = layer
    site = context.callSite
  }

  static var typeName: String { "layer" }
  var name: String { layer.name }
  var source: String { layer.source }
  var parts: [Value] { [] }
  var holdsParameters: Bool { layer.holdsParameters }
  var isFixed: Bool { layer.isFixed }
  var sharedName: String? { layer.holdsParameters ? name : nil }

  func source(_ write: (Value) -> String) -> String { source }

  /// Applies the layer: inside a model with the model's parameters, elsewhere only if it has none.
  func call(_ arguments: Arguments, in context: Context) throws -> Value {
    guard case .tensor(let x)? = arguments.positional.first, arguments.positional.count == 1 else {
      throw LanguageError("call/arguments", "a layer is called with one tensor")
    }
    guard let scope = LayerScope.current(in: context) else {
      return .tensor(try calling { try ParameterScope.bare.apply(self, to: x) })
    }
    return .tensor(try scope.apply(self, to: x))
  }

  func apply(_ x: Tensor, in scope: ParameterScope) throws -> Tensor {
    try layer.apply(x, in: scope)
  }

  func isSame(as other: any Object) -> Bool { self === other }
}
