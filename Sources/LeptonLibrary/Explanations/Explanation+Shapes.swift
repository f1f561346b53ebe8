extension Explanation {
  /// What can be wrong with shapes.
  static let shapes = [
    Explanation(
      "shape/inner", "the inner sizes of a matrix product differ",
      """
      In `a @ b` each row of `a` is multiplied with each column of `b`: the last size of `a` must be the last but one of `b`. `[n, k] @ [k, m]` \
      gives `[n, m]`. Often one side must be transposed: `b.T`.
      """,
      wrong: """
        x = zeros([32, 784])
        w = zeros([128, 784])
        x @ w
        """,
      right: """
        x = zeros([32, 784])
        w = zeros([128, 784])
        x @ w.T;
        """),
    Explanation(
      "shape/broadcast", "two shapes do not go together",
      """
      Operators work element by element. Sizes are compared from the last axis backwards; they must be equal, or one of them 1, or missing. A \
      column beside a matrix needs an axis of size 1: `x[:, nothing]`.
      """,
      wrong: """
        a = zeros([2, 3])
        b = zeros([2])
        a + b
        """,
      right: """
        a = zeros([2, 3])
        b = zeros([2])
        a + b[:, nothing]
        """),
    Explanation(
      "shape/ragged", "the rows of a list have different lengths",
      """
      A tensor has as many elements in each row. A list of lists of different lengths stays a list.
      """,
      wrong: "tensor([[1, 2, 3], [4, 5]])",
      right: "tensor([[1, 2, 3], [4, 5, 6]])"),
    Explanation(
      "shape/axis", "there is no such axis",
      """
      Axes are counted from 0, or from the end with -1. A tensor of shape `[2, 3]` has the axes 0 and 1.
      """,
      wrong: "sum(zeros([2, 3]), axis=2)",
      right: "sum(zeros([2, 3]), axis=1)"),
    Explanation(
      "shape/count", "the elements do not fill the shape",
      """
      A shape holds the product of its sizes: `[3, 4]` holds 12 elements. One size may be -1 and is then found.
      """,
      wrong: "reshape(arange(10), [3, 4])",
      right: "reshape(arange(10), [5, -1])"),
    Explanation(
      "shape/size", "a shape is impossible",
      """
      Sizes are not negative, a tensor has at most 16 axes or so, and all its elements must be countable in 64 bits.
      """,
      wrong: "zeros([3, -1])",
      right: "zeros([3, 1])"),
    Explanation(
      "shape/index", "there are more positions than axes",
      """
      `x[i, j]` needs a tensor of two axes. `x.shape` tells how many there are.
      """,
      wrong: "zeros([3])[0, 1]",
      right: "zeros([3, 2])[0, 1]"),
    Explanation(
      "shape/mask", "a mask has another shape than what it picks from",
      """
      A mask holds a truth for each element, or for each position along the axes it stands for.
      """,
      wrong: "zeros([2, 3])[tensor([true, false, true])]",
      right: "zeros([2, 3])[:, tensor([true, false, true])]"),
    Explanation(
      "shape/item", "a tensor is not a single number",
      """
      Where one number is needed, a tensor must have one element. `mean(x)`, `sum(x)` or an index makes one of many.
      """,
      wrong: "float(zeros([2]))",
      right: "float(mean(zeros([2])))"),
    Explanation(
      "shape/empty", "there is nothing along an axis",
      """
      The sum of nothing is 0, but nothing has no largest element and no mean.
      """,
      wrong: "max(zeros([0]))",
      right: "max(zeros([1]))"),
    Explanation(
      "shape/concatenate", "tensors cannot be joined",
      """
      Tensors are joined along one axis (`axis=0` unless told otherwise), and all their other sizes must be equal.
      """,
      wrong: "concat(zeros([2, 3]), zeros([2, 4]))",
      right: "concat(zeros([2, 3]), zeros([2, 4]), axis=1)"),
    Explanation(
      "shape/heading", "a shape is not what the heading of the function states",
      """
      Shapes in a heading are checked with each call. A number must be that very size; a name stands for one size throughout the call.
      """,
      wrong: """
        fn scores(q: [n, d], k: [m, d]) -> [n, m] { q @ k.T }
        scores(zeros([5, 8]), zeros([7, 9]))
        """,
      right: """
        fn scores(q: [n, d], k: [m, d]) -> [n, m] { q @ k.T }
        scores(zeros([5, 8]), zeros([7, 8]));
        """),
    Explanation(
      "shape/rank", "a layer needs an input of more axes",
      """
      A layer works on a batch of examples: the first axis counts the examples, and the layer works on those behind it.
      """,
      wrong: "flatten()(1.0 + zeros([]))",
      right: "flatten()(zeros([1, 2, 3]))"),
    Explanation(
      "shape/input", "the batch has another shape than the examples of the model",
      """
      A trained model takes batches of examples of the shape it was trained on. A single example becomes a batch of one by a new axis: `x[nothing]`.
      """,
      wrong: """
        model = train(dense(3), iris());
        predict(model, zeros([1, 5]))
        """,
      right: """
        model = train(dense(3), iris());
        predict(model, zeros([1, 4]));
        """),
    Explanation(
      "shape/target", "what the model ends in does not fit the targets",
      """
      For classes, the last layer has as many outputs as there are classes, one row for each example: `flatten()` before it, `dense(classes)` at \
      the end. For numbers, it has as many outputs as there are numbers for each example.
      """,
      wrong: "train(dense(2), iris())",
      right: "train(dense(3), iris());"),
    Explanation(
      "shape/parameter", "an initialiser gives another shape than the parameter has",
      """
      An initialiser is a function from a shape to a tensor of that shape.
      """,
      wrong: "train(dense(3, kernel=shape -> zeros([2])), iris())",
      right: "train(dense(3, kernel=shape -> 0.1 * normal(shape)), iris());"),
    Explanation(
      "shape/state", "a state would change its shape",
      """
      `state(shape, initializer, next)` keeps its shape: what `next` gives must have it too. A mean over a batch is `mean(x, axis=0)`.
      """,
      wrong: """
        running = layer x -> {
          m = state([x.shape[-1]], zeros, m -> 0.9 * m + 0.1 * x)
          x - m
        }
        train(running >> dense(3), iris())
        """,
      right: """
        running = layer x -> {
          m = state([x.shape[-1]], zeros, m -> 0.9 * m + 0.1 * mean(x, axis=0))
          x - m
        }
        train(running >> dense(3), iris());
        """),
    Explanation(
      "shape/loss", "a loss is not one number",
      """
      Training makes one number smaller. A loss of your own takes the mean over the batch.
      """,
      wrong: """
        loss = (outputs, targets) -> outputs - 1
        train(dense(3), iris(), loss=loss)
        """,
      right: """
        loss = (outputs, targets) -> mean((outputs - 1)^2)
        train(dense(3), iris(), loss=loss);
        """),
    Explanation(
      "shape/picture", "these are no pictures",
      """
      A picture is `[height, width]`, or `[height, width, channels]`; a batch of them has an axis more in front. Augment before flattening.
      """,
      wrong: "train(dense(3), iris(), augment=shift(1))",
      right: "train(flatten() >> dense(10), take(digits(), 100), augment=shift(1));"),
    Explanation(
      "shape/window", "no window fits",
      """
      Windows of a convolution or of pooling slide inside an axis: a window of 5 needs at least 5 places, more with a dilation. Each layer makes pictures \
      smaller, until nothing is left for the next. `padding="same"` keeps their size. The padding of pooling is smaller than its windows.
      """,
      wrong:
        "train(conv2d(4, 5) >> max_pool(4) >> conv2d(4, 5) >> flatten() >> dense(10), take(digits(), 100))",
      right:
        "train(conv2d(4, 5, padding=\"same\") >> max_pool(4) >> flatten() >> dense(10), take(digits(), 100));"
    ),
    Explanation(
      "shape/channels", "filters and input have different channels",
      """
      Pictures are `[batch, height, width, channels]`, the channels last, and filters `[height, width, channels, outputs]`; with groups a filter sees only the \
      channels of its group, so their number divides that of the channels and that of the outputs.
      """,
      wrong: "convolve(ones([1, 8, 8, 3]), ones([3, 3, 1, 16]))",
      right: "convolve(ones([1, 8, 8, 3]), ones([3, 3, 3, 16])).shape"),
    Explanation(
      "shape/chart", "a chart does not fit its numbers",
      """
      A curve or a row of bars is one row of numbers, with as many places, names or groups as there are \
      numbers; a heatmap is a matrix.
      """,
      wrong: "plot([0, 1, 2], [5, 7])", right: "plot([0, 1, 2], [5, 7, 6])"),
    Explanation(
      "shape/image", "a tensor cannot be written as a picture",
      """
      A picture file holds `[height, width]` or `[height, width, channels]` with 1, 3 or 4 channels.
      """),
    Explanation(
      "shape/columns", "the columns of a table have different lengths",
      """
      Each column has a value for each row; `nothing` stands for one that is missing.
      """,
      wrong: "table({name: [\"Ada\", \"Alan\"], age: [36]})",
      right: "table({name: [\"Ada\", \"Alan\"], age: [36, 41]})"),
    Explanation(
      "shape/scatter", "updates do not have the shape of their places",
      """
      There is a value for each place it goes to.
      """),
    Explanation(
      "shape/pad", "a margin does not fit the axes",
      """
      A margin is told for each axis: how much before, and how much behind.
      """),
    Explanation(
      "shape/batch", "the operands of a map have first axes of different sizes",
      """
      A function that is mapped over several tensors takes one row of each at a time, so they have as many rows.
      """),
    Explanation(
      "shape/sequence", "what goes through a sequence does not fit it",
      """
      Sequences are `[batch, time, features]`. A recurrent cell takes as many numbers for each unit as it has gates (1 for rnn, 3 for gru, 4 for lstm); its \
      recurrent weights are `[units, gates * units]`, its initial state has a row for each sequence, and a mask has a truth for each step.
      """,
      wrong: "gru_states(zeros([2, 5, 4]), zeros([4, 12]))",
      right: "gru_states(zeros([2, 5, 12]), zeros([4, 12])).shape"),
  ]
}
