extension Explanation {
  /// What can be wrong with models, gradients and training.
  static let learning = [
    Explanation(
      "shape/update", "a rule of an optimizer gives another shape",
      """
      `optimizer(rule)` gives each parameter its new value, which has the parameter's shape. A sum or a mean in the rule loses axes; \
      `keepdims=true` keeps them.
      """,
      wrong: "train(dense(3), iris(), optimizer=optimizer((w, g, m, rate, step) -> sum(w)))",
      right: "train(dense(3), iris(), optimizer=optimizer((w, g, m, rate, step) -> w - rate * g));"),
    Explanation(
      "value/name", "a metric has a name that a history already uses",
      "The columns of a history are epoch, loss, accuracy and the like. Call the metric something else.",
      wrong: "train(dense(3), iris(), metrics={loss: (y, t) -> mean(y)})",
      right: "train(dense(3), iris(), metrics={top: (y, t) -> mean(y)});"),
    Explanation(
      "model/parameter", "a parameter is missing, or has another shape",
      """
      Parameters come to be when a model is trained, or by `untrained(model, input=[…])`; a layer alone has none. A layer that is used in two \
      places shares its parameters, so its input is of one width in both. `parameter` is asked for inside of a `layer` function only.
      """,
      wrong: """
        net = dense(3)
        net(zeros([1, 4]))
        """,
      right: """
        net = untrained(dense(3), input=[4])
        net(zeros([1, 4]));
        """),
    Explanation(
      "gradient/none", "a loss does not depend on what the model gives",
      """
      Training follows the slope of the loss. A loss of your own is called with the outputs of the model and the targets, in this order; \
      what counts, compares or rounds is flat, so nothing could be learned from it: a share of right answers is a metric.
      """,
      wrong:
        "train(dense(3), iris(), loss=(outputs, targets) -> mean(1.0 * (argmax(outputs, -1) != targets)))",
      right:
        "train(dense(3), iris(), loss=cross_entropy, metrics={right: (outputs, targets) -> mean(1.0 * (argmax(outputs, -1) == targets))});"
    ),
    Explanation(
      "model/file", "a file holds parameters, but does not say of what model",
      """
      `save` writes the model beside its parameters where it can. A file from elsewhere holds parameters only: build the model and give it, \
      `load("file", model)`.
      """),
    Explanation(
      "train/diverged", "the loss is no longer a number",
      """
      The steps were so large that the parameters ran away. Lower the learning rate, `optimizer=adam(0.0001)`, scale the inputs to about 0 to 1, \
      and look for `nan` in the data.
      """,
      wrong: """
        line = dataset([[0.0], [1.0], [2.0]], [1.0, 3.0, 5.0])
        train(dense(1), line, epochs=300, optimizer=sgd(1e9), seed=1)
        """,
      right: """
        line = dataset([[0.0], [1.0], [2.0]], [1.0, 3.0, 5.0])
        train(dense(1), line, epochs=10, optimizer=sgd(0.1), seed=1);
        """),
    Explanation(
      "train/checkpoint", "training cannot go on from a checkpoint",
      """
      A checkpoint is of one run: its model, data, optimizer, batch and seed. With the same ones training goes on from it; a run with others needs \
      a file of its own, `checkpoint="other.ckpt"`. To begin anew, remove the file.
      """),
    Explanation(
      "trace/effect", "something would happen only once in a plan",
      """
      A plan replays what a function computed, and nothing else that it did: it would not print again. `planned` and `train` do without a plan \
      then; `explain_plan` has none to show. To look at a value inside a model, use `trace(x, "name")`.
      """,
      wrong: """
        explain_plan(x -> {
          print("called")
          2 * x
        }, ones([2]))
        """,
      right: "explain_plan(x -> 2 * x, ones([2]));"),
    Explanation(
      "training/type", "parameters are not fractions",
      """
      What is trained is of type `float32`: a parameter moves by small fractions.
      """),
    Explanation(
      "training/state", "what is restored does not fit the parameters in training",
      """
      A training goes on with the model it began with. If this appears in a program, it is a fault of Lepton: please report it.
      """),
    Explanation(
      "gradient/scalar", "a gradient of more than one number was asked for",
      """
      `grad(f)` needs a function that gives one fraction: take the sum or the mean of what it gives.
      """,
      wrong: """
        g = grad(x -> x^2)
        g(tensor([1.0, 2.0]))
        """,
      right: """
        g = grad(x -> sum(x^2))
        g(tensor([1.0, 2.0]))
        """),
    Explanation(
      "gradient/type", "there is no gradient with respect to such a value",
      """
      A gradient tells how a result changes when an argument changes a little, and whole numbers and strings do not change a little. Make \
      fractions: `float32(x)`, or write 1.0.
      """,
      wrong: """
        g = grad(x -> sum(x^2))
        g(tensor([1, 2]))
        """,
      right: """
        g = grad(x -> sum(x^2))
        g(tensor([1.0, 2.0]))
        """),
    Explanation(
      "gradient/result", "a function gives nothing that has a derivative",
      """
      Only fractions change a little when the argument changes a little: whole numbers, truths and texts have no derivative.
      """,
      wrong: "jacobian(x -> int64(x))(tensor([1.0, 2.0]))",
      right: "jacobian(x -> x^2)(tensor([1.0, 2.0]))"),
    Explanation(
      "gradient/vector", "a vector has not the form of what it goes with",
      """
      In `vjp` the vector has the form of the result of the function, in `jvp` that of its argument.
      """,
      wrong: "vjp(x -> x^2, tensor([1.0, 2.0]), tensor([1.0, 2.0, 3.0]))",
      right: "vjp(x -> x^2, tensor([1.0, 2.0]), tensor([1.0, 0.5]))"),
    Explanation(
      "gradient/aux", "a function with aux=true gives no list of two",
      """
      With `aux=true` the function gives a list of two: the number to be derived, and anything else that you want to keep.
      """,
      wrong: "value_and_grad(x -> sum(x^2), aux=true)(tensor([1.0, 2.0]))",
      right: "value_and_grad(x -> [sum(x^2), x], aux=true)(tensor([1.0, 2.0]));"),
    Explanation(
      "gradient/structure", "a function gives results of other shapes at points nearby",
      "A derivative compares what a function gives at points close to each other; it must have the same form at all of them."
    ),
    Explanation(
      "random/key", "a draw of chance has no key",
      """
      Chance is drawn by a key made of the seed, the cell and the place of the call. If this appears in a program, it is a fault of Lepton: please \
      report it.
      """),
  ]

