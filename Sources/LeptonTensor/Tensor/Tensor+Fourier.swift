// Fourier transforms along an axis. Complex numbers have their parts in a last axis of 2, which
// does not count among the axes of the signal. A signal is cut, or filled with zeros, to `count` points.

extension Tensor {
  /// The transform Σ x exp(−2πi jk / n) of a signal; `isComplex` says that it has complex numbers.
  ///
  /// Throws `shape/points`, `shape/axis`, `shape/complex`.
  public func fourier(count: Int? = nil, axis: Int = -1, isComplex: Bool = false) throws -> Tensor {
    try (isComplex ? fractional() : withImaginary()).alongPoints(axis, count, isComplex: true) {
      try Operation.fourierTransform.applied([$0])
    }
  }
  /// The signal of complex numbers whose transform this is.
  ///
  /// Throws as ``fourier(count:axis:isComplex:)``.
  public func inverseFourier(count: Int? = nil, axis: Int = -1, isComplex: Bool = true) throws
    -> Tensor
  {
    try (isComplex ? fractional() : withImaginary()).alongPoints(axis, count, isComplex: true) {
      try Operation.fourierTransform.applied([$0], Attributes(sizes: [1]))
        .dividing(Double($0.shape[$0.shape.rank - 2]))
    }
  }
  /// The first n / 2 + 1 numbers of the transform of a real signal; the others mirror them.
  ///
  /// Throws as ``fourier(count:axis:isComplex:)``.
  public func realFourier(count: Int? = nil, axis: Int = -1) throws -> Tensor {
    let signal = try fractional().placed(axis, last: shape.rank).resized(count, at: -1)
    let result = try Operation.realFourierTransform.applied([signal])
    return try result.placedBack(axis, last: shape.rank)
  }
  /// The real signal of `count` points whose transform begins as this one does.
  ///
  /// By default `count` is twice the number of complex numbers, less 2. Throws as
  /// ``fourier(count:axis:isComplex:)``.
  public func inverseRealFourier(count: Int? = nil, axis: Int = -1) throws -> Tensor {
    let rank = shape.rank - 1
    let turned = try checkedPairs().placed(axis, last: rank)
    let given = turned.shape[rank - 1]
    let points = count ?? 2 * (given - 1)
    guard points > 0, points <= Operation.pointLimit else {
      throw TensorError(
        "shape/points",
        "a transform has between 1 and \(Operation.pointLimit) points, not \(points)")
    }
    let half = try turned.resized(points / 2 + 1, at: -2)
    let result = try Operation.halfFourierTransform.applied([half], Attributes(sizes: [points]))
    return try result.dividing(Double(points)).placedBack(axis, last: rank)
  }
  /// The length of each complex number.
  ///
  /// Throws `shape/complex` unless the last axis has size 2.
  public func magnitude() throws -> Tensor {
    let parts = try checkedPairs().pairs()
    return try Operation.hypotenuse.applied(parts)
  }
  /// The angle of each complex number in radians, between −π and π.
  ///
  /// Throws `shape/complex` unless the last axis has size 2.
  public func phase() throws -> Tensor {
    let parts = try checkedPairs().pairs()
    return try Operation.angle.applied([parts[1], parts[0]])
  }

  /// The tensor itself if it holds fractions, else made `float32`.
  private func fractional() throws -> Tensor { try cast(to: elementType.asFloat) }

  /// Real numbers as complex ones.
  private func withImaginary() throws -> Tensor {
    let real = try fractional()
    let zeros = try Tensor(repeating: 0.0, shape: shape.sizes, type: real.elementType)
    return try Tensor.stacked([real, zeros], axis: -1)
  }

  /// The tensor, if its last axis holds real and imaginary parts.
  private func checkedPairs() throws -> Tensor {
    guard shape.sizes.last == 2 else {
      throw TensorError(
        "shape/complex", "shape \(shape) has no last axis of 2 with real and imaginary parts",
        help: ["fft and rfft give such a tensor"])
    }
    return try fractional()
  }

  /// Real and imaginary parts.
  private func pairs() throws -> [Tensor] { try unpacked([[], []]) }

  private func alongPoints(
    _ axis: Int, _ count: Int?, isComplex: Bool, _ body: (Tensor) throws -> Tensor
  ) throws -> Tensor {
    let pairs = try checkedPairs()
    let rank = shape.rank - 1
    let signal = try pairs.placed(axis, last: rank).resized(count, at: -2)
    return try body(signal).placedBack(axis, last: rank)
  }

  /// The tensor with an axis among the first `rank` ones moved to their end.
  private func placed(_ axis: Int, last rank: Int) throws -> Tensor {
    let place = try Tensor.place(axis, rank, shape)
    var order = Array(0..<shape.rank)
    order.insert(order.remove(at: place), at: rank - 1)
    return try transposed(axes: order)
  }

  /// The tensor with the last of the first `rank` axes moved back to where it came from.
  private func placedBack(_ axis: Int, last rank: Int) throws -> Tensor {
    let place = try Tensor.place(axis, rank, shape)
    var order = Array(0..<shape.rank)
    order.insert(order.remove(at: rank - 1), at: place)
    return try transposed(axes: order)
  }

  private static func place(_ axis: Int, _ rank: Int, _ shape: Shape) throws -> Int {
    guard axis >= -rank, axis < rank else {
      throw TensorError("shape/axis", "axis \(axis) does not exist in a signal of \(rank) axes")
    }
    return axis < 0 ? axis + rank : axis
  }

  /// The tensor with an axis cut, or filled with zeros, to a size.
  private func resized(_ count: Int?, at axis: Int) throws -> Tensor {
    let axis = try shape.axis(axis)
    guard let count, count != shape[axis] else { return self }
    guard count > 0, count <= Operation.pointLimit else {
      throw TensorError(
        "shape/points",
        "a transform has between 1 and \(Operation.pointLimit) points, not \(count)")
    }
    if count < shape[axis] {
      return try sliced(Array(repeating: Slice(), count: axis) + [Slice(to: count)])
    }
    var after = Array(repeating: 0, count: shape.rank)
    after[axis] = count - shape[axis]
    return try padded(before: Array(repeating: 0, count: shape.rank), after: after)
  }
}
