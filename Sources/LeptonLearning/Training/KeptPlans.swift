import LeptonTensor

/// Plans that a model keeps for inputs of forms on which it has been called before.
///
/// A planned call of a small network takes a fraction of the time of one that computes step by step. Only a
/// model of fixed layers has such plans, because a plan does again what was done when it was made.
final class KeptPlans {
  private enum Entry {
    /// Inputs of the form came once: a plan for one call would not pay.
    case seen
    case planned(Plan)
  }

  /// The most forms that are remembered.
  private static let limit = 16

  private var entries: [Form: Entry] = [:]
  /// The plan that was used last, which is most often wanted again.
  private var last: (form: Form, plan: Plan)?

  /// The outputs by a plan, if there is one or now pays; larger batches go through in parts.
  func outputs(of model: Model, for x: Tensor) throws -> Tensor? {
    guard !x.isTraced, let count = x.shape.sizes.first, count > 0 else { return nil }
    let form = Form(x.shape, x.elementType)
    if let last, last.form == form { return try last.plan.replay([x]).first }
    guard count > Prediction.batch else { return try part(of: model, for: x) }
    guard isKnown(model, form) else { return nil }
    return try inParts(of: model, for: x)
  }

  /// The outputs for a batch that is larger than what goes through at a time.
  private func inParts(of model: Model, for x: Tensor) throws -> Tensor? {
    let size = Prediction.batch
    let form = Form(try Shape([size] + x.shape.sizes.dropFirst()), x.elementType)
    guard let plan = try plan(of: model, for: form), let first = try plan.replay(rowsOf: x) else {
      return nil
    }
    guard first.shape[0] < x.shape[0] else { return first }
    let rest = try x.sliced([Slice(from: first.shape[0], to: x.shape[0])])
    return try Tensor.concatenated([
      first, part(of: model, for: rest) ?? model.scope.applyRoot(model.layer, to: rest),
    ])
  }

  private func part(of model: Model, for x: Tensor) throws -> Tensor? {
    let form = Form(x.shape, x.elementType)
    guard isKnown(model, form) else { return nil }
    guard let plan = try plan(of: model, for: form) else { return nil }
    last = (form, plan)
    return try plan.replay([x]).first
  }

  /// The plan for inputs of a form, with the parameters and states of the model for good.
  private func plan(of model: Model, for form: Form) throws -> Plan? {
    if case .planned(let plan)? = entries[form] { return plan }
    guard let plan = try model.plan(for: form)?.plan else { return nil }
    try plan.keep(model.tensors.map(\.tensor))
    entries[form] = .planned(plan)
    return plan
  }

  /// Whether inputs of the form came before; notes them if the model may have plans.
  private func isKnown(_ model: Model, _ form: Form) -> Bool {
    if entries[form] != nil { return true }
    guard entries.count < KeptPlans.limit, model.layer.isFixed,
      !model.tensors.contains(where: \.tensor.isTraced)
    else { return false }
    entries[form] = .seen
    return false
  }
}
