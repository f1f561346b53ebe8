/// How a row of patterns, of which some stand for any number of items, is best laid beside a row of
/// items that it does not match: with the fewest changes.
enum Alignment {
  /// What becomes of a pattern or of an item, in order.
  enum Step: Hashable {
    /// The pattern matches the item, or stands for any number of items.
    case keep(pattern: Int)
    /// The pattern must become the item.
    case change(pattern: Int, item: Int)
    /// There is no item for the pattern.
    case drop(pattern: Int)
    /// There is no pattern for the item.
    case add(item: Int)
  }

  /// How many pairs are weighed at most; beyond that everything is replaced.
  private static let limit = 4_000_000

  /// Finds the steps; a change costs less than to drop a pattern and add an item.
  static func steps(
    patterns: Int, items: Int, isWild: (Int) -> Bool, matches: (Int, Int) -> Bool
  ) -> [Step] {
    guard (patterns + 1).multipliedReportingOverflow(by: items + 1).partialValue <= limit else {
      return (0..<patterns).map { .drop(pattern: $0) } + (0..<items).map { .add(item: $0) }
    }
    let table = CostTable(patterns: patterns, items: items, isWild: isWild, matches: matches)
    return table.steps
  }
}

/// What it costs at the least to make the rest of the patterns from the rest of the items.
private struct CostTable {
  private enum Move: UInt8 { case end, keep, absorb, change, drop, add }

  private let patterns: Int
  private let items: Int
  private let isWild: [Bool]
  private var moves: [Move]

  init(patterns: Int, items: Int, isWild: (Int) -> Bool, matches: (Int, Int) -> Bool) {
    self.patterns = patterns
    self.items = items
    self.isWild = (0..<patterns).map(isWild)
    moves = Array(repeating: .end, count: (patterns + 1) * (items + 1))
    var below = [Int32](repeating: 0, count: items + 1)
    for pattern in (0...patterns).reversed() {
      var row = below
      for item in (0...items).reversed() where pattern < patterns || item < items {
        let right = item < items ? row[item + 1] : Int32.max / 2
        let down = pattern < patterns ? below[item] : Int32.max / 2
        let diagonal = pattern < patterns && item < items ? below[item + 1] : Int32.max / 2
        let wild = pattern < patterns && isWild(pattern)
        let fits =
          pattern < patterns && item < items && !wild && matches(pattern, item)
        var best = (cost: right + (wild ? 0 : 4), move: wild ? Move.absorb : .add)
        func weigh(_ cost: Int32, _ move: Move) { if cost < best.cost { best = (cost, move) } }
        if wild { weigh(down, .keep) }
        if fits { weigh(diagonal, .keep) }
        if !wild { weigh(diagonal + 3, .change) }
        if !wild { weigh(down + 4, .drop) }
        row[item] = best.cost
        moves[pattern * (items + 1) + item] = best.move
      }
      below = row
    }
  }

  /// The cheapest way from the beginning to the end.
  var steps: [Alignment.Step] {
    var steps: [Alignment.Step] = []
    var (pattern, item) = (0, 0)
    while true {
      switch moves[pattern * (items + 1) + item] {
      case .end: return steps
      case .keep:
        steps.append(.keep(pattern: pattern))
        if !isWild[pattern] { item += 1 }
        pattern += 1
      case .absorb: item += 1
      case .change:
        steps.append(.change(pattern: pattern, item: item))
        pattern += 1
        item += 1
      case .drop:
        steps.append(.drop(pattern: pattern))
        pattern += 1
      case .add:
        steps.append(.add(item: item))
        item += 1
      }
    }
  }
}
