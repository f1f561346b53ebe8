/// Which rows a join keeps beside those that match.
public enum JoinKind: String, Sendable, CaseIterable {
  /// None.
  case inner
  /// Those of the left table.
  case left
  /// Those of both tables.
  case outer
}

extension DataTable {
  /// The rows of two tables side by side that agree in columns.
  ///
  /// The result has the left columns, then those of the right that are no keys; names that both have
  /// must be keys. A missing key matches nothing.
  ///
  /// - Parameter keys: The positions of the columns to agree, in the left and in the right table,
  ///   which are of the same kind.
  public func joined(
    with right: DataTable, on keys: [(left: Int, right: Int)], kind: JoinKind
  ) -> DataTable {
    let matches = matches(with: right, on: keys, kind: kind)
    let keyOfColumn = Dictionary(keys.map { ($0.left, $0.right) }) { first, _ in first }
    let left = columns.indices.map { position in
      let values = columns[position].values.gathered(matches.left)
      guard kind == .outer, let key = keyOfColumn[position] else {
        return Column(columns[position].name, values)
      }
      // Rows that only the right table has take their keys from there.
      let both = columns[position].values.appending(right.columns[key].values)
      let places = zip(matches.left, matches.right).map { $0 >= 0 ? $0 : rowCount + $1 }
      return Column(columns[position].name, both?.gathered(places) ?? values)
    }
    let rightKeys = Set(keys.map(\.right))
    let others = right.columns.indices.filter { !rightKeys.contains($0) }.map {
      Column(right.columns[$0].name, right.columns[$0].values.gathered(matches.right))
    }
    return DataTable(left + others, rowCount: matches.left.count)
  }

  /// The pairs of rows that match; -1 where one side has none.
  private func matches(
    with right: DataTable, on keys: [(left: Int, right: Int)], kind: JoinKind
  ) -> (left: [Int], right: [Int]) {
    let both = keys.compactMap {
      columns[$0.left].values.appending(right.columns[$0.right].values)
    }
    let grouping = Grouping(by: both, rowCount: rowCount + right.rowCount)
    let gaps = both.map(\.gaps).filter { !$0.isEmpty }
    func isMissing(_ row: Int) -> Bool { gaps.contains { $0[row] } }
    var candidates = [[Int]](repeating: [], count: grouping.count)
    for row in 0..<right.rowCount where !isMissing(rowCount + row) {
      candidates[grouping.groups[rowCount + row]].append(row)
    }
    var matches: (left: [Int], right: [Int]) = ([], [])
    var isMatched = [Bool](repeating: false, count: right.rowCount)
    for row in 0..<rowCount {
      let found = isMissing(row) ? [] : candidates[grouping.groups[row]]
      for match in found {
        matches.left.append(row)
        matches.right.append(match)
        isMatched[match] = true
      }
      if found.isEmpty, kind != .inner {
        matches.left.append(row)
        matches.right.append(-1)
      }
    }
    for row in isMatched.indices where kind == .outer && !isMatched[row] {
      matches.left.append(-1)
      matches.right.append(row)
    }
    return matches
  }
}
