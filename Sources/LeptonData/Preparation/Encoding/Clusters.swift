/// Numbers in clusters, each around its mean (Lloyd 1982), as scikit-learn's `KMeans` finds them.
struct Clusters {
  /// The centres in ascending order.
  private(set) var centres: [Double]
  private let numbers: [Double]

  /// How often centres are moved at the most.
  private static let rounds = 300

  /// Moves centres until no number changes its cluster, or they hardly move any more.
  ///
  /// Where two centres are as near, the order of the numbers can decide: sums are rounded by it.
  init(of numbers: [Double], from first: [Double]) {
    // Numbers near zero are told apart best.
    let mean = numbers[...].pairwiseSum / Double(numbers.count)
    self.numbers = numbers.map { $0 - mean }
    centres = first.map { $0 - mean }
    let squares = self.numbers.map { $0 * $0 }
    let tolerance = 1e-4 * (squares[...].pairwiseSum / Double(numbers.count))
    var earlier: [Int] = []
    for _ in 0..<Self.rounds {
      let own = self.numbers.map(nearest)
      let moved = centres(of: own)
      let distance = zip(moved, centres).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
      centres = moved
      if own == earlier || distance <= tolerance { break }
      earlier = own
    }
    centres = centres.map { $0 + mean }.sorted()
  }

  /// The centre nearest to a number, the first of several.
  private func nearest(_ number: Double) -> Int {
    var best = (place: 0, distance: Double.infinity)
    for (place, centre) in centres.enumerated() {
      // The square of the distance without that of the number, rounded as in scikit-learn.
      let distance = centre * centre - 2 * (number * centre)
      if distance < best.distance { best = (place, distance) }
    }
    return best.place
  }

  /// The means of clusters; empty ones take the numbers that are furthest from their own centres.
  private func centres(of own: [Int]) -> [Double] {
    var sums = [Double](repeating: 0, count: centres.count)
    var counts = [Int](repeating: 0, count: centres.count)
    for (number, cluster) in zip(numbers, own) {
      sums[cluster] += number
      counts[cluster] += 1
    }
    let empty = counts.indices.filter { counts[$0] == 0 }
    for (cluster, place) in zip(empty, empty.isEmpty ? [] : furthest(own)) {
      sums[own[place]] -= numbers[place]
      counts[own[place]] -= 1
      (sums[cluster], counts[cluster]) = (numbers[place], 1)
    }
    // What is empty even now takes what stands for the largest cluster: as in scikit-learn its
    // sum, if its mean comes later.
    let largest = counts.firstIndex(of: counts.max() ?? 0) ?? 0
    for cluster in sums.indices {
      sums[cluster] =
        counts[cluster] > 0 ? sums[cluster] * (1 / Double(counts[cluster])) : sums[largest]
    }
    return sums
  }

  /// The places of numbers, those furthest from their own centres first; none if each is a centre.
  private func furthest(_ own: [Int]) -> [Int] {
    let distances = zip(numbers, own).map { ($0 - centres[$1]) * ($0 - centres[$1]) }
    if distances.allSatisfy({ $0 == 0 }) { return [] }
    return numbers.indices.sorted { (distances[$0], $0) > (distances[$1], $1) }
  }
}

extension ArraySlice<Double> {
  /// The sum, rounded as NumPy's: in eight parts by turns, and by halves where there are many.
  fileprivate var pairwiseSum: Double {
    if count > 128 {
      let half = count / 16 * 8
      return prefix(half).pairwiseSum + dropFirst(half).pairwiseSum
    }
    let even = count / 8 * 8
    if even == 0 { return reduce(0, +) }
    var parts = Array(prefix(8))
    for (place, number) in prefix(even).dropFirst(8).enumerated() { parts[place % 8] += number }
    while parts.count > 1 {
      parts = stride(from: 0, to: parts.count, by: 2).map { parts[$0] + parts[$0 + 1] }
    }
    return dropFirst(even).reduce(parts[0], +)
  }
}
