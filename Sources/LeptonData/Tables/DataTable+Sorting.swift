extension DataTable {
  /// The rows in the order of columns, of which earlier ones matter more; what is missing stands
  /// last, and equal rows keep their order.
  ///
  /// - Parameter keys: The positions of the columns, and whether each descends.
  public func sortedPlaces(by keys: [(column: Int, descending: Bool)]) -> [Int] {
    var places = Array(0..<rowCount)
    // From the last key to the first: every sort keeps what the one before it did.
    for key in keys.reversed() {
      places = columns[key.column].values.sorted(places, descending: key.descending)
    }
    return places
  }
}

extension ColumnValues {
  fileprivate func sorted(_ places: [Int], descending: Bool) -> [Int] {
    switch self {
    case .integers(let cells): cells.sorted(places, descending: descending)
    case .numbers(let cells): cells.sorted(places, descending: descending)
    case .truths(let cells): cells.sorted(places, descending: descending)
    case .texts(let cells): cells.sorted(places, descending: descending)
    }
  }
}

extension Cells {
  fileprivate func sorted(_ places: [Int], descending: Bool) -> [Int] {
    let present = places.filter { !isLast($0) }.map { (place: $0, element: elements[$0]) }
    // `sort` of the standard library is stable.
    let sorted =
      descending
      ? present.sorted { $1.element.precedes($0.element) }
      : present.sorted { $0.element.precedes($1.element) }
    return sorted.map(\.place) + places.filter(isLast)
  }

  /// Whether a place stands behind all that have an order: it is missing, or no number.
  private func isLast(_ place: Int) -> Bool {
    isMissing(place) || elements[place] != elements[place]
  }
}
