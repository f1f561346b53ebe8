import LeptonLearning
import LeptonRuntime
import LeptonTensor

extension Library {
  /// Layers, of which models are made with `>>`.
  static var layers: Family {
    Family(
      "Layers",
      [dense, flatten, dropout, activityPenalty, identity].map(\.foreseen) + [
        parameter, state, isTraining,
      ])
  }

  private static var dense: Builtin {
    Builtin(
      "dense(units, activation = identity, kernel = glorot, bias = zeros)",
      "A fully connected layer: activation(x @ kernel + bias).",
      details: """
        It acts on the last axis, whatever stands before it. The kernel is drawn by `kernel`, the bias by \
        `bias`; `bias=nothing` leaves the bias out. The defaults are Keras's.
        """,
      examples: [
        "dense(128, relu)": "dense(128, relu)",
        "dense(10) >> softmax": "dense(10) >> softmax",
      ]
    ) {
      (
        context: Context, units: Int, activation: Value, kernel: InitializerArgument,
        bias: InitializerArgument?
      ) in
      LayerObject(
        try Dense(
          units, activation: LayerMaker(context).activation(activation),
          kernel: kernel.initializer(in: context), bias: bias?.initializer(in: context)),
        in: context)
    }
  }

  private static var flatten: Builtin {
    Builtin(
      "flatten()", "Makes one row of numbers of each example.",
      details: "`[batch, a, b]` becomes `[batch, a * b]`.",
      examples: ["flatten()(tensor([[[1, 2], [3, 4]]]))": "tensor([[1, 2, 3, 4]])"]
    ) { (context: Context) in LayerObject(Flatten(), in: context) }
  }

  private static var dropout: Builtin {
    Builtin(
      "dropout(rate)",
      "Sets a share of its inputs to 0 while training, and enlarges the rest to keep the mean.",
      details: "Outside training it changes nothing (Srivastava and others 2014).",
      examples: ["dropout(0.5)(tensor([1, 2]))": "tensor([1, 2])"]
    ) { (context: Context, rate: Double) in LayerObject(try Dropout(rate), in: context) }
  }

  private static var activityPenalty: Builtin {
    Builtin(
      "activity_penalty(l1 = 0, l2 = 0)",
      "Leaves its input, and adds a price on it to the loss while training, so that few outputs are large.",
      details: """
        The price of an example is `l1` times the sum of the sizes of its numbers plus `l2` times that of their squares; \
        the loss gets its mean over the batch, and the history shows the loss without it.
        """,
      examples: ["activity_penalty(l1=0.5)(tensor([1, 2]))": "tensor([1, 2])"]
    ) { (context: Context, l1: Double, l2: Double) in
      LayerObject(ActivityPenalty(Penalty(l1: l1, l2: l2)), in: context)
    }
  }

  private static var identity: Builtin {
    Builtin(
      "identity(x)", "Gives back what it is given.", examples: ["identity(3)": "3"]
    ) { (x: Value) in x }
  }

  private static var parameter: Builtin {
    Builtin(
      "parameter(shape, initializer = glorot, name = nothing)",
      "A parameter of the layer that runs: a tensor that training changes.",
      details: """
        `u = parameter([3, 4])` is called `u`, and stands in the model under the path of its layer, such as \
        `0.low_rank.u`, which is also its name in a file. `name` gives it another name; the same name twice \
        in a layer is the same parameter. A further one that is given to `u` is called `u_2`. The \
        initialiser is one of the words, or a function from a shape to a tensor. A parameter may be asked for only \
        inside a function that stands in a model.
        """,
      examples: [
        """
        gate = layer x -> {
          gain = parameter([x.shape[-1]], ones)
          x * gain
        }
        keys(untrained(gate, input=[3]).parameters)
        """: "[\"0.gate.gain\"]"
      ]
    ) { (context: Context, shape: [Int], initializer: InitializerArgument, name: String?) in
      let (scope, name) = try asked("parameter", name, in: context)
      guard !shape.contains(0) else {
        throw LanguageError("value/range", "a parameter of shape \(shape) has nothing to learn")
      }
      return try scope.parameter(name, shape, initializer.initializer(in: context))
    }.rehearsed(rehearseParameter)
  }

  private static var state: Builtin {
    Builtin(
      "state(shape, initializer = zeros, next = nothing, name = nothing)",
      "A state of the layer that runs: a tensor that training carries on from step to step without learning it.",
      details: """
        While training, `next` is called with the state and gives what the next step finds, such as a running \
        mean; the model that training returns holds the last one. Outside training, and without `next`, the state \
        stays as it is. No gradient changes it. It is named as a parameter is, stands in the model under its path, in \
        `model.states`, in files and in `summary`. The same name twice in a layer is the same state.
        """,
      examples: [
        """
        centred = layer x -> {
          centre = state([x.shape[-1]], zeros, m -> 0.5 * m + 0.5 * mean(x, axis=0))
          x - centre
        }
        data = dataset([[4.0], [4.0]], [0.0, 0.0])
        train(centred >> dense(1), data, epochs=2).states
        """: "{\"0.centred.centre\": tensor([3.0])}"
      ]
    ) {
      (
        context: Context, shape: [Int], initializer: InitializerArgument, next: Callee?,
        name: String?
      ) in
      let (scope, name) = try asked("state", name, in: context)
      return try scope.state(
        name, shape, initializer.initializer(in: context),
        next: next.map { next in
          { try LayerMaker.tensor(next(.tensor($0), in: context), from: "`next` of state \(name)") }
        })
    }
  }

  private static var isTraining: Builtin {
    Builtin(
      "is_training()", "Whether the layer that runs is being trained, and not only used.",
      details:
        "What is drawn by chance in a layer that is being trained is drawn anew in each step.",
      examples: [
        "is_training()": "false",
        """
        noisy = layer x -> if is_training() { x + normal(x.shape) } else { x }
        untrained(noisy >> dense(1, kernel=ones), input=[1])(tensor([[2.0]]))
        """: "tensor([[2.0]])",
      ]
    ) { (context: Context) in LayerScope.current(in: context)?.isTraining ?? false }
  }

  /// The scope of the layer that asks for a parameter or a state, and under which name.
  private static func asked(
    _ kind: String, _ name: String?, in context: Context
  ) throws -> (ParameterScope, String) {
    guard let scope = LayerScope.current(in: context) else {
      throw LanguageError(
        "model/parameter", "a \(kind) can be asked for only inside a model",
        help: ["put the function into a model: dense(10) >> f, and train it"])
    }
    guard name.map({ !$0.isEmpty && !$0.contains(".") }) ?? true else {
      throw LanguageError(
        "value/range", "the name of a \(kind) is a word without dots, not \"\(name ?? "")\"")
    }
    return (scope, name ?? scope.nextName(context.targetName ?? kind))
  }
}
