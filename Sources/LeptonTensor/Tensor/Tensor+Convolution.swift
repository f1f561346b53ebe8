// Convolution of pictures `[batch, height, width, channels]` and of series `[batch, length, channels]`,
// which count as pictures of one row.

extension Tensor {
  /// The convolution with filters `[height, width, inputs / groups, outputs]`; of a series with filters
  /// `[length, inputs / groups, outputs]`.
  ///
  /// As everywhere in this field filters are not turned round. Throws `shape/rank`, `shape/channels`,
  /// `shape/window` or `value/range` where sizes do not go together.
  public func convolved(with filters: Tensor, _ windowing: Windowing = Windowing()) throws -> Tensor
  {
    let (pictures, plates) = try Tensor.pictures(self, filters)
    let result = try Operation.convolution.applied([pictures, plates], windowing.attributes())
    return shape.rank == 3 ? try result.squeezed(axes: [1]) : result
  }

  /// The transposed convolution with filters `[height, width, outputs / groups, inputs]`: what a
  /// convolution with these filters makes of outputs, back in the shape of its input.
  ///
  /// The output of an axis has (size − 1) · stride + reach − before − after places and `extra` more.
  /// Throws what ``convolved(with:_:)`` throws.
  public func convolvedBack(
    with filters: Tensor, _ windowing: Windowing = Windowing(), extra: [Int] = [0, 0]
  ) throws -> Tensor {
    let (pictures, plates) = try Tensor.pictures(self, filters)
    guard pictures.shape[3] == plates.shape[3] else {
      throw TensorError(
        "shape/channels",
        "the filters of shape \(filters.shape) take \(plates.shape[3]) channels, but there are "
          + "\(pictures.shape[3])",
        help: ["filters have the shape [height, width, outputs / groups, inputs]"])
    }
    let sizes = try (0..<2).map { axis in
      try windowing.size(
        before: pictures.shape[axis + 1], window: plates.shape[axis], axis, extra: extra[axis])
    }
    let result = try Operation.convolutionInput.applied(
      [pictures, plates], windowing.attributes(sizes: sizes))
    return shape.rank == 3 ? try result.squeezed(axes: [1]) : result
  }

  /// Pictures and filters of one type of fractions, series as pictures of one row.
  private static func pictures(_ x: Tensor, _ filters: Tensor) throws -> (Tensor, Tensor) {
    guard x.shape.rank == filters.shape.rank, [3, 4].contains(x.shape.rank) else {
      throw TensorError(
        "shape/rank", "a convolution does not take shape \(x.shape) and filters \(filters.shape)",
        help: [
          "pictures are [batch, height, width, channels], their filters [height, width, inputs, outputs]",
          "series are [batch, length, channels], their filters [length, inputs, outputs]",
        ])
    }
    let type = x.elementType.promoted(with: filters.elementType).asFloat
    let (left, right) = (try x.cast(to: type), try filters.cast(to: type))
    guard x.shape.rank == 3 else { return (left, right) }
    return (try left.expanded(at: 1), try right.expanded(at: 0))
  }
}

extension Windowing {
  /// How large an axis was of which a convolution made so many places.
  fileprivate func size(before count: Int, window: Int, _ axis: Int, extra: Int) throws -> Int {
    let limits = [strides[axis], dilations[axis], before[axis], after[axis], window, extra]
    guard limits.allSatisfy({ $0 >= 0 && $0 <= Windowing.limit }),
      extra < Swift.max(strides[axis], 1)
    else {
      throw TensorError(
        "value/range",
        "a transposed convolution takes strides, windows and paddings up to \(Windowing.limit) and fewer "
          + "places on top than its stride")
    }
    let reach = (window - 1) * dilations[axis] + 1
    let size =
      try Shape([count, strides[axis]]).count - strides[axis] + reach + extra
      - before[axis] - after[axis]
    guard count > 0, size > 0 else {
      throw TensorError(
        "shape/window", "nothing is left of an axis of \(count) without the padding")
    }
    return size
  }
}
