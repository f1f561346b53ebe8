/// Numbers in clusters, each around its mean (Lloyd 1982), as scikit-learn's `KMeans` finds them.
struct Clusters {
  /// The centres in ascending order.
  private(set) var centres: [Double]
  private let numbers: [Double]

  /// How often centres are moved at the most.
  private static let rounds = 300

  /// Moves centres until no number changes its cluster, or they hardly move any more.
  init(of numbers: [Double], from first: [Double]) {
    // Numbers near zero are told apart best.
    let mean = numbers.mean
    self.numbers = numbers.map { $0 - mean }
    centres = first.map { $0 - mean }
    let tolerance = 1e-4 * self.numbers.variance(around: 0)
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
      let distance = (number - centre) * (number - centre)
      if distance < best.distance { best = (place, distance) }
    }
    return best.place
  }

  /// The means of clusters; one to which nothing belongs takes the number that is furthest from its own centre.
  private func centres(of own: [Int]) -> [Double] {
    var sums = [Double](repeating: 0, count: centres.count)
    var counts = [Int](repeating: 0, count: centres.count)
    for (number, cluster) in zip(numbers, own) {
      sums[cluster] += number
      counts[cluster] += 1
    }
    let empty = counts.indices.filter { counts[$0] == 0 }
    let distances = zip(numbers, own).map { ($0 - centres[$1]).magnitude }
    let far = empty.isEmpty ? [] : numbers.indices.sorted { distances[$0] > distances[$1] }
    for (cluster, place) in zip(empty, far) where distances[place] > 0 {
      sums[own[place]] -= numbers[place]
      counts[own[place]] -= 1
      (sums[cluster], counts[cluster]) = (numbers[place], 1)
    }
    return sums.indices.map { counts[$0] > 0 ? sums[$0] / Double(counts[$0]) : sums[$0] }
  }
}
