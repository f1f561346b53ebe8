import LeptonLearning
import LeptonRuntime
import LeptonTensor

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
  /// own places there, and in training what it draws from chance is drawn anew in each step.
  static func with<Result>(
    _ scope: ParameterScope, in context: Context, _ body: () throws -> Result
  ) rethrows -> Result {
    let (outer, outerCall) = (context.attachments[key], context.callLayer)
    context.attachments[key] = LayerScope(scope)
    context.callLayer = { closure, arguments, context in
      let layer = CallableLayer(closure, in: context)
      let input = arguments.positional.first?.tensor
      return try scope.within(layer, input: input, output: { $0.tensor }) {
        try chance(of: scope, in: context) { try closure.callBody(arguments, in: context) }
      }
    }
    defer {
      context.attachments[key] = outer
      context.callLayer = outerCall
    }
    return try chance(of: scope, in: context, body)
  }

  /// Runs a function whose chance, while training, is another one in each step.
  private static func chance<Result>(
    of scope: ParameterScope, in context: Context, _ body: () throws -> Result
  ) rethrows -> Result {
    guard let key = scope.functionKey() else { return try body() }
    return try context.withChance(key, body)
  }
}

extension Value {
  /// The tensor that the value is, if it is one.
  fileprivate var tensor: Tensor? { if case .tensor(let tensor) = self { tensor } else { nil } }
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
