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
    state: TrainingState, examples: [Tensor], batch: Int, key: RandomKey, updates: Bool = true,
    _ body: @escaping (TrainingPlan.Inputs) throws -> TrainingPlan.Outputs
  ) throws {
    self.state = state
    self.examples = examples
    self.batch = batch
    self.key = key
    self.body = body
    update = try UpdatePlan(state, updates: updates)
  }

  /// Trains on the examples at given places.
  public func replay(
    _ places: ArraySlice<Int>, learningRate: Double, step: Int, update number: Int? = nil,
    share: Double = 1, averaging: Double = 0
  ) throws {
    try TrainingPlan.check(places, batch, examples)
    let record = try StepRecord(
      parameters: state.parameters, states: state.states, examples: examples, places: places,
      key: key, step: step, body)
    let carried = try record.outputs.states?.map { try $0.evaluated() }
    watched = try record.outputs.watched.map { try $0.evaluated() }
    let found = try record.outputs.sums.map { try $0.evaluated().item() }
    sums = sums.count == found.count ? zip(sums, found).map(+) : found
    let slopes = try record.slopes(state.trainable).map { try $0.evaluated() }
    update.controls.set(
      state, learningRate: learningRate, step: step, update: number ?? step, share: share,
      averaging: averaging)
    try update.apply(slopes)
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

  /// The gradients of the loss with respect to all parameters, or to some by number, as further steps of
  /// the trace.
  public func slopes(_ chosen: [Int]? = nil) throws -> [Tensor] {
    try gradients(
      of: outputs.loss, withRespectTo: chosen.map { $0.map { parameters[$0] } } ?? parameters)
  }
}

/// The update of the parameters alone, for gradients that are known.
private final class UpdatePlan {
  /// What the update is told.
  let controls: Controls
  private let state: TrainingState
  private let program: Program

  init(_ state: TrainingState, updates: Bool) throws {
    let trace = Trace()
    let parameters = try state.forms.map { try trace.input($0) }
    let slopes = try state.trainable.map { try trace.input(state.forms[$0]) }
    let given = parameters + slopes
    controls = try Controls(batch: 0, sums: 0, groups: state.groups.count)
    var update = UpdateTrace(state, on: trace, controls, firstInput: given.count)
    try update.record(parameters, slopes, final: updates)
    var graph = try GraphBuilder(
      trace, inputs: given + update.inputs.map(\.tensor),
      outputs: update.slopes.map(\.value) + update.stores.flatMap { $0.map(\.value) }
    ).graph
    let steps = UpdateSteps(update, of: &graph, state, controls)
    graph = Fusion.apply(to: graph)
    var externals: [Int: UnsafeMutableRawPointer] = [:]
    for index in parameters.indices { externals[index] = state.pointer(to: index) }
    for (index, input) in update.inputs.enumerated() {
      externals[given.count + index] = input.memory
    }
    var list = StepList(graph, externals: externals)
    steps.add(to: &list)
    self.state = state
    program = try Program(list)
  }

  /// Changes the parameters by gradients of those that change.
  func apply(_ slopes: [Tensor]) throws {
    let storages = try slopes.map { try $0.storage }
    for (index, storage) in storages.enumerated() {
      program.bind(state.forms.count + index, to: storage.pointer)
    }
    try withExtendedLifetime(storages) { try program.run() }
  }
}
