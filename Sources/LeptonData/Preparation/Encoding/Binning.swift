import LeptonFiles

/// Numbers put into bins, as scikit-learn's `KBinsDiscretizer`.
public struct Binning: Preparing, Equatable {
  /// How the edges of the bins are found.
  public enum Way: String, Sendable, CaseIterable {
    /// Bins of equally many numbers.
    case quantile
    /// Bins of equal width.
    case width
    /// Bins around the centres of clusters.
    case kmeans
  }

  private let count: Int
  private let way: Way
  private let isOneHot: Bool

  /// Makes it; the result is their number, or a column for each.
  public init(count: Int, way: Way, isOneHot: Bool) {
    self.count = count
    self.way = way
    self.isOneHot = isOneHot
  }

  /// Columns of numbers.
  public func suits(_ values: ColumnValues) -> Bool { values.doubles != nil }

  /// The edges.
  public func learned(
    from columns: [DataTable.Column], targets: PreparationTargets?
  ) throws(FileError) -> [Learned] {
    try columns.map { (column) throws(FileError) in
      try column.learned(edges(of: try column.presentNumbers()))
    }
  }

  private func edges(of numbers: [Double]) -> [Double] {
    guard let low = numbers.min(), let high = numbers.max(), low < high else {
      return [-.greatestFiniteMagnitude, .greatestFiniteMagnitude]
    }
    // As NumPy's `linspace`, to the last bit.
    let width = (high - low) / Double(count)
    let even = (0..<count).map { low + Double($0) * width } + [high]
    switch way {
    case .width: return even
    case .quantile:
      let sorted = numbers.sorted()
      return (0...count).map { sorted.quantile(Double($0) / Double(count)) }.withoutNarrowBins
    case .kmeans:
      let centres = Clusters(of: numbers, from: even.middles).centres
      return ([low] + centres.middles + [high]).withoutNarrowBins
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
      try column.checkRoom(for: inner.count + 1)
      results.append(
        (0...inner.count).map { own in
          .init("\(column.name) \(own)", .integers(Cells(bins.map { $0 == own ? 1 : 0 })))
        })
    }
    return results
  }
}

extension [Double] {
  /// What lies in the middle between each number and the next.
  fileprivate var middles: [Double] { zip(self, dropFirst()).map { 0.5 * ($0 + $1) } }

  /// The edges without those of bins that are as good as empty.
  fileprivate var withoutNarrowBins: [Double] {
    reduce(into: []) { edges, edge in
      if edges.last.map({ edge - $0 > 1e-8 }) ?? true { edges.append(edge) }
    }
  }
}
