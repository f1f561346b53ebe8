import LeptonRuntime
import LeptonTensor

extension Library {
  /// How numbers are distributed.
  static var statistics: Family {
    Family("Statistics", [quantile, percentile, histogram, bincount])
  }

  private static let aboutMethod = """
    Between two elements it goes in proportion; `method` may also be `\"lower\"`, `\"higher\"`, \
    `\"nearest\"` or `\"midpoint\"`. Several shares give one result for each, along a new first axis.
    """

  private static var quantile: Builtin {
    shares(
      "quantile(x, share, axis = nothing, keepdims = false, method = \"linear\")",
      "The number below which a share of numbers lies: 0.5 is the median.",
      examples: [
        "quantile([1, 2, 3, 4], 0.5)": "2.5",
        "quantile([1, 2, 3, 4], [0, 1])": "tensor([1.0, 4.0])",
        "quantile([[1.0, 3.0], [5.0, 9.0]], 0.5, axis=1)": "tensor([2.0, 7.0])",
      ], of: 1)
  }

  private static var percentile: Builtin {
    shares(
      "percentile(x, percent, axis = nothing, keepdims = false, method = \"linear\")",
      "The number below which so many percent of numbers lie: 50 is the median.",
      examples: ["percentile([1, 2, 3, 4, 5], 25)": "2.0"], of: 100)
  }

  private static func shares(
    _ heading: String, _ summary: String, examples: KeyValuePairs<String, String>, of whole: Double
  ) -> Builtin {
    Builtin(heading, summary, details: aboutMethod, examples: examples) {
      (x: Reducible, share: Shares, axis: Axes?, keep: Bool, method: String) -> Value in
      let methods = Interpolation.allCases
      let interpolation = methods[try choice(method, of: methods.map(\.rawValue), "method")]
      var tensor = try x.tensor()
      let isNumber =
        if case .numbers = x { axis == nil && !keep && share.shape.isEmpty } else { false }
      if isNumber { tensor = try tensor.cast(to: .float64) }
      let found = try tensor.quantiles(
        share.list.map { $0 / whole }, axes: axis?.list, keepingDimensions: keep, by: interpolation)
      if isNumber { return .float(try found.item()) }
      return .tensor(try found.reshaped(to: share.shape + found.shape.sizes.dropFirst()))
    }
  }

  private static var histogram: Builtin {
    Builtin(
      "histogram(x, bins = 10, low = nothing, high = nothing, density = false)",
      "How many numbers lie in each of several bins.",
      details: """
        It shows as a chart and has the fields `counts`, `[bins]`, and `edges`, `[bins + 1]`. The bins go from the smallest number to \
        the largest unless `low` and `high` are given; or `bins` is a list of the edges. A bin holds its \
        left edge, the last one both. With `density=true` the counts are divided by their sum and the \
        widths of the bins.
        """,
      examples: [
        "histogram([1, 2, 2, 5], bins=2).counts": "tensor([3, 1])",
        "histogram([1, 2, 2, 5], bins=[0, 2, 10]).counts": "tensor([1, 3])",
      ]
    ) { (x: Tensor, bins: Shares, low: Double?, high: Double?, density: Bool) in
      let numbers = try x.elements(as: Double.self)
      let edges =
        try bins.shape.isEmpty
        ? Histogram.edges(of: numbers, bins.count(), low, high) : Histogram.checked(bins.list)
      let histogram = Histogram(numbers, edges: edges)
      let type = x.elementType.asFloat
      let counts =
        density
        ? try Tensor(histogram.densities, shape: [edges.count - 1], type: type)
        : try Tensor(histogram.counts, shape: [edges.count - 1])
      return try HistogramObject(counts: counts, edges: edges, type: type, isDensity: density)
    }
  }

