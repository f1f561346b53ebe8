import LeptonTensor

/// Makes what trains on batches of a size: a plan where the step can be planned.
struct StepperMaker {
  let step: TrainingStep
  let state: TrainingState
  let examples: [Tensor]
  let key: RandomKey
  let listener: (any TrainingListener)?
  /// Why the step cannot be planned, once that is known.
  private var reason: UnplannedReason?

  init(
    step: TrainingStep, state: TrainingState, examples: [Tensor], key: RandomKey,
    listener: (any TrainingListener)?
  ) {
    self.step = step
    self.state = state
    self.examples = examples
    self.key = key
    self.listener = listener
  }

  /// What trains on batches of a size.
  mutating func stepper(_ size: Int, updates: Bool = true) throws -> any TrainingStepper {
    if reason == nil, let plan = try plan(size, updates) { return plan }
    return try UnplannedTraining(
      state: state, examples: examples, batch: size, key: key, updates: updates, step.trace)
  }

  /// A plan; nothing, with a reason, if the step asks for values or has effects.
  private mutating func plan(_ size: Int, _ updates: Bool) throws -> TrainingPlan? {
    do {
      return try TrainingPlan(
        state: state, examples: examples, batch: size, key: key, updates: updates, step.trace)
    } catch let error as TensorError {
      guard let reason = UnplannedReason(rawValue: error.code) else { throw error }
      self.reason = reason
      listener?.trainingRunsUnplanned(reason)
      return nil
    }
  }
}