  /// What can be wrong with data.
  static let data = [
    Explanation(
      "value/class", "a name is none of the classes",
      "`classes` lists every name that a target may have, in the order of their numbers.",
      wrong: "dataset([[1.0], [2.0]], [\"cat\", \"dog\"], classes=[\"cat\", \"ant\"])",
      right: "dataset([[1.0], [2.0]], [\"cat\", \"dog\"], classes=[\"cat\", \"dog\"]);"),
    Explanation(
      "data/rows", "inputs and targets are not equally many",
      """
      The first axis of both counts the examples: each input has its target.
      """,
      wrong: "dataset([[1.0], [2.0], [3.0]], [0, 1])",
      right: "dataset([[1.0], [2.0], [3.0]], [0, 1, 0]);"),
    Explanation(
      "data/class", "a label is not the number of a class",
      """
      Classes are counted from 0: three classes are 0, 1 and 2. Labels that begin with 1 become so by `labels - 1`.
      """,
      wrong: "dataset([[1.0], [2.0]], [1, 2], classes=[\"a\", \"b\"])",
      right: "dataset([[1.0], [2.0]], [0, 1], classes=[\"a\", \"b\"]);"),
    Explanation(
      "data/target", "a loss or a score cannot take a target",
      """
      Each loss says what its targets are: shares from 0 to 1 for `binary_cross_entropy`, -1 or 1 for `hinge`, rows of probabilities for \
      `kl_divergence`, counts for `poisson_loss`. The message tells the first target that is none, and its place. All targets are looked at before \
      training begins.
      """,
      wrong: "binary_cross_entropy([[0.5], [2.0]], [1.0, 2.0])",
      right: "binary_cross_entropy([[0.5], [2.0]], [1.0, 0.9]);"),
    Explanation(
      "data/weights", "weights do not fit the examples or the classes",
      """
      `weights` of a data set are one number from 0 on for each example; `class_weights` of a training one for each class, in their order or by \
      their names.
      """,
      wrong: "dataset([[1.0], [2.0]], [0, 1], weights=[1.0])",
      right: "dataset([[1.0], [2.0]], [0, 1], weights=[1.0, 2.0]);"),
    Explanation(
      "data/empty", "there are no examples",
      """
      A training needs at least one example. A filter may have left none.
      """,
      wrong: "train(dense(3), take(iris(), 0))",
      right: "train(dense(3), take(iris(), 150));"),
    Explanation(
      "data/part", "the parts of a stream do not go together",
      """
      All parts have inputs and targets of the same shapes and types, and a part that is asked for again is the same as before: as many \
      examples, of the same form. A file that was changed meanwhile, or chance without a seed in the function that gives a part, shows in this way.
      """,
      wrong: "stream(2, k -> dataset(ones([4, 2 + k]), [0, 1, 0, 1]))",
      right: "stream(2, k -> dataset(ones([4, 2]), [0, 1, 0, 1]));"),
    Explanation(
      "data/stream", "all examples of a stream are asked for at once",
      """
      The examples of a stream come in parts, of which one at a time is in memory. `train`, `evaluate` and `predict` go through the parts, \
      and `holdout` draws from each; what takes all examples at once cannot. `take` copies the first examples.
      """,
      wrong: "stream(4, k -> dataset(ones([4, 2]), [0, 1, 0, 1])).inputs",
      right: "take(stream(4, k -> dataset(ones([4, 2]), [0, 1, 0, 1])), 8).inputs;"),
  ]
}
