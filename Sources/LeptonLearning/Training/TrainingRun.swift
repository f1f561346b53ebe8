import LeptonTensor

/// One run of training.
struct TrainingRun {
  let layer: any Layer
  let data: Dataset
  let options: TrainingOptions
  let loss: Loss
  let key: RandomKey
  let listener: (any TrainingListener)?
  let traced: TrainingStep
  /// How many numbers the parameters hold.
  let parameterCount: Int
  let state: TrainingState
  /// The parameters that the model leaves as they are, and its successor too.
  let frozen: Set<String>
  var feed: BatchFeed
  let clock = Clock()
  var history = History()
  /// The epoch that goes on, from 0.
  var epoch = 0
  /// Steps done in all.
  var step = 0
  /// Batches done in all.
  var batches = 0
  /// The losses on validation examples after the epochs that are done.
  var validationLosses: [Double] = []
  /// When the epoch that goes on began.
  var began = 0.0
  var watch: Watch
  /// What L-BFGS remembers, where it is the optimizer.
  var newton: QuasiNewton?
  var best: Best?
  /// The last place at which all was well.
  var haven: Checkpoint?

  /// The model that did best on the validation examples.
  struct Best {
    var loss: Double
    var epoch: Int
    var model: Model
  }

  init(
    _ layer: any Layer, from start: Model?, on data: Dataset, options: TrainingOptions,
    key: RandomKey, listener: (any TrainingListener)?
  ) throws {
    try options.check()
    guard data.count > 0 else {
      throw TensorError("data/empty", "there are no examples to train on")
    }
    self.layer = layer
    self.data = data
    self.options = options
    self.key = key
    self.listener = listener
    let loss = options.loss ?? .standard(for: data.targetType)
    self.loss = loss
    func declared() throws -> Declaration {
      let declaration = try ShapeCheck.run(layer, on: data, loss: loss)
      let check = TargetCheck(loss, outputs: declaration.output)
      for data in [data, options.validation].compactMap(\.self) { try check.run(on: data) }
      return declaration
    }
    let declaration = try listener?.trainingTries(declared) ?? declared()
    let parameters =
      try start?.parameters ?? declaration.initialParameters(key: key.folded("parameters"))
    let states = try start?.states ?? declaration.initialStates(key: key.folded("parameters"))
    parameterCount = parameters.elementCount
    state = try TrainingState(
      parameters: declaration.parameters.map { try parameters.tensor(for: $0) },
      states: declaration.states.map { try states.tensor(for: $0) },
      names: (declaration.parameters + declaration.states).map(\.path),
      update: options.update,
      settings: options.groups.settings(
        for: declaration.parameters.map(\.path), frozen: start?.frozen ?? [],
        constraint: options.constraint))
    frozen = start?.frozen ?? []
    traced = TrainingStep(
      declaration, of: layer, loss: loss, penalty: options.penalty, metrics: options.metrics,
      leavesOut: try (data.labels()?.lowerBound ?? 0) < 0,
      reportsObjective: options.optimizer.isFullBatch)
    feed = try BatchFeed(
      data, step: traced, state: state, options: options, key: key, listener: listener)
    if case .lbfgs(let rule) = options.optimizer { newton = QuasiNewton(rule) }
    watch = Watch(traced.watched, listener)
  }

  /// Trains, and gives the model.
  mutating func model() throws -> Model {
    // A first checkpoint before the first step tells at once if none can be kept.
    if let checkpoint = options.checkpoints?.start {
      try resume(from: checkpoint)
    } else {
      try save()
    }
    while epoch < options.epochs, history.stopped == nil { try runEpoch() }
    return try best.map { finished($0.model) } ?? snapshot()
  }

  /// Goes through the rest of the epoch.
  private mutating func runEpoch() throws {
    if feed.isAtStart { began = clock.seconds }
    try keepHaven()
    if newton != nil {
      try descend()
    } else {
      while history.stopped == nil, let batch = try feed.next() { try train(on: batch) }
    }
    try note(seconds: clock.seconds - began)
    guard history.stopped != .interrupted else { return }
    epoch += 1
    if epoch < options.epochs || options.checkpoints != nil { try feed.begin(epoch: epoch) }
    try save()
  }

  private mutating func train(on batch: BatchFeed.Batch) throws {
    try replay(batch, rate: rate(at: position(of: step)))
    try watch.look(
      at: batch.stepper, epoch: epoch + 1, step: max(step, 1), isLast: feed.isAtEnd)
    if clock.isDue() { try tell() }
    let stops = listener?.trainingShouldStop() ?? false
    if stops || isCheckpointDue { try save() }
    if stops { history.stopped = .interrupted }
  }

  /// Trains on a batch, by a learning rate, and counts it.
  mutating func replay(_ batch: BatchFeed.Batch, rate: Double) throws {
    try batch.stepper.replay(
      batch.places, learningRate: rate, step: batches + 1, update: step + 1, share: batch.share,
      averaging: options.averaging?.share(at: position(of: step)) ?? 0)
    batches += 1
    if batch.endsStep { step += 1 }
  }

  /// Where a step stands in the run.
  func position(of step: Int) -> TrainingPosition {
    TrainingPosition(
      step: step, steps: feed.stepsPerEpoch * options.epochs, stepsPerEpoch: feed.stepsPerEpoch,
      validationLosses: validationLosses)
  }

  func rate(at position: TrainingPosition) throws -> Double {
    try options.optimizer.rate(position, options.schedule)
  }

  /// The model that training gives as it stands now.
  func snapshot() throws -> Model {
    try model(
      ParameterTree(traced.paths, state.results), ParameterTree(traced.statePaths, state.states))
  }

  /// The model with given parameters and states.
  func model(_ parameters: ParameterTree, _ states: ParameterTree) throws -> Model {
    finished(
      Model(
        layer: layer, parameters: parameters, states: states, exampleShape: data.exampleShape,
        classes: data.isClassified ? try data.classNames() : nil))
  }

  /// A model of this run with all that is known of its history by now.
  private func finished(_ model: Model) -> Model {
    Model(
      layer: layer, parameters: model.parameters, states: model.states,
      exampleShape: model.exampleShape, classes: model.classes, history: history,
      record: TrainingRecord(
        data: data, facts: facts, key: key.bits, steps: step,
        peakBytes: state.byteCount + feed.peakBytes, isPlanned: feed.isPlanned)
    ).with(frozen: frozen)
  }
}
