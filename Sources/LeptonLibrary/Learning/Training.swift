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
      seed = nothing, metrics = {}, callback = nothing, checkpoint = nothing, every = nothing, \
      class_weights = nothing, learning_rate = nothing, clip_norm = nothing, clip_value = nothing, \
      accumulate = 1, average = nothing, constraint = nothing, groups = [])
      """,
      "Trains a model on examples and returns the trained model; the model itself stays as it is.",
      details: """
        The loss is `cross_entropy` where targets are classes and `mean_squared_error` where they are \
        numbers, or a function of outputs and targets. `schedule` is one of the schedules, or a function \
        from the share of the run that is done to a factor. Where the model begins with steps that prepare data, such as \
        `standardize() >> dense(1)`, they learn from the examples that it is trained on, and from no others. `validation` is a data set, or the share of the data that \
        is held out to be one. `class_weights` say how much the examples of each class count: a list, a record by their names, or \
        `"balanced"`; weights of single examples belong to the `dataset`. `metrics` is a record of functions of outputs \
        and targets, whose means the history keeps. `callback` is called after each epoch with a record of its \
        numbers and the model so far; if it gives `false`, training stops. With `patience`, training stops when the validation loss gets no better for \
        so many epochs, and the best model is returned. A trained model is trained on. The same seed \
        gives the same model, whatever the number of threads. `checkpoint` names a file in which training keeps where it \
        stands, after each epoch and after `every` so many steps; if the file is there, training goes on from it, and gives \
        the very model that it would have given without a stop. `load` reads the model so far from that file. \
        `learning_rate`, a number, a schedule or a function of the step, takes the place of the optimizer's rate. \
        `clip_norm` scales all gradients together down to a norm, `clip_value` holds each of their elements within a \
        bound, before that. With `accumulate` several batches make a step: it is the step that one batch as large \
        would make. `average` is `ema()` or `swa()`, `constraint` is `max_norm(3)` or another, `groups` is a `parameter_group(…)` or a \
        list of them; what `freeze` froze stays as it is. `augment`, such as `shift(2) >> rotate(10)`, changes pictures anew in \
        each epoch, on a thread of its own that is some batches ahead. Changes that are written in Lepton are layers in \
        front of the network, `(layer x -> …) >> net`, and run with it.
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
        optimizer: OptimizerArgument, loss: LossArgument, schedule: ScheduleArgument,
        penalty: Penalty?, augment: Augmentation?, validation: ValidationArgument, patience: Int?,
        shuffle: Bool, seed: Int?, metrics: MetricsArgument, callback: Callee?,
        checkpoint: String?, every: Int?, classWeights: ClassWeights,
        learningRate: RateArgument?, clipNorm: Double?, clipValue: Double?, accumulate: Int,
        average: Averaging?, constraint: Constraint?, groups: GroupsArgument
      ) in
      var options = TrainingOptions()
      options.epochs = epochs
      options.batch = batch
      options.loss = loss.loss(in: context)
      options.metrics = metrics.metrics(in: context)
      options.optimizer = try optimizer.optimizer(in: context)
      if let rate = try learningRate?.rate(in: context) {
        options.optimizer = options.optimizer.with(rate: rate)
      }
      options.schedule = try schedule.schedule(in: context)
      options.clipNorm = clipNorm
      options.clipValue = clipValue
      options.accumulation = accumulate
      options.averaging = average
      options.constraint = constraint
      options.groups = groups.groups
      options.penalty = penalty
      options.augmentation = augment
      options.classWeights = try classWeights.weights(for: data)
      options.patience = patience
      options.shuffles = shuffle
      var course = TrainingCourse(model, data, options, seed: seed, callback, in: context)
      try course.validate(on: validation)
      try course.prepare()
      try course.measure(by: loss, metrics)
      if let checkpoint {
        let functions = [
          loss.value, schedule.value, metrics.value, optimizer.value,
          learningRate?.value ?? .nothing,
        ]
        try course.keepCheckpoints(in: checkpoint, every: every, functions: functions)
      } else if every != nil {
        throw LanguageError(
          "call/missing", "`every` says how often to keep a checkpoint, but not where",
          help: ["name a file: checkpoint=\"run.ckpt\""])
      }
      return try course.run()
    }
  }

  private static var untrained: Builtin {
    Builtin(
      "untrained(model, input, seed = nothing)",
      "A model with its first parameters, as they are before training.",
      details: "`input` is the shape of one example.",
      examples: ["untrained(dense(2), input=[3])(zeros([1, 3]))": "tensor([[0.0, 0.0]])"]
    ) { (context: Context, value: Value, input: [Int], seed: Int?) in
      guard PreparedModel(value).preparation == nil else {
        throw LanguageError(
          "prepare/unfitted", "the steps of the model have learned nothing, and there are no data",
          help: ["leave them out here, and prepare the data by fitted(steps, data)"])
      }
      let maker = LayerMaker(context)
      let layer = try maker.layer(value)
      let key = seed.map { RandomKey(seed: UInt64(bitPattern: Int64($0))) } ?? context.nextKey()
      let declaration = try Declaration(layer, exampleShape: input)
      return ModelObject(
        Model(
          layer: layer,
          parameters: try declaration.initialParameters(key: key.folded("parameters")),
          states: try declaration.initialStates(key: key.folded("parameters")),
          exampleShape: input), of: value)
    }
  }

  private static var evaluate: Builtin {
    Builtin(
      "evaluate(model, data, loss = nothing, metrics = {})",
      "How good a model is on examples: loss, accuracy with its 95 % interval, errors.",
      details: """
        The interval is Wilson's. `metrics` is a record of functions of outputs and targets, each of which becomes \
        a field. Where an example has several labels each counts, and those below 0, which are no class, are left out. \
        For numbers it gives R² and the mean absolute and squared errors. \
        The fields are `loss`, `accuracy`, `low`, `high`, `errors`, `count`, or `r2`, \
        `mean_absolute_error`, `mean_squared_error`.
        """,
      examples: [
        """
        data = dataset([[0.0], [1.0]], [0, 1])
        evaluate(untrained(dense(2, kernel=ones), input=[1]), data).count
        """: "2"
      ]
    ) {
      (
        context: Context, model: ModelObject, data: Dataset, loss: LossArgument,
        metrics: MetricsArgument
      ) in
      let data = try model.prepared(data)
      let judgement = try Judgement(loss, metrics, model.model.layer, on: data, in: context)
      return EvaluationObject(
        try calling {
          try Evaluation(
            of: model.model, on: data, loss: judgement.loss, metrics: judgement.metrics,
            saw: context.sighted)
        })
    }
  }

  private static var predict: Builtin {
    Builtin(
      "predict(model, inputs)", "The outputs of a model for a batch of inputs.",
      details:
        "`inputs` may be a data set, or a record where the model takes several. A model that begins with steps, such as `prepare()`, is given rows as they were brought, a table or a record of one row, and prepares them as it did in training. A classifier that ends in dense gives logits; `softmax` of them gives probabilities.",
      examples: [
        "predict(untrained(dense(2, kernel=ones), input=[1]), tensor([[1.0], [2.0]]))":
          "tensor([[1.0, 1.0], [2.0, 2.0]])"
      ]
    ) { (context: Context, model: ModelObject, inputs: InputArgument) -> Value in
      let outputs = try calling { try inputs.outputs(of: model, saw: context.sighted) }
      return try model.model.layer.outputParts.value(of: outputs)
    }
  }

  private static var classify: Builtin {
    Builtin(
      "classify(model, inputs)",
      "The most probable class of each input, with its probability and that of the next one.",
      details: "One input without its batch axis is taken for a batch of one."
    ) { (model: ModelObject, inputs: InputArgument) in
      let batch = try inputs.batch(for: model)
      return try Classification(model.model, on: batch).table
    }
  }
}

extension Value {
  /// The object that the value is, if it is one.
  var object: (any Object)? {
    if case .object(let object) = self { object } else { nil }
  }
}
