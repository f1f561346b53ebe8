import LeptonTensor

extension Dataset {
  /// Cuts the examples by chance into so many parts, and gives each with the rest, in the order of the whole.
  ///
  /// Where targets are classes, each part has its share of every class (stratified). Sizes differ by 1
  /// at most.
  ///
  /// - Throws: `TensorError` with code `value/range` unless there are at least 2 parts, and an example for each.
  public func folds(_ number: Int, key: RandomKey) throws -> [(rest: [Int], part: [Int])] {
    guard number >= 2, number <= count else {
      throw TensorError(
        "value/range", "\(count) examples cannot be cut into \(number) parts",
        help: ["take at least 2 parts, and no more than there are examples"])
    }
    var fold = [Int](repeating: 0, count: count)
    var next = 0
    for (index, group) in try strata().enumerated() {
      let order = try key.folded(UInt64(index)).permutation(group.count).elements(as: Int.self)
      for place in order {
        fold[group[place]] = next
        next = (next + 1) % number
      }
    }
    return (0..<number).map { own in
      (fold.indices.filter { fold[$0] != own }, fold.indices.filter { fold[$0] == own })
    }
  }
}
