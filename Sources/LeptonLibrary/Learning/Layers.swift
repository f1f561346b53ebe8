import LeptonLearning
import LeptonRuntime
import LeptonTensor

extension Library {
  /// Layers, of which models are made with `>>`.
  static var layers: Family {
    Family(
      "Layers",
      [dense, flatten, dropout, identity, parameter])
  }

  private static var dense: Builtin {
    Builtin(
      "dense(units, activation = identity, kernel = glorot_uniform, bias = zeros)",
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
      (context: Context, units: Int, activation: Value, kernel: Initializer, bias: Initializer?) in
      LayerObject(
        try Dense(
          units, activation: LayerMaker(context).activation(activation), kernel: kernel, bias: bias)
      )
    }
  }

  private static var flatten: Builtin {
    Builtin(
      "flatten()", "Makes one row of numbers of each example.",
      details: "`[batch, a, b]` becomes `[batch, a * b]`.",
      examples: ["flatten()(tensor([[[1, 2], [3, 4]]]))": "tensor([[1, 2, 3, 4]])"]
    ) { LayerObject(Flatten()) }
  }

  private static var dropout: Builtin {
    Builtin(
      "dropout(rate)",
      "Sets a share of its inputs to 0 while training, and enlarges the rest to keep the mean.",
      details: "Outside training it changes nothing (Srivastava and others 2014).",
      examples: ["dropout(0.5)(tensor([1, 2]))": "tensor([1, 2])"]
    ) { (rate: Double) in LayerObject(try Dropout(rate)) }
  }

  private static var identity: Builtin {
    Builtin(
      "identity(x)", "Gives back what it is given.", examples: ["identity(3)": "3"]
    ) { (x: Value) in x }
  }

  private static var parameter: Builtin {
    Builtin(
      "parameter(shape, initializer = glorot_uniform, name = nothing)",
      "A parameter of the layer that runs: a tensor that training changes.",
      details: """
        It may be asked for only inside a function that stands in a model. The model keeps it under the \
        layer's path and its name.
        """
    ) { (context: Context, shape: [Int], initializer: Initializer, name: String?) in
      guard let scope = LayerScope.current(in: context) else {
        throw LanguageError(
          "model/parameter", "a parameter can be asked for only inside a model",
          help: ["put the function into a model: dense(10) >> f, and train it"])
      }
      return try scope.parameter(name ?? scope.nextName("parameter"), shape, initializer)
    }
  }
}
