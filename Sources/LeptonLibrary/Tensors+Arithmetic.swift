import LeptonRuntime
import LeptonTensor

extension Library {
  /// Arithmetic of tensors that has no operator.
  static var tensorArithmetic: Family {
    Family("Arithmetic of tensors", [matmul, dot, outer, clip, cumsum, histogram])
  }

  private static var matmul: Builtin {
    Builtin(
      "matmul(a, b)", "The matrix product, as `a @ b`.",
      details: """
        `[..., n, k]` times `[..., k, m]` gives `[..., n, m]`; the axes before the last two broadcast. A \
        tensor with one axis counts as a row on the left and as a column on the right.
        """,
      examples: ["matmul([[1, 2], [3, 4]], [1, 1])": "tensor([3, 7])"]
    ) { (a: Tensor, b: Tensor) in try a.matmul(b) }
  }

  private static var dot: Builtin {
    Builtin(
      "dot(a, b)", "The sum of the products of two rows of numbers.",
      details: "Of tensors with more axes it is the matrix product.",
      examples: [
        "dot([1, 2, 3], [4, 5, 6])": "32",
        "dot(tensor([1.0, 2.0]), tensor([3.0, 4.0]))": "tensor(11.0)",
      ]
    ) { (a: Reducible, b: Reducible) -> Value in
      let product = try a.tensor().matmul(b.tensor())
      if case (.numbers, .numbers) = (a, b) { return try product.scalars().first ?? .nothing }
      return .tensor(product)
    }
  }

  private static var outer: Builtin {
    Builtin(
      "outer(a, b)", "The products of each number of one row with each of another.",
      examples: ["outer([1, 2], [3, 4])": "tensor([[3, 4], [6, 8]])"]
    ) { (a: Tensor, b: Tensor) -> Tensor in
      try a.reshaped(to: [-1, 1]).multiplying(b.reshaped(to: [1, -1]))
    }
  }

  private static var clip: Builtin {
    Builtin(
      "clip(x, low, high)", "The numbers, none below `low` and none above `high`.",
      details: "`nothing` leaves a side open.",
      examples: [
        "clip(12, 0, 10)": "10", "clip([-1.0, 0.5, 2.0], 0, 1)": "tensor([0.0, 0.5, 1.0])",
      ]
    ) { (x: Numeric, low: Numeric?, high: Numeric?) -> Value in
      if x.number != nil, low?.number != nil || low == nil, high?.number != nil || high == nil {
        return x.clipped(from: low, to: high).value
      }
      var result = try Tensor.bridging(x.value)
      if let low { result = try result.maximum(low.operand) }
      if let high { result = try result.minimum(high.operand) }
      return .tensor(result)
    }
  }

  private static var cumsum: Builtin {
    Builtin(
      "cumsum(x, axis = nothing)", "Running sums along an axis, or through all elements.",
      examples: [
        "cumsum([1, 2, 3])": "tensor([1, 3, 6])",
        "cumsum([[1, 2], [3, 4]], axis=0)": "tensor([[1, 2], [4, 6]])",
      ]
    ) { (x: Tensor, axis: Int?) -> Tensor in
      guard let axis else { return try x.reshaped(to: [-1]).cumulativeSum(axis: 0) }
      return try x.cumulativeSum(axis: axis)
    }
  }

  private static var histogram: Builtin {
    Builtin(
      "histogram(x, bins = 10, low = nothing, high = nothing)",
      "How many numbers lie in each of several bins of equal width.",
      details: """
        A record: `counts`, `[bins]`, and `edges`, `[bins + 1]`. The bins go from the smallest number to \
        the largest unless `low` and `high` are given; a bin holds its left edge, the last one both.
        """,
      examples: ["histogram([1, 2, 2, 5], bins=2).counts": "tensor([3, 1])"]
    ) { (x: Tensor, bins: Int, low: Double?, high: Double?) -> Record in
      let numbers = try x.elements(as: Double.self).filter { !$0.isNaN }
      let histogram = try Histogram(
        numbers, bins: bins, from: low ?? numbers.min() ?? 0, to: high ?? numbers.max() ?? 1)
      return Record([
        "counts": .tensor(try Tensor(histogram.counts, shape: [bins])),
        "edges": .tensor(try Tensor(histogram.edges, shape: [bins + 1], type: .float32)),
      ])
    }
  }
}

extension Numeric {
  /// The number, or the nearest limit.
  fileprivate func clipped(from low: Numeric?, to high: Numeric?) -> Numeric {
    var result = self
    if let low, let number = result.number, let limit = low.number, number < limit { result = low }
    if let high, let number = result.number, let limit = high.number, number > limit {
      result = high
    }
    return result
  }
}

/// How many numbers lie in each bin.
private struct Histogram {
  var counts: [Int]
  let edges: [Double]

  init(_ numbers: [Double], bins: Int, from low: Double, to high: Double) throws {
    guard bins > 0, bins <= 1 << 20, low.isFinite, high.isFinite, low <= high else {
      throw LanguageError(
        "value/range", "a histogram needs at least one bin, and a low end below its high end")
    }
    let (low, high) = low < high ? (low, high) : (low - 0.5, high + 0.5)
    let width = (high - low) / Double(bins)
    counts = Array(repeating: 0, count: bins)
    edges = (0...bins).map { $0 == bins ? high : low + Double($0) * width }
    for number in numbers where number >= low && number <= high {
      var bin = min(Int((number - low) / width), bins - 1)
      if number < edges[bin] {
        bin -= 1
      } else if bin < bins - 1, number >= edges[bin + 1] {
        bin += 1
      }
      counts[max(bin, 0)] += 1
    }
  }
}
