import LeptonLearning
import LeptonRuntime
import LeptonSession
import LeptonTensor

extension Library {
  /// Training and what comes of it.
  static var training: Family {
    Family(
      "Training",
      [train.rehearsed(rehearseTraining), untrained, evaluate, predict, classify])
  }

  private static var train: Builtin {
    Builtin(
      """
      train(model, data, epochs = 1, batch = 32, optimizer = adam, loss = nothing, schedule = nothing, \
      penalty = nothing, augment = nothing, validation = nothing, patience = nothing, shuffle = true, \
      seed = nothing)
      """,
      "Trains a model on examples and returns the trained model; the model itself stays as it is.",
      details: """
        The loss is `cross_entropy` where targets are classes and `mean_squared_error` where they are \
        numbers. `schedule` is one of the schedules, or a function from the share of the run that is \
        done to a factor. With `patience`, training stops when the validation loss gets no better for \
        so many epochs, and the best model is returned. A trained model is trained on. The same seed \
        gives the same model, whatever the number of threads.
        """,
      examples: [
        """
        data = dataset([[0.0], [1.0], [2.0], [3.0]], [1.0, 3.0, 5.0, 7.0])
        line = train(dense(1), data, epochs=200, batch=4, optimizer=sgd(0.1), seed=1)
        round(line(tensor([[10.0]]))[0, 0])
        """: "tensor(21.0)"
      ]
    ) {
      (
        context: Context, model: Value, data: Dataset, epochs: Int, batch: Int,
        optimizer: Optimizer, loss: LossArgument, schedule: ScheduleArgument, penalty: Penalty?,
        augment: Augmentation?, validation: Dataset?, patience: Int?, shuffle: Bool, seed: Int?
      ) in
      var options = TrainingOptions()
      options.epochs = epochs
      options.batch = batch
      options.optimizer = optimizer
      options.loss = loss.loss(in: context)
      options.schedule = schedule.schedule(in: context)
      options.penalty = penalty
      options.augmentation = augment
      options.validation = validation
      options.patience = patience
      options.shuffles = shuffle
      return try trained(model, data, options, seed: seed, in: context)
    }
  }

  private static func trained(
    _ value: Value, _ data: Dataset, _ options: TrainingOptions, seed: Int?, in context: Context
  ) throws -> ModelObject {
    let maker = LayerMaker(context)
    let layer = try maker.layer(value)
    let start = (value.object as? ModelObject)?.model.parameters
    let key = seed.map { RandomKey(seed: UInt64(bitPattern: Int64($0))) } ?? context.nextKey()
    let model = try Training.run(
      layer, from: start, on: data, options: options, key: key,
      listener: TrainingReporter(context))
    switch model.history?.stopped {
    case .interrupted:
      context.settleInterruption()
      context.emit(.notice("training was interrupted; this is the model so far"))
    case .patience:
      let epochs = model.history?.epochs.count ?? 0
      context.emit(.notice("training stopped after \(epochs) epochs: the validation got no better"))
    case nil: break
    }
    return ModelObject(model, of: value)
  }

  private static var untrained: Builtin {
    Builtin(
      "untrained(model, input, seed = nothing)",
      "A model with its first parameters, as they are before training.",
      details: "`input` is the shape of one example.",
      examples: ["untrained(dense(2), input=[3])(zeros([1, 3]))": "tensor([[0.0, 0.0]])"]
    ) { (context: Context, value: Value, input: [Int], seed: Int?) in
      let maker = LayerMaker(context)
      let layer = try maker.layer(value)
      let key = seed.map { RandomKey(seed: UInt64(bitPattern: Int64($0))) } ?? context.nextKey()
      let declaration = try Declaration(layer, exampleShape: input)
      return ModelObject(
        Model(
          layer: layer,
          parameters: try declaration.initialParameters(key: key.folded("parameters")),
          exampleShape: input), of: value)
    }
  }

