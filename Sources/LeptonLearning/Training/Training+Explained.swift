import LeptonTensor

extension Training {
  /// What a step of training does and what it costs.
  ///
  /// - Throws: what ``run(_:from:on:options:key:listener:)`` throws before its first step; `trace/read`
  ///   or `trace/effect` if the step cannot be planned.
  public static func explained(
    _ layer: any Layer, on data: Dataset, options: TrainingOptions = TrainingOptions()
  ) throws -> PlanSummary {
    let loss = options.loss ?? .standard(for: data.targetType)
    let declaration = try ShapeCheck.run(layer, on: data, loss: loss)
    let parameters = try declaration.initialParameters(key: RandomKey(seed: 0))
    let states = try declaration.initialStates(key: RandomKey(seed: 0))
    let step = TrainingStep(
      declaration, of: layer, loss: loss, penalty: options.penalty, metrics: options.metrics)
    let plan = try TrainingPlan(
      state: TrainingState(
        parameters: parameters.entries.map(\.tensor), states: states.entries.map(\.tensor),
        update: options.update),
      examples: [data.allInputs, data.allTargets], batch: min(options.batch, max(1, data.count)),
      key: RandomKey(seed: 0), step.trace)
    return plan.summary
  }
}
