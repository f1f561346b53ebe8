// Reductions take the axes to reduce, all of them for `nil`; kept axes get size 1.

extension Tensor {
  /// The sum over axes; whole numbers and truths are added up as `int64`.
  public func sum(axes: [Int]? = nil, keepingDimensions: Bool = false) throws -> Tensor {
    let type = elementType.asSum
    return try reduced(by: .sum, cast(to: type), axes, keepingDimensions)
  }
  /// The mean over axes, always a fraction; NaN over nothing.
  public func mean(axes: [Int]? = nil, keepingDimensions: Bool = false) throws -> Tensor {
    let count = try shape.axes(axes).reduce(1) { $0 * shape[$1] }
    return try cast(to: elementType.asFloat)
      .sum(axes: axes, keepingDimensions: keepingDimensions).dividing(Double(count))
  }
  /// The product over axes.
  public func product(axes: [Int]? = nil, keepingDimensions: Bool = false) throws -> Tensor {
    try reduced(by: .product, cast(to: elementType.asSum), axes, keepingDimensions)
  }
  /// The largest element over axes.
  ///
  /// Throws `shape/empty` over nothing.
  public func max(axes: [Int]? = nil, keepingDimensions: Bool = false) throws -> Tensor {
    try reduced(by: .max, self, axes, keepingDimensions)
  }
  /// The smallest element over axes.
  ///
  /// Throws `shape/empty` over nothing.
  public func min(axes: [Int]? = nil, keepingDimensions: Bool = false) throws -> Tensor {
    try reduced(by: .min, self, axes, keepingDimensions)
  }
  /// Whether one element over axes is true.
  public func any(axes: [Int]? = nil, keepingDimensions: Bool = false) throws -> Tensor {
    try reduced(by: .anyTrue, cast(to: .bool), axes, keepingDimensions)
  }
  /// Whether all elements over axes are true.
  public func all(axes: [Int]? = nil, keepingDimensions: Bool = false) throws -> Tensor {
    try reduced(by: .allTrue, cast(to: .bool), axes, keepingDimensions)
  }
  /// The place of the first largest element along an axis (of the flat tensor for `nil`).
  ///
  /// Throws `shape/empty` if the axis is.
  public func argmax(axis: Int? = nil, keepingDimensions: Bool = false) throws -> Tensor {
    try located(by: .argmax, axis, keepingDimensions)
  }
  /// The place of the first smallest element along an axis (of the flat tensor for `nil`).
  ///
  /// Throws `shape/empty` if the axis is.
  public func argmin(axis: Int? = nil, keepingDimensions: Bool = false) throws -> Tensor {
    try located(by: .argmin, axis, keepingDimensions)
  }
  /// exp(x) as shares of 1 along an axis.
  public func softmax(axis: Int = -1) throws -> Tensor {
    try alongLast(axis) { try Operation.softmax.applied($0.cast(to: elementType.asFloat)) }
  }
  /// The logarithm of ``softmax(axis:)``, computed without loss.
  public func logSoftmax(axis: Int = -1) throws -> Tensor {
    try alongLast(axis) { try Operation.logSoftmax.applied($0.cast(to: elementType.asFloat)) }
  }
  /// log(sum(exp(x))) over axes, computed without overflow.
  public func logSumExp(axes: [Int]? = nil, keepingDimensions: Bool = false) throws -> Tensor {
    let x = try cast(to: elementType.asFloat)
    let top = try x.max(axes: axes, keepingDimensions: true).stopped()
    let finite = try top.absolute().less(than: Double.infinity)
    let shift = try top.selected(where: finite, otherwise: 0.0)
    let sum = try x.subtracting(shift).exp().sum(axes: axes, keepingDimensions: true)
    let result = try sum.log().adding(shift)
    return keepingDimensions ? result : try result.squeezed(axes: shape.axes(axes))
  }
  /// The cross entropy of each example: −log softmax(logits)[label].
  ///
  /// `self` holds logits `[..., classes]`, `labels` whole numbers `[...]`. Throws `shape/target`
  /// if the shapes do not fit, `data/class` for a label outside the classes; inside a plan such a label
  /// gives NaN.
  public func softmaxCrossEntropy(labels: Tensor) throws -> Tensor {
    let classes = shape.sizes.last ?? 0
    if !labels.isTraced, !labels.elementType.isFloat { try labels.checkLabels(below: classes) }
    return try Operation.softmaxCrossEntropy.applied([cast(to: elementType.asFloat), labels])
  }

  /// Refuses whole numbers that are no class of so many.
  private func checkLabels(below classes: Int) throws {
    let labels = try elements(as: Int.self)
    guard let place = labels.firstIndex(where: { !(0..<classes).contains($0) }) else { return }
    throw TensorError(
      "data/class",
      "the label \(labels[place]) at \(shape.indices(of: place)) is none of the \(classes) classes",
      help: [
        "classes are counted from 0",
        "a label that does not count is named: cross_entropy(z, y, ignore=\(labels[place]))",
      ])
  }

  private func reduced(
    by operation: Operation, _ x: Tensor, _ axes: [Int]?, _ keep: Bool
  ) throws -> Tensor {
    if axes == nil, let result = try operation.folded(x, keepingDimensions: keep) { return result }
    let resolved = try shape.axes(axes)
    var runs: [[Int]] = []
    for axis in resolved {
      if let last = runs.last?.last, last + 1 == axis {
        runs[runs.count - 1].append(axis)
      } else {
        runs.append([axis])
      }
    }
    let result = try runs.reversed().reduce(x) {
      try operation.applied([$0], Attributes(axes: $1))
    }
    return keep ? result : try result.squeezed(axes: resolved)
  }

  private func located(by operation: Operation, _ axis: Int?, _ keep: Bool) throws -> Tensor {
    guard let axis else {
      let flat = try reshaped(to: [shape.count]).located(by: operation, 0, false)
      return keep ? try flat.reshaped(to: Array(repeating: 1, count: shape.rank)) : flat
    }
    let resolved = try shape.axis(axis)
    let result = try operation.applied([self], Attributes(axes: [resolved]))
    return keep ? result : try result.squeezed(axes: [resolved])
  }

  private func alongLast(_ axis: Int, _ body: (Tensor) throws -> Tensor) throws -> Tensor {
    let axis = try shape.axis(axis)
    if axis == shape.rank - 1 { return try body(self) }
    var order = Array(0..<shape.rank)
    order.swapAt(axis, shape.rank - 1)
    return try body(transposed(axes: order)).transposed(axes: order)
  }
}
