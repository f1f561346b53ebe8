/// A step of training that is computed as it is recorded, anew for each batch.
///
/// It does what a ``TrainingPlan`` does where a step cannot be planned, because it looks at values: a
/// condition on a tensor, for example. Nothing is frozen, and it is slower.
public final class UnplannedTraining: TrainingStepper {
  private let state: TrainingState
  private var examples: [Tensor]
  private let batch: Int
  private let key: RandomKey
  private let body: (TrainingPlan.Inputs) throws -> TrainingPlan.Outputs
  private let update: UpdatePlan
  /// The sums over all replays since ``resetSums()``; none before the first.
  public private(set) var sums: [Double] = []
  /// The watched values as the last replay left them.
  public private(set) var watched: [Tensor] = []

  /// Makes a step; the arguments are those of a plan.
  ///
  /// Throws what ``TrainingPlan`` throws.
  public init(
    state: TrainingState, examples: [Tensor], batch: Int, key: RandomKey,
    _ body: @escaping (TrainingPlan.Inputs) throws -> TrainingPlan.Outputs
  ) throws {
    self.state = state
    self.examples = examples
    self.batch = batch
    self.key = key
    self.body = body
    update = try UpdatePlan(state)
  }

  /// Trains on the examples at given places.
  public func replay(_ places: ArraySlice<Int>, learningRate: Double, step: Int) throws {
    try TrainingPlan.check(places, batch, examples)
    let record = try StepRecord(
      parameters: state.parameters, states: state.states, examples: examples, places: places,
      key: key, step: step, body)
    let carried = try record.outputs.states?.map { try $0.evaluated() }
    watched = try record.outputs.watched.map { try $0.evaluated() }
    let found = try record.outputs.sums.map { try $0.evaluated().item() }
    sums = sums.count == found.count ? zip(sums, found).map(+) : found
    let slopes = try state.update.clipped(record.slopes()).map { try $0.evaluated() }
    try update.apply(slopes, learningRate: learningRate, step: step)
    if let carried { try state.carry(carried) }
  }

  /// Puts other tensors in the place of the resident examples.
  public func supply(_ others: [Tensor]) throws { examples = others }

  /// Starts the sums again at 0.
  public func resetSums() { sums = [] }

  /// Goes on from sums that a checkpoint kept.
  public func restoreSums(_ sums: [Double]) throws { self.sums = sums }

  /// Nothing is kept from one step to the next.
  public var peakBytes: Int { 0 }
}

/// One step of training on a trace whose values are known.
public struct StepRecord {
  /// The trace.
  public let trace: Trace
  /// The parameters, as inputs of the trace.
  public let parameters: [Tensor]
  /// The batch, as inputs of the trace.
  public let examples: [Tensor]
  /// What the step gave.
  public let outputs: TrainingPlan.Outputs
  /// How many steps of the trace lead to the loss.
  public let count: Int

  /// Runs a step.
  public init(
    parameters: [Tensor], states: [Tensor], examples: [Tensor], places: ArraySlice<Int>,
    key: RandomKey, step: Int, _ body: (TrainingPlan.Inputs) throws -> TrainingPlan.Outputs
  ) throws {
    let trace = Trace(evaluates: true)
    let rows = try Tensor(Array(places), shape: [places.count])
    self.trace = trace
    self.parameters = try parameters.map { try trace.input(like: $0) }
    self.examples = try examples.map { try trace.input(like: $0.gathered(rows)) }
    outputs = try body(
      .init(
        parameters: self.parameters, states: states.map { try trace.input(like: $0) },
        examples: self.examples,
        key: key.at(.value(UInt64(bitPattern: Int64(step)))),
        step: trace.input(like: Tensor([step], shape: []))))
    count = trace.count
  }

  /// The gradients of the loss, as further steps of the trace.
  public func slopes() throws -> [Tensor] {
    try gradients(of: outputs.loss, withRespectTo: parameters)
  }
}

/// The update of the parameters alone, for gradients that are known.
private final class UpdatePlan {
  private let state: TrainingState
  private let program: Program
  private let controls: Storage

  init(_ state: TrainingState) throws {
    let trace = Trace()
    let parameters = try state.forms.map { try trace.input($0) }
    let slopes = try state.forms.map { try trace.input($0) }
    let step = try trace.input(Form(.scalar, .int64))
    let given = parameters + slopes + [step]
    let rule = try RuleTrace(
      state, on: trace, parameters, slopes, step: step, firstInput: given.count)
    let graph = Fusion.apply(
      to: try GraphBuilder(trace, inputs: given + rule.inputs, outputs: rule.outputs).graph)
    controls = try Storage(byteCount: 128)
    let factors = controls.pointer + 64
    var externals: [Int: UnsafeMutableRawPointer] = [:]
    for index in parameters.indices { externals[index] = state.pointer(to: index) }
    externals[given.count - 1] = controls.pointer
    for (index, pointer) in rule.pointers(factors).enumerated() {
      externals[given.count + index] = pointer
    }
    var list = StepList(graph, externals: externals)
    rule.addUpdates(to: &list, graph, factors: factors)
    self.state = state
    program = try Program(list)
  }

  func apply(_ slopes: [Tensor], learningRate: Double, step: Int) throws {
    controls.pointer.assumingMemoryBound(to: Int.self).pointee = step
    let factors = state.update.factors(learningRate: learningRate, step: step)
    let target = (controls.pointer + 64).assumingMemoryBound(to: Float.self)
    (target[0], target[1]) = (factors.direction, factors.decay)
    let storages = try slopes.map { try $0.storage }
    for (index, storage) in storages.enumerated() {
      program.bind(state.forms.count + index, to: storage.pointer)
    }
    try withExtendedLifetime(storages) { try program.run() }
  }
}
