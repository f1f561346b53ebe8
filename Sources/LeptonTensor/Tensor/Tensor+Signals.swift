// Signals along an axis.

extension Tensor {
  /// The filter Σ x[i] h[m down + offset − i up] for `count` places m along an axis.
  ///
  /// With `up` and `down` of 1 it is a convolution, whose first place is `offset`; by default every place at
  /// which one of the numbers stands, as in SciPy. Whole numbers are made float32.
  ///
  /// Throws `shape/axis` unless h has one axis and a number, `value/range` for `up` or `down` below 1 or
  /// a negative count.
  public func filtered(
    by h: Tensor, up: Int = 1, down: Int = 1, axis: Int = -1, offset: Int = 0, count: Int? = nil
  ) throws -> Tensor {
    let (axis, type) = (try shape.axis(axis), elementType.asFloat)
    let attributes = Attributes(
      axes: [axis], sizes: [count ?? 0], starts: [offset], steps: [up, down])
    let operands = [try cast(to: type), try h.cast(to: type)]
    _ = try Operation.upfirdn.rule(operands.map(\.form), attributes)
    guard count == nil else { return try Operation.upfirdn.applied(operands, attributes) }
    var whole = attributes
    let length = try Shape([Swift.max(shape[axis] - 1, 0), up]).count
    let last = length + h.shape.count - 1 - offset
    whole.sizes = [shape[axis] == 0 || last < 0 ? 0 : last / down + 1]
    return try Operation.upfirdn.applied(operands, whole)
  }

  /// Overlapping pieces along the last axis, `size` elements each, one every `step`: `[..., pieces, size]`.
  ///
  /// Throws `value/range` for a size or step below 1, `shape/sound` if there is no piece.
  public func framed(size: Int, step: Int) throws -> Tensor {
    try Operation.frames.applied([self], Attributes(sizes: [size], steps: [step]))
  }

  /// Pieces `[..., pieces, size]` added up where they lie, one every `step`.
  ///
  /// Throws `value/range` for a step below 1, `shape/sound` if there are no pieces along an axis.
  public func overlapped(step: Int) throws -> Tensor {
    guard step >= 1 else { throw TensorError("value/range", "a step has at least one sample") }
    guard shape.rank >= 2 else {
      throw TensorError("shape/sound", "pieces have shape [pieces, samples], not \(shape)")
    }
    let (count, size) = (shape[shape.rank - 2], shape[shape.rank - 1])
    let length = count == 0 ? 0 : try Shape([(count - 1).timesSaturated(step)]).count + size
    return try Operation.overlap.applied([self], Attributes(sizes: [length], steps: [step]))
  }

  /// Each element as the median of those around it, `size` along each of the axes, mirrored at the edges.
  ///
  /// Whole numbers are made float32. Throws `value/range` unless the size is odd, `shape/axis` if an axis
  /// does not exist.
  public func medianFiltered(size: Int, axes: [Int]? = nil) throws -> Tensor {
    let axes = try shape.axes(axes)
    guard size >= 1, size % 2 == 1, size < Windowing.limit else {
      throw TensorError(
        "value/range", "a median needs an odd size up to \(Windowing.limit), not \(size)")
    }
    let x = try cast(to: elementType.asFloat)
    guard shape.count > 0, size > 1 else { return x }
    let margins = shape.sizes.indices.map { axes.contains($0) ? size / 2 : 0 }
    let padded = try x.padded(before: margins, after: margins, by: .symmetric)
    return try Operation.windowMedian.applied(
      [padded], Attributes(sizes: margins.map { 2 * $0 + 1 }))
  }
}
