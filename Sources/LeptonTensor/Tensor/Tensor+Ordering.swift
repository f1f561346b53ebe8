// Elements by their order.

extension Tensor {
  /// The elements in ascending order along an axis; NaN comes last.
  public func sorted(axis: Int = -1, descending: Bool = false) throws -> Tensor {
    try ordered(by: .sort, axis, descending)
  }
  /// The places of the elements in ascending order along an axis; equals keep their order.
  public func sortedIndices(axis: Int = -1, descending: Bool = false) throws -> Tensor {
    try ordered(by: .argsort, axis, descending)
  }
  /// The largest (or smallest) elements along an axis in order, and their places.
  ///
  /// Throws `value/range` if there are not as many.
  public func top(_ count: Int, axis: Int = -1, largest: Bool = true) throws
    -> (values: Tensor, places: Tensor)
  {
    let axis = try shape.axis(axis)
    guard count >= 0, count <= shape[axis] else {
      throw TensorError(
        "value/range", "there are no \(count) elements along axis \(axis) of shape \(shape)")
    }
    let whole = Array(repeating: Slice(), count: axis)
    let places = try sortedIndices(axis: axis, descending: largest)
      .sliced(whole + [Slice(to: count)])
    return (try takenAlong(places, axis: axis), places)
  }
  /// For each value the place in this sorted tensor of one axis before which it belongs.
  ///
  /// Among equals that is the first place, or with `after` the one behind them all.
  public func searched(for values: Tensor, after: Bool = false) throws -> Tensor {
    let type = elementType.promoted(with: values.elementType)
    return try Operation.searchSorted.applied(
      [cast(to: type), values.cast(to: type)], Attributes(sizes: [after ? 1 : 0]))
  }

  private func ordered(by operation: Operation, _ axis: Int, _ descending: Bool) throws -> Tensor {
    try operation.applied(
      [self], Attributes(axes: [shape.axis(axis)], sizes: [descending ? 1 : 0]))
  }
}

extension Tensor {
  /// The different elements in ascending order, how often each occurs, and for each element of the
  /// flat tensor which of them it is; NaN counts as one.
  ///
  /// Throws `trace/read` if the elements are not known yet.
  public func distinctElements() throws -> (values: Tensor, counts: Tensor, inverse: Tensor) {
    let flat = try reshaped(to: [shape.count])
    let order = try flat.sortedIndices()
    let sorted = try flat.gathered(order)
    let (later, earlier) = (
      try sorted.sliced([Slice(from: 1)]), try sorted.sliced([Slice(to: -1)])
    )
    let differs = try later.notEqual(to: earlier)
      .and(later.equal(to: later).or(earlier.equal(to: earlier)))
    let isFirst = try Tensor.concatenated(
      [Tensor([shape.count > 0], shape: [1]).sliced([Slice(to: shape.count)]), differs])
    let firsts = try isFirst.placesOfNonzero()[0]
    let ends = try Tensor.concatenated([firsts, Tensor([shape.count], shape: [1])])
    let ranks = try isFirst.cumulativeSum(axis: 0).subtracting(1)
    let inverse = try ranks.scattering(ranks, at: order)
    return (try sorted.gathered(firsts), try ends.differences(), inverse)
  }
}

/// How ``Tensor/quantiles(_:axes:keepingDimensions:by:)`` fills the gap between two elements.
public enum Interpolation: String, Sendable, CaseIterable {
  case linear, lower, higher, nearest, midpoint

  /// The share of the upper element at a place between the two.
  func share(at place: Double) -> Double {
    let share = place - place.rounded(.down)
    switch self {
    case .linear: return share
    case .lower: return 0
    case .higher: return share > 0 ? 1 : 0
    case .nearest: return place.rounded(.toNearestOrEven) - place.rounded(.down)
    case .midpoint: return share > 0 ? 0.5 : 0
    }
  }
}

extension Tensor {
  /// The elements below which given shares of all lie; the shares are the first axis.
  ///
  /// An axis of n elements is cut into n − 1 gaps (Hyndman and Fan's type 7). NaN if an element is.
  /// Throws `value/range` for a share outside 0 … 1, `shape/empty` over nothing.
  public func quantiles(
    _ shares: [Double], axes: [Int]? = nil, keepingDimensions keep: Bool = false,
    by interpolation: Interpolation = .linear
  ) throws -> Tensor {
    for share in shares where !(0...1).contains(share) {
      throw TensorError("value/range", "a quantile lies between 0 and 1, and \(share) does not")
    }
    let reduced = try shape.axes(axes)
    let sizes = shape.sizes.indices.map { reduced.contains($0) ? 1 : shape[$0] }
    let sorted = try cast(to: elementType.asFloat).withAxesLast(reduced).sorted()
    let count = sorted.shape[sorted.shape.rank - 1]
    guard count > 0 else {
      throw TensorError("shape/empty", "there is no quantile over no elements of shape \(shape)")
    }
    let last = try sorted.element(at: -1, axis: -1)
    let parts = try shares.map { share in
      let place = share * Double(count - 1)
      let lower = try sorted.element(at: Int(place), axis: -1)
      let upper = try sorted.element(at: Swift.min(Int(place) + 1, count - 1), axis: -1)
      // NaN stands last where there is one.
      return try Tensor.select(
        last.equal(to: last), lower.mixed(with: upper, share: interpolation.share(at: place)), last
      ).reshaped(to: keep ? sizes : sorted.shape.sizes.dropLast())
    }
    guard !parts.isEmpty else {
      return try Tensor(
        repeating: 0, shape: [0] + (keep ? sizes : sorted.shape.sizes.dropLast()),
        type: sorted.elementType)
    }
    return try Tensor.stacked(parts)
  }

  /// The elements with the named axes merged into a last one.
  func withAxesLast(_ axes: [Int]) throws -> Tensor {
    let kept = shape.sizes.indices.filter { !axes.contains($0) }
    let count = axes.reduce(1) { $0 * shape[$1] }
    return try transposed(axes: kept + axes).reshaped(to: kept.map { shape[$0] } + [count])
  }

  /// The number at a share of the way to another one, from the nearer end.
  private func mixed(with upper: Tensor, share: Double) throws -> Tensor {
    if share == 0 { return self }
    if share == 1 { return upper }
    let distance = try upper.subtracting(self)
    return share < 0.5
      ? try adding(distance.multiplying(share))
      : try upper.subtracting(distance.multiplying(1 - share))
  }
}
