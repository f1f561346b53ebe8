import LeptonRuntime
import LeptonTensor

// Statistics of lists of numbers, which are computed in float64, and those of tensors that the
// engine does not name.

extension [Numeric] {
  /// The numbers as fractions.
  var doubles: [Double] { map { $0.number ?? .nan } }

  /// The numbers if all of them are whole.
  private var ints: [Int]? {
    let ints = compactMap { number -> Int? in
      if case .int(let int) = number { int } else { nil }
    }
    return ints.count == count ? ints : nil
  }

  /// The sum, whole if all numbers are.
  func sum() throws -> Value {
    guard let ints else { return .float(doubles.reduce(0, +)) }
    return .int(try ints.reduce(0) { try Self.checked($0.addingReportingOverflow($1)) })
  }

  /// The product, whole if all numbers are.
  func product() throws -> Value {
    guard let ints else { return .float(doubles.reduce(1, *)) }
    return .int(try ints.reduce(1) { try Self.checked($0.multipliedReportingOverflow(by: $1)) })
  }

  /// The mean.
  func mean() throws -> Double {
    try requireElements()
    return doubles.reduce(0, +) / Double(count)
  }

  /// The mean squared distance from the mean.
  func variance(correction: Double) throws -> Double {
    let mean = try mean()
    return doubles.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
      / Swift.max(Double(count) - correction, 0)
  }

  /// The middle, or the mean of the two in the middle.
  func median() throws -> Double {
    try requireElements()
    let doubles = doubles
    if doubles.contains(where: \.isNaN) { return .nan }
    let sorted = doubles.sorted()
    return (sorted[(count - 1) / 2] + sorted[count / 2]) / 2
  }

  private func requireElements() throws {
    guard !isEmpty else {
      throw LanguageError("value/empty", "an empty list has neither a mean nor a middle")
    }
  }

  private static func checked(_ result: (partialValue: Int, overflow: Bool)) throws -> Int {
    guard !result.overflow else {
      throw LanguageError(
        "number/overflow", "the result does not fit an int",
        help: ["make one of the numbers a float: 1.0"])
    }
    return result.partialValue
  }
}

extension Tensor {
  /// The mean squared distance from the mean over axes.
  func variance(axes: [Int]?, keepingDimensions keep: Bool, correction: Double) throws -> Tensor {
    let x = try cast(to: elementType.asFloat)
    let distance = try x.subtracting(x.mean(axes: axes, keepingDimensions: true))
    let count = try Double(shape.axes(axes).reduce(1) { $0 * shape[$1] })
    return try distance.multiplying(distance).sum(axes: axes, keepingDimensions: keep)
      .dividing(Swift.max(count - correction, 0))
  }

  /// The middle over axes, or the mean of the two in the middle; NaN if an element is.
  func median(axes: [Int]?, keepingDimensions keep: Bool) throws -> Tensor {
    let reduced = try shape.axes(axes)
    let kept = shape.sizes.indices.filter { !reduced.contains($0) }
    let count = reduced.reduce(1) { $0 * shape[$1] }
    let type = elementType.asFloat
    let sizes =
      keep
      ? shape.sizes.indices.map { reduced.contains($0) ? 1 : shape[$0] } : kept.map { shape[$0] }
    guard count > 0 else { return try Tensor(repeating: Double.nan, shape: sizes, type: type) }
    let x = try cast(to: type).transposed(axes: kept + reduced)
      .reshaped(to: kept.map { shape[$0] } + [count])
    let sorted = try x.sorted(axis: -1)
    let middle = try sorted.element(at: (count - 1) / 2, axis: -1)
      .adding(sorted.element(at: count / 2, axis: -1)).dividing(2.0)
    let hasNaN = try x.notEqual(to: x).any(axes: [-1])
    return try Tensor.select(hasNaN, Double.nan, middle).reshaped(to: sizes)
  }
}
