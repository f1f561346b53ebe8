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
  private let ranks: [[String]: Int]
  private let places: [String: Int]

  /// Takes pieces and merges that are known.
  public init(pieces: [String], merges: [[String]]) {
    self.pieces = pieces
    self.merges = merges
    ranks = Dictionary(zip(merges, 0...)) { first, _ in first }
    places = Dictionary(zip(pieces, 0...)) { first, _ in first }
  }

  /// Learns from texts until there are so many pieces, or no pair comes up twice.
  public init(learningFrom texts: [String], size: Int) {
    var counts: [String: Int] = [:]
    for text in texts {
      for word in TextPieces.words(of: text.lowercased()) { counts[word, default: 0] += 1 }
    }
    var words = counts.sorted { $0.key.precedes($1.key) }
      .map { (units: BytePairs.characters(of: $0.key), count: $0.value) }
    var pieces = Set(words.flatMap(\.units)).sorted { $0.precedes($1) }
    var known = Set(pieces)
    var merges: [[String]] = []
    while pieces.count < size, let pair = BytePairs.mostFrequentPair(in: words) {
      merges.append(pair)
      let piece = pair.joined()
      // Two ways to the same piece are two merges of one.
      if known.insert(piece).inserted { pieces.append(piece) }
      for place in words.indices { words[place].units = BytePairs.merged(words[place].units, pair) }
    }
    self.init(pieces: pieces, merges: merges)
  }

  private static func characters(of word: String) -> [String] {
    var units = word.unicodeScalars.map { String($0) }
    if let last = units.popLast() { units.append(last + end) }
    return units
  }

  /// The pair that comes up most often, at least twice; the first in order of several.
  private static func mostFrequentPair(in words: [(units: [String], count: Int)]) -> [String]? {
    var counts: [[String]: Int] = [:]
    for (units, count) in words where units.count > 1 {
      for place in 1..<units.count {
        counts[[units[place - 1], units[place]], default: 0] += count
      }
    }
    let best = counts.max { one, other in
      one.value != other.value
        ? one.value < other.value
        : other.key[0] != one.key[0]
          ? other.key[0].precedes(one.key[0]) : other.key[1].precedes(one.key[1])
    }
    return best.flatMap { $0.value > 1 ? $0.key : nil }
  }

  private static func merged(_ units: [String], _ pair: [String]) -> [String] {
    guard units.count > 1 else { return units }
    var result: [String] = []
    for unit in units {
      if unit == pair[1], result.last == pair[0] {
        result[result.count - 1] = pair[0] + pair[1]
      } else {
        result.append(unit)
      }
    }
    return result
  }

  /// The pieces of a text.
  public func pieces(of text: String) -> [String] {
    TextPieces.words(of: text.lowercased()).flatMap { word in
      var units = BytePairs.characters(of: word)
      while units.count > 1 {
        let pairs = (1..<units.count).map { [units[$0 - 1], units[$0]] }
        guard let best = pairs.filter({ ranks[$0] != nil }).min(by: { rank($0) < rank($1) }) else {
          break
        }
        units = BytePairs.merged(units, best)
      }
      return units
    }
  }

  private func rank(_ pair: [String]) -> Int { ranks[pair] ?? .max }

  /// The places of the pieces of a text; −1 for a character that was not there.
  public func places(of text: String) -> [Int] { pieces(of: text).map { places[$0] ?? -1 } }

  /// The text of pieces at places; what is none is left out.
  public func text(of places: [Int]) -> String {
    let text = places.filter { pieces.indices.contains($0) }.map { pieces[$0] }.joined()
    return text.replacing(Self.end, with: " ").trimmedEnd
  }
}

extension String {
  fileprivate var trimmedEnd: String { hasSuffix(" ") ? String(dropLast()) : self }
}
