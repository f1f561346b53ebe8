import LeptonFiles

/// Numbers put into bins, as scikit-learn's `KBinsDiscretizer`.
public struct Binning: Preparing, Equatable {
  private let count: Int
  private let isUniform: Bool
  private let isOneHot: Bool

  /// Makes it: bins of equal width, or of equally many numbers; as their number, or a column for each.
  public init(count: Int, isUniform: Bool, isOneHot: Bool) {
    self.count = count
    self.isUniform = isUniform
    self.isOneHot = isOneHot
  }

  /// Columns of numbers.
  public func suits(_ values: ColumnValues) -> Bool { values.doubles != nil }

  /// The edges.
  public func learned(
    from columns: [DataTable.Column], targets: PreparationTargets?
  ) throws(FileError) -> [Learned] {
    try columns.map { (column) throws(FileError) in
      Learned(numbers: edges(of: try column.presentNumbers().sorted()))
    }
  }

  private func edges(of sorted: [Double]) -> [Double] {
    guard let low = sorted.first, let high = sorted.last, low < high else {
      return [-.greatestFiniteMagnitude, .greatestFiniteMagnitude]
    }
    let shares = (0...count).map { Double($0) / Double(count) }
    if isUniform { return shares.map { low + (high - low) * $0 } }
    // Bins that are as good as empty go.
    return shares.map(sorted.quantile).reduce(into: [Double]()) { edges, edge in
      if edges.last.map({ edge - $0 > 1e-8 }) ?? true { edges.append(edge) }
    }
  }

  /// The number of the bin, or a column for each bin.
  public func applied(
    to columns: [DataTable.Column], _ learned: [Learned]
  ) throws(FileError) -> [[DataTable.Column]] {
    var results: [[DataTable.Column]] = []
    for (column, learned) in zip(columns, learned) {
      let inner = Array(learned.numbers.dropFirst().dropLast())
      let bins = try column.numbers().map { $0.isNaN ? nil : inner.countNotAbove($0) }
      guard isOneHot else {
        results.append([.init(column.name, .integers(Cells(bins)))])
        continue
      }
      results.append(
        (0...inner.count).map { own in
          .init("\(column.name) \(own)", .integers(Cells(bins.map { $0 == own ? 1 : 0 })))
        })
    }
    return results
  }
}
