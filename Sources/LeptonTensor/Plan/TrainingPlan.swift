import Glibc

/// One step of training, traced once and replayed for each batch.
///
/// A replay gathers a batch from resident examples by a list of places, computes loss, gradients
/// and update, and adds up sums; it allocates nothing.
///
/// ```swift
/// let state = try TrainingState(parameters: initial, update: Update(.adam(beta1: 0.9, beta2: 0.999, epsilon: 1e-7)))
/// let plan = try TrainingPlan(state: state, examples: [images, labels], batch: 32, key: key) { step in
///   let logits = try model(step.examples[0], step.parameters)          // traced
///   let losses = try logits.softmaxCrossEntropy(labels: step.examples[1])
///   let correct = try logits.argmax(axis: 1).equal(to: step.examples[1]).sum()
///   return .init(loss: try losses.mean(), sums: [try losses.sum(), correct])
/// }
/// try plan.replay(indices, learningRate: 1e-3, step: 1)                // once for each batch
/// let (loss, correct) = (plan.sums[0], plan.sums[1])
/// ```
public final class TrainingPlan: TrainingStepper {
  /// What a step of training is given, all of it traced.
  public struct Inputs {
    /// The parameters, in the order of the state.
    public let parameters: [Tensor]
    /// The states as the step before left them, in the order of the training state.
    public let states: [Tensor]
    /// The batch: for each resident tensor the places drawn, `[batch, ...]`.
    public let examples: [Tensor]
    /// The key for chance within the step; its counter is the step's number.
    public let key: RandomKey
    /// The step's number as a traced `int64` without axes, from 1.
    public let step: Tensor
  }

  /// What a step of training computes.
  public struct Outputs {
    /// The fraction to make small.
    public var loss: Tensor
    /// Numbers to add up over replays, for example the batch's loss and its correct predictions.
    public var sums: [Tensor]
    /// Values that can be looked at after each replay.
    public var watched: [Tensor]
    /// What the states become; `nil` leaves them as they are.
    public var states: [Tensor]?

    /// Makes the outputs.
    public init(
      loss: Tensor, sums: [Tensor], watched: [Tensor] = [], states: [Tensor]? = nil
    ) {
      self.loss = loss
      self.sums = sums
      self.watched = watched
      self.states = states
    }
  }

  private let state: TrainingState
  private let program: Program
  private var examples: [Tensor]
  private let controls: Controls
  private let batch: Int
  private let watchedBuffers: [(form: Form, buffer: Int)]
  /// The steps as text, one a line.
  public let description: String
  /// What a step does and what it costs.
  public let summary: PlanSummary

  /// Traces a step and makes a plan of it.
  ///
  /// `examples` are resident tensors that have one example at each place of axis 0; they may be
  /// `uint8` (convert inside the step). A plan that does not `update` only adds its gradients to those
  /// of the step, which the state then has to accumulate. Throws what `body` throws, what ``Plan``
  /// throws, `training/state` if states come out in other forms than they went in, and `trace/read` if
  /// the body asked for a value, even if it caught the error.
  public init(
    state: TrainingState, examples: [Tensor], batch: Int, key: RandomKey, updates: Bool = true,
    _ body: (Inputs) throws -> Outputs
  ) throws {
    let trace = Trace()
    let parameters = try state.forms.map { try trace.input($0) }
    let residents = try examples.map { try trace.input($0.form) }
    let places = try trace.input(Form(Shape([batch]), .int64))
    let step = try trace.input(Form(.scalar, .int64))
    let states = try state.stateForms.map { try trace.input($0) }
    let drawn = try residents.map {
      try Operation.gather.applied([$0, places], Attributes(axes: [0]))
    }
    let results = try trace.recording {
      try body(
        Inputs(
          parameters: parameters, states: states, examples: drawn, key: key.at(.traced(step)),
          step: step))
    }
    let carried = results.states ?? states
    guard carried.map(\.form) == state.stateForms else { throw TrainingState.misfit }
    let slopes = try gradients(
      of: results.loss, withRespectTo: state.trainable.map { parameters[$0] })
    let controls = try Controls(
      batch: batch, sums: results.sums.count, groups: state.groups.count)
    let given = parameters + residents + [places, step] + states
    let firstState = given.count - states.count
    var update = UpdateTrace(state, on: trace, controls, firstInput: given.count)
    update.store(carried, from: firstState)
    try update.record(parameters, slopes, final: updates)
    let reported = results.sums + results.watched
    var graph = try GraphBuilder(
      trace, inputs: given + update.inputs.map(\.tensor),
      outputs: update.slopes.map(\.value) + update.stores.flatMap { $0.map(\.value) } + reported
    ).graph
    let reportedNodes = graph.outputs.suffix(reported.count)
    let steps = UpdateSteps(update, of: &graph, state, controls)
    graph = Fusion.apply(to: graph)

    var externals: [Int: UnsafeMutableRawPointer] = [:]
    for index in parameters.indices { externals[index] = state.pointer(to: index) }
    externals[firstState - 2] = controls.places
    externals[firstState - 1] = controls.step
    for index in states.indices { externals[firstState + index] = state.statePointer(to: index) }
    for (index, input) in update.inputs.enumerated() {
      externals[given.count + index] = input.memory
    }
    var list = StepList(graph, externals: externals)
    steps.add(to: &list)
    let nodes = Array(reportedNodes)
    TrainingPlan.addSums(
      to: &list, zip(nodes, results.sums).map { ($0, $1.elementType) }, controls)
    watchedBuffers = zip(nodes.dropFirst(results.sums.count), results.watched).compactMap {
      node, tensor in list.bufferOf[node].map { (tensor.form, $0) }
    }

    self.state = state
    self.examples = examples
    self.batch = batch
    self.controls = controls
    program = try Program(list)
    description = program.description
    summary = PlanSummary(program, of: trace)
    try bind()
  }