  private static var evaluate: Builtin {
    Builtin(
      "evaluate(model, data, loss = nothing)",
      "How good a model is on examples: loss, accuracy with its 95 % interval, errors.",
      details: """
        The interval is Wilson's. For numbers it gives R² and the mean absolute and squared errors. \
        The fields are `loss`, `accuracy`, `low`, `high`, `errors`, `count`, or `r2`, \
        `mean_absolute_error`, `mean_squared_error`.
        """,
      examples: [
        """
        data = dataset([[0.0], [1.0]], [0, 1])
        evaluate(untrained(dense(2, kernel=ones), input=[1]), data).count
        """: "2"
      ]
    ) { (context: Context, model: ModelObject, data: Dataset, loss: LossArgument) in
      EvaluationObject(
        try calling { try Evaluation(of: model.model, on: data, loss: loss.loss(in: context)) })
    }
  }

  private static var predict: Builtin {
    Builtin(
      "predict(model, inputs)", "The outputs of a model for a batch of inputs.",
      details:
        "`inputs` may be a data set. A classifier that ends in dense gives logits; `softmax` of them gives probabilities.",
      examples: [
        "predict(untrained(dense(2, kernel=ones), input=[1]), tensor([[1.0], [2.0]]))":
          "tensor([[1.0, 1.0], [2.0, 2.0]])"
      ]
    ) { (model: ModelObject, inputs: InputArgument) in
      try calling { try Prediction.run(model.model, on: inputs.tensor) }
    }
  }

  private static var classify: Builtin {
    Builtin(
      "classify(model, inputs)",
      "The most probable class of each input, with its probability and that of the next one.",
      details: "One input without its batch axis is taken for a batch of one."
    ) { (model: ModelObject, inputs: InputArgument) in
      let model = model.model
      let batch = try inputs.batch(of: model.exampleShape)
      return try Classification(model, on: batch).table
    }
  }
}

extension Value {
  /// The object that the value is, if it is one.
  var object: (any Object)? {
    if case .object(let object) = self { object } else { nil }
  }
}

/// Tells the context how training goes on.
private struct TrainingReporter: TrainingListener {
  let context: Context

  init(_ context: Context) { self.context = context }

  func trainingProgressed(_ progress: TrainingProgress) {
    let accuracy = progress.accuracy.map { [Progress.Measure("accuracy", $0)] } ?? []
    context.report(
      Progress(
        task: "train", done: progress.step, total: progress.steps, epoch: progress.epoch,
        epochs: progress.epochs, measures: [.init("loss", progress.loss)] + accuracy,
        seconds: progress.seconds))
    // A sign of life; an interruption is settled by `trainingShouldStop`.
    if !context.isInterrupted { try? context.checkInterruption() }
  }

  func trainingShouldStop() -> Bool { context.isInterrupted }
}

/// A schedule among the arguments of a word: nothing, a schedule, or a function of one's own.
struct ScheduleArgument: Bridged {
  let value: Value

  static var typeDescription: String { "a schedule" }

  static func bridging(_ value: Value) throws -> ScheduleArgument {
    guard value.callable != nil else {
      _ = try Optional<Schedule>.bridging(value)
      return ScheduleArgument(value: value)
    }
    return ScheduleArgument(value: value)
  }

  /// The schedule; a function is given the share of the run that is done.
  func schedule(in context: Context) -> Schedule {
    if let schedule = try? Optional<Schedule>.bridging(value) { return schedule }
    guard let callable = value.callable else { return .constant }
    return Schedule(source: callable.source) { [value] position in
      let factor = try context.call(value, [.float(position.fraction)])
      return try Double.bridging(factor)
    }
  }
}

/// Inputs among the arguments of a word: a tensor, or those of a data set.
struct InputArgument: Bridged {
  let tensor: Tensor

  static var typeDescription: String { "a tensor or a dataset" }

  static func bridging(_ value: Value) throws -> InputArgument {
    if case .object(let object as DatasetObject) = value {
      return InputArgument(tensor: try object.dataset.inputs())
    }
    return InputArgument(tensor: try Tensor.bridging(value))
  }

  var value: Value { .tensor(tensor) }

  /// The inputs as a batch; a single example becomes a batch of one.
  func batch(of exampleShape: [Int]) throws -> Tensor {
    tensor.shape.sizes == exampleShape ? try tensor.expanded(at: 0) : tensor
  }
}
