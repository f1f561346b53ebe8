import LeptonTensor

/// Training a model: the loop over epochs and batches.
///
/// Everything random is keyed: the parameters by their paths, the order by the epoch, dropout by the
/// step, augmentation by epoch and picture. So a run is a function of its key, whatever the threads.
public enum Training {
  /// Trains a layer from fresh parameters and states, or on from those of a model.
  ///
  /// If the listener stops it, the model so far is returned, and its history says so.
  ///
  /// - Throws: `TensorError` if model, loss and data do not go together (before the first step), or
  ///   with code `train/diverged` if the loss is no longer a number.
  public static func run(
    _ layer: any Layer, from start: Model? = nil, on data: Dataset,
    options: TrainingOptions, key: RandomKey, listener: (any TrainingListener)? = nil
  ) throws -> Model {
    var run = try TrainingRun(
      layer, from: start, on: data, options: options, key: key, listener: listener)
    return try run.model()
  }
}

/// One run of training.
private struct TrainingRun {
  let layer: any Layer
  let data: Dataset
  let options: TrainingOptions
  let loss: Loss
  let key: RandomKey
  let listener: (any TrainingListener)?
  let traced: TrainingStep
  let state: TrainingState
  var feed: BatchFeed
  let clock = Clock()
  var history = History()
  var step = 0
  var watch: Watch
  var best: (loss: Double, model: Model, epoch: Int)?

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
    loss = options.loss ?? .standard(for: data.targetType)
    let declaration = try ShapeCheck.run(layer, on: data, loss: loss)
    let parameters =
      try start?.parameters ?? declaration.initialParameters(key: key.folded("parameters"))
    let states = try start?.states ?? declaration.initialStates(key: key.folded("parameters"))
    state = try TrainingState(
      parameters: declaration.parameters.map { try parameters.tensor(for: $0) },
      states: declaration.states.map { try states.tensor(for: $0) },
      update: options.optimizer.update)
    traced = TrainingStep(
      declaration, of: layer, loss: loss, penalty: options.penalty, metrics: options.metrics)
    feed = try BatchFeed(data, step: traced, state: state, options: options, key: key)
    watch = Watch(traced.watched, listener)
  }

  /// Trains, and gives the model.
  mutating func model() throws -> Model {
    for epoch in 0..<options.epochs where history.stopped == nil {
      try run(epoch: epoch)
    }
    return try best.map { finished($0.model) } ?? snapshot()
  }

  private mutating func run(epoch: Int) throws {
    let began = clock.seconds
    try feed.begin(epoch: epoch)
    while history.stopped == nil, let batch = try feed.next() {
      try train(on: batch, epoch: epoch)
    }
    try note(epoch: epoch, seconds: clock.seconds - began)
  }

  private mutating func train(on batch: BatchFeed.Batch, epoch: Int) throws {
    try batch.plan.replay(batch.places, learningRate: try rate(at: step), step: step + 1)
    step += 1
    try watch.look(at: batch.plan, epoch: epoch + 1, step: step, isLast: feed.isAtEnd)
    if clock.isDue() { try tell(epoch: epoch) }
    if listener?.trainingShouldStop() ?? false { history.stopped = .interrupted }
  }

  private func rate(at step: Int) throws -> Double {
    let position = TrainingPosition(
      step: step, steps: feed.stepsPerEpoch * options.epochs, stepsPerEpoch: feed.stepsPerEpoch)
    return try options.optimizer.rate(step) * options.schedule(position)
  }

  /// Tells the listener how far training is.
  private func tell(epoch: Int) throws {
    let tally = feed.tally
    try check(tally.loss, epoch: epoch)
    listener?.trainingProgressed(
      TrainingProgress(
        epoch: epoch + 1, epochs: options.epochs, step: step,
        steps: feed.stepsPerEpoch * options.epochs, loss: tally.loss,
        accuracy: tally.accuracy, metrics: tally.metrics, seconds: clock.seconds))
  }

  /// Closes an epoch: its numbers, those of the validation, and whether to go on.
  private mutating func note(epoch: Int, seconds: Double) throws {
    let tally = feed.tally
    guard tally.count > 0 else { return }
    try check(tally.loss, epoch: epoch)
    var entry = History.Epoch(
      loss: tally.loss, accuracy: tally.accuracy, metrics: tally.metrics,
      rate: try rate(at: step - 1), seconds: seconds)
    if let validation = options.validation, history.stopped == nil {
      let result = try Evaluation(
        of: snapshot(), on: validation, loss: loss, metrics: options.metrics)
      entry.validationLoss = result.loss
      entry.validationAccuracy = result.accuracy?.value
      entry.validationMetrics = result.metrics
    }
    history.append(entry)
    try compare(entry, epoch: epoch)
    guard history.stopped == nil else { return }
    try tell(epoch: epoch)
    let goesOn = try listener?.trainingEnded(epoch + 1, entry) { try snapshot() } ?? true
    if !goesOn { history.stopped = .callback }
  }

  /// Keeps the model of the best epoch where patience asks for it, and stops when it ends.
  private mutating func compare(_ entry: History.Epoch, epoch: Int) throws {
    guard let patience = options.patience, let loss = entry.validationLoss else { return }
    if loss < best?.loss ?? .infinity { best = (loss, try snapshot(), epoch) }
    if let best, epoch - best.epoch >= patience { history.stopped = .patience }
  }

  private func check(_ loss: Double, epoch: Int) throws {
    guard loss.isFinite else {
      throw TensorError(
        "train/diverged", "the loss is no longer a number in epoch \(epoch + 1), by step \(step)",
        help: watch.suspicion + [
          "lower the learning rate, which is \(options.optimizer.rate.source)",
          "look for inf and nan in the data, and scale the inputs to about [0, 1]",
        ])
    }
  }

  /// The model as it is now.
  private func snapshot() throws -> Model {
    finished(
      Model(
        layer: layer, parameters: ParameterTree(traced.paths, try state.parameters),
        states: ParameterTree(traced.statePaths, try state.states), exampleShape: data.exampleShape,
        classes: data.isClassified ? try data.classNames() : nil))
  }

  /// A model of this run with all that is known of its history by now.
  private func finished(_ model: Model) -> Model {
    Model(
      layer: layer, parameters: model.parameters, states: model.states,
      exampleShape: model.exampleShape, classes: model.classes, history: history)
  }
}