  private static var bincount: Builtin {
    Builtin(
      "bincount(x, weights = nothing, length = 0)", "How often each whole number from 0 occurs.",
      details: """
        The result goes up to the largest number, and has at least `length` elements. With `weights` it \
        adds up the weights of the places where the number stands.
        """,
      examples: [
        "bincount([0, 2, 2])": "tensor([1, 0, 2])",
        "bincount([0, 2, 2], weights=[0.5, 1.0, 1.5])": "tensor([0.5, 0.0, 2.5])",
      ]
    ) { (x: Places, weights: Tensor?, length: Int) -> Tensor in
      let numbers = x.tensor
      guard numbers.shape.rank == 1, length >= 0 else {
        throw LanguageError(
          "shape/axis", "bincount counts in one row of numbers, and its shape is \(numbers.shape)")
      }
      guard try numbers.elements(as: Int.self).allSatisfy({ $0 >= 0 }) else {
        throw LanguageError("value/range", "bincount counts whole numbers from 0, none below")
      }
      guard weights?.shape ?? numbers.shape == numbers.shape else {
        throw LanguageError(
          "shape/count",
          "each number needs one weight: shapes \(numbers.shape) and \(weights?.shape ?? numbers.shape)"
        )
      }
      let count = try numbers.shape.count > 0 ? Shape([numbers.max().integerItem()]).count + 1 : 0
      let size = try Shape([Swift.max(count, length)]).count
      let values =
        try weights.map { try $0.cast(to: $0.elementType.asFloat) }
        ?? Tensor(repeating: 1, shape: numbers.shape.sizes)
      return try Tensor(repeating: 0, shape: [size], type: values.elementType)
        .scatterAdding(values, at: numbers)
    }
  }
}

/// One number, or a list of them.
private struct Shares: Bridged {
  let list: [Double]
  let shape: [Int]

  static var typeDescription: String { "a number or a list of numbers" }

  static func bridging(_ value: Value) throws -> Shares {
    if let number = try? Double.bridging(value) { return Shares(list: [number], shape: []) }
    guard let tensor = try? Tensor.bridging(value, as: .float64), tensor.shape.rank == 1 else {
      throw mismatch(value)
    }
    return Shares(list: try tensor.elements(), shape: tensor.shape.sizes)
  }

  var value: Value { shape.isEmpty ? .float(list[0]) : list.value }

  /// The only number as a count.
  func count() throws -> Int { try Int.bridging(value) }
}

/// How many numbers lie in each bin.
private struct Histogram {
  let edges: [Double]
  private(set) var counts: [Int]

  /// Counts numbers; NaN lies in no bin.
  init(_ numbers: [Double], edges: [Double]) {
    self.edges = edges
    counts = Array(repeating: 0, count: edges.count - 1)
    for number in numbers where number >= edges[0] && number <= edges[edges.count - 1] {
      counts[Swift.min(place(of: number), counts.count - 1)] += 1
    }
  }

  /// The bin whose left edge is the last that is not larger.
  private func place(of number: Double) -> Int {
    var (low, high) = (0, edges.count)
    while high - low > 1 {
      let middle = (low + high) / 2
      if edges[middle] <= number { low = middle } else { high = middle }
    }
    return low
  }

  /// The shares of the counts for each unit of width.
  var densities: [Double] {
    let total = Double(counts.reduce(0, +))
    return counts.indices.map { Double(counts[$0]) / (edges[$0 + 1] - edges[$0]) / total }
  }

  /// Edges at equal distances from the smallest number to the largest, or between given ends.
  static func edges(
    of numbers: [Double], _ bins: Int, _ low: Double?, _ high: Double?
  ) throws -> [Double] {
    let first = low ?? (numbers.contains(where: \.isNaN) ? .nan : numbers.min() ?? 0)
    let last = high ?? (numbers.contains(where: \.isNaN) ? .nan : numbers.max() ?? 1)
    guard bins > 0, bins <= 1 << 20, first.isFinite, last.isFinite, first <= last else {
      throw LanguageError(
        "value/range",
        "a histogram needs at least one bin, and finite ends, the low one below the high one",
        help: ["where numbers are nan or infinite, give `low` and `high`"])
    }
    let (start, end) = first < last ? (first, last) : (first - 0.5, last + 0.5)
    let step = (end - start) / Double(bins)
    return (0...bins).map { $0 == bins ? end : start + Double($0) * step }
  }

  /// Edges that were given: at least two, none below the one before.
  static func checked(_ edges: [Double]) throws -> [Double] {
    guard edges.count >= 2, zip(edges, edges.dropFirst()).allSatisfy({ $0 <= $1 }) else {
      throw LanguageError(
        "value/range", "the edges of bins are at least two numbers in ascending order")
    }
    return edges
  }
}
