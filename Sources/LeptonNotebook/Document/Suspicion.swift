/// What in a notebook is seldom meant: marks of a merge that nobody finished, and characters that show
/// text in another order than it has.
enum Suspicion {
  /// The first line at which two versions that were not merged begin, of those lines that stand in no
  /// fence; the lines of a fence may well be about them.
  static func conflict(in table: LineTable, outside fences: [Range<Int>]) -> Int? {
    var fences = fences[...]
    var beginning: Int?
    for line in 0..<table.count {
      while let fence = fences.first, fence.upperBound <= line { fences.removeFirst() }
      guard fences.first?.contains(line) != true else { continue }
      let text = table[line].utf8
      if text.starts(with: "<<<<<<< ".utf8) { beginning = beginning ?? line }
      if text.starts(with: ">>>>>>> ".utf8), let beginning { return beginning }
    }
    return nil
  }

  /// The first character of a text that reorders others, and the line on which it stands, from 0.
  static func reordering(in text: String) -> (character: Unicode.Scalar, line: Int)? {
    guard text.utf8.contains(0xE2) else { return nil }
    var line = 0
    for scalar in text.unicodeScalars {
      switch scalar.value {
      case 0x0A: line += 1
      case 0x202A...0x202E, 0x2066...0x2069: return (scalar, line)
      default: continue
      }
    }
    return nil
  }
}
