/// The rows of a table in groups: those that agree in some columns.
///
/// The groups stand in the order in which they first come up.
public struct Grouping: Sendable {
  /// For each row the number of its group.
  public let groups: [Int]
  /// For each group its first row.
  public let firstRows: [Int]

  /// How many groups there are.
  public var count: Int { firstRows.count }

  /// Groups the rows of columns, which are equally long; without columns all rows are one group.
  public init(by columns: [ColumnValues], rowCount: Int) {
    var groups = [Int](repeating: 0, count: rowCount)
    var count = 1
    for column in columns {
      let (codes, codeCount) = column.codes
      var known: [Int: Int] = [:]
      // Fewer than two billion rows: the product of two counts of groups fits.
      for row in groups.indices {
        groups[row] = known.number(of: groups[row] * codeCount + codes[row])
      }
      count = known.count
    }
    var firstRows = [Int](repeating: -1, count: columns.isEmpty ? 1 : count)
    for row in groups.indices.reversed() { firstRows[groups[row]] = row }
    self.groups = groups
    self.firstRows = firstRows
  }

  /// The rows of each group, in order.
  public var rows: [[Int]] {
    var rows = [[Int]](repeating: [], count: count)
    for (row, group) in groups.enumerated() { rows[group].append(row) }
    return rows
  }
}

extension ColumnValues {
  /// For each value a number that equal values share, and how many numbers there are.
  fileprivate var codes: (codes: [Int], count: Int) {
    switch self {
    case .integers(let cells): cells.codes
    case .numbers(let cells): cells.codes
    case .truths(let cells): cells.codes
    case .texts(let cells): cells.codes
    }
  }
}

extension Cells {
  /// The number 0 stands for what is missing, 1 for what is no number.
  fileprivate var codes: (codes: [Int], count: Int) {
    var known: [Element.Key: Int] = [:]
    let codes = elements.indices.map { place in
      let element = elements[place]
      if isMissing(place) { return 0 }
      return element == element ? known.number(of: element.key) + 2 : 1
    }
    return (codes, known.count + 2)
  }
}

extension Dictionary where Value == Int {
  /// The number of a key; a new key gets the next one.
  fileprivate mutating func number(of key: Key) -> Int {
    if let number = self[key] { return number }
    self[key] = count
    return count - 1
  }
}
