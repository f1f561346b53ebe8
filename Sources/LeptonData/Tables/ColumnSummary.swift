/// What the values of a column come to.
public struct ColumnSummary: Sendable {
  /// How many values there are, those that are no number or missing left out.
  public var count = 0
  /// How many are missing or no number.
  public var missing = 0
  /// How many different values there are.
  public var distinct = 0
  /// The value that comes most often, as text; the first of several.
  public var mostFrequent: String?
  /// What its numbers come to, if there are any.
  public var numbers: Numbers?

  /// What numbers come to.
  public struct Numbers: Sendable {
    /// The mean.
    public var mean: Double
    /// The standard deviation, dividing by n.
    public var deviation: Double
    /// Minimum, first quartile, median, third quartile and maximum.
    public var quantiles: [Double]
  }

  /// Looks through a column.
  public init(_ values: ColumnValues) {
    if let doubles = values.doubles {
      let present = doubles.filter { !$0.isNaN }.sorted()
      count = present.count
      distinct = present.indices.count { $0 == 0 || present[$0] != present[$0 - 1] }
      numbers = Numbers(sorted: present)
    } else {
      count = values.count - values.missingCount
      let gaps = values.gaps
      let grouping = Grouping(by: [values], rowCount: values.count)
      let present = grouping.rows.filter { gaps.isEmpty || !gaps[$0[0]] }
      distinct = present.count
      let most = present.enumerated().max {
        ($0.element.count, $1.offset) < ($1.element.count, $0.offset)
      }
      mostFrequent = most.map { values.gathered([$0.element[0]]).texts[0] }
    }
    missing = values.count - count
  }
}

extension ColumnSummary.Numbers {
  /// Computes them of numbers in ascending order.
  fileprivate init?(sorted: [Double]) {
    guard !sorted.isEmpty else { return nil }
    let count = Double(sorted.count)
    let mean = sorted.reduce(0, +) / count
    let squares = sorted.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    // Linear between the two neighbours, as NumPy's quantile is by default.
    func quantile(_ share: Double) -> Double {
      let place = share * (count - 1)
      let low = Int(place)
      let high = min(low + 1, sorted.count - 1)
      return sorted[low] + (sorted[high] - sorted[low]) * (place - Double(low))
    }
    self.init(
      mean: mean, deviation: (squares / count).squareRoot(),
      quantiles: [0, 0.25, 0.5, 0.75, 1].map(quantile))
  }
}
