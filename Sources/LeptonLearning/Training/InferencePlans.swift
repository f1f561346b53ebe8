import LeptonTensor

/// Plans of one model for the batch sizes that occur.
struct InferencePlans {
  private let model: Model
  /// A plan for each form; nothing where the model cannot be planned, because it asks for values.
  private var plans: [Form: (plan: Plan, watched: [String])?] = [:]
  /// Who is told of the watched values of the first batch, until then.
  private var saw: ((Sighting) -> Void)?

  init(model: Model, saw: ((Sighting) -> Void)?) {
    self.model = model
    self.saw = saw
  }

  /// The outputs for a batch.
  mutating func outputs(_ inputs: Tensor) throws -> Tensor {
    let form = Form(inputs.shape, inputs.elementType)
    let known = try plans[form] ?? model.plan(for: form)
    plans[form] = .some(known)
    guard let (plan, watched) = known else { return try model(inputs) }
    let results = try plan.replay([inputs] + model.tensors.map(\.tensor))
    if let saw {
      for (name, value) in zip(watched, results.dropFirst()) { saw(try Sighting(name, value)) }
    }
    saw = nil
    return results.first ?? inputs
  }
}

extension Model {
  /// The plan for inputs of a form, and the names of what it gives besides outputs, the watched values;
  /// nothing where the model cannot be planned, because it asks for values.
  func plan(for form: Form) throws -> (plan: Plan, watched: [String])? {
    let trace = Trace()
    do {
      return try trace.recording { try plan(for: form, on: trace) }
    } catch  where trace.wasRead {
      return nil
    }
  }

  private func plan(for form: Form, on trace: Trace) throws -> (plan: Plan, watched: [String]) {
    let input = try trace.input(form)
    let traced = try with(
      parameters: parameters.mapped { try trace.input(like: $0) },
      states: states.mapped { try trace.input(like: $0) })
    let scope = traced.scope
    let output = try scope.applyRoot(layer, to: input)
    let watched = scope.watched(with: input)
    let plan = try Plan(
      trace, inputs: [input] + traced.tensors.map(\.tensor),
      outputs: [output] + watched.map(\.value))
    return (plan, watched.map(\.name))
  }
}
