import LeptonTensor

/// In which order an epoch goes through the examples.
package protocol EpochOrder: AnyObject {
  /// How many examples there are.
  var count: Int { get }
  /// Draws the order of an epoch.
  func begin(epoch: Int) throws
  /// The examples at some positions of the epoch.
  func examples(at positions: Range<Int>) throws -> ArraySlice<Int>
}

extension EpochOrder {
  /// Whole numbers below a count, by chance if there is a key for it.
  static func order(_ count: Int, by key: RandomKey?) throws -> [Int] {
    try key?.permutation(count).elements(as: Int.self) ?? Array(0..<count)
  }
}

extension Dataset {
  /// The order of epochs by a key for chance; without one that in which examples stand.
  package func order(by key: RandomKey?) -> any EpochOrder {
    guard let stream else { return WholeOrder(self, key: key) }
    return PartedOrder(stream, key: key)
  }
}

/// Examples in memory, all of them by chance, or as they stand.
final class WholeOrder: EpochOrder {
  let data: Dataset
  let count: Int
  /// The key for chance; nothing for the order in which examples stand.
  let key: RandomKey?
  private var order: [Int] = []

  init(_ data: Dataset, key: RandomKey?) {
    self.data = data
    self.key = key
    count = data.count
  }

  func begin(epoch: Int) throws {
    order = try Self.order(data.count, by: key?.folded(UInt64(epoch))).map(data.row)
  }

  func examples(at positions: Range<Int>) -> ArraySlice<Int> { order[positions] }
}

/// Examples that come in parts: the parts by chance, and by chance within a part; so each is needed once.
final class PartedOrder: EpochOrder {
  let stream: ExampleStream
  let count: Int
  /// The key for chance; nothing for the order in which examples stand.
  let key: RandomKey?
  private var epochKey: RandomKey?
  private var parts: [Int] = []
  /// How many examples come before each of the parts in their order.
  private var starts: [Int] = []
  /// The order within the part that is under way, by its place in the order of parts.
  private var own: (place: Int, examples: [Int])?

  init(_ stream: ExampleStream, key: RandomKey?) {
    self.stream = stream
    self.key = key
    count = stream.count
  }

  func begin(epoch: Int) throws {
    epochKey = key?.folded(UInt64(epoch))
    parts = try Self.order(stream.partCount, by: epochKey?.folded("parts"))
    starts = parts.reduce(into: [0]) { $0.append($0[$0.count - 1] + stream.count(of: $1)) }
    own = nil
  }

  func examples(at positions: Range<Int>) throws -> ArraySlice<Int> {
    var found: [Int] = []
    var place = (starts.firstIndex { $0 > positions.lowerBound } ?? 1) - 1
    while found.count < positions.count, place < parts.count {
      let examples = try examples(ofPartAt: place)
      let first = positions.lowerBound + found.count - starts[place]
      found += examples[first..<min(examples.count, first + positions.count - found.count)]
      place += 1
    }
    return found[...]
  }

  /// The examples of a part in their order, counted over the whole.
  private func examples(ofPartAt place: Int) throws -> [Int] {
    if let own, own.place == place { return own.examples }
    let number = parts[place]
    let start = stream.starts[number]
    let key = epochKey?.folded("part").folded(UInt64(number))
    let examples = try Self.order(stream.count(of: number), by: key).map { $0 + start }
    own = (place, examples)
    return examples
  }
}
