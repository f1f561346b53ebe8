// Normalisation: rows brought to a common mean and size, and means and variances over many rows.

extension Tensor {
  /// The rows along the last axis with mean 0 and variance 1: `(x − mean) / √(variance + ε)`; without
  /// `centred` only divided by the root of their mean square.
  ///
  /// Throws `shape/axis` for a single number.
  public func normalized(epsilon: Double, centred: Bool = true) throws -> Tensor {
    try Operation.normalize.applied(
      [cast(to: elementType.asFloat)],
      Normalization(epsilon: epsilon, isCentred: centred).attributes)
  }

  /// The mean and the (biased) variance over axes, which get size 1; NaN over nothing.
  ///
  /// Axes beside the leading one are taken first, for each place of the leading one by itself, so that
  /// threads share the work; all places count the same, so the variance is the mean of theirs and the
  /// variance of their means.
  public func moments(axes: [Int]) throws -> (mean: Tensor, variance: Tensor) {
    let axes = try shape.axes(axes)
    let inner = axes.filter { $0 > 0 }
    guard axes.first == 0, !inner.isEmpty else {
      return try Operation.moments.applied([cast(to: elementType.asFloat)], Attributes(axes: axes))
        .halves()
    }
    let (means, variances) = try moments(axes: inner)
    let (mean, spread) = try means.moments(axes: [0])
    return (mean, try variances.mean(axes: [0], keepingDimensions: true).adding(spread))
  }

  /// `(x − centre) · factor + shift`, as one step.
  public func affine(centre: Tensor, factor: Tensor, shift: Tensor) throws -> Tensor {
    try Operation.affine.applied(agreeing: [self, centre, factor, shift])
  }

  /// The two halves of the last axis.
  func halves() throws -> (Tensor, Tensor) {
    let all = Array(repeating: Slice(), count: shape.rank - 1)
    let half = shape[shape.rank - 1] / 2
    return (
      try sliced(all + [Slice(from: 0, to: half)]),
      try sliced(all + [Slice(from: half, to: 2 * half)])
    )
  }

  /// Σ g and Σ g (x − m), with `self` as g, over the axes along which a shape broadcasts to that of g.
  ///
  /// One pass over memory does where m has that shape and the axes lie side by side.
  func pairedSums(
    with x: Tensor, around m: Tensor, over target: Shape
  ) throws -> (level: Tensor, slant: Tensor) {
    let lead = shape.rank - target.rank
    let axes = shape.sizes.indices.filter {
      $0 < lead || target[$0 - lead] == 1 && shape[$0] != 1
    }
    let inner = axes.first == 0 && axes.count > 1 ? Array(axes.dropFirst()) : axes
    let isRun = zip(inner, inner.dropFirst()).allSatisfy { $0 + 1 == $1 }
    guard let first = inner.first, isRun, x.shape == shape, m.shape == target else {
      return (self, try multiplying(x.subtracting(m)))
    }
    var sizes = Array(repeating: 1, count: lead) + target.sizes
    let outer = sizes.prefix(first)
    if !outer.allSatisfy({ $0 == 1 }) {
      for axis in 0..<first { sizes[axis] = shape[axis] }
    }
    let centre = try m.reshaped(to: Array(repeating: 1, count: lead) + target.sizes)
      .broadcast(to: sizes)
    return try Operation.pairedSums.applied([self, x, centre], Attributes(axes: inner)).halves()
  }
}
