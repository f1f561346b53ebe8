import LeptonFiles

/// Each column predicted from the others by Bayesian ridge regression, in turn, until nothing changes
/// (van Buuren and Groothuis-Oudshoorn 2011), as scikit-learn's `IterativeImputer`.
public struct IterativeImputing: JointImputing, Equatable {
  private let rounds: Int
  let hasIndicator: Bool

  /// Makes it for a number of rounds at the most.
  public init(rounds: Int, hasIndicator: Bool = false) {
    self.rounds = rounds
    self.hasIndicator = hasIndicator
  }

  func filled(_ rows: [[Double]], by training: [[Double]]) -> [[Double]] {
    let means = training.columnMeans
    var known = Self.filled(training, means)
    var result = Self.filled(rows, means)
    guard means.count > 1 else { return result }
    let missing = means.indices.map { column in training.count { $0[column].isNaN } }
    let gaps = means.indices.map { column in rows.contains { $0[column].isNaN } }
    // The fewer gaps the earlier; a column without any is predicted only where that is asked for.
    let order = means.indices.sorted { (missing[$0], $0) < (missing[$1], $1) }
      .filter { missing[$0] > 0 || gaps[$0] }
    let limit = 1e-3 * (training.joined().filter { !$0.isNaN }.map(abs).max() ?? 0)
    for _ in 0..<rounds {
      let earlier = known
      for column in order {
        let ridge = Self.regression(of: column, on: known) { !training[$0][column].isNaN }
        Self.predict(column, by: ridge, in: &known) { training[$0][column].isNaN }
        Self.predict(column, by: ridge, in: &result) { rows[$0][column].isNaN }
      }
      let changes = zip(known, earlier).map { zip($0, $1).reduce(0) { $0 + abs($1.0 - $1.1) } }
      if (changes.max() ?? 0) < limit { break }
    }
    return result
  }

  private static func filled(_ rows: [[Double]], _ means: [Double]) -> [[Double]] {
    rows.map { row in zip(row, means).map { $0.isNaN ? $1 : $0 } }
  }

  private static func regression(
    of column: Int, on rows: [[Double]], where isUsed: (Int) -> Bool
  ) -> BayesianRidge {
    let used = rows.indices.filter(isUsed)
    return BayesianRidge(
      inputs: used.map { others(rows[$0], column) }, targets: used.map { rows[$0][column] })
  }

  private static func predict(
    _ column: Int, by ridge: BayesianRidge, in rows: inout [[Double]], where isGap: (Int) -> Bool
  ) {
    for row in rows.indices where isGap(row) {
      rows[row][column] = ridge.prediction(others(rows[row], column))
    }
  }

  private static func others(_ row: [Double], _ column: Int) -> [Double] {
    row.indices.filter { $0 != column }.map { row[$0] }
  }
}
