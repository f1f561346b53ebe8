import LeptonLearning
import LeptonRuntime
import LeptonTensor

/// A function of the language that stands in a model as a layer.
///
/// The function is what makes it the same layer: whoever meets the function again, in the model or in
/// another function, makes a layer of it anew.
final class CallableLayer: Layer {
  let name: String
  /// Where the user wrote it, or called what made it.
  let site: CallSite?
  /// The tensors among which its input is taken apart, if it is given several.
  var inputs: Packing?
  /// Whether it may give a record of tensors.
  var givesSeveral = false
  /// The tensors that it gave last, if it gives several.
  private(set) var outputs: Packing?
  private let callable: any Callable
  private let context: Context

  init(_ callable: any Callable, in context: Context) {
    let closure = callable as? Closure
    let name = closure?.origin?.name ?? callable.name
    let isPlain = !name.isEmpty && name.allSatisfy { $0.isLetter || $0.isNumber || $0 == "_" }
    self.name = isPlain ? name : closure?.isLayer == true ? "layer" : "function"
    self.callable = callable
    self.context = context
    site = closure?.site ?? (callable as? ForeseenFunction)?.site
  }

  var identity: ObjectIdentifier { ObjectIdentifier(callable) }
  var source: String { (callable as? Closure)?.sourceInside ?? callable.source }

  func apply(_ x: Tensor, in scope: ParameterScope) throws -> Tensor {
    try context.recording(x) {
      try LayerScope.with(scope, in: context) {
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
