/// Words cut into pieces that come up often (byte pair encoding: Gage 1994, Sennrich and others 2016).
///
/// It begins with single characters, the last of a word with a mark, and again and again makes one piece of
/// the two neighbours that stand beside each other most often.
public struct BytePairs: Sendable {
  /// What stands behind the last piece of a word.
  public static let end = "▁"
  /// The pieces, in the order in which they came up: characters first, then what was made of two.
  public let pieces: [String]
  /// The pairs that were made one, in order.
  public let merges: [[String]]
  private let numbers: PieceNumbers
  /// For each pair that is made one how early it was, and of which number it becomes.
  private let rules: [PiecePair: (rank: Int, whole: Int)]

  /// Takes pieces and merges that are known.
  public init(pieces: [String], merges: [[String]]) {
    self.pieces = pieces
    self.merges = merges
    var numbers = PieceNumbers(pieces)
    var rules: [PiecePair: (rank: Int, whole: Int)] = [:]
    for (rank, merge) in merges.enumerated() where merge.count == 2 {
      let pair = PiecePair(numbers.number(of: merge[0]), numbers.number(of: merge[1]))
      let whole = numbers.number(of: merge[0] + merge[1])
      if rules[pair] == nil { rules[pair] = (rank, whole) }
    }
    self.numbers = numbers
    self.rules = rules
  }

  /// Learns from texts until there are so many pieces, or no pair comes up twice.
  public init(learningFrom texts: [String], size: Int) {
    let words = texts.lazy.flatMap { TextPieces.words(of: $0.lowercased()) }
    var learner = PairLearner(words.totals)
    while learner.pieces.count < size, learner.mergeMostFrequent() {}
    self.init(pieces: learner.pieces, merges: learner.merges)
  }

  /// The characters of a word, the last with its mark.
  static func characters(of word: String) -> [String] {
    var units = word.unicodeScalars.map { String($0) }
    if let last = units.popLast() { units.append(last + end) }
    return units
  }

  /// The places of the pieces of a text; −1 for a character that was not there.
  public func places(of text: String) -> [Int] {
    TextPieces.words(of: text.lowercased()).flatMap { word in
      var units = BytePairs.characters(of: word).map { numbers[$0] ?? -1 }
      while let (pair, whole) = earliestPair(in: units) { units.merge(pair, to: whole) }
      return units.map { pieces.indices.contains($0) ? $0 : -1 }
    }
  }

  /// The pair of neighbours that was made one before all others, and what it becomes.
  private func earliestPair(in units: [Int]) -> (pair: PiecePair, whole: Int)? {
    let known = zip(units, units.dropFirst()).compactMap { first, second in
      let pair = PiecePair(first, second)
      return rules[pair].map { (pair: pair, rule: $0) }
    }
    return known.min { $0.rule.rank < $1.rule.rank }.map { ($0.pair, $0.rule.whole) }
  }

  /// The text of pieces at places; what is none is left out.
  public func text(of places: [Int]) -> String {
    let text = places.filter { pieces.indices.contains($0) }.map { pieces[$0] }.joined()
    return text.replacing(Self.end, with: " ").trimmedEnd
  }
}

extension String {
  fileprivate var trimmedEnd: String { hasSuffix(" ") ? String(dropLast()) : self }
}

/// Two pieces that stand beside each other, by their numbers.
struct PiecePair: Hashable {
  let first: Int
  let second: Int

  init(_ first: Int, _ second: Int) { (self.first, self.second) = (first, second) }
}

/// The numbers of pieces: their places in a list, and further ones for what stands in none.
struct PieceNumbers: Sendable {
  private var numbers: [TextKey: Int]
  private var count: Int

  init(_ pieces: [String]) {
    numbers = Dictionary(zip(pieces.map(TextKey.init), 0...)) { first, _ in first }
    count = pieces.count
  }

  subscript(piece: String) -> Int? { numbers[TextKey(piece)] }

  /// The number of a piece, a new one if it has none.
  mutating func number(of piece: String) -> Int {
    if let known = self[piece] { return known }
    numbers[TextKey(piece)] = count
    count += 1
    return count - 1
  }
}

extension [Int] {
  /// Puts one number in the place of each pair, from the left.
  mutating func merge(_ pair: PiecePair, to whole: Int) {
    var result: [Int] = []
    result.reserveCapacity(count)
    for unit in self {
      if unit == pair.second, result.last == pair.first {
        result[result.count - 1] = whole
      } else {
        result.append(unit)
      }
    }
    self = result
  }
}
