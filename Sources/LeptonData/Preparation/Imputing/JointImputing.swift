import LeptonFiles

/// An imputation that looks at all numbers of a row.
protocol JointImputing: Preparing {
  /// Fills the gaps, `nan`, of rows by what training rows show.
  func filled(_ rows: [[Double]], by training: [[Double]]) throws(FileError) -> [[Double]]
  /// Whether further columns say where values were missing.
  var hasIndicator: Bool { get }
}

extension JointImputing {
  /// Equally many numbers for each column.
  public func accepts(_ learned: [Learned]) -> Bool {
    Set(learned.map(\.numbers.count)).count < 2
  }

  /// Columns of numbers.
  public func suits(_ values: ColumnValues) -> Bool { values.doubles != nil }

  /// The rows to learn from, column by column, and whether something is missing in each.
  public func learned(
    from columns: [DataTable.Column], targets: PreparationTargets?
  ) throws(FileError) -> [Learned] {
    try columns.map { (column) throws(FileError) in
      _ = try column.presentNumbers()
      return Learned(numbers: try column.numbers())
    }
  }

  /// The columns without gaps.
  public func applied(
    to columns: [DataTable.Column], _ learned: [Learned]
  ) throws(FileError) -> [[DataTable.Column]] {
    let filled = try filled(Self.rows(of: columns), by: Self.rows(of: learned.map(\.numbers)))
    return columns.indices.map { place in
      let isNoted = hasIndicator && learned[place].numbers.contains(where: \.isNaN)
      return [columns[place].with(numbers: filled.map { $0[place] })]
        + (isNoted ? [columns[place].missingIndicator] : [])
    }
  }

  private static func rows(of columns: [DataTable.Column]) throws(FileError) -> [[Double]] {
    rows(of: try columns.map { (column) throws(FileError) in try column.numbers() })
  }

  private static func rows(of columns: [[Double]]) -> [[Double]] {
    (0..<(columns.first?.count ?? 0)).map { row in columns.map { $0[row] } }
  }
}

extension [[Double]] {
  /// The mean of what is there, column by column.
  var columnMeans: [Double] {
    (0..<(first?.count ?? 0)).map { column in
      map { $0[column] }.filter { !$0.isNaN }.mean
    }
  }
}

/// The mean of the nearest rows in the place of what is missing (Troyanskaya and others 2001).
///
/// Rows are as far from each other as the numbers that both have, scaled up for the others, as in
/// scikit-learn's `KNNImputer`.
public struct NearestImputing: JointImputing, Equatable {
  private let neighbours: Int
  let hasIndicator: Bool

  /// Makes it for a number of neighbours.
  public init(neighbours: Int, hasIndicator: Bool = false) {
    self.neighbours = neighbours
    self.hasIndicator = hasIndicator
  }

  func filled(_ rows: [[Double]], by training: [[Double]]) -> [[Double]] {
    let means = training.columnMeans
    return rows.map { row in
      guard row.contains(where: \.isNaN) else { return row }
      let distances = training.map { Self.distance(row, $0) }
      return row.indices.map { column in
        guard row[column].isNaN else { return row[column] }
        let donors = training.indices
          .filter { !training[$0][column].isNaN && !distances[$0].isNaN }
          .sorted { (distances[$0], $0) < (distances[$1], $1) }.prefix(neighbours)
        return donors.isEmpty ? means[column] : donors.map { training[$0][column] }.mean
      }
    }
  }

  private static func distance(_ one: [Double], _ other: [Double]) -> Double {
    var (sum, count) = (0.0, 0)
    for (a, b) in zip(one, other) where !a.isNaN && !b.isNaN {
      sum += (a - b) * (a - b)
      count += 1
    }
    return count == 0 ? .nan : sum * Double(one.count) / Double(count)
  }
}
