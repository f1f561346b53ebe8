/// Finds the pairs of pieces that stand beside each other most often, one after the other.
///
/// It keeps for each pair how often it comes up and in which words, so that a pair that becomes one touches
/// those words only.
struct PairLearner {
  /// The pieces so far.
  private(set) var pieces: [String]
  /// The pairs that were made one.
  private(set) var merges: [[String]] = []
  private var numbers: PieceNumbers
  private var words: [(units: [Int], count: Int)]
  private var counts: [PiecePair: Int] = [:]
  private var places: [PiecePair: Set<Int>] = [:]

  /// Begins with the characters of words, of which each comes up so many times.
  init(_ totals: [TextKey: Int]) {
    let known = totals.sorted { $0.key < $1.key }
      .map { (units: BytePairs.characters(of: $0.key.text), count: $0.value) }
    pieces = known.flatMap(\.units).distinct
    let numbers = PieceNumbers(pieces)
    self.numbers = numbers
    words = known.map { ($0.units.compactMap { numbers[$0] }, $0.count) }
    for place in words.indices { count(place, 1) }
  }

  /// Makes one piece of the pair that comes up most often; false if none comes up twice.
  mutating func mergeMostFrequent() -> Bool {
    let best = counts.max { one, other in
      one.value != other.value ? one.value < other.value : precedes(other.key, one.key)
    }
    guard let best, best.value > 1 else { return false }
    let pair = best.key
    merges.append([pieces[pair.first], pieces[pair.second]])
    let piece = pieces[pair.first] + pieces[pair.second]
    // Two ways to the same piece are two merges of one.
    let whole = numbers.number(of: piece)
    if whole == pieces.count { pieces.append(piece) }
    for place in places[pair] ?? [] {
      count(place, -1)
      words[place].units.merge(pair, to: whole)
      count(place, 1)
    }
    return true
  }

  /// Counts the pairs of a word, or takes them back.
  private mutating func count(_ place: Int, _ sign: Int) {
    let (units, total) = words[place]
    for (first, second) in zip(units, units.dropFirst()) {
      let pair = PiecePair(first, second)
      let left = counts[pair, default: 0] + sign * total
      counts[pair] = left == 0 ? nil : left
      if sign > 0 { places[pair, default: []].insert(place) } else { places[pair]?.remove(place) }
    }
  }

  /// Whether a pair comes first by its pieces.
  private func precedes(_ one: PiecePair, _ other: PiecePair) -> Bool {
    one.first != other.first
      ? pieces[one.first].precedes(pieces[other.first])
      : pieces[one.second].precedes(pieces[other.second])
  }
}
