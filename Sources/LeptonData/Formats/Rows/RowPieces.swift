import Glibc
import LeptonTensor

/// Where a block is cut into pieces that are read at the same time.
enum RowPieces {
  /// Cuts a range that begins with a row into about so many pieces, at line ends that stand outside of quotes as
  /// far as counting quotes can tell.
  static func cut(
    _ range: Range<Int>, of block: UnsafePointer<UInt8>, into count: Int, hasQuotes: Bool
  ) -> [Range<Int>] {
    let wished = (0..<count).map { range.lowerBound + range.count / count * $0 }
    let quotes = hasQuotes ? quoteCounts(between: wished, in: block) : wished.map { _ in 0 }
    var starts = [range.lowerBound]
    for (place, quotes) in zip(wished, quotes).dropFirst() where place >= starts[starts.count - 1] {
      let end = lineEnd(
        in: block, place..<range.upperBound, hasQuotes: hasQuotes, isInQuotes: quotes % 2 == 1)
      if let end, end < range.upperBound { starts.append(end) }
    }
    return zip(starts, starts.dropFirst() + [range.upperBound]).map { $0..<$1 }
  }

  /// How many quotes stand between the first place and each.
  private static func quoteCounts(
    between places: [Int], in block: UnsafePointer<UInt8>
  ) -> [Int] {
    var counts = Array(repeating: 0, count: places.count)
    counts.withUnsafeMutableBufferPointer { buffer in
      nonisolated(unsafe) let counts = buffer
      nonisolated(unsafe) let block = block
      Execution.forEach(places.count - 1) { number in
        let range = places[number]..<places[number + 1]
        counts[number + 1] = ByteCount.of(.quote, in: block, range)
      }
    }
    for number in counts.indices.dropFirst() { counts[number] += counts[number - 1] }
    return counts
  }

  /// The place behind the next line feed outside of quotes.
  private static func lineEnd(
    in block: UnsafePointer<UInt8>, _ range: Range<Int>, hasQuotes: Bool, isInQuotes: Bool
  ) -> Int? {
    var isInQuotes = isInQuotes
    for place in range {
      if block[place] == .quote, hasQuotes { isInQuotes.toggle() }
      if block[place] == .lineFeed, !isInQuotes { return place + 1 }
    }
    return nil
  }

  /// Where the next line feed stands; `nil` if nowhere.
  static func lineFeed(in block: UnsafePointer<UInt8>, _ range: Range<Int>) -> Int? {
    memchr(block + range.lowerBound, Int32(UInt8.lineFeed), range.count).map {
      UnsafeRawPointer(block).distance(to: UnsafeRawPointer($0))
    }
  }
}