  /// Puts other tensors of the same forms in the place of the resident examples.
  ///
  /// Throws `plan/input` if a form differs.
  public func supply(_ others: [Tensor]) throws {
    guard others.map(\.form) == examples.map(\.form) else {
      throw TensorError("plan/input", "the examples have other forms than those that were traced")
    }
    examples = others
    try bind()
  }

  private func bind() throws {
    for (index, tensor) in examples.enumerated() {
      program.bind(state.forms.count + index, to: try tensor.storage.pointer)
    }
  }

  private static func addSums(
    to list: inout StepList, _ sums: [(node: Int, type: ElementType)], _ controls: Controls
  ) {
    for (index, sum) in sums.enumerated() {
      guard let value = list.bufferOf[sum.node] else { continue }
      let total = list.add(Buffer(source: .external(controls.sums + index * 8), byteCount: 8))
      func work<T: Arithmetic>(_ type: T.Type) -> Work {
        Work(accesses: [.whole, .whole]) { memory, _ in
          memory.output(as: Double.self)[0] += memory.input(0, as: T.self)[0].asDouble
        }
      }
      list.append("add to sum", work(sum.type.arithmetic), [total, value])
    }
  }

  /// Trains on the examples at given places, as many as the batch.
  ///
  /// `step` counts from 1 over the whole training. Where an update has several batches, `share` is the
  /// share of this one in its gradient, and `update` counts the updates (Adam's t). `averaging` is the
  /// way that an average goes towards the new parameters, from 0 to 1. Throws `value/index` if a place
  /// does not exist, `plan/batch` if there are not as many places as the batch has.
  public func replay(
    _ places: ArraySlice<Int>, learningRate: Double, step: Int, update: Int? = nil,
    share: Double = 1, averaging: Double = 0
  ) throws {
    try TrainingPlan.check(places, batch, examples)
    let target = controls.places.assumingMemoryBound(to: Int.self)
    for (index, place) in places.enumerated() { target[index] = place }
    controls.set(
      state, learningRate: learningRate, step: step, update: update ?? step, share: share,
      averaging: averaging)
    try program.run()
  }

  /// Refuses places of which there are not as many as the batch has, or of which one does not exist.
  static func check(_ places: ArraySlice<Int>, _ batch: Int, _ examples: [Tensor]) throws {
    guard places.count == batch else {
      throw TensorError("plan/batch", "\(places.count) examples are not a batch of \(batch)")
    }
    let count = examples.reduce(Int.max) { min($0, $1.shape[0]) }
    for place in places where place < 0 || place >= count {
      throw TensorError("value/index", "there is no example \(place) among \(count)")
    }
  }

  /// The sums over all replays since ``resetSums()``, in the order of ``Outputs/sums``.
  public var sums: [Double] {
    Array(
      UnsafeBufferPointer(
        start: controls.sums.assumingMemoryBound(to: Double.self), count: controls.sumCount))
  }

  /// Starts the sums again at 0.
  public func resetSums() {
    controls.sums.assumingMemoryBound(to: Double.self)
      .update(repeating: 0, count: controls.sumCount)
  }

  /// Goes on from sums that a checkpoint kept.
  ///
  /// Throws `training/state` if there are not as many.
  public func restoreSums(_ sums: [Double]) throws {
    guard sums.count == controls.sumCount else {
      throw TensorError("training/state", "\(sums.count) sums do not fit this plan")
    }
    let target = controls.sums.assumingMemoryBound(to: Double.self)
    for (index, sum) in sums.enumerated() { target[index] = sum }
  }

  /// Copies of the watched values as the last replay left them.
  public var watched: [Tensor] {
    get throws {
      try watchedBuffers.map { form, buffer in
        try Tensor(form: form) { target in
          guard let source = try program.pointer(to: buffer), let base = target.baseAddress else {
            return
          }
          memcpy(base, source, target.count)
        }
      }
    }
  }

  /// The bytes of the arena, without examples and state.
  public var peakBytes: Int { program.peakBytes }
}
