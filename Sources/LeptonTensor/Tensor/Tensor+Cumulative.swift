// What the elements along an axis have come to at each place.

extension Tensor {
  /// The running sum along an axis; whole numbers and truths are added up as `int64`.
  public func cumulativeSum(axis: Int) throws -> Tensor {
    try accumulated(by: .cumulativeSum, cast(to: elementType.asSum), axis)
  }
  /// The running product along an axis; whole numbers and truths are multiplied as `int64`.
  public func cumulativeProduct(axis: Int) throws -> Tensor {
    try accumulated(by: .cumulativeProduct, cast(to: elementType.asSum), axis)
  }
  /// The largest element so far along an axis; NaN from the first one on.
  public func cumulativeMaximum(axis: Int) throws -> Tensor {
    try accumulated(by: .cumulativeMaximum, self, axis)
  }
  /// The smallest element so far along an axis; NaN from the first one on.
  public func cumulativeMinimum(axis: Int) throws -> Tensor {
    try accumulated(by: .cumulativeMinimum, self, axis)
  }
  /// The differences of neighbours along an axis, taken so many times; truths differ or do not.
  ///
  /// Throws `value/range` if `times` is negative.
  public func differences(_ times: Int = 1, axis: Int = -1) throws -> Tensor {
    guard times >= 0 else {
      throw TensorError("value/range", "differences cannot be taken \(times) times")
    }
    let axis = try shape.axis(axis)
    let whole = Array(repeating: Slice(), count: axis)
    var result = self
    for _ in 0..<Swift.min(times, shape[axis]) {
      let (later, earlier) = (
        try result.sliced(whole + [Slice(from: 1)]), try result.sliced(whole + [Slice(to: -1)])
      )
      result =
        try elementType == .bool
        ? later.notEqual(to: earlier) : later.subtracting(earlier)
    }
    return result
  }

  private func accumulated(by operation: Operation, _ x: Tensor, _ axis: Int) throws -> Tensor {
    try operation.applied([x], Attributes(axes: [shape.axis(axis)]))
  }
}
