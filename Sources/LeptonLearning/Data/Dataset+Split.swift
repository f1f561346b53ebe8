import LeptonTensor

extension Dataset {
  /// Draws a part by chance and leaves the rest: `(rest, part)`, each in the order of the whole.
  ///
  /// Where targets are classes, each class gives its share of the part (stratified), and what
  /// rounding leaves over goes to the classes that lost most by it.
  ///
  /// - Throws: `TensorError` with code `value/range` if the fraction is not between 0 and 1.
  public func split(_ fraction: Double, key: RandomKey) throws -> (rest: [Int], part: [Int]) {
    try Dataset.check(fraction: fraction)
    let groups = try strata()
    let sizes = Dataset.shares(of: groups.map(\.count), fraction: fraction)
    var isDrawn = [Bool](repeating: false, count: count)
    for (index, group) in groups.enumerated() {
      let order = try key.folded(UInt64(index)).permutation(group.count).elements(as: Int.self)
      for place in order.prefix(sizes[index]) { isDrawn[group[place]] = true }
    }
    return (isDrawn.indices.filter { !isDrawn[$0] }, isDrawn.indices.filter { isDrawn[$0] })
  }

  /// Cuts the data into a part drawn by chance and the rest, each with the Lepton that makes it.
  ///
  /// Where examples come in parts, each of these gives its share whatever the classes of its examples, which nobody
  /// knows beforehand; and both results come in parts again.
  ///
  /// - Throws: `TensorError` with code `value/range` if the fraction is not between 0 and 1, `data/empty` if
  ///   it leaves examples that come in parts on one side only.
  public func parted(
    _ fraction: Double, key: RandomKey, sources: (rest: String, part: String)
  ) throws -> (rest: Dataset, part: Dataset) {
    guard let stream else {
      let drawn = try split(fraction, key: key)
      return (
        try subset(drawn.rest, source: sources.rest), try subset(drawn.part, source: sources.part)
      )
    }
    try Dataset.check(fraction: fraction)
    let parted = try stream.parted(fraction, key: key)
    return (
      Dataset(self, source: sources.rest, stream: parted.rest),
      Dataset(self, source: sources.part, stream: parted.part)
    )
  }

  private static func check(fraction: Double) throws {
    guard fraction > 0, fraction < 1 else {
      throw TensorError(
        "value/range", "a part must be a fraction between 0 and 1, not \(shortest(fraction))",
        help: fraction > 1 && fraction < 100
          ? ["\(shortest(fraction)) percent is written \(shortest(fraction / 100))"] : [])
    }
  }

  /// The positions of each class; of all examples where there are no classes.
  func strata() throws -> [[Int]] {
    guard isClassified, targetShape.isEmpty else { return [Array(0..<count)] }
    var groups: [Int: [Int]] = [:]
    for (position, label) in try targets().elements(as: Int.self).enumerated() {
      groups[label, default: []].append(position)
    }
    return groups.sorted { $0.key < $1.key }.map(\.value)
  }

  /// Whole shares that add up to the rounded total, by the largest remainder.
  private static func shares(of counts: [Int], fraction: Double) -> [Int] {
    let exact = counts.map { Double($0) * fraction }
    var shares = exact.map { Int($0) }
    let total = Int((Double(counts.reduce(0, +)) * fraction).rounded())
    let byRemainder = counts.indices.sorted {
      (exact[$0] - Double(shares[$0]), $1) > (exact[$1] - Double(shares[$1]), $0)
    }
    for index in byRemainder.prefix(max(0, total - shares.reduce(0, +))) { shares[index] += 1 }
    return shares
  }
}
