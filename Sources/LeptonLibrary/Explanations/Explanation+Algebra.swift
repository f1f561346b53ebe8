extension Explanation {
  /// What can be wrong in linear algebra and with transforms.
  static let algebra = [
    Explanation(
      "shape/matrix", "this is no matrix",
      """
      A matrix has two axes. Axes before the last two count matrices: `[10, 3, 3]` holds ten of them.
      """,
      wrong: "det([1.0, 2.0])",
      right: "det([[1.0, 2.0], [3.0, 4.0]])"),
    Explanation(
      "shape/square", "the matrix is not square",
      """
      Only a square matrix has an inverse, a determinant or eigenvalues. `pinv` and `lstsq` work on every matrix.
      """,
      wrong: "inv([[1.0, 2.0]])",
      right: "pinv([[1.0, 2.0]])"),
    Explanation(
      "value/singular", "the matrix has no inverse",
      """
      One of its columns is a mixture of others, so equations with it have no single solution. `lstsq` finds the nearest one, `pinv` the \
      pseudo-inverse.
      """,
      wrong: "inv([[1.0, 2.0], [2.0, 4.0]])",
      right: "pinv([[1.0, 2.0], [2.0, 4.0]])"),
    Explanation(
      "value/definite", "the matrix is not positive definite",
      """
      `cholesky` takes a symmetric matrix for which `x @ a @ x` is positive for every `x`, as a covariance is. A little of `eye(n)` added mends \
      what rounding has spoilt.
      """,
      wrong: "cholesky([[1.0, 2.0], [2.0, 1.0]])",
      right: "cholesky([[2.0, 1.0], [1.0, 2.0]])"),
    Explanation(
      "value/finite", "the matrix holds nan or inf",
      """
      There are no eigenvalues and no singular values of what is no number. `isfinite(x)` shows where it is.
      """,
      wrong: "eigh([[nan, 0.0], [0.0, 1.0]])",
      right: "eigh([[2.0, 0.0], [0.0, 1.0]]);"),
    Explanation(
      "value/converge", "an iteration did not come to an end",
      "The elements are of very different sizes. Scale the matrix, or compute with `float64`."),
    Explanation(
      "value/mode", "there is no such mode",
      "The message lists the modes there are.",
      wrong: "qr(ones([2, 2]), mode=\"full\")",
      right: "qr(ones([2, 2]), mode=\"reduced\");"),
    Explanation(
      "value/order", "there is no norm of this order",
      """
      Vectors have a norm of any order; matrices have 1, -1, 2, -2, inf, -inf, "fro" and "nuc".
      """,
      wrong: "norm([[1.0, 2.0], [3.0, 4.0]], 3)",
      right: "norm([[1.0, 2.0], [3.0, 4.0]], 2)"),
    Explanation(
      "gradient/undefined", "a part of the result has no derivative",
      """
      A full decomposition fills up its factors with columns that could be any: they do not depend on the matrix. Take the reduced factors.
      """,
      wrong: "grad(x -> sum(qr(x, mode=\"complete\").q))(tensor([[3.0], [4.0]]))",
      right: "grad(x -> sum(qr(x).q))(tensor([[3.0], [4.0]]))"),
    Explanation(
      "shape/complex", "there is no last axis of real and imaginary parts",
      """
      Complex numbers stand in a last axis of 2: the real and the imaginary part. `fft` gives such a tensor, `magnitude` and `phase` take one.
      """,
      wrong: "magnitude([1.0, 2.0, 3.0])",
      right: "magnitude(fft([1.0, 2.0, 3.0]))"),
    Explanation(
      "shape/points", "a transform has no points, or too many",
      "A Fourier transform needs at least one point along its axis.",
      wrong: "fft(zeros([0]))",
      right: "fft(zeros([4]))"),
    Explanation(
      "shape/einsum", "the equation of einsum does not fit its operands",
      """
      Each operand has a letter for each of its axes, and a letter stands for one size throughout. `...` stands for axes without a name.
      """,
      wrong: "einsum(\"ij,jk->ik\", zeros([2, 3]), zeros([4, 5]))",
      right: "einsum(\"ij,jk->ik\", zeros([2, 3]), zeros([3, 5]));"),
    Explanation(
      "value/einsum", "the equation of einsum cannot be read",
      """
      An equation has the letters of each operand, parted by commas, then `->` and the letters of the result: `"ij,jk->ik"` is the matrix product.
      """,
      wrong: "einsum(\"i j\", zeros([2, 3]), zeros([3]))",
      right: "einsum(\"ij,j->i\", zeros([2, 3]), zeros([3]))"),
    Explanation(
      "shape/split", "an axis cannot be cut into so many equal parts",
      "The size must be a multiple of the number of parts. A list cuts before places instead: `split(x, [2, 5])`.",
      wrong: "split(arange(7), 2)",
      right: "split(arange(8), 2);"),
    Explanation(
      "shape/recurrence", "factors and terms of a recurrence have different shapes",
      "A recurrence has a factor and a term for each step."),
    Explanation(
      "value/choice", "a name is none of those that a word knows",
      "The message lists the names it knows.",
      wrong: "quantile([1.0, 2.0], 0.5, method=\"middle\")",
      right: "quantile([1.0, 2.0], 0.5, method=\"lower\")"),
    Explanation(
      "type/float", "elements must be fractions",
      "Linear algebra and transforms work on `float32` and `float64`: write `float32(x)`."),
  ]
}
